"""Records out to people: comes in what the store holds; goes out blocks for a terminal, a page of HTML, figures as SVG.

The modules in the order in which a record comes to be seen:

- `terminal`: text that steers nothing, tables, consoles; `wording`: what is known of a claim, in words
- `view`: what to quote from, and how
- `claim_tables`, `contradiction_display`, `claim_display`, `proposition_display`, `decision_display`,
  `stance_display`, `tracking_display`, `forecast_display`: each kind of record on a terminal
- `svg`, `timeline_scale`, `timeline_arcs`, `timeline_figure`, `likelihood_figure`, `calibration_figure`: figures
- `markup`, `report_parts`, `report_quotations`, `report_summary`, `report`, `report_page`: what a
  report shows, gathered, and its page; `report_outline`, `report_files`: the same as running text
"""

from claimtrack.screens.terminal import console, page
from claimtrack.screens.view import View

__all__ = ["View", "console", "page"]
