"""The shape of a framework: what of a document does not fit ``schemas/framework.schema.json``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, validators
from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator

from procurement_risk.framework.checks.examples import is_option_by_letter, option_by_letter
from procurement_risk.framework.checks.faults import MAX_FAULTS, Fault, Speller, Where, is_integer
from procurement_risk.framework.checks.meant_keys import Meanings
from procurement_risk.framework.checks.shape_words import shape_fault, unknown_key
from procurement_risk.framework.shipped import SCHEMAS
from procurement_risk.language.schema_parts import by_parts, written_out
from procurement_risk.language.schema_sentences import Misfit, misfits

SCHEMA = SCHEMAS / "framework.schema.json"


def shape_faults(document: object, speller: Speller, schema: Path | None = None) -> list[Fault]:
    """Return what of ``document`` does not fit ``schema``, ``MAX_FAULTS`` errors at most.

    Args:
        document: A framework, in whatever state.
        speller: Finds what a misspelt key was meant to be.
        schema: The file with the schema; a framework's where none is given.
    """
    found = list(islice(misfits(shape_validator(schema or SCHEMA), document), MAX_FAULTS))
    meanings = Meanings(found, speller)
    unfit = {misfit.path for misfit in found if misfit.keyword == "pattern"}
    faults = []
    meant: set[Where] = set()  # what unknown keys were probably meant to be
    around: set[Where] = set()  # mappings that hold an unknown key
    told: set[Where] = set()  # options of which one sentence says all
    for misfit in found:
        if misfit.keyword == "additionalProperties" and is_option_by_letter(misfit):
            told.add(misfit.path)
            faults.append(option_by_letter(misfit))
        elif misfit.keyword == "additionalProperties":
            guess = meanings.of(misfit)
            if guess.told:
                meant.add(guess.told)
            around.add(misfit.path)
            faults.append(unknown_key(misfit, guess))
    for misfit in found:
        if misfit.keyword == "additionalProperties" or misfit.path in told:
            continue
        is_said = misfit.keyword == "maxLength" and misfit.path in unfit
        if not is_said and not _follows(misfit, meant, around):
            faults.append(shape_fault(misfit, speller))
    return faults


def _follows(misfit: Misfit, meant: set[Where], around: set[Where]) -> bool:
    """Whether ``misfit`` only says again that a key is not the one that was meant."""
    if misfit.keyword not in ("required", "anyOf"):
        return False
    depends_on_other_keys = "properties" not in misfit.schema
    return (*misfit.path, misfit.message) in meant or (
        depends_on_other_keys and misfit.path in around
    )


# ---------------------------------------------------------------- the schema


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
def shape_validator(path: Path = SCHEMA) -> Validator:
    """Return the compiled schema in a file, one error for each missing, unknown, repeated name."""
    kind = validators.extend(  # type: ignore[no-untyped-call]
        Draft202012Validator,
        {"required": _required, "additionalProperties": _additional, "uniqueItems": _unique},
        type_checker=Draft202012Validator.TYPE_CHECKER.redefine(
            "integer", lambda __, value: is_integer(value)
        ),
    )
    schema = json.loads(path.read_text("utf-8"))
    return by_parts(written_out(schema, {"": schema}), kind)
