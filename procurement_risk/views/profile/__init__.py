"""The page Overview."""

from procurement_risk.language import N_

FINDINGS = N_("Findings and conditions")  # a tab, for a link to it
