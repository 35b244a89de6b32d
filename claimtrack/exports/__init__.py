"""Records out to other programs: comes in what the store holds, as JSON text; goes out a file, piece by piece.

The modules in the order in which a record leaves:

- `formats`: the registry, one function a format
- `json_lists`, `csv_table`: records as they are; `flat_columns`, `flat_table`: lists as rows of one value a cell
- `parquet`, `stix`, `linked_data`, `brat`, `obsidian`: records in the words of other houses
- `markdown`, `escaping`: nothing that leaves steers a terminal or a spreadsheet
"""

from claimtrack.exports.escaping import visible
from claimtrack.exports.formats import Export, export, exporter

__all__ = ["Export", "export", "exporter", "visible"]
