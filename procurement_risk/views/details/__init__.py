"""The page Details."""

from procurement_risk.language import N_

PUBLICATION, KEEPING = N_("Publication"), N_("Keeping")  # tabs, for links to them
EVIDENCE = N_("Evidence files")
