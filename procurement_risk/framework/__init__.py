"""A framework: what it asks, how its file is read, checked, written and compared."""

from procurement_risk.framework.conditions import (
    AllOf,
    AnyOf,
    Atom,
    Condition,
    Never,
    NotAtom,
    RiskAtom,
    named_in,
)
from procurement_risk.framework.model import (
    DEFAULT_LANGUAGE,
    BasedOn,
    Clause,
    Framework,
    Source,
    Subject,
)
from procurement_risk.framework.policies import (
    DECISIONS,
    GRADES,
    Band,
    BandId,
    Decision,
    ImpactPolicy,
    Level,
    MethodPolicy,
    Policy,
    Tier,
    TierAdjustment,
    TierBase,
    TierRule,
)
from procurement_risk.framework.questions import (
    Gate,
    Option,
    Pack,
    Question,
    QuestionType,
    RedFlag,
    Scores,
    Section,
)
