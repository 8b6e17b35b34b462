"""What orders suppliers: everything, or only what may rank bids before a contract is awarded.

Before award on a competitive route only published criteria may rank bids. So questions that a
body asks itself, or for information, are then left out of the ordering figure. Version 1 of the
method left out nothing, and its comparisons stay as they are.
"""

from __future__ import annotations

from typing import Literal

from procurement_risk.assessment import Assessment
from procurement_risk.assessment.vocabulary import is_competitive
from procurement_risk.framework import Framework, Question

View = Literal["order", "full"]
"""``order``: what may rank bids, where the law says so. ``full``: the whole due diligence."""

NOT_FOR_RANKING = ("internal", "information")
AWARD = "award"


def may_not_rank(question: Question) -> bool:
    """Whether a question may never be used to rank bidders in a tender."""
    return question.procurement_use in NOT_FOR_RANKING


def left_out(framework: Framework, assessment: Assessment, view: View) -> frozenset[str]:
    """Return the ids of the questions that do not count for the order of ``assessment``."""
    if view == "full" or not ranks_bids(framework, assessment):
        return frozenset()
    return frozenset(q.id for q in framework.questions() if may_not_rank(q))


def ranks_bids(framework: Framework, assessment: Assessment) -> bool:
    """Whether bids compete for the purchase, and the gate is not past the award."""
    if framework.method_version == 1 or not is_competitive(assessment.purchase.route):
        return False
    gates = [gate.id for gate in framework.gates]
    gate = framework.gate(assessment.answer_set.gate)
    if gate is None or AWARD not in gates:
        return False
    return gates.index(gate.id) <= gates.index(AWARD)
