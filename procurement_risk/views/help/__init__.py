"""The page Help."""

from procurement_risk.language import N_

FORMATS = N_("Formats")  # the tab, for a link to it
