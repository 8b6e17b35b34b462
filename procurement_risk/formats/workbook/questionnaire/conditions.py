"""When a question is asked: a condition as text, as people write it and as we write it.

``If yes to Q3``, ``Applicable if 1.2 is No``, ``DP-1 is not a or b``, ``any of (…; …)``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from procurement_risk.formats.workbook.questionnaire.as_written import (
    AND,
    FORMS,
    IS,
    IS_NOT,
    OR,
    START,
)
from procurement_risk.language import _
from procurement_risk.language.text import shorten

Condition = dict[str, Any]
Options = Mapping[str, str]
"""What a question offers: the id of each answer by its words and by its id, both folded."""
Find = Callable[[str], tuple[str, Options] | None]
"""Gives the id of a question and what it offers, for what somebody called it."""

MOST_DEEP, LONGEST = 8, 4_000
_GROUP = re.compile(r"(any|all) of \((.*)\)", re.IGNORECASE | re.DOTALL)
_EITHER = re.compile(r" or |,|/")
_NEVER = re.compile(r"never: (.*)", re.DOTALL)


_LEADING = re.compile(r"\(?(if\b[^,:–—?]{1,80})[,:–—]\)?\s*(\S.*)", re.IGNORECASE | re.DOTALL)
_GOES_ON = re.compile(r"(?:or|and)\b|[a-z]{0,6}[-.]?\d", re.IGNORECASE)
_ANSWERED = re.compile(
    r"if\s+(?:not|so|yes|no|none|partly|both|either|any(?:body|one|thing)?|some|true|applicable)\b",
    re.IGNORECASE,
)


class Unread(ValueError):
    """The condition cannot be read; the message says why, as the rest of a sentence."""


def read_condition(text: str, find: Find) -> Condition:
    """Return the condition in ``text`` as a framework holds it.

    Raises:
        Unread: If it names no question that is found, or an answer that it does not offer.
    """
    return _read(" ".join(text.split())[:LONGEST].rstrip(" ."), find, 0)


def leading_condition(asked: str, find: Find) -> Condition | None:
    """Return the condition with which a question begins, as in *If yes to 4, which one?*.

    None where it begins with none, or with one of something else than answers.

    Raises:
        Unread: If it begins with an answer, and it cannot be told to which question.
    """
    found = _LEADING.match(asked)
    if found is None:
        return None
    try:
        if _GOES_ON.match(found[2]):
            raise Unread(_("it cannot be told where it ends"))
        return read_condition(found[1], find)
    except Unread:
        if _ANSWERED.match(found[1]):
            raise
    return None


def write_condition(condition: Mapping[str, Any]) -> str:
    """Return a condition of a framework as text that ``read_condition`` reads the same."""
    for group in ("any", "all"):
        if group in condition:
            return f"{group} of ({'; '.join(map(write_condition, condition[group]))})"
    if "never" in condition:
        return f"never: {condition['never']}"
    said = IS_NOT if "not_in" in condition else IS
    options = condition.get("not_in", condition.get("in", []))
    return f"{condition['question']} {said} {OR.join(options)}"


def _read(text: str, find: Find, depth: int) -> Condition:
    if depth > MOST_DEEP:
        raise Unread(_("it is nested too deep"))
    if found := _NEVER.fullmatch(text):
        return {"never": found[1]}
    if found := _GROUP.fullmatch(text):
        return {found[1].lower(): [_read(part, find, depth + 1) for part in _parts(found[2])]}
    said = START.sub("", text)
    for word, group in ((AND, "all"), (OR, "any")):
        parts = [START.sub("", part) for part in re.split(word, said, flags=re.IGNORECASE)]
        if 1 < len(parts) <= MOST_DEEP:
            try:
                return {group: [_single(part, find) for part in parts]}
            except Unread:
                continue
    return _single(said, find)


def _single(text: str, find: Find) -> Condition:
    reasons = []
    for form in FORMS:
        found = form.fullmatch(text.strip(" ,."))
        if found is None:
            continue
        question = find(found["ref"])
        if question is None:
            words = _("no question with answers to choose from stands under {name} above it")
            reasons.append(words.format(name=shorten(found["ref"])))
            continue
        name, options = question
        try:
            chosen = _options(name, found["value"], options)
        except Unread as error:
            reasons.append(str(error))
            continue
        is_not = bool(found.groupdict().get("no"))
        return {"question": name, "not_in" if is_not else "in": chosen}
    raise Unread(reasons[-1] if reasons else _("it names no question and answer"))


def _options(name: str, value: str, options: Options) -> list[str]:
    if (whole := options.get(value.strip().casefold())) is not None:
        return [whole]
    chosen = []
    for each in _EITHER.split(value):
        option = options.get(each.strip(" \"“”'").casefold())
        if option is None:
            words = _("{question} offers no answer {answer}")
            raise Unread(words.format(question=name, answer=shorten(each.strip())))
        chosen.append(option)
    return list(dict.fromkeys(chosen))


def _parts(text: str) -> list[str]:
    """Return the parts of a group: what stands between semicolons outside brackets."""
    parts, depth = [""], 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        if sign == ";" and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts]
