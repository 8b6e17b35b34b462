"""The second implementation of the method, written apart: the one that every audit pack carries.

It imports nothing of the package, so that comparing the two compares two readings of the rules.
"""

from procurement_risk.exports.verify import (
    DECISIONS,
    FIGURES,
    GRADES,
    OPEN_STATES,
    may_be_not_applicable,
    named_by_conditions,
    named_by_tier_rule,
    option_ids,
    percentage,
    score,
    score_impact,
)

__all__ = [
    "DECISIONS",
    "FIGURES",
    "GRADES",
    "OPEN_STATES",
    "may_be_not_applicable",
    "named_by_conditions",
    "named_by_tier_rule",
    "option_ids",
    "percentage",
    "score",
    "score_impact",
]
