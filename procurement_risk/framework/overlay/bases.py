"""What an overlay may rest on: the framework files that are there, by id and version."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from procurement_risk.framework.document import check_framework
from procurement_risk.framework.strict_yaml import read_yaml
from procurement_risk.framework.yaml_source import MAX_BYTES


@dataclass(frozen=True, slots=True)
class Name:
    """The id and version that an overlay names: ``ai-supplier-core@2026.2``."""

    id: str
    version: str

    @property
    def said(self) -> str:
        """What to call it."""
        return f"{self.id} {self.version}"


def name_in(extends: object) -> Name | None:
    """Return what ``extends`` names, or None where it is no id and version."""
    if not isinstance(extends, str):
        return None
    id_, at, version = extends.partition("@")
    return Name(id_.strip(), version.strip()) if at and id_.strip() and version.strip() else None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that may be meant.

    Attributes:
        path: Where it is.
        document: What it holds.
        is_sound: Whether it has no problem; of an overlay, whether it could be read.
    """

    path: Path
    document: Mapping[str, Any]
    is_sound: bool


def candidates(framework_id: str, paths: Iterable[Path]) -> Iterator[Candidate]:
    """Yield the files among ``paths`` that hold ``framework_id``, whatever their version."""
    for path in paths:
        try:
            about = path.stat()
            found = _read(framework_id, path, about.st_mtime_ns, about.st_size)
        except OSError:  # gone, or not to be read: then it is not there for us
            continue
        if found is not None:
            yield found


@lru_cache(maxsize=64)
def _read(framework_id: str, path: Path, _changed: int, size: int) -> Candidate | None:
    text = path.read_bytes() if size <= MAX_BYTES else b""
    line = rb"^id:[ \t]*[\"']?" + re.escape(framework_id).encode() + rb"[\"']?\s*(#|$)"
    if not re.search(line, text, re.MULTILINE):
        return None
    parsed = read_yaml(text)
    document = parsed.data
    if not isinstance(document, dict) or document.get("id") != framework_id:
        return None
    is_sound = parsed.is_complete and not parsed.problems
    if is_sound and "extends" not in document:
        is_sound = not check_framework(document)
    return Candidate(path, document, is_sound)
