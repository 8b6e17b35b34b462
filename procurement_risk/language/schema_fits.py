"""Whether a value plainly fits a part of a JSON Schema, each part as one plain function.

part of a schema ── Fits ──> yes, no, or Unsure: what only jsonschema can tell
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sized
from typing import Any

from jsonschema import FormatChecker

Check = Callable[[Any], bool]
Schema = Mapping[str, Any] | bool

SILENT = frozenset(("$schema", "$id", "$defs", "$comment", "title", "description", "then", "else"))
TYPES: Mapping[str, type] = {"string": str, "array": list, "object": dict, "boolean": bool}


class Unsure(Exception):
    """Only jsonschema can tell."""


class Fits:
    """The parts of one schema, each made into a function when it is first asked for."""

    def __init__(self, root: Mapping[str, Any], formats: FormatChecker | None = None) -> None:
        self._root = root
        self._formats = formats
        # By the id of a part, which is kept as well: no other one can get its id.
        self._checks: dict[int, tuple[Schema, Check]] = {}

    def plainly(self, part: Schema, value: object) -> bool:
        """Return whether ``value`` fits ``part``; False also where only jsonschema can tell."""
        try:
            return self.check(part)(value)
        except Unsure:
            return False

    def check(self, part: Schema) -> Check:
        """Return the function for ``part`` of the schema. It may raise ``Unsure``."""
        known = self._checks.get(id(part))
        if known is None:
            known = self._checks[id(part)] = part, self._made(part)
        return known[1]

    def _made(self, part: Schema) -> Check:
        if isinstance(part, bool):
            return lambda _value: part
        rules = {key: limit for key, limit in part.items() if key not in SILENT}
        checks = [_text(rules)] if rules.get("type") == "string" else []
        if _is_closed(rules):
            checks.append(_closed(rules, self))
        checks += [KEYWORDS.get(key, _unknown)(limit, part, self) for key, limit in rules.items()]
        if len(checks) == 1:
            return checks[0]
        return lambda value: all(check(value) for check in checks)

    def named(self, reference: str) -> Check:
        """Return the function for what ``reference`` names: ``#/$defs/`` and a name."""
        return self.check(self._root["$defs"][reference.removeprefix("#/$defs/")])

    def has_format(self, value: object, name: str) -> bool:
        """Return whether ``value`` has the format ``name``; yes where formats are not checked."""
        return self._formats is None or self._formats.conforms(value, name)


# ---------------------------------------------------------------- keywords


def _text(rules: dict[str, Any]) -> Check:
    """Return one function for the rules of a text, and take them out of ``rules``.

    Most values are texts.
    """
    del rules["type"]
    least, most = rules.pop("minLength", 0), rules.pop("maxLength", None)
    search = re.compile(rules.pop("pattern", "")).search

    def check(value: object) -> bool:
        return (
            isinstance(value, str)
            and least <= len(value)
            and (most is None or len(value) <= most)
            and search(value) is not None
        )

    return check


class _ByKey(dict[str, Check]):
    """The functions for the values of an object, each made when it is first asked for.

    Most documents hold few of the keys that they may have.
    """

    def __init__(self, parts: Mapping[str, Schema], fits: Fits) -> None:
        super().__init__()
        self._parts, self._fits = parts, fits

    def __missing__(self, key: str) -> Check:
        made = self[key] = self._fits.check(self._parts[key])
        return made


def _is_closed(rules: Mapping[str, Any]) -> bool:
    is_object = rules.get("type") == "object" and "patternProperties" not in rules
    return is_object and rules.get("additionalProperties") is False


def _closed(rules: dict[str, Any], fits: Fits) -> Check:
    """Return one function for an object of known keys, and take its rules out of ``rules``."""
    del rules["type"], rules["additionalProperties"]
    needed = rules.pop("required", ())
    known = rules.pop("properties", {})
    checks = _ByKey(known, fits)

    def check(value: object) -> bool:
        if not isinstance(value, dict):
            return False
        for key, each in value.items():
            if key not in known or not checks[key](each):
                return False
        return all(key in value for key in needed)

    return check


def _type(name: Any, _part: object, _fits: object) -> Check:  # noqa: ANN401
    if name == "integer":
        return lambda value: _number(value) is not None
    kind = TYPES.get(name) if isinstance(name, str) else None
    return _unknown() if kind is None else lambda value: isinstance(value, kind)


def _number(value: object) -> int | None:
    """Return ``value`` where it is a whole number, None where it is no number."""
    if isinstance(value, bool) or value is None or isinstance(value, str | list | dict):
        return None
    if isinstance(value, int):
        return value
    raise Unsure


def _enum(allowed: Collection[Any], _part: object, _fits: object) -> Check:
    texts = frozenset(each for each in allowed if isinstance(each, str))
    if len(texts) < len(allowed):
        numbers = [each for each in allowed if not isinstance(each, str)]
        if not all(type(each) is int for each in numbers):
            return _unknown()
        return lambda value: (
            value in texts if isinstance(value, str) else _number(value) in numbers
        )
    return lambda value: isinstance(value, str) and value in texts


def _unique(wanted: bool, _part: object, _fits: object) -> Check:
    def check(value: object) -> bool:
        if not wanted or not isinstance(value, list):
            return True
        if not all(isinstance(each, str) for each in value):
            raise Unsure
        return len(set(value)) == len(value)

    return check


def _properties(parts: Mapping[str, Schema], _part: object, fits: Fits) -> Check:
    checks = _ByKey(parts, fits)

    def check(value: object) -> bool:
        return not isinstance(value, dict) or all(
            checks[key](each) for key, each in value.items() if key in parts
        )

    return check


def _additional(allowed: Schema, part: Mapping[str, Any], fits: Fits) -> Check:
    if "patternProperties" in part:
        return _unknown()
    known = frozenset(part.get("properties", ()))
    rest = fits.check(allowed)

    def check(value: object) -> bool:
        return not isinstance(value, dict) or all(
            rest(each) for key, each in value.items() if key not in known
        )

    return check


def _if(condition: Schema, part: Mapping[str, Any], fits: Fits) -> Check:
    asked, then, other = (
        fits.check(each) for each in (condition, part.get("then", True), part.get("else", True))
    )
    return lambda value: then(value) if asked(value) else other(value)


def _items(part: Schema, around: Mapping[str, Any], fits: Fits) -> Check:
    if "prefixItems" in around:
        return _unknown()
    each_fits = fits.check(part)
    return lambda value: not isinstance(value, list) or all(map(each_fits, value))


def _names(part: Schema, _part: object, fits: Fits) -> Check:
    name_fits = fits.check(part)
    return lambda value: not isinstance(value, dict) or all(map(name_fits, value))


def _required(keys: Collection[str], _part: object, _fits: object) -> Check:
    return lambda value: not isinstance(value, dict) or all(key in value for key in keys)


def _not(part: Schema, _part: object, fits: Fits) -> Check:
    refused = fits.check(part)
    return lambda value: not refused(value)


def _all_of(parts: Collection[Schema], _part: object, fits: Fits) -> Check:
    checks = [fits.check(part) for part in parts]
    return lambda value: all(check(value) for check in checks)


def _any_of(parts: Collection[Schema], _part: object, fits: Fits) -> Check:
    checks = [fits.check(part) for part in parts]
    return lambda value: any(check(value) for check in checks)


def _counted(kind: type[Sized], least: bool) -> Callable[..., Check]:
    def keyword(limit: int, _part: object, _fits: object) -> Check:
        if least:
            return lambda value: not isinstance(value, kind) or len(value) >= limit
        return lambda value: not isinstance(value, kind) or len(value) <= limit

    return keyword


def _minimum(limit: int, _part: object, _fits: object) -> Check:
    return lambda value: (number := _number(value)) is None or number >= limit


def _maximum(limit: int, _part: object, _fits: object) -> Check:
    return lambda value: (number := _number(value)) is None or number <= limit


def _pattern(pattern: str, _part: object, _fits: object) -> Check:
    search = re.compile(pattern).search
    return lambda value: not isinstance(value, str) or search(value) is not None


def _unknown(*_: object) -> Check:
    def check(_value: object) -> bool:
        raise Unsure

    return check


KEYWORDS: Mapping[str, Callable[[Any, Any, Fits], Check]] = {
    "type": _type,
    "const": lambda value, part, fits: _enum([value], part, fits),
    "enum": _enum,
    "required": _required,
    "properties": _properties,
    "additionalProperties": _additional,
    "propertyNames": _names,
    "items": _items,
    "uniqueItems": _unique,
    "minLength": _counted(str, least=True),
    "maxLength": _counted(str, least=False),
    "minItems": _counted(list, least=True),
    "maxItems": _counted(list, least=False),
    "maxProperties": _counted(dict, least=False),
    "minimum": _minimum,
    "maximum": _maximum,
    "pattern": _pattern,
    "format": lambda name, _part, fits: lambda value: fits.has_format(value, name),
    "not": _not,
    "anyOf": _any_of,
    "allOf": _all_of,
    "if": _if,
    "$ref": lambda name, _part, fits: lambda value: fits.named(name)(value),
}
