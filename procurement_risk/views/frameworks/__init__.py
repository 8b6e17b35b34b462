"""The page Questionnaires."""

from procurement_risk.language import N_

DRAWN = "draft-drawn"  # what a visit holds while it has fields of a draft before it


# The tabs of the page: the name under which the address holds the open one, and the first.

SHOWN = "frameworks-show"
LIST = N_("List")
