"""A JSON Schema checked by its parts: jsonschema is asked only about those that may not fit.

It says what is wrong and where, and takes long over what is right, which is nearly all of nearly
every document. So each part is first asked of ``schema_fits``; what that does not call right goes
to jsonschema, which alone decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, validators
from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator

from procurement_risk.language.schema_fits import Fits, Schema

Keyword = Callable[[Validator, Any, Any, Mapping[str, Any]], Iterator[ValidationError]]

WHOLE = frozenset(("$schema", "$id", "$defs"))  # what only a whole schema says


class _Knowing(FormatChecker):
    """Checks formats as another checker does, and knows which parts plainly fit.

    It is what a validator hands on to those of its parts, as it is.
    """

    def __init__(self, fits: Fits, formats: FormatChecker | None) -> None:
        self.fits = fits
        self.checkers = {} if formats is None else formats.checkers


def by_parts(
    schema: Mapping[str, Any],
    kind: type[Validator] = Draft202012Validator,
    formats: FormatChecker | None = None,
) -> Validator:
    """Return a validator of ``schema`` that finds what ``kind`` finds, in the same order."""
    return _quick(kind)(schema, format_checker=_Knowing(Fits(schema, formats), formats))


@cache
def _quick(kind: type[Validator]) -> type[Validator]:
    """Return ``kind`` with the keywords that ask first: a class, which takes long to make."""
    keywords: Mapping[str, Keyword] = kind.VALIDATORS
    all_items, unknown_keys = keywords["items"], keywords["additionalProperties"]

    def properties(
        validator: Any,  # noqa: ANN401
        parts: Mapping[str, Schema],
        value: Any,  # noqa: ANN401
        _: object,
    ) -> Iterator[ValidationError]:
        plainly = validator.format_checker.fits.plainly
        for key, part in parts.items() if isinstance(value, dict) else ():
            if key in value and not plainly(part, value[key]):
                yield from validator.descend(value[key], part, path=key, schema_path=key)

    def items(
        validator: Any,  # noqa: ANN401
        part: Schema,
        value: Any,  # noqa: ANN401
        around: Mapping[str, Any],
    ) -> Iterator[ValidationError]:
        if not isinstance(value, list) or part is False or "prefixItems" in around:
            yield from all_items(validator, part, value, around) or ()
            return
        plainly = validator.format_checker.fits.plainly
        for index, each in enumerate(value):
            if not plainly(part, each):
                yield from validator.descend(each, part, path=index)

    def additional(
        validator: Any,  # noqa: ANN401
        allowed: Schema,
        value: Any,  # noqa: ANN401
        part: Mapping[str, Any],
    ) -> Iterator[ValidationError]:
        if isinstance(value, dict) and isinstance(allowed, dict):
            plainly = validator.format_checker.fits.plainly
            value = {key: each for key, each in value.items() if not plainly(allowed, each)}
        yield from unknown_keys(validator, allowed, value, part) or ()

    own = {"properties": properties, "items": items, "additionalProperties": additional}
    quick: type[Validator] = validators.extend(kind, own)  # type: ignore[no-untyped-call]
    return quick


def written_out(
    part: Any,  # noqa: ANN401
    files: Mapping[str, Mapping[str, Any]],
    file: str = "",
    inside: tuple[str, ...] = (),
) -> Any:  # noqa: ANN401
    """Return ``part`` of the schema ``file`` with what its references name in their place.

    Looking references up takes half of the time otherwise. Those inside themselves stay.

    Args:
        part: A schema, or what stands in one.
        files: The schemas that references may name, by their name.
        file: Which of them ``part`` stands in.
        inside: The references that led here.
    """
    if isinstance(part, list):
        return [written_out(each, files, file, inside) for each in part]
    if not isinstance(part, dict):
        return part
    named, _, place = str(part.get("$ref", "")).partition("#/$defs/")
    reference = f"{named or file}#/$defs/{place}"
    if "$ref" in part and reference not in inside:
        whole = files[named or file]
        found = whole["$defs"][place] if place else whole
        rest = {key: value for key, value in part.items() if key != "$ref"}
        return written_out({**found, **rest}, files, named or file, (*inside, reference))
    left_out = WHOLE if inside else ()
    return {
        key: value if key == "$defs" else written_out(value, files, file, inside)
        for key, value in part.items()
        if key not in left_out
    }
