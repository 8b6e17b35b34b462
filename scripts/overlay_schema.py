"""Write the schema of overlays, which follows from that of frameworks: run it when that changed.

An overlay holds what a framework does, as little of it as it likes: nothing is required but the
key that tells which part is meant, and the file alone does not say which method judges it.
"""

from __future__ import annotations

import json
from typing import Any

from procurement_risk.framework.overlay.fields import FIELDS, Each
from procurement_risk.framework.overlay.reading import SCHEMA
from procurement_risk.framework.shipped import SCHEMAS

Schema = dict[str, Any]
TWINS = {"impact_option": "option", "impact_question": "question", "impact_section": "section"}
WHOLE = ("adjustment", "condition", "tier_condition")  # what is only ever new, or stays
EXTENDS: Schema = {
    "title": "What it extends",
    "description": "The id of another framework and its version, with @ between them.",
    "type": "string",
    "maxLength": 200,
    "pattern": "^[^@\\s]+@[^@\\n\\r]+(?![\\s\\S])",
    "$comment": "write the id and the version of what is extended: ai-supplier-core@2026.2",
}
DIGEST: Schema = {
    "title": "Digest of what it extends",
    "description": "The first 12 or more hexadecimal digits of the base's digest, where it has to "
    "be that content and no other.",
    "type": "string",
    "maxLength": 64,
    "pattern": "^[0-9a-f]{12,64}(?![\\s\\S])",
    "$comment": "write 12 to 64 hexadecimal digits in lower case, in quotes",
}


def overlay_schema() -> Schema:
    """Return the schema of overlays."""
    whole = json.loads((SCHEMAS / "framework.schema.json").read_text("utf-8"))
    kept = {name: part for name, part in whole["$defs"].items() if name not in TWINS}
    definitions = {
        name: part if name in WHOLE or name not in FIELDS else _loose(part)
        for name, part in kept.items()
        if name != "impact_policy"
    }
    for twin, name in (*TWINS.items(), ("impact_policy", "policy")):
        further = _loose(whole["$defs"][twin])["properties"]
        definitions[name]["properties"] = {**further, **definitions[name]["properties"]}
    for name, table in FIELDS.items():
        keys = [rule.key for rule in _lists_of(name)]
        if name in definitions and keys:
            definitions[name]["required"] = sorted(set(keys))
        assert name == "framework" or set(definitions[name]["properties"]) == set(table)
    return {
        "$schema": whole["$schema"],
        "title": "Overlay",
        "description": "What one questionnaire changes in another, which it extends.",
        "type": "object",
        "required": ["schema_version", "id", "version", "title", "extends"],
        "properties": _top(whole["properties"]),
        "additionalProperties": False,
        "$defs": definitions,
    }


def _lists_of(table: str) -> list[Each]:
    every = [rule for keys in FIELDS.values() for rule in keys.values()]
    return [rule for rule in every if isinstance(rule, Each) and rule.table == table]


def _top(properties: Schema) -> Schema:
    top = {key: _loose(part) for key, part in properties.items() if key != "based_on"}
    top["policy"] = {**top["policy"], "$ref": "#/$defs/policy"}
    top["sections"] = {**top["sections"], "items": {"$ref": "#/$defs/section"}}
    first = {key: top.pop(key) for key in ("schema_version", "id", "version")}
    return {**first, "extends": EXTENDS, "extends_digest": DIGEST, **top}


def _loose(part: Any) -> Any:  # noqa: ANN401
    """Return a part of the schema that asks for nothing and leaves the method open."""
    if isinstance(part, list):
        return [_loose(each) for each in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        name = part["$ref"].removeprefix("#/$defs/")
        return {**part, "$ref": f"#/$defs/{TWINS.get(name, name)}"}
    is_pack = "else" in part and "enum" in part["else"]  # a list or a word: that stays
    dropped = (
        ("required", "minItems") if is_pack else ("required", "minItems", "if", "then", "else")
    )
    return {key: _loose(value) for key, value in part.items() if key not in dropped}


def main() -> None:
    """Write the schema where it is read."""
    SCHEMA.write_text(json.dumps(overlay_schema(), indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
