"""The shape of a framework: the JSON Schema, and the sentences made from its errors.

document ── schemas/framework.schema.json ── errors ── faults that say what to write instead
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any, cast

from jsonschema import Draft202012Validator, validators
from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator

from procurement_risk.errors import shorten
from procurement_risk.framework.checks.faults import MAX_FAULTS, Fault, Speller, Where, is_integer
from procurement_risk.framework.shipped import SCHEMAS
from procurement_risk.language import _, ngettext

SCHEMA = SCHEMAS / "framework.schema.json"


def shape_faults(document: object, speller: Speller) -> list[Fault]:
    """Return what of ``document`` does not fit the schema, ``MAX_FAULTS`` errors at most."""
    misfits = list(islice(_misfits(document), MAX_FAULTS))
    faults = []
    meant: set[Where] = set()  # what misspelt keys were probably meant to be
    around: set[Where] = set()  # mappings that hold an unknown key
    for misfit in misfits:
        if misfit.keyword == "additionalProperties":
            missing = [key for key in misfit.schema["properties"] if key not in misfit.instance]
            guess = speller.guess(misfit.word, missing)
            meant.add((*misfit.path, guess))
            around.add(misfit.path)
            faults.append(_unknown_key(misfit, guess))
    for misfit in misfits:
        if misfit.keyword != "additionalProperties" and not _follows(misfit, meant, around):
            faults.append(_shape_fault(misfit, speller))
    return faults


# ---------------------------------------------------------------- schema errors


@dataclass(frozen=True, slots=True)
class _Misfit:
    """A schema error: ``instance`` at ``path`` breaks ``keyword: value`` of ``schema``.

    ``word`` is the key or item in question, for the keywords that are about one.
    """

    path: Where
    keyword: str
    value: Any
    instance: Any
    schema: Mapping[str, Any]
    word: str


def _required(
    __: object, required: list[str], instance: object, ___: object
) -> Iterator[ValidationError]:
    """Yield one error for each missing key, with the key as its message."""
    if isinstance(instance, dict):
        yield from (ValidationError(key) for key in required if key not in instance)


def _additional(
    validator: Validator, allowed: object, instance: object, schema: Mapping[str, Any]
) -> Iterator[ValidationError]:
    """Yield one error for each unknown key, with the key as its message."""
    known = schema.get("properties", ())
    for key in instance if isinstance(instance, dict) else ():
        if key in known:
            continue
        if allowed is False:
            yield ValidationError(str(key))
        else:
            yield from validator.descend(instance[key], allowed, path=key)  # type: ignore[attr-defined, index]


def _unique(__: object, ___: object, instance: object, ____: object) -> Iterator[ValidationError]:
    """Yield an error for the first text that a list repeats. Time grows with its length only."""
    seen = set()
    for item in instance if isinstance(instance, list) else ():
        if isinstance(item, str):
            if item in seen:
                yield ValidationError(item)
                return
            seen.add(item)


@cache
def shape_validator() -> Validator:
    """Return the compiled schema, with one error for each missing, unknown or repeated name."""
    kind = validators.extend(  # type: ignore[no-untyped-call]
        Draft202012Validator,
        {"required": _required, "additionalProperties": _additional, "uniqueItems": _unique},
        type_checker=Draft202012Validator.TYPE_CHECKER.redefine(
            "integer", lambda __, value: is_integer(value)
        ),
    )
    schema = json.loads(SCHEMA.read_text("utf-8"))
    validator: Validator = kind(_written_out(schema, schema["$defs"], ()))
    return validator


def _written_out(part: Any, definitions: Mapping[str, Any], inside: tuple[str, ...]) -> Any:  # noqa: ANN401
    """Return ``part`` of the schema with what its references name in their place.

    Looking references up takes half of the time otherwise. Those inside themselves stay.
    """
    if isinstance(part, list):
        return [_written_out(each, definitions, inside) for each in part]
    if not isinstance(part, dict):
        return part
    name = str(part.get("$ref", "")).removeprefix("#/$defs/")
    if name and name not in inside:
        rest = {key: value for key, value in part.items() if key != "$ref"}
        return _written_out({**definitions[name], **rest}, definitions, (*inside, name))
    return {
        key: value if key == "$defs" else _written_out(value, definitions, inside)
        for key, value in part.items()
    }


def _misfits(document: object) -> Iterator[_Misfit]:
    for error in shape_validator().iter_errors(cast(Any, document)):
        schema = error.schema if isinstance(error.schema, dict) else {}
        word, value = str(error.validator), error.validator_value
        path = tuple(error.absolute_path)
        yield _Misfit(path, word, value, error.instance, schema, error.message)


# ---------------------------------------------------------------- sentences


def _unknown_key(misfit: _Misfit, guess: str) -> Fault:
    path = (*misfit.path, misfit.word)
    if guess:
        words = _('There is no key {name} here: did you mean "{guess}"?')
        return Fault(path, words.format(name=_name(path), guess=guess))
    words = _("There is no key {name} here: delete it, or use one of {known}.")
    known = ", ".join(misfit.schema["properties"])
    return Fault(path, words.format(name=_name(path), known=known))


def _follows(misfit: _Misfit, meant: set[Where], around: set[Where]) -> bool:
    """Whether ``misfit`` only says again that a key is misspelt."""
    if misfit.keyword not in ("required", "anyOf"):
        return False
    depends_on_other_keys = "properties" not in misfit.schema
    return (*misfit.path, misfit.word) in meant or (
        depends_on_other_keys and misfit.path in around
    )


def _shape_fault(misfit: _Misfit, speller: Speller) -> Fault:
    if misfit.keyword == "enum":
        return Fault(misfit.path, _not_a_choice(misfit, speller))
    return Fault(misfit.path, _SENTENCES[misfit.keyword](misfit, _name(misfit.path)))


def _not_a_choice(misfit: _Misfit, speller: Speller) -> str:
    guess = speller.guess(misfit.instance, misfit.value)
    either = misfit.schema.get("$comment")  # such as "a list of question ids, or one of the words"
    words = _("{name} cannot be {value}: write one of {known}.")
    if either:
        words = _("{name} cannot be {value}: write {either} {known}.")
    sentence = words.format(
        name=_name(misfit.path),
        value=_shown(misfit.instance),
        either=either,
        known=", ".join(misfit.value),
    )
    hint = _('Did you mean "{guess}"?').format(guess=guess) if guess else ""
    return f"{sentence} {hint}".rstrip()


def _wrong_type(misfit: _Misfit, name: str) -> str:
    words = {
        "object": _(
            "{name} must be a group of keys, not {kind}: write its keys below it, each on a line "
            "of its own."
        ),
        "array": _(
            "{name} must be a list, not {kind}: write its items in brackets, [a, b], or on lines "
            "that begin with -."
        ),
        "string": _("{name} must be a text, not {kind}: write it in quotes."),
        "integer": _(
            "{name} must be a whole number, not {kind}: write digits without quotes or a point, "
            "such as 3."
        ),
        "boolean": _(
            "{name} must be true or false, not {kind}: write one of the two, without quotes."
        ),
    }[misfit.value]
    return words.format(name=name, kind=_kind_of(misfit.instance))


def _missing_key(misfit: _Misfit, __: str) -> str:
    about = misfit.schema.get("properties", {}).get(misfit.word, {}).get("description", "")
    words = _('The key "{key}" is missing in {name}: add it.')
    sentence = words.format(key=misfit.word, name=_name(misfit.path, begins=False))
    return f"{sentence} {about}".strip()


def _out_of_range(misfit: _Misfit, name: str) -> str:
    words = _("{name} cannot be {value}: write a whole number from {low} to {high}.")
    low, high = misfit.schema["minimum"], misfit.schema["maximum"]
    return words.format(name=name, value=_shown(misfit.instance), low=low, high=high)


def _too_few(misfit: _Misfit, name: str) -> str:
    if not misfit.instance:
        words = _("{name} is empty: write at least {least} here.")
        return words.format(name=name, least=misfit.value)
    words = ngettext(
        "{name} needs at least {n} item: add what is missing.",
        "{name} needs at least {n} items: add what is missing.",
        misfit.value,
    )
    return words.format(name=name, n=misfit.value)


def _too_many(misfit: _Misfit, name: str) -> str:
    number = len(misfit.instance)
    if misfit.keyword == "maxItems":
        words = ngettext(
            "{name} has {n} item: shorten it to at most {most}.",
            "{name} has {n} items: shorten it to at most {most}.",
            number,
        )
    elif misfit.keyword == "maxProperties":
        words = ngettext(
            "{name} has {n} key: shorten it to at most {most}.",
            "{name} has {n} keys: shorten it to at most {most}.",
            number,
        )
    else:
        words = ngettext(
            "{name} has {n} character: shorten it to at most {most}.",
            "{name} has {n} characters: shorten it to at most {most}.",
            number,
        )
    return words.format(name=name, n=f"{number:,}", most=f"{misfit.value:,}")


def _twice(misfit: _Misfit, name: str) -> str:
    words = _('{name} names "{word}" twice: delete one of the two.')
    return words.format(name=name, word=shorten(misfit.word))


def _other_value(misfit: _Misfit, name: str) -> str:
    return _("{name} must be {value}: write that.").format(name=name, value=misfit.value)


# The schema's own comments come next: they are as it has them, in English.


def _ill_formed(misfit: _Misfit, name: str) -> str:
    words = _("{name} cannot be {value}: {what}.")
    value, what = _shown(misfit.instance), misfit.schema["$comment"]
    return words.format(name=name, value=value, what=what)


def _out_of_place(misfit: _Misfit, name: str) -> str:
    words = _("{name} cannot stand here: {what}.")
    return words.format(name=name, what=misfit.schema["$comment"])


def _commented(misfit: _Misfit, __: str) -> str:
    return str(misfit.schema["$comment"])


_SENTENCES: Mapping[str, Callable[[_Misfit, str], str]] = {
    "type": _wrong_type,
    "required": _missing_key,
    "minimum": _out_of_range,
    "maximum": _out_of_range,
    "minItems": _too_few,
    "maxItems": _too_many,
    "maxProperties": _too_many,
    "maxLength": _too_many,
    "uniqueItems": _twice,
    "const": _other_value,
    "pattern": _ill_formed,
    "not": _out_of_place,
    "anyOf": _commented,
}


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
