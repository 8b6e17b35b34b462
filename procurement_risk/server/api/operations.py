"""Everything that a program may ask: a line each. To add one, write its module and its line."""

from __future__ import annotations

from procurement_risk.server.api.bringing_in import IMPORTING
from procurement_risk.server.api.evidence import ADD_EVIDENCE, LIST_EVIDENCE, READ_EVIDENCE
from procurement_risk.server.api.judging import SCORE, VERIFY
from procurement_risk.server.api.links import LIST_LINKS, MAKE_LINK, REVOKE_LINK
from procurement_risk.server.api.listing import LIST
from procurement_risk.server.api.operation import Operation
from procurement_risk.server.api.portfolio_tables import TABLE
from procurement_risk.server.api.questionnaires import LIST_FRAMEWORKS, READ_FRAMEWORK
from procurement_risk.server.api.reading_one import READ
from procurement_risk.server.api.reviewing import LIST_REVIEWS, LIST_SIGN_OFFS, REVIEWING
from procurement_risk.server.api.saving import ANSWERING, DECIDING, SAVING
from procurement_risk.server.api.starting import START
from procurement_risk.server.api.taking_out import EXPORT, EXPORT_SEVERAL
from procurement_risk.server.api.webhooks import (
    ADD_WEBHOOK,
    DELIVERIES,
    LIST_WEBHOOKS,
    REMOVE_WEBHOOK,
)

OPERATIONS: tuple[Operation, ...] = (
    LIST,
    READ,
    START,
    ANSWERING,
    DECIDING,
    SAVING,
    LIST_EVIDENCE,
    ADD_EVIDENCE,
    READ_EVIDENCE,
    LIST_REVIEWS,
    REVIEWING,
    LIST_SIGN_OFFS,
    LIST_LINKS,
    MAKE_LINK,
    REVOKE_LINK,
    EXPORT,
    EXPORT_SEVERAL,
    TABLE,
    *IMPORTING.values(),
    VERIFY,
    SCORE,
    LIST_FRAMEWORKS,
    READ_FRAMEWORK,
    LIST_WEBHOOKS,
    ADD_WEBHOOK,
    REMOVE_WEBHOOK,
    DELIVERIES,
)
