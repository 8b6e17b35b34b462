"""What changed in one question or fact from one version of a framework to another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from procurement_risk.framework import Option, Question, RedFlag
from procurement_risk.framework.versions.change import (
    KEY_WORDS,
    Change,
    Kind,
    Raw,
    Side,
    can_move_result,
    merged,
    order_change,
    text_change,
    value_change,
)
from procurement_risk.framework.versions.conditions import asked_words, meaning
from procurement_risk.framework.words import answered_by, use_label
from procurement_risk.language import N_, _, ngettext
from procurement_risk.language.phrases import listed

TEXT_KEYS = ("ask", "help", "why", "good", "evidence", "treatment")
TYPE_WORDS = {
    "single": N_("one option"),
    "multiple": N_("several options"),
    "text": N_("a text"),
    "number": N_("a number"),
    "date": N_("a date"),
}


def type_words(type_: str) -> str:
    """Return what a question of this type is answered with: ``one option``, ``a date``."""
    return _(TYPE_WORDS[type_])


def question_changes(old: Side, new: Side, question_id: str) -> Iterator[Change]:
    """Yield every change of the question or fact ``question_id``, which one side has at least."""
    before = old.framework.by_id.get(question_id)
    after = new.framework.by_id.get(question_id)
    if before is None or after is None:
        yield _came_or_went(before, after)
        return
    affects = can_move_result(old, question_id) or can_move_result(new, question_id)

    def change(kind: Kind, where: str, was: str, now: str, moves: bool) -> Iterator[Change]:
        yield from value_change(kind, where, was, now, question=question_id, affects=moves)

    yield from change("moved", _("section"), _place(before), _place(after), affects)
    types = type_words(before.type), type_words(after.type)
    yield from change("type", _("type"), *types, affects)
    yield from _texts(old, new, question_id)
    yield from _options(old, new, before, after, affects=affects)
    weighs = old.framework.weighs(before) or new.framework.weighs(after)
    yield from change("reweighted", _("weight"), str(before.weight), str(after.weight), weighs)
    yield from change("reweighted", _("scores"), _scores(before), _scores(after), True)
    if meaning(old.framework, before.when) != meaning(new.framework, after.when):
        yield Change(
            kind="reconditioned",
            where=_("condition"),
            question=question_id,
            before=asked_words(old.framework, before.when),
            after=asked_words(new.framework, after.when),
            affects_result=affects,
        )
    yield from _reasons(old, new, question_id)
    if before.red_flag != after.red_flag:
        yield from change("red_flag", _("red flag"), flag_words(before), flag_words(after), True)
    in_pack = _pack_affected(old, new, question_id)
    for where, one, other in _details(before, after):
        moves = affects and in_pack and where == CORE
        yield from change("details", _(where), one, other, moves)


def _came_or_went(before: Question | None, after: Question | None) -> Change:
    question = after or before
    assert question is not None
    return Change(
        kind="added" if before is None else "removed",
        where=_place(question),
        question=question.id,
        before=before.ask if before else "",
        after=after.ask if after else "",
        affects_result=question.is_scored,
    )


def _place(question: Question) -> str:
    if not question.section:
        return _("the facts")
    return _("section {section}").format(section=question.section)


def _scores(question: Question) -> str:
    return question.scores or _("not scored")


# --- Texts --------------------------------------------------------------------------------


def _texts(old: Side, new: Side, name: str) -> Iterator[Change]:
    before, after = old.questions[name], new.questions[name]
    for key in TEXT_KEYS:
        pair = (old, before.get(key)), (new, after.get(key))
        yield from text_change("reworded", _(KEY_WORDS[key]), *pair, question=name)
    labels = _labels(before), _labels(after)
    for option, label in labels[1].items():
        if option in labels[0]:
            pair = (old, labels[0][option]), (new, label)
            where = _("option {option}").format(option=option)
            yield from text_change("reworded", where, *pair, question=name, option=option)


def _labels(raw: Raw) -> dict[str, Any]:
    return {option["id"]: option["label"] for option in raw.get("options", ())}


def _reasons(old: Side, new: Side, name: str) -> Iterator[Change]:
    """Yield the reworded reasons for which the question is never asked."""
    reasons = zip_longest(never_reasons(old.questions[name]), never_reasons(new.questions[name]))
    whens = [meaning(side.framework, side.question(name).when) for side in (old, new)]
    if whens[0] == whens[1]:
        for before, after in reasons:
            where = _("reason for never asking")
            yield from text_change("reworded", where, (old, before), (new, after), question=name)


def never_reasons(raw: Raw) -> list[object]:
    """Return the texts under every ``never`` of the condition of ``raw``, in order."""
    found: list[object] = []
    left = [raw["when"]] if "when" in raw else []
    while left:
        condition = left.pop()
        left += reversed([*condition.get("any", ()), *condition.get("all", ())])
        found += [condition["never"]] if "never" in condition else []
    return found


# --- Options ------------------------------------------------------------------------------


def _options(
    old: Side, new: Side, before: Question, after: Question, *, affects: bool
) -> Iterator[Change]:
    was = {option.id: option for option in before.options}
    now = {option.id: option for option in after.options}
    for name in merged(was, list(now)):
        if name in was and name in now:
            yield from _points(after.id, was[name], now[name], affects=affects)
            continue
        yield Change(
            kind="options",
            where=_("option {option}").format(option=name),
            question=after.id,
            before=_option_words(before, was[name]) if name in was else "",
            after=_option_words(after, now[name]) if name in now else "",
            affects_result=affects,
            option=name,
        )
    yield from order_change("options", _("order of options"), was, now, after.id)


def _points(name: str, before: Option, after: Option, *, affects: bool) -> Iterator[Change]:
    option = after.id
    for key, where in (
        ("risk", _("risk of option {option}")),
        ("points", _("points of option {option}")),
    ):
        yield from value_change(
            "options",
            where.format(option=option),
            getattr(before, key),
            getattr(after, key),
            question=name,
            affects=affects,
            option=option,
        )


def _option_words(question: Question, option: Option) -> str:
    if question.weight:
        return _("{option} (risk {risk})").format(option=option.label, risk=option.risk)
    if not question.scores:
        return option.label
    words = ngettext("{option} ({n} point)", "{option} ({n} points)", option.points)
    return words.format(option=option.label, n=f"{option.points:,}")


# --- Red flag and details -----------------------------------------------------------------

CORE = N_("core")


def flag_words(question: Question) -> str:
    """Return what fires the red flag, and what it is: ``b or c is a stop from tier 2, …``."""
    flag = question.red_flag
    if flag is None:
        return _("none")
    ids = [option.id for option in question.options if option.id in flag.options]
    return _flag_pattern(flag).format(options=listed(ids, "or"), tier=flag.stop_from_tier)


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


def _details(before: Question, after: Question) -> Iterator[tuple[str, str, str]]:
    """Yield the name of each detail, still in English, with what it was and is."""
    yield N_("clauses"), ", ".join(before.clauses), ", ".join(after.clauses)
    yield N_("sources"), "; ".join(before.sources), "; ".join(after.sources)
    yield N_("answered by"), answered_by(before.answered_by), answered_by(after.answered_by)
    yield N_("first gate"), before.first_gate, after.first_gate
    uses = use_label(before.procurement_use), use_label(after.procurement_use)
    yield N_("procurement use"), *uses
    yield CORE, _yes_or_no(before.core), _yes_or_no(after.core)


def _yes_or_no(holds: bool) -> str:
    return _("yes") if holds else _("no")


def _pack_affected(old: Side, new: Side, name: str) -> bool:
    """Whether a pack that both versions have asks the question in one of them only."""
    pairs = ((pack, new.framework.pack(pack.id)) for pack in old.framework.packs)
    return any(now is not None and was.asks(name) != now.asks(name) for was, now in pairs)
