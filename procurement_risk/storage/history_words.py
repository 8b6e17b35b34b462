"""A line of history in words: what changed, from what to what."""

from __future__ import annotations

from typing import Any

from procurement_risk.assessment.document import answer_from_document
from procurement_risk.assessment.parts import ANSWER, MITIGATION, part_title
from procurement_risk.assessment.words import answer_text, mitigation_status, workflow_state
from procurement_risk.framework import Framework
from procurement_risk.framework.words import decision
from procurement_risk.language import _
from procurement_risk.storage.history import HEADER, HistoryEntry


def words(framework: Framework, entry: HistoryEntry) -> str:
    """Return what a line says, such as ``DP-03: No → Yes``; ids stand only for questions."""
    if entry.part == HEADER:
        return _about_the_whole(entry)
    title = title_of(entry)
    if entry.is_redacted:
        return _("{part}: struck out since").format(part=title)
    before, after = (_value(framework, entry.part, each) for each in (entry.before, entry.after))
    if before == after:
        return _("{part}: evidence, note or details changed").format(part=title)
    return _("{part}: {before} → {after}").format(part=title, before=before, after=after)


def title_of(entry: HistoryEntry) -> str:
    """Return what a line is about: a question, or a part of the assessment in words."""
    return _("the assessment") if entry.part == HEADER else part_title(entry.part)


def _about_the_whole(entry: HistoryEntry) -> str:
    before, after = entry.before or {}, entry.after or {}
    if not before:
        return _("The assessment was made")
    if before.get("archived") != after.get("archived"):
        return _("Set aside") if after.get("archived") else _("Brought back")
    if before.get("framework_digest") != after.get("framework_digest"):
        return _("Moved to another version of its questionnaire")
    return _("Legal hold set, changed or lifted")


def _value(framework: Framework, part: str, value: Any) -> str:  # noqa: ANN401  JSON
    if value is None:
        return _("nothing")
    if part.startswith(ANSWER):
        question = framework.by_id.get(part.removeprefix(ANSWER))
        if question is not None:
            return answer_text(question, answer_from_document(value))
    if part.startswith(MITIGATION):
        return mitigation_status(value["status"])
    if part == "state":
        return workflow_state(value)
    if part == "decision":
        return decision(value["decision"])
    return value if isinstance(value, str) else _("written")
