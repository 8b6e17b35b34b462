"""Moving several assessments to another version of their questionnaire in one go.

ids, the version ── plan_many ── a Planned each: what is carried, dropped, asked, recommended
                            └── carry_out ── each moved as if alone, or why it was not
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from procurement_risk.assessment.move import Move
from procurement_risk.assessment.moving import history_reason, plan_move
from procurement_risk.errors import ProcurementRiskError
from procurement_risk.framework import Framework
from procurement_risk.framework.versions.likely import Renaming
from procurement_risk.language import _
from procurement_risk.language.phrases import counted
from procurement_risk.methods import evaluate
from procurement_risk.profile.method_words import verdict
from procurement_risk.storage import Store, Stored, Summary

# What was only renamed between two versions, as whoever moves them says.
Said = Callable[[Framework, Framework], Renaming]


@dataclass(frozen=True, slots=True)
class Planned:
    """What moving one assessment would do.

    Attributes:
        stored: The assessment as it stands.
        move: What becomes of its answers.
        before: What is recommended now, in words.
        after: What is recommended then.
    """

    stored: Stored
    move: Move
    before: str
    after: str

    @property
    def changes_recommendation(self) -> bool:
        """Whether another recommendation comes of it."""
        return self.before != self.after


def movable(store: Store, new: Framework) -> Mapping[str, list[Summary]]:
    """Return what may be moved to ``new``, by the id of the questionnaire that it stands on now.

    First those on another version of it, then those on what it extends, or on what extends it;
    what is set aside is left out.
    """
    kin = {
        (each.id, each.version)
        for each in store.known_frameworks()
        if each.is_kin(new) and each.method == new.method
    }
    found: dict[str, list[Summary]] = {new.id: []}
    for each in store.summaries():
        stands_on = each.framework_id, each.framework_version
        is_other = stands_on != (new.id, new.version)
        if is_other and not each.archived and (each.framework_id == new.id or stands_on in kin):
            found.setdefault(each.framework_id, []).append(each)
    return {name: those for name, those in found.items() if those}


def plan_many(store: Store, ids: Sequence[str], new: Framework, said: Said) -> list[Planned]:
    """Return what moving each assessment to ``new`` would do; what cannot be read is left out."""
    return [_planned(each, new, said) for each in store.read_many(list(ids)).stored]


def _planned(stored: Stored, new: Framework, said: Said) -> Planned:
    old, answers = stored.framework, stored.assessment.answer_set
    move = plan_move(old, new, answers, said(old, new))
    results = evaluate(old, answers), evaluate(new, move.answer_set)
    before, after = (verdict(each).words for each in results)
    return Planned(stored, move, before, after)


def carry_out(
    store: Store, planned: Sequence[Planned], new: Framework, actor: str, why: str
) -> list[tuple[Planned, str]]:
    """Move each assessment, and return with each why it was left where it was; empty: moved."""
    return [(each, _moved(store, each, new, actor, why)) for each in planned]


def _moved(store: Store, each: Planned, new: Framework, actor: str, why: str) -> str:
    stored = each.stored
    moved = replace(stored.assessment, answer_set=each.move.answer_set)
    reason = history_reason(stored.framework, new, why)
    try:
        store.move(moved, new, stored.revision, actor, reason)
    except ProcurementRiskError as error:
        return str(error)
    return ""


def overview(planned: Sequence[Planned]) -> str:
    """Return how many there are, what is lost and asked in all, how many change."""
    dropped = sum(len(each.move.dropped) for each in planned)
    asked = sum(len(each.move.newly_asked) for each in planned)
    otherwise = sum(each.changes_recommendation for each in planned)
    return " ".join(
        (
            counted(len(planned), "{n} assessment.", "{n} assessments."),
            counted(
                dropped,
                "{n} answer is dropped, and kept in the history.",
                "{n} answers are dropped, and kept in the history.",
            ),
            counted(asked, "{n} question is newly asked.", "{n} questions are newly asked."),
            counted(
                otherwise,
                "The recommendation of {n} changes.",
                "The recommendation of {n} changes.",
            )
            if otherwise
            else _("No recommendation changes."),
        )
    )


def carried(each: Planned) -> int:
    """Return how many answers carry over, those that need a look included."""
    move = each.move
    return len(move.carried) + len(move.reworded) + len(move.changed)


def to_look_at(each: Planned) -> int:
    """Return how many of the answers that carry over read or count differently."""
    return len(each.move.reworded) + len(each.move.changed)
