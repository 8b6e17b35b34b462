"""What the tabs of the Portfolio are called; the charts are read by whoever opens one of them."""

from procurement_risk.language import N_

PURCHASES = N_("Purchases")
TWICE = N_("Bought more than once")
DRAWN = (
    N_("Decisions"),
    N_("Sections"),
    N_("Value and risk"),
    N_("Concentration"),
    TWICE,
    N_("Dates and conditions"),
    N_("Evidence and age"),
    N_("Benefits"),
)
"""Those of ``parts``, in its order."""
OVER_TIME = N_("Over time")
