"""What does not fit the schema of a framework, in words: faults that say what to write instead."""

from __future__ import annotations

import re
import unicodedata

from procurement_risk.framework.checks.examples import example_of
from procurement_risk.framework.checks.faults import Fault, Speller, Where
from procurement_risk.framework.checks.meant_keys import Meant
from procurement_risk.language import N_, _, ngettext
from procurement_risk.language.schema_sentences import Misfit, Words, sentence
from procurement_risk.language.text import shorten

QUOTED = re.compile("[\u2018\u201a\u201c\u201e\u00ab].*[\u2018\u2019\u201c\u201d\u00bb]")
"""A text inside the quotes of a word processor."""

WORDS: Words = {
    "unknown_key": N_("There is no key {name} here: delete it, or use one of {known}."),
    "misspelt_key": N_('There is no key {name} here: did you mean "{guess}"?'),
    "required": N_('The key "{key}" is missing in {name}: add it.'),
    "enum": N_("{name} cannot be {value}: write one of {known}."),
    "enum_or_else": N_("{name} cannot be {value}: write {either} {known}."),
    "const": N_("{name} must be {value}: write that."),
    "type:object": N_(
        "{name} must be a group of keys, not {kind}: write its keys below it, each on a line "
        "of its own."
    ),
    "no_document": N_(
        "This is {kind}, not a questionnaire, which begins with a line such as schema_version: 1. "
        "A table becomes one with convert spreadsheet FILE -o NEW.yaml, or on the page "
        "Questionnaires."
    ),
    "type:array": N_(
        "{name} must be a list, not {kind}: write its items in brackets, [a, b], or on lines "
        "that begin with -."
    ),
    "type:string": N_("{name} must be a text, not {kind}: write it in quotes."),
    "type:integer": N_(
        "{name} must be a whole number, not {kind}: write digits without quotes or a point, "
        "such as 3."
    ),
    "type:boolean": N_(
        "{name} must be true or false, not {kind}: write one of the two, without quotes."
    ),
    "minimum": N_("{name} cannot be {value}: write a whole number from {low} to {high}."),
    "maximum": N_("{name} cannot be {value}: write a whole number from {low} to {high}."),
    "empty": N_("{name} is empty: write at least {least} here."),
    "minItems": lambda least: ngettext(
        "{name} needs at least {n} item: add what is missing.",
        "{name} needs at least {n} items: add what is missing.",
        least,
    ),
    "maxItems": lambda number: ngettext(
        "{name} has {n} item: shorten it to at most {most}.",
        "{name} has {n} items: shorten it to at most {most}.",
        number,
    ),
    "maxProperties": lambda number: ngettext(
        "{name} has {n} key: shorten it to at most {most}.",
        "{name} has {n} keys: shorten it to at most {most}.",
        number,
    ),
    "maxLength": lambda number: ngettext(
        "{name} has {n} character: shorten it to at most {most}.",
        "{name} has {n} characters: shorten it to at most {most}.",
        number,
    ),
    "uniqueItems": N_('{name} names "{word}" twice: delete one of the two.'),
    # The schema's own comments come next: they are as it has them, in English.
    "pattern": N_("{name} cannot be {value}: {what}."),
    "quoted": N_("{name} cannot be {value}: its quotes are part of it, so type straight ones."),
    "not": N_("{name} cannot stand here: {what}."),
}


def unknown_key(misfit: Misfit, meant: Meant) -> Fault:
    """Return the fault of a key that is not known here, with what it was meant to be."""
    path = (*misfit.path, misfit.message)
    if meant.said:
        places = {"name": _name(path), "key": misfit.message, "guess": meant.key}
        said = _(meant.said).format(**places, other=shorten(meant.other))
        return Fault(path, said)
    known = ", ".join(misfit.schema["properties"])
    rule = "misspelt_key" if meant.key else "unknown_key"
    said = sentence(WORDS, misfit, rule=rule, name=_name(path), guess=meant.key, known=known)
    after = example_of(misfit) if not meant.key and misfit.path[-1:] == ("when",) else ""
    return Fault(path, f"{said} {after}".rstrip(), meant=meant.key)


def shape_fault(misfit: Misfit, speller: Speller) -> Fault:
    """Return the fault that ``misfit`` is, of whatever kind but an unknown key."""
    return Fault(misfit.path, _said(misfit, speller))


def _said(misfit: Misfit, speller: Speller) -> str:
    keyword, limit, comment = misfit.keyword, misfit.limit, misfit.schema.get("$comment")
    if keyword == "anyOf":
        return str(comment)
    rule, number, after = "", None, ""
    if keyword == "required":
        after = misfit.schema.get("properties", {}).get(misfit.message, {}).get("description", "")
    elif keyword == "enum":
        rule = "enum_or_else" if comment else ""  # such as "a list of ids, or one of the words"
        guess = speller.guess(misfit.found, limit)
        after = _('Did you mean "{guess}"?').format(guess=guess) if guess else ""
    elif keyword == "type" and not misfit.path and misfit.found is not None:
        rule = "no_document"
    elif keyword == "type":
        after = example_of(misfit)
    elif keyword == "pattern":
        rule, after = _of_pattern(str(misfit.found))
    elif keyword == "minItems":
        rule, number = "" if misfit.found else "empty", limit
    said = sentence(
        WORDS,
        misfit,
        rule=rule,
        number=number,
        name=_name(misfit.path, begins=keyword != "required"),
        key=misfit.message,
        word=shorten(misfit.message),
        value=limit if keyword == "const" else _shown(misfit.found),
        kind=_kind_of(misfit.found),
        low=misfit.schema.get("minimum"),
        high=misfit.schema.get("maximum"),
        least=limit,
        what=comment,
        either=comment,
    )
    return f"{said} {after}".rstrip()


def _of_pattern(text: str) -> tuple[str, str]:
    """Return what is odd about the letters of ``text``: quotes that count, another alphabet."""
    if QUOTED.fullmatch(text):
        return "quoted", ""
    for letter in text:
        if not letter.isascii() and letter.isprintable():
            name = unicodedata.name(letter, "")
            message = _("The {letter} in it is another letter: {name}.")
            return "", message.format(letter=letter, name=name)
    return "", ""


def _name(path: Where, *, begins: bool = True) -> str:
    """Return what to call the value at ``path``, where it begins a sentence or inside one."""
    if not path:
        return _("The document") if begins else _("the document")
    if isinstance(path[-1], str):
        return f'"{shorten(path[-1])}"'
    words = _("Item {number} of {list}") if begins else _("item {number} of {list}")
    return words.format(number=path[-1] + 1, list=_name(path[:-1]))


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | int | float):
        return f'"{shorten(value)}"' if isinstance(value, str) else shorten(str(value))
    return _kind_of(value)


def _kind_of(value: object) -> str:
    if value is None:
        return _("nothing")
    kinds = {
        dict: _("a group of keys"),
        list: _("a list"),
        str: _("a text"),
        bool: _("true or false"),
    }
    return kinds.get(type(value), _("a number"))
