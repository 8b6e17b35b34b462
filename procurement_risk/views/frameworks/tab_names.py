"""The tabs of the page: the name under which the address holds the open one, and the first."""

from __future__ import annotations

from procurement_risk.language import N_

SHOWN = "frameworks-show"
LIST = N_("List")
