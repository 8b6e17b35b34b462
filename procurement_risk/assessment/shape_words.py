"""What does not fit the schema of an assessment or a record, in words."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from procurement_risk.errors import Problem
from procurement_risk.language import N_, ngettext
from procurement_risk.language.numbers import grouped
from procurement_risk.language.schema_sentences import Misfit, Words, sentence
from procurement_risk.language.text import show_value


def _entries(number: int) -> str:
    return ngettext(
        "{where} has {n} entry. Keep at most {most}.",
        "{where} has {n} entries. Keep at most {most}.",
        number,
    )


WORDS: Words = {
    "": N_("{where} goes only with the state 'answered'. Leave it out."),
    "unknown_key": N_("{where} has no field {key}. Known are: {known}."),
    "misspelt_key": N_("{where} has no field {key}. Did you mean {near}?"),
    "required": N_("{where} lacks {key}. Add it."),
    "described": N_("{where} cannot be {found}."),
    "incomplete": N_("{where} is incomplete or says too much."),
    "type:object": N_("{where} cannot be {found}. Write an object in braces."),
    "type:array": N_("{where} cannot be {found}. Write a list in square brackets."),
    "type:string": N_("{where} cannot be {found}. Write a text in quotes."),
    "type:integer": N_("{where} cannot be {found}. Write a whole number."),
    "type:boolean": N_("{where} cannot be {found}. Write true or false."),
    "enum": N_("{where} cannot be {found}. Write one of: {known}."),
    "const": N_("{where} cannot be {found}. It has to be {wanted}."),
    "maxLength": lambda number: ngettext(
        "{where} has {n} character. Shorten it to {most}.",
        "{where} has {n} characters. Shorten it to {most}.",
        number,
    ),
    "maxItems": _entries,
    "maxProperties": _entries,
    "minItems": N_("{where} is empty. Leave it out."),
    "minLength": N_("{where} is empty. Fill it in, or leave it out if it may be."),
    "minimum": N_("{where} is {found}. The least it can be is {limit}."),
    "maximum": N_("{where} is {found}. The most it can be is {limit}."),
    "uniqueItems": N_("{where} names the same thing twice. Name it once."),
}


def problems_of(misfit: Misfit, root: str) -> Iterator[Problem]:
    """Yield each problem that ``misfit`` is; paths begin with ``root``."""
    where = root
    for key in misfit.path:
        where += f"[{key}]" if isinstance(key, int) else f".{key}"
    if misfit.keyword != "additionalProperties":
        yield Problem(where, _said(misfit, where))
        return
    known = list(misfit.schema["properties"])
    for key in sorted(set(misfit.found) - set(known)):
        close = get_close_matches(key, known, n=1)
        words = sentence(
            WORDS,
            misfit,
            rule="misspelt_key" if close else "unknown_key",
            where=where,
            key=repr(key),
            near=repr(close[0]) if close else "",
            known=", ".join(known),
        )
        yield Problem(f"{where}.{key}", words)


def _said(misfit: Misfit, where: str) -> str:
    keyword, description = misfit.keyword, misfit.schema.get("description", "")
    rule, found = "", ""
    if description and keyword in {"pattern", "format", "const"}:
        rule = "described"
    elif keyword in {"anyOf", "not"}:
        rule = "incomplete"
    if keyword in {"minimum", "maximum"}:
        found = grouped(misfit.found) if isinstance(misfit.found, int) else misfit.found
    elif keyword in {"pattern", "format", "const", "type", "enum"}:  # not of what may be long
        found = show_value(misfit.found)
    missing = misfit.message.split("'")[1] if keyword == "required" else ""
    wanted = repr(misfit.limit)
    words = sentence(
        WORDS, misfit, rule=rule, where=where, key=repr(missing), found=found, wanted=wanted
    )
    return f"{words} {description}" if rule else words
