"""An assessment: one purchase from one supplier, answered against one framework version."""

from procurement_risk.assessment.answered import (
    MITIGATION_NEEDS,
    Answer,
    AnswerSet,
    CarriedAnswer,
    Mitigation,
    MitigationStatus,
)
from procurement_risk.assessment.asked import Comment, HandOver, Review
from procurement_risk.assessment.bought import Purchase, Supplier, Upstream
from procurement_risk.assessment.decided import (
    GROUNDS,
    Benefit,
    Ground,
    KnownRisk,
    Marking,
    RecordedDecision,
    SignOff,
    StopOverride,
    Trigger,
)
from procurement_risk.assessment.model import (
    OVER_STATES,
    UNBOUGHT_STATES,
    WORKFLOW_STATES,
    Assessment,
    EvidenceFile,
    OrganisationReference,
    WorkflowState,
)
