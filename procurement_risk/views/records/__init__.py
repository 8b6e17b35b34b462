"""The page Records."""

from procurement_risk.language import N_

BRING_IN = N_("Bring in or check")  # the tab, for a link to it
