"""A document as it was meant where keys in it are misspelt: what else is wrong shows then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from procurement_risk.framework.checks.faults import Fault, Where


def with_keys(document: object, meant: Mapping[Where, str], path: Where = ()) -> object:
    """Return ``document`` with the keys that were meant in place of those at the paths given."""
    if isinstance(document, dict):
        return {
            meant.get((*path, key), key): with_keys(value, meant, (*path, key))
            for key, value in document.items()
        }
    if isinstance(document, list):
        return [with_keys(value, meant, (*path, index)) for index, value in enumerate(document)]
    return document


def as_written(faults: Iterable[Fault], meant: Mapping[Where, str]) -> list[Fault]:
    """Return ``faults`` found in a document ``with_keys`` with the paths of the one written."""
    back = {(*path[:-1], key): path[-1] for path, key in meant.items()}

    def written(path: Where) -> Where:
        steps: Where = ()
        for step in path:
            steps = (*steps, back.get((*steps, step), step))
        return steps

    return [
        replace(fault, path=written(fault.path), other=fault.other and written(fault.other))
        for fault in (faults if back else ())
    ] or list(faults)


def is_plain(document: object, path: Where) -> bool:
    """Whether a text or a number stands at ``path``."""
    for step in path:
        if isinstance(document, dict):
            document = document.get(step)
        elif isinstance(document, list) and isinstance(step, int):
            document = document[step]
    return isinstance(document, str | int)
