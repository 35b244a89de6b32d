"""Records out to people: comes in what the store holds; goes out blocks for a terminal, one HTML page, figures as SVG.

In the order in which a record is shown: `terminal` (text that steers nothing, tables, consoles), `wording` (what is
known of a claim, in words), `view` (what to quote from); then by what is shown `contradiction_display`,
`claim_display`, `proposition_display`, `decision_display`, `stance_display`, `tracking_display` and
`forecast_display`; figures: `svg`, `timeline_scale`, `timeline_arcs`, `timeline_figure`, `likelihood_figure`,
`calibration_figure`; the report: `report_parts` (what its page shows), `report_quotations`, `report` (gathers it),
`report_page` (writes it).
"""

from claimtrack.screens.terminal import console, page
from claimtrack.screens.view import View

__all__ = ["View", "console", "page"]
