"""What changed in one question or fact from one version of a framework to another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest

from procurement_risk.framework import Framework, Question, RedFlag
from procurement_risk.framework.versions.change import Change
from procurement_risk.framework.versions.conditions import asked_words, meaning
from procurement_risk.framework.versions.fields import (
    Pair,
    Part,
    Raw,
    Row,
    as_answered,
    changes_by,
    order,
    text,
    text_changes,
    value,
)
from procurement_risk.framework.versions.options import (
    _options,
    label_changes,
    point_changes,
    swapped_labels,
)
from procurement_risk.framework.words import answered_by, use_label
from procurement_risk.language import N_, _
from procurement_risk.language.phrases import listed

TYPE_WORDS = {
    "single": N_("one option"),
    "multiple": N_("several options"),
    "text": N_("a text"),
    "number": N_("a number"),
    "date": N_("a date"),
}
TEXT_KEYS = ("ask", "help", "why", "good", "evidence", "treatment")


def type_words(type_: str) -> str:
    """Return what a question of this type is answered with: ``one option``, ``a date``."""
    return _(TYPE_WORDS[type_])


def question_parts(framework: Framework) -> dict[str, Part]:
    """Return every fact and question by its id."""
    document = framework.document
    asked = [q for section in document["sections"] for q in section["questions"]]
    raws = {raw["id"]: raw for raw in (*document.get("facts", ()), *asked)}
    return {name: Part(framework, q, raws[name]) for name, q in framework.by_id.items()}


def can_move_result(framework: Framework, question_id: str) -> bool:
    """Return whether an answer to ``question_id`` could move a result, also through others."""
    question = framework.by_id.get(question_id)
    return question is not None and (question.is_scored or question_id in framework.rested_on)


def question_changes(before: Part | None, after: Part | None) -> Iterator[Change]:
    """Yield every change of a question or fact, which one version has at least."""
    if before is None or after is None:
        yield _came_or_went(before, after)
        return
    name = after.noun.id
    moves = any(can_move_result(part.framework, part.noun.id) for part in (before, after))
    pair = Pair(old=before, new=after, kind="details", question=name, moves=moves)
    yield from changes_by(QUESTION, pair)


def _came_or_went(before: Part | None, after: Part | None) -> Change:
    part = after or before
    assert part is not None
    return Change(
        kind="added" if before is None else "removed",
        where=_place(part),
        question=part.noun.id,
        before=before.noun.ask if before else "",
        after=after.noun.ask if after else "",
        affects_result=part.noun.is_scored,
    )


def _place(part: Part) -> str:
    if not part.noun.section:
        return _("the facts")
    return _("section {section}").format(section=part.noun.section)


def _weighs(pair: Pair) -> bool:
    return any(part.framework.weighs(part.noun) for part in (pair.old, pair.new))


def _pack_asks_one(pair: Pair) -> bool:
    """Whether a pack that both versions have asks the question in one of them only."""
    both = ((pack, pair.new.framework.pack(pack.id)) for pack in pair.old.framework.packs)
    before = pair.old.noun.id  # which an earlier version may have called otherwise
    differs = (now and was.asks(before) != now.asks(pair.question) for was, now in both)
    return pair.moves and any(differs)


# --- Conditions ---------------------------------------------------------------------------


def _meanings(pair: Pair) -> list[object]:
    return [meaning(part.framework, part.noun.when) for part in (pair.old, pair.new)]


def _condition(pair: Pair) -> Iterator[Change]:
    before, after = _meanings(pair)
    if before != after:
        ends = (asked_words(part.framework, part.noun.when) for part in (pair.old, pair.new))
        yield pair.change(_("condition"), *ends, kind="reconditioned", moves=as_answered)


def _reasons(pair: Pair) -> Iterator[Change]:
    """Yield the reworded reasons for which the question is never asked."""
    before, after = _meanings(pair)
    if before == after:
        yield from reason_changes(replace(pair, kind="reworded"))


def reason_changes(pair: Pair) -> Iterator[Change]:
    """Yield the reasons for never asking that differ, one by one."""
    reasons = (never_reasons(part.raw) for part in (pair.old, pair.new))
    for before, after in zip_longest(*reasons):
        yield from text_changes(pair, _("reason for never asking"), before, after)


def never_reasons(raw: Raw) -> list[object]:
    """Return the texts under every ``never`` of the condition of ``raw``, in order."""
    found: list[object] = []
    left = [raw["when"]] if "when" in raw else []
    while left:
        condition = left.pop()
        left += reversed([*condition.get("any", ()), *condition.get("all", ())])
        found += [condition["never"]] if "never" in condition else []
    return found


# --- Red flag -----------------------------------------------------------------------------


def flag_words(question: Question) -> str:
    """Return what fires the red flag, and what it is: ``b or c is a stop from tier 2, …``."""
    flag = question.red_flag
    if flag is None:
        return _("none")
    ids = [option.id for option in question.options if option.id in flag.options]
    said = _flag_pattern(flag).format(options=listed(ids, "or"), tier=flag.stop_from_tier)
    if flag.from_tier == 1:
        return said
    return _("{flag}; it counts from tier {tier} up").format(flag=said, tier=flag.from_tier)


def _flag_pattern(flag: RedFlag) -> str:
    if not flag.stop:
        return _("{options} is a flag")
    if flag.stop_from_tier is None:
        if flag.legal_duty:
            return _("{options} is a stop; a legal duty")
        return _("{options} is a stop")
    if flag.legal_duty:
        return _("{options} is a stop from tier {tier}, a flag below it; a legal duty")
    return _("{options} is a stop from tier {tier}, a flag below it")


def _waits(pair: Pair) -> bool:
    """Return whether a question's first gate says when it counts."""
    return pair.moves and bool(pair.old.framework.gates or pair.new.framework.gates)


def _yes_or_no(holds: bool) -> str:
    return _("yes") if holds else _("no")


# --- The table ----------------------------------------------------------------------------

QUESTION: tuple[Row, ...] = (
    value(N_("id"), lambda part: part.noun.id),
    value(N_("earlier ids"), lambda part: ", ".join(part.noun.was)),
    value(N_("section"), _place, kind="moved", moves=as_answered),
    value(N_("type"), lambda part: type_words(part.noun.type), kind="type", moves=as_answered),
    *(text(key, kind="reworded") for key in TEXT_KEYS),
    label_changes,
    point_changes,
    swapped_labels,
    order(N_("order of options"), _options, kind="options"),
    value(N_("weight"), lambda part: part.noun.weight, kind="reweighted", moves=_weighs),
    value(
        N_("scores"),
        lambda part: part.noun.scores or _("not scored"),
        kind="reweighted",
        moves=True,
    ),
    _condition,
    _reasons,
    value(
        N_("red flag"),
        lambda part: flag_words(part.noun),
        equal=lambda part: part.noun.red_flag,
        kind="red_flag",
        moves=True,
    ),
    value(N_("clauses"), lambda part: ", ".join(part.noun.clauses)),
    value(N_("sources"), lambda part: "; ".join(part.noun.sources)),
    value(N_("answered by"), lambda part: answered_by(part.noun.answered_by)),
    value(N_("first gate"), lambda part: part.noun.first_gate, moves=_waits),
    value(N_("procurement use"), lambda part: use_label(part.noun.procurement_use)),
    value(N_("core"), lambda part: _yes_or_no(part.noun.core), moves=_pack_asks_one),
)
