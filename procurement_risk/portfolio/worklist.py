"""The rows of the work list, scored once a day for each revision of an assessment."""

from __future__ import annotations

from dataclasses import dataclass, replace

from procurement_risk.assessment.overdue import is_overdue
from procurement_risk.framework.versions.whose import marked
from procurement_risk.framework.words import decision
from procurement_risk.language import _, current
from procurement_risk.language.phrases import counted
from procurement_risk.methods import AnyResult, evaluate
from procurement_risk.profile import method_words
from procurement_risk.profile.walkthrough import progress, steps
from procurement_risk.storage import Store, Stored, Summary


@dataclass(frozen=True, slots=True)
class Row:
    """One assessment in the work list, in words but for the ``state``."""

    id: str
    revision: int
    day: str
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

    def shows(self, word: str) -> bool:
        """Whether a word stands somewhere in the purchase, buyer, supplier or result."""
        text = f"{self.title} {self.buyer} {self.supplier} {self.recommendation}".lower()
        return word.lower() in text


_rows: dict[tuple[int, str, str], Row] = {}  # by store, language and assessment


def rows(store: Store, summaries: list[Summary], day: str) -> list[Row]:
    """Return a row for every summary, in the same order, as things stand on ``day``."""
    place = id(store), current()
    stale = [
        s.id
        for s in summaries
        if (kept := _rows.get((*place, s.id))) is None
        or (kept.revision, kept.day) != (s.revision, day)
    ]
    if stale:
        for stored in store.load_many(stale):
            _rows[*place, stored.assessment.id] = _row(stored, day)
    foreign = store.foreign()
    return [
        _told(_rows[*place, summary.id], foreign=summary.framework_digest in foreign)
        for summary in summaries
    ]


def _told(row: Row, *, foreign: bool) -> Row:
    """Return ``row``, its result said to rest on a foreign questionnaire where it does."""
    return replace(row, recommendation=marked(row.recommendation, foreign=foreign))


def _row(stored: Stored, day: str) -> Row:
    assessment = stored.assessment
    result = evaluate(stored.framework, assessment.answer_set)
    walk = steps(stored.framework, result)
    answered, asked = progress(walk)
    title = assessment.purchase.title
    return Row(
        id=assessment.id,
        revision=stored.revision,
        day=day,
        title=_("Fictional: {title}").format(title=title) if assessment.fictional else title,
        buyer=assessment.purchase.buyer,
        supplier=assessment.supplier.name,
        tier=method_words.stakes(result),
        recommendation=_outcome(result),
        progress=_("{n} of {all}").format(n=answered, all=asked),
        waiting=_waiting(stored, result, day),
        state=assessment.state,
        changed=stored.changed_at[:10],
        date_note=" · " + _("as of {date}").format(date=assessment.answer_set.as_of),
    )


def _outcome(result: AnyResult) -> str:
    recommended = result.recommendation
    return decision(recommended) if recommended else method_words.headline(result)


def _waiting(stored: Stored, result: AnyResult, day: str) -> str:
    """Say what comes next, the most pressing first."""
    assessment = stored.assessment
    if any(not trigger.resolved_at for trigger in assessment.triggers):
        return _("A new look: something changed")
    overdue = sum(is_overdue(each, day) for each in assessment.answer_set.mitigations)
    if overdue:
        return counted(overdue, "{n} overdue condition", "{n} overdue conditions")
    if result.open:
        return counted(len(result.open), "{n} open answer", "{n} open answers")
    if result.larger_pack:
        return _("The {pack} pack").format(pack=result.larger_pack)
    return "" if assessment.decision else _("A decision")
