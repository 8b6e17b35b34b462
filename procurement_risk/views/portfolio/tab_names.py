"""What the tabs of the Portfolio are called; the charts are read by whoever opens one of them."""

from procurement_risk.language import N_

PURCHASES = N_("Purchases")
DECISIONS = N_("Decisions")
SECTIONS = N_("Sections")
VALUE = N_("Value and risk")
CONCENTRATION = N_("Concentration")
TWICE = N_("Bought more than once")
DAYS = N_("Dates and conditions")
EVIDENCE = N_("Evidence and age")
BENEFITS = N_("Benefits")
OVER_TIME = N_("Over time")

DRAWN = (DECISIONS, SECTIONS, VALUE, CONCENTRATION, TWICE, DAYS, EVIDENCE, BENEFITS)
"""Those that ``parts.TABS`` draws, in order."""
