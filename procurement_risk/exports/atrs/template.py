"""The ATRS template as data: fields by name, their numbers by version, and the metadata lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from procurement_risk.framework.shipped_data import shipped_data

VERSIONS = ("2.1", "3.0", "4.0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of the record.

    Attributes:
        section: The heading it stands under.
        name: What it is called; versions of the template are told apart by name, not number.
        source: Where its text comes from: ``yours``, ``answers``, ``risks`` or a named fact.
        topic: Which answers, where it comes from those.
        add: What the officer still has to add, or empty.
        numbers: Its number by template version, where that is certain.
        names: Its own name by template version, where that differs.
    """

    section: str
    name: str
    source: str
    topic: str
    add: str
    numbers: Mapping[str, str]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """Every field of one template in its order: its name, and the field of the draft for it."""

    version: str
    sections: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@cache
def whole() -> Whole:
    """Return the template that the plain text follows from end to end."""
    read = shipped_data(__file__, "whole_3_0")
    sections = (
        (section["title"], tuple((f["name"], f.get("as", f["name"])) for f in section["fields"]))
        for section in read["sections"]
    )
    return Whole(version=read["version"], sections=tuple(sections))


@cache
def fields() -> tuple[Field, ...]:
    """Return every field, in the order of the draft."""
    versions = {
        version: shipped_data(__file__, f"v{version.replace('.', '_')}")["fields"]
        for version in VERSIONS
    }
    found = []
    for section in shipped_data(__file__, "fields")["sections"]:
        for each in section["fields"]:
            name = each["name"]
            own = {v: known[name] for v, known in versions.items() if name in known}
            found.append(
                Field(
                    section=section["title"],
                    name=name,
                    source=each["from"],
                    topic=each.get("topic", ""),
                    add=each.get("add", ""),
                    numbers={v: part["number"] for v, part in own.items() if "number" in part},
                    names={v: part["name"] for v, part in own.items() if "name" in part},
                )
            )
    return tuple(found)


@cache
def topics(framework: str) -> Mapping[str, tuple[str, ...]]:
    """Return the question ids of each topic in ``framework``; none where it is not known."""
    known = shipped_data(__file__, "fields")["topics"].get(framework, {})
    return {topic: tuple(questions) for topic, questions in known.items()}


def metadata() -> Mapping[str, Any]:
    """Return the metadata lists: ``required``, ``several``, ``lists`` and when ``checked``."""
    found: Mapping[str, Any] = shipped_data(__file__, "metadata")
    return found
