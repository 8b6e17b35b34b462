"""What breaks a JSON Schema, as one sentence in the words of whoever checks it.

    validator ── misfits ──> Misfit ─┐
    words by rule broken ────────────┴── sentence

Each check has a table of words for its own readers: YAML authors, people who answer, programs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator

from procurement_risk.language.catalogue import _
from procurement_risk.language.numbers import grouped

Words = Mapping[str, str | Callable[[int], str]]
"""Sentences by the rule broken: ``minimum``, or ``type:object`` where its value matters.

Each is a message still in English, or gives the translated one for a number.
"""


@dataclass(frozen=True, slots=True)
class Misfit:
    """A schema error: ``found`` at ``path`` breaks ``keyword: limit`` of ``schema``.

    ``keyword`` is empty where the schema allows nothing at all; ``message`` is jsonschema's own,
    or what the check's own keywords say.
    """

    path: tuple[str | int, ...]
    keyword: str
    limit: Any
    found: Any
    schema: Mapping[str, Any]
    message: str


def misfits(validator: Validator, document: object) -> Iterator[Misfit]:
    """Yield where ``document`` does not fit the validator's schema."""
    for error in validator.iter_errors(cast(Any, document)):
        yield misfit_of(error)


def misfit_of(error: ValidationError) -> Misfit:
    """Return what a jsonschema error says."""
    return Misfit(
        path=tuple(error.absolute_path),
        keyword=str(error.validator or ""),
        limit=error.validator_value,
        found=error.instance,
        schema=error.schema if isinstance(error.schema, dict) else {},
        message=error.message,
    )


def sentence(
    words: Words, misfit: Misfit, *, rule: str = "", number: int | None = None, **places: object
) -> str:
    """Return the sentence of ``words`` for ``misfit``.

    The misfit itself fills in ``{n}``, ``{limit}`` (or ``{most}``) and ``{known}``.

    Args:
        words: What to say, by the rule broken.
        misfit: What is wrong.
        rule: Which of ``words`` to take where the keyword alone does not tell.
        number: What to count; else how long that is which was found.
        places: What else the sentence has places for.
    """
    limit = misfit.limit
    if number is None:
        number = len(misfit.found) if isinstance(misfit.found, str | list | dict) else 0
    exactly = f"{misfit.keyword}:{limit}"
    pattern = words[rule or (exactly if exactly in words else misfit.keyword)]
    message = pattern(number) if callable(pattern) else _(pattern)
    known = ", ".join(map(str, limit)) if isinstance(limit, list) else ""
    shown = grouped(limit) if isinstance(limit, int) else limit
    return message.format_map(
        {"n": grouped(number), "limit": shown, "most": shown, "known": known} | places
    )
