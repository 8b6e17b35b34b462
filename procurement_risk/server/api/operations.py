"""Everything that a program may ask: a line each. To add one, write its module and its line."""

from __future__ import annotations

from procurement_risk.server.api.bringing_in import IMPORTING
from procurement_risk.server.api.judging import SCORE, VERIFY
from procurement_risk.server.api.listing import LIST
from procurement_risk.server.api.operation import Operation
from procurement_risk.server.api.portfolio_tables import TABLE
from procurement_risk.server.api.questionnaires import LIST_FRAMEWORKS, READ_FRAMEWORK
from procurement_risk.server.api.reading_one import READ
from procurement_risk.server.api.saving import ANSWERING, DECIDING, SAVING
from procurement_risk.server.api.starting import START
from procurement_risk.server.api.taking_out import EXPORT, EXPORT_SEVERAL

OPERATIONS: tuple[Operation, ...] = (
    LIST,
    READ,
    START,
    ANSWERING,
    DECIDING,
    SAVING,
    EXPORT,
    EXPORT_SEVERAL,
    TABLE,
    *IMPORTING.values(),
    VERIFY,
    SCORE,
    LIST_FRAMEWORKS,
    READ_FRAMEWORK,
)
