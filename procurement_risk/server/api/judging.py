"""What is sent is looked at, and nothing of it is kept: whether it holds, and what it comes to."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, Field

from procurement_risk.assessment.answers import check_answers
from procurement_risk.assessment.record import KIND, read_record
from procurement_risk.canonical import BYTE_LIMIT, read_json
from procurement_risk.errors import InvalidDocument, Problem
from procurement_risk.exports import pack_check
from procurement_risk.framework import Framework, origin as origins
from procurement_risk.framework.versions.whose import whose_words
from procurement_risk.imports.zip_of_records import is_zip
from procurement_risk.methods import score_to_document
from procurement_risk.server.api.operation import JSON_TYPE, Asking, Operation, Reply
from procurement_risk.server.api.problems import OneProblem

ZIP_TYPE = "application/zip"
LARGEST_PACK = 10_000_000


class Verdict(BaseModel):
    """Whether a record or an audit pack holds."""

    holds: bool
    problems: list[OneProblem]
    unconfirmed: list[str] = Field(description="What of a pack could not be compared.")
    questionnaires: list[str] = Field(description="Whose the questionnaire of each record is.")
    known: bool = Field(description="Whether all of them are shipped or adopted here.")


def _verify(asking: Asking) -> Reply:
    data = asking.body
    found: list[Problem] = []
    unconfirmed: list[str] = []
    frameworks: list[Framework] = []
    inside: Iterable[tuple[str, bytes]] = [("", data)]
    if is_zip(data):
        report = pack_check.check_pack(io.BytesIO(data))
        found, unconfirmed = [Problem("", each) for each in report.problems], report.unconfirmed
        inside = pack_check.records_in(io.BytesIO(data))
    for place, record in inside:
        try:
            frameworks.append(read_record(record, score_to_document).framework)
        except InvalidDocument as error:
            found += [] if place or is_zip(data) else error.problems
    whose = [asking.store.whose(each) for each in frameworks]
    verdict = {
        "holds": not found,
        "problems": [{"where": each.where, "message": each.message} for each in found],
        "unconfirmed": unconfirmed,
        "questionnaires": [whose_words(each) for each in whose],
        "known": bool(whose) and not any(each.is_foreign for each in whose),
    }
    return Reply(verdict)


def _score(asking: Asking) -> Reply:
    document = read_json(asking.body, "body")
    if isinstance(document, dict) and document.get("kind") == KIND:
        record = read_record(asking.body, score_to_document)
        answers, framework = record.assessment.answer_set, record.framework
    else:
        framework, pack, said = _asked(document)
        answers = check_answers(framework, said, pack, "body")
    return Reply(dict(score_to_document(framework, answers)))


def _asked(document: object) -> tuple[Framework, str, dict[str, Any]]:
    """Return which questionnaire answers are for, which pack of it, and the answers."""
    known = {each.id: each for each in origins.in_folders()}
    said = dict(document) if isinstance(document, dict) else {}
    framework = known.get(str(said.pop("framework", "")))
    if framework is None:
        message = (
            "Send a record, or answers with framework: the id of a questionnaire, one of: "
            f"{', '.join(known)}."
        )
        raise InvalidDocument("body", [Problem("framework", message)])
    return framework, str(said.pop("pack", "full")), said


VERIFY = Operation(
    method="POST",
    path="/verify",
    action="use_questionnaires",
    summary="Say whether a record or an audit pack holds. Nothing is kept.",
    answer=_verify,
    gives=Verdict,
    cost=100,
    is_long=True,
    takes=(JSON_TYPE, ZIP_TYPE),
    largest=LARGEST_PACK,
)
SCORE = Operation(
    method="POST",
    path="/score",
    action=None,
    summary="Say what a record, or answers to a questionnaire, come to. Nothing is kept.",
    answer=_score,
    gives=dict[str, Any],
    cost=100,
    is_long=True,
    takes=(JSON_TYPE,),
    largest=BYTE_LIMIT,
)
