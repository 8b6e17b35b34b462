"""Data that the toolkit ships beside a module, as YAML: read strictly, once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from procurement_risk.errors import InvalidDocument
from procurement_risk.framework.strict_yaml import read_yaml


@cache
def shipped_data(module: str, name: str = "") -> Any:  # noqa: ANN401  whatever the file holds
    """Return what the YAML file of a module's name holds, or of another ``name`` beside it.

    Raises:
        InvalidDocument: If it is not as it was shipped.
    """
    beside = Path(module).with_suffix(".yaml")
    file = beside.with_stem(name) if name else beside
    parsed = read_yaml(file.read_bytes())
    if parsed.problems:
        raise InvalidDocument(file.name, parsed.problems)
    return parsed.data
