"""What a supplier filled in against what stands, question by question. It writes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from procurement_risk.assessment import Answer, Assessment
from procurement_risk.assessment.answers import check_answer
from procurement_risk.assessment.document import answer_to_document
from procurement_risk.assessment.words import answer_text
from procurement_risk.errors import Problem
from procurement_risk.formats.workbook import layout
from procurement_risk.formats.workbook.answer_after import anew, beside, rank
from procurement_risk.formats.workbook.claims import Claim, claims_in, without_reason
from procurement_risk.formats.workbook.layout import STATES, Stamp
from procurement_risk.formats.workbook.reading import Filled, Return
from procurement_risk.formats.workbook.remarks import Remark
from procurement_risk.framework import Framework, Question
from procurement_risk.language import _

Kind = Literal["new", "changed", "added", "same"]
"""An answer where none stands; another answer; more beside the same answer; nothing new."""

REWORDED = ("question", "how", "gone", "struck")
"""Remarks after which an answer may be to something that we did not ask."""


@dataclass(frozen=True, slots=True)
class Row:
    """One question that something was filled in for.

    Attributes:
        question: The question.
        place: The answer's cell.
        kind: What would become of the answer that stands.
        before: The answer that stands, or None.
        after: What would stand once accepted; without who and when.
        grade_falls: The grade that the answer has and would lose; empty where it keeps it.
        since: When somebody last wrote the answer, where that was after the workbook was issued.
        remarks: What else is in its row of the file.
    """

    question: Question
    place: str
    kind: Kind
    before: Answer | None
    after: Answer
    grade_falls: str = ""
    since: str = ""
    remarks: tuple[Remark, ...] = ()

    @property
    def is_reworded(self) -> bool:
        """Whether it answers another question than the one we asked, as the file has it."""
        return any(each.kind in REWORDED for each in self.remarks)

    @property
    def takes_care(self) -> bool:
        """Whether it answers another question, or accepting it writes over what was checked."""
        return self.is_reworded or (
            self.kind != "new" and bool(self.since or rank(self.before) > 1)
        )

    @property
    def words_before(self) -> str:
        """What stands, in words."""
        return in_words(self.question, self.before)

    @property
    def words_after(self) -> str:
        """What would stand, in the supplier's own words."""
        if self.after.state in STATES:
            reason = f": {self.after.reason}" if self.after.reason else ""
            return f"{_(STATES[self.after.state])}{reason}"
        return in_words(self.question, self.after)


@dataclass(frozen=True, slots=True)
class Difference:
    """A return against an assessment.

    Attributes:
        rows: What was filled in and can be taken, in reading order; those that are the same too.
        empty: Questions whose rows were left empty: what stands is left alone.
        missing: Questions that are asked and stand nowhere in the file.
        problems: Every problem, each with its cell.
        remarks: What else is in the file, for somebody to look at.
        claims: What the supplier claims to be confidential.
    """

    rows: tuple[Row, ...]
    empty: tuple[str, ...]
    missing: tuple[str, ...]
    problems: tuple[Problem, ...]
    remarks: tuple[Remark, ...] = ()
    claims: tuple[Claim, ...] = ()

    @property
    def offered(self) -> tuple[Row, ...]:
        """The rows that would change something."""
        return tuple(row for row in self.rows if row.kind != "same")


def in_words(question: Question, answer: Answer | None) -> str:
    """Return an answer with its reason, for people."""
    words = answer_text(question, answer)
    return f"{words}: {answer.reason}" if answer is not None and answer.reason else words


def refuse_other(stamp: Stamp, assessment: Assessment, framework: Framework, digest: str) -> str:
    """Return why a return cannot go to ``assessment`` as it stands, or empty.

    ``digest`` is that of ``framework``, on which the assessment stands.
    """
    if stamp.digest == digest:
        return ""
    return _(
        "The file belongs to {theirs}, version {version}, and the assessment “{title}” stands on "
        "{ours}, version {now}. Answers to one version are not answers to another: send out the "
        "workbook of version {now}, and have the answers copied into it."
    ).format(
        theirs=stamp.framework,
        version=stamp.version,
        title=assessment.purchase.title,
        ours=framework.id,
        now=framework.version,
    )


def compare(returned: Return, assessment: Assessment, framework: Framework) -> Difference:
    """Return what would change in ``assessment`` if all of ``returned`` were accepted."""
    stands = assessment.answer_set.answers
    rows, empty, problems = [], [], list(returned.problems)
    for question in framework.questions():
        filled = returned.rows.get(question.id)
        if filled is None:
            continue
        if filled.is_empty:
            empty.append(question.id)
            continue
        row = _row(question, filled, stands.get(question.id), returned)
        written = answer_to_document(row.after, multiple=question.type == "multiple")
        faults = check_answer(framework, question, written)
        problems += [Problem(filled.place, fault.message) for fault in faults]
        if not faults:
            rows.append(row)
    here = returned.rows.keys() | returned.refused
    wanted = [each.question.id for each in layout.asked(framework, assessment.answer_set)]
    missing = tuple(name for name in wanted if name not in here)
    claims = claims_in(returned, assessment, framework)
    problems += without_reason(claims)
    return Difference(
        rows=tuple(rows),
        empty=tuple(empty),
        missing=missing,
        problems=tuple(problems),
        remarks=returned.remarks,
        claims=claims,
    )


def _row(
    question: Question,
    filled: Filled,
    before: Answer | None,
    returned: Return,
) -> Row:
    old = before or Answer(state="unanswered")
    given = filled.given
    is_same = given is None or (given.state, frozenset(given.options), given.text) == (
        old.state,
        frozenset(old.options),
        old.text,
    )
    after = beside(old, filled) if is_same else anew(old, filled)
    after = replace(after, by=old.by, at=old.at)
    if after == old:
        kind: Kind = "same"
    elif old.state == "unanswered" and given is not None:
        kind = "new"
    else:
        kind = "added" if is_same else "changed"
    return Row(
        question=question,
        place=filled.place,
        kind=kind,
        before=before,
        after=after,
        grade_falls=old.evidence if rank(old) > rank(after) else "",
        since=old.at if _is_later(old.at, returned.stamp.issued_at) else "",
        remarks=tuple(each for each in returned.remarks if each.question == question.id),
    )


def _is_later(at: str, issued_at: str) -> bool:
    # Both are ISO times in UTC; one has parts of a second.
    return bool(at) and at[:19] > issued_at[:19]


def facts_of(returned: Return, difference: Difference) -> Mapping[str, int]:
    """Return how much of each there is, for a report: answered, empty, missing and refused."""
    given = [returned.rows[row.question.id].given for row in difference.rows]
    return {
        "answered": sum(each is not None for each in given),
        "changes": len(difference.offered),
        "empty": len(difference.empty),
        "missing": len(difference.missing),
        "refused": len(returned.refused),
        "problems": len(difference.problems),
    }
