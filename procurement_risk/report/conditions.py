"""The conditions of one assessment, with owner, due date and where each stands."""

from __future__ import annotations

from procurement_risk.assessment import Mitigation
from procurement_risk.assessment.overdue import counts, in_order, is_overdue, standing
from procurement_risk.language import _
from procurement_risk.language.phrases import counted
from procurement_risk.report.page import Part, Table
from procurement_risk.report.parts import and_more, part
from procurement_risk.report.subject import Subject


def conditions(subject: Subject) -> Part:
    """Return the mitigations as conditions with owner, date and status, the overdue first."""
    found = subject.assessment.answer_set.mitigations
    if not found:
        return part(_("Conditions"), nothing=_("No condition is recorded."))
    as_of = subject.as_of
    ordered = in_order(found, as_of)
    shown = ordered[: subject.room.rows]
    table = Table(
        title=_("Conditions with owner, due date and status"),
        columns=(_("Condition"), _("Owner"), _("Due"), _("Status")),
        rows=tuple(condition_row(subject, each) for each in shown),
        widths=(10, 6, 4, 4),
        strong=frozenset(n for n, each in enumerate(shown) if is_overdue(each, as_of)),
        more=and_more(len(ordered) - len(shown)),
    )
    words = [_("Conditions: {n}").format(n=len(found)), counts(found, as_of)]
    recorded = counted(len(found), "{n} condition is recorded", "{n} conditions are recorded")
    finding = ", ".join(filter(None, (recorded, counts(found, as_of))))
    return part(", ".join(filter(None, words)), table, finding=finding)


def condition_row(subject: Subject, each: Mitigation) -> tuple[str, ...]:
    """Return one condition, its owner, its due date and where it stands."""
    question = subject.framework.by_id.get(each.question)
    words = each.clause or (question.treatment if question else "") or each.note
    return (
        _("{question}: {words}").format(question=each.question, words=subject.name(words)),
        subject.name(each.owner) or _("nobody yet"),
        subject.date(each.due) if each.due else _("no date"),
        standing(each, subject.as_of),
    )
