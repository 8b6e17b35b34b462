"""The plain columns of a framework as a sheet: how each is written, and what an edit means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from procurement_risk.formats.workbook.questionnaire.as_written import (
    FROM_TIER,
    LEGAL_DUTY,
    STOP_FROM_TIER,
    TIER,
)
from procurement_risk.formats.workbook.questionnaire.conditions import (
    Find,
    Unread,
    read_condition,
    write_condition,
)
from procurement_risk.language import N_, _
from procurement_risk.language.text import shorten

Document = dict[str, Any]
YES = "yes"
_OPTION = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:=\s*(\d{1,4})\s*)?:\s*(\S.*)")
_FLAG = re.compile(r"(stop|flag)((?:,[^:]*)?):(.*)", re.DOTALL)


class Unfit(ValueError):
    """What stands in a cell cannot be taken; the message says what to write."""


@dataclass(frozen=True, slots=True)
class Around:
    """What an edit is read with: the languages, what answers count in, other questions."""

    first: str
    value: str = "risk"
    find: Find = lambda _called: None


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet.

    Attributes:
        key: What it holds: a key of the document.
        words: What stands over it.
        write: Gives its text for a question or section, in a language.
        read: Gives the value that an edited text means; None: the key goes.
        width: How wide it is, in characters.
        spoken: Whether it stands once for each language.
    """

    key: str
    words: str
    write: Callable[[Document, str, Around], str]
    read: Callable[[Document, str, str, Around], object]
    width: float = 20
    spoken: bool = False


# --- Texts, in one language or several


def _said(key: str) -> Callable[[Document, str, Around], str]:
    return lambda one, language, around: in_language(one.get(key), language, around.first)


def in_language(value: object, language: str, first: str) -> str:
    """Return a text of a framework in a language; empty where it has none in that."""
    if isinstance(value, dict):
        return str(value.get(language, ""))
    return value if isinstance(value, str) and language == first else ""


def _say(key: str) -> Callable[[Document, str, str, Around], object]:
    return lambda one, language, text, around: with_text(
        one.get(key), language, around.first, text
    )


def with_text(value: object, language: str, first: str, text: str) -> object:
    """Return a text of a framework with ``text`` in one language; None where none is left."""
    if not isinstance(value, dict) and (language == first or not text):
        return (text or None) if language == first else value
    texts = dict(value) if isinstance(value, dict) else {first: value} if value else {}
    texts.pop(language, None)
    if text:
        texts[language] = text
    return texts or None


# --- Lists, numbers, words


def _listed(key: str) -> Callable[[Document, str, Around], str]:
    return lambda one, _language, _around: "\n".join(one.get(key, ()))


def _list(_one: Document, _language: str, text: str, _around: Around) -> object:
    return [line.strip() for line in text.split("\n") if line.strip()] or None


def _plain(key: str) -> Callable[[Document, str, Around], str]:
    return lambda one, _language, _around: str(one.get(key, ""))


def _word(_one: Document, _language: str, text: str, _around: Around) -> object:
    return text or None


def _number(_one: Document, _language: str, text: str, _around: Around) -> object:
    if text and not text.isdecimal():
        raise Unfit(_("write a whole number, not {text}").format(text=shorten(text)))
    return int(text) if text else None


def _write_truth(one: Document, _language: str, _around: Around) -> str:
    return YES if one.get("core") else ""


def _truth(_one: Document, _language: str, text: str, _around: Around) -> object:
    if text.casefold() in (YES, "y", "true", "x", "1", _("yes").casefold()):
        return True
    if text.casefold() in ("", "no", "n", "false", "0", _("no").casefold()):
        return None
    raise Unfit(_("write yes, or nothing, not {text}").format(text=shorten(text)))


# --- Answers, red flags, conditions


def _write_options(one: Document, language: str, around: Around) -> str:
    lines = []
    for option in one.get("options", ()):
        label = " ".join(in_language(option.get("label"), language, around.first).split())
        value = option.get(around.value)
        is_first = language == around.first
        number = f" = {value}" if is_first and value is not None else ""
        if label or is_first:
            lines.append(f"{option['id']}{number}: {label}")
    return "\n".join(lines)


def _options(one: Document, language: str, text: str, around: Around) -> object:
    known = {option["id"]: option for option in one.get("options", ())}
    said: dict[str, Document] = {}
    for line in filter(str.strip, text.split("\n")):
        found = _OPTION.fullmatch(line.strip())
        if found is None or found[1] in said:
            words = _("write an answer to a line, such as a = 0: Yes, not {text}")
            raise Unfit(words.format(text=shorten(line)))
        option = dict(known.get(found[1], {"id": found[1]}))
        if language == around.first:
            option.pop(around.value, None)
            if found[2] is not None:
                option[around.value] = int(found[2])
        before = in_language(option.get("label"), language, around.first)
        if " ".join(before.split()) != " ".join(found[3].split()):
            option["label"] = with_text(option.get("label"), language, around.first, found[3])
        said[found[1]] = option
    if language == around.first:
        return list(said.values()) or None
    kept = []
    for name, option in known.items():
        told = said.get(name) or option | {
            "label": with_text(option.get("label"), language, around.first, "")
        }
        kept.append(told)
    return kept or None


def _write_flag(one: Document, _language: str, _around: Around) -> str:
    flag = one.get("red_flag")
    if not flag:
        return ""
    words = [flag["class"]]
    words += [LEGAL_DUTY] if flag.get("legal_duty") else []
    words += [f"{STOP_FROM_TIER} {flag['stop_from_tier']}"] if "stop_from_tier" in flag else []
    words += [f"{FROM_TIER} {flag['from_tier']}"] if "from_tier" in flag else []
    return f"{', '.join(words)}: {', '.join(flag['options'])}"


def _flag(_one: Document, _language: str, text: str, _around: Around) -> object:
    if not text:
        return None
    found = _FLAG.fullmatch(text)
    flag: Document = {}
    if found:
        options = [each.strip() for each in found[3].split(",") if each.strip()]
        flag = {"options": options, "class": found[1]}
        for word in (each.strip() for each in found[2].split(",") if each.strip()):
            tier = TIER.fullmatch(word)
            if word == LEGAL_DUTY:
                flag["legal_duty"] = True
            elif tier:
                flag["stop_from_tier" if tier[1] else "from_tier"] = int(tier[2])
            else:
                flag = {}
                break
    if not flag:
        raise Unfit(_("write it as stop: c, or flag, from tier 2: b, c"))
    return flag


def _write_when(one: Document, _language: str, _around: Around) -> str:
    return write_condition(one["when"]) if one.get("when") else ""


def _when(_one: Document, _language: str, text: str, around: Around) -> object:
    try:
        return read_condition(text, around.find) if text else None
    except Unread as error:
        words = _("write it as DP-1 is a or b: {reason}")
        raise Unfit(words.format(reason=error)) from error


def _text(key: str, words: str, width: float = 40) -> Column:
    return Column(key, words, _said(key), _say(key), width, spoken=True)


def _one(key: str, words: str, width: float = 12) -> Column:
    return Column(key, words, _plain(key), _word, width)


QUESTION: tuple[Column, ...] = (
    _one("id", N_("Number")),
    _text("ask", N_("Question"), 50),
    _text("help", N_("Guidance")),
    _one("type", N_("Kind of answer")),
    Column("options", N_("Answers, best first"), _write_options, _options, 44, spoken=True),
    Column("weight", N_("Weight"), _plain("weight"), _number, 9),
    _one("scores", N_("Scores")),
    Column("core", N_("Core"), _write_truth, _truth, 8),
    Column("when", N_("Asked only if"), _write_when, _when, 26),
    Column("red_flag", N_("Red flag"), _write_flag, _flag, 22),
    _text("why", N_("Why it is asked")),
    _text("good", N_("What good looks like")),
    _text("evidence", N_("Evidence"), 26),
    _text("treatment", N_("Treatment"), 26),
    Column("clauses", N_("Clauses, one a line"), _listed("clauses"), _list, 22),
    Column("sources", N_("Sources, one a line"), _listed("sources"), _list, 30),
    _one("answered_by", N_("Answered by")),
    _one("first_gate", N_("First gate"), 9),
    _one("procurement_use", N_("Use in procurement"), 14),
)
SECTION: tuple[Column, ...] = (
    _one("id", N_("Section")),
    _text("title", N_("Title"), 34),
    _text("short_title", N_("Short title"), 22),
    _one("role", N_("Role")),
    _one("pillar", N_("Pillar")),
    Column("when", N_("Asked only if"), _write_when, _when, 26),
    _text("intro", N_("Introduction"), 60),
)


def kept(one: Document, key: str, value: object) -> Document:
    """Return ``one`` with ``value`` under ``key``, or without the key where that is None."""
    if value is None:
        return {name: each for name, each in one.items() if name != key}
    return {**one, key: value}


def chosen_from(document: Mapping[str, Any]) -> Find:
    """Return what finds a question or fact by its id, with its answers by id and by words."""
    asked = [*document.get("facts", ())]
    asked += [each for part in document.get("sections", ()) for each in part.get("questions", ())]
    known = {each["id"]: _offered(each["options"]) for each in asked if each.get("options")}
    return lambda called: (called, known[called]) if called in known else None


def _offered(options: Iterable[Document]) -> dict[str, str]:
    """Return the id of each option by its id and by its label; where both fit, the id counts."""
    found: dict[str, str] = {}
    for option in options:
        label = option.get("label", "")
        for text in label.values() if isinstance(label, dict) else (label,):
            found.setdefault(str(text).casefold(), option["id"])
    return found | {option["id"].casefold(): option["id"] for option in options}
