"""What may be said of an inherited value, and why not: a rule for each kind of change.

A rule gives the value that holds from then on, or the sentence that refuses it. A value that is
there already is never refused. ``fields`` says which rule holds for which key.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from procurement_risk.framework.policies import DECISIONS
from procurement_risk.language import N_, _
from procurement_risk.language.text import shorten

CLASSES = ("flag", "stop")
OPEN = 1_000  # a start or an end that is not written: nothing reaches it


@dataclass(frozen=True, slots=True)
class Inherited:
    """What a value of the overlay meets.

    Attributes:
        value: What the base has there; None where it has nothing.
        around: What the base has around it.
        languages: The languages of the base.
        policy: The policy of the base.
    """

    value: Any
    around: Mapping[str, Any]
    languages: Sequence[str]
    policy: Mapping[str, Any]


Says = Callable[[Any, Inherited], tuple[Any, str]]
"""Gives what holds from then on, and why it is refused: empty where it is not."""


def anything(value: Any, _base: Inherited) -> tuple[Any, str]:  # noqa: ANN401
    """Take the overlay's value."""
    return value, ""


def nothing(_value: Any, base: Inherited) -> tuple[Any, str]:  # noqa: ANN401
    """Keep the base's value."""
    return base.value, _("An overlay cannot change this: delete it.")


def _ordered(
    rank: Callable[[Any, Inherited], int | None], unwritten: Callable[[Inherited], Any], words: str
) -> Says:
    """Return the rule of a value that may only go up in ``rank``."""

    def says(value: Any, base: Inherited) -> tuple[Any, str]:  # noqa: ANN401
        before = unwritten(base) if base.value is None else base.value
        here, there = rank(value, base), rank(before, base)
        if here is None or there is None or here >= there:
            return value, ""
        return base.value, _(words).format(before=before, value=shorten(str(value)))

    return says


def _number(sign: int) -> Callable[[Any, Inherited], int | None]:
    def rank(value: Any, _base: Inherited) -> int | None:  # noqa: ANN401
        is_number = isinstance(value, int) and not isinstance(value, bool)
        return sign * value if is_number else None

    return rank


def _place(names: Sequence[str]) -> Callable[[Any, Inherited], int | None]:
    def rank(value: Any, _base: Inherited) -> int | None:  # noqa: ANN401
        return names.index(value) if value in names else None

    return rank


def _band(value: Any, base: Inherited) -> int | None:  # noqa: ANN401
    return _place([each["id"] for each in base.policy["bands"]])(value, base)


def _stops_from(base: Inherited) -> int:
    """Return the tier from which the flag in the base stops, where it does not say."""
    return 1 if base.around.get("class") == "stop" else OPEN


_LESS = N_("It is {before}, and an overlay may only be stricter: write {before} or less.")
_MORE = N_("It is {before}, and an overlay may only be stricter: write {before} or more.")
_STRICTER = N_(
    "It is {before}, and {value} is milder: an overlay may only be stricter. Write {before}, or "
    "delete it."
)

at_most = _ordered(_number(-1), lambda _base: OPEN, _LESS)
at_most_from_one = _ordered(_number(-1), lambda _base: 1, _LESS)
at_most_from_none = _ordered(_number(-1), lambda _base: 0, _LESS)
stops_sooner = _ordered(_number(-1), _stops_from, _LESS)
at_least = _ordered(_number(1), lambda _base: 0, _MORE)
stricter = _ordered(_place(DECISIONS), lambda _base: DECISIONS[0], _STRICTER)
stop_of_flag = _ordered(_place(CLASSES), lambda _base: CLASSES[0], _STRICTER)
worse_band = _ordered(_band, lambda _base: None, _STRICTER)
"""Rules of what has an order: only to the stricter side."""


def only_true(value: Any, base: Inherited) -> tuple[Any, str]:  # noqa: ANN401
    """Let what is off be put on."""
    if value is False and base.value is True:
        return True, _("It is true, and an overlay may only be stricter: delete it.")
    return value, ""


def more(value: Any, base: Inherited) -> tuple[Any, str]:  # noqa: ANN401
    """Add what is in the overlay's list to the base's."""
    if not isinstance(value, list):
        return base.value, ""  # the shape speaks
    held = base.value or []
    return [*held, *(each for each in value if each not in held)], ""


def more_options(value: Any, base: Inherited) -> tuple[Any, str]:  # noqa: ANN401
    """Let options be added to a red flag; some of the inherited ones alone add none."""
    held = base.value or []
    if isinstance(value, list) and value and all(each in held for each in value):
        words = _(
            "It fires on {options}, and an overlay takes none away: write those that you add, or "
            "delete it."
        )
        return base.value, words.format(options=", ".join(map(str, held)))
    return more(value, base)


def more_languages(value: Any, base: Inherited) -> tuple[Any, str]:  # noqa: ANN401
    """Add languages behind those of the base."""
    return more(value, replace(base, value=list(base.languages)))


def asked_more(value: Any, base: Inherited) -> tuple[Any, str]:  # noqa: ANN401
    """Add questions to a pack, which names a few, the core or all."""
    if isinstance(base.value, list) and isinstance(value, list):
        return more(value, base)
    if value == "all":
        return value, ""
    if base.value == "all":
        return base.value, _("This pack asks everything already: delete it.")
    if base.value == "core":
        message = _(
            "This pack asks what is marked core: write core: true in a question to add it, and "
            "delete this."
        )
        return base.value, message
    return base.value, _("This pack asks what it names: write a list of the ids to add.")


def steps_up(value: Any, base: Inherited) -> tuple[Any, str]:  # noqa: ANN401
    """Add adjustments of the tier rule that take a step up, or languages to those of the base.

    One has no id: it is the base's where its steps and its condition are the same.
    """
    if not isinstance(value, list):
        return base.value, ""  # the shape speaks
    found = list(base.value or ())
    places = {_step(each): place for place, each in enumerate(found)}
    for each in value:
        place = places.get(_step(each))
        if place is not None and "because" in each:
            said = replace(base, value=found[place].get("because"))
            because, message = translated(each["because"], said)
            if message:
                return base.value, message
            found[place] = {**found[place], "because": because}
        elif place is None:
            steps = each.get("add") if isinstance(each, dict) else None
            if isinstance(steps, int) and steps < 0:
                message = _(
                    "A step down would make it milder, and an overlay may only be stricter: "
                    "delete it."
                )
                return base.value, message
            found.append(each)
    return found, ""


def _step(adjustment: Any) -> str:  # noqa: ANN401
    """Return what tells one adjustment from another; what is no mapping is like no other."""
    if not isinstance(adjustment, dict):
        return ""
    return json.dumps([adjustment.get("add"), adjustment.get("when")], sort_keys=True, default=str)


def enough(value: Any, base: Inherited) -> tuple[Any, str]:  # noqa: ANN401
    """Let fewer packs be enough to decide; what a new one asks is looked at in ``packs``."""
    return value, ""


# ---------------------------------------------------------------- texts


def _said(text: Any, languages: Sequence[str]) -> dict[str, Any]:  # noqa: ANN401
    return text if isinstance(text, dict) else dict.fromkeys(languages, text)


def guidance(value: Any, base: Inherited) -> tuple[Any, str]:  # noqa: ANN401
    """Take another text, or one more language of it."""
    if base.value is None or not isinstance(value, dict):
        return value, ""
    return {**_said(base.value, base.languages), **value}, ""


def translated(value: Any, base: Inherited) -> tuple[Any, str]:  # noqa: ANN401
    """Take one more language of a text that stays as it is."""
    if base.value is None:
        return value, ""
    first = base.languages[0]
    fixed = base.value if isinstance(base.value, dict) else {first: base.value}
    said = value if isinstance(value, dict) else {first: value}
    for code, text in said.items():
        if code in fixed and fixed[code] != text:
            message = _(
                'It reads "{before}", and what stands under an id keeps its meaning: delete it, '
                "or ask something new under a new id. Another language may be added: "
                "{{{code}: …}}."
            )
            shown = shorten(str(fixed[code]))
            other = "fr" if code != "fr" else "cy"
            return base.value, message.format(before=shown, code=other)
    if not isinstance(value, dict):
        return base.value, ""
    return {**_said(base.value, base.languages), **value}, ""
