"""The rows of the work list, scored once for each revision of an assessment."""

from __future__ import annotations

from dataclasses import dataclass

from procurement_risk.methods.weakest_section import Result, score
from procurement_risk.storage import Store, Stored, Summary
from procurement_risk.walkthrough import steps
from procurement_risk.wording import count, decision, tier_range, workflow_state


@dataclass(frozen=True, slots=True)
class Row:
    """One assessment in the work list, in words."""

    id: str
    revision: int
    title: str
    buyer: str
    supplier: str
    tier: str
    recommendation: str
    progress: str
    waiting: str
    state: str
    changed: str
    date_note: str

    def matches(self, words: str) -> bool:
        """Whether every word stands somewhere in the purchase, buyer, supplier or result."""
        text = f"{self.title} {self.buyer} {self.supplier} {self.recommendation}".lower()
        return all(word in text for word in words.lower().split())


_rows: dict[tuple[int, str], Row] = {}


def rows(store: Store, summaries: list[Summary]) -> list[Row]:
    """Return a row for every summary, in the same order."""
    stale = [
        s.id
        for s in summaries
        if (kept := _rows.get((id(store), s.id))) is None or kept.revision != s.revision
    ]
    if stale:
        for stored in store.load_many(stale):
            _rows[id(store), stored.assessment.id] = _row(stored)
    return [_rows[id(store), summary.id] for summary in summaries]


def _row(stored: Stored) -> Row:
    assessment = stored.assessment
    result = score(stored.framework, assessment.answer_set)
    walk = steps(stored.framework, result)
    answered, asked = sum(s.answered for s in walk), sum(len(s.questions) for s in walk)
    return Row(
        id=assessment.id,
        revision=stored.revision,
        title=("Fictional: " if assessment.fictional else "") + assessment.purchase.title,
        buyer=assessment.purchase.buyer,
        supplier=assessment.supplier.name,
        tier=tier_range(stored.framework, result.tier),
        recommendation=decision(result.recommendation),
        progress=f"{answered} of {asked}",
        waiting=_waiting(stored, result),
        state=workflow_state(assessment.state),
        changed=stored.changed_at[:10],
        date_note=f" · as of {assessment.answer_set.as_of}",
    )


def _waiting(stored: Stored, result: Result) -> str:
    """Say what comes next, the most pressing first."""
    assessment = stored.assessment
    if any(not trigger.resolved_at for trigger in assessment.triggers):
        return "A new look: something changed"
    overdue = [
        m
        for m in assessment.answer_set.mitigations
        if m.status == "agreed" and m.due < assessment.answer_set.as_of
    ]
    if overdue:
        return count(len(overdue), "overdue condition")
    if result.open:
        return count(len(result.open), "open answer")
    if not result.pack_decides:
        return f"The {stored.framework.tier(result.tier.high).packs[0]} pack"
    return "" if assessment.decision else "A decision"
