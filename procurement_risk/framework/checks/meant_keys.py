"""Which key was meant where one stands that is not known: by its letters, sense or place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from procurement_risk.framework.checks.faults import Speller, Where
from procurement_risk.language import N_
from procurement_risk.language.schema_sentences import Misfit

OTHER_WORDS: Mapping[str, str] = {
    "and": "all",
    "or": "any",
    "not": "not_in",
    "is_not": "not_in",
    "is": "in",
    "equals": "in",
    "equal": "in",
    "fact": "question",
    "name": "title",
    "heading": "title",
    "text": "label",
    "answer": "label",
    "score": "risk",
    "points": "risk",
    "value": "risk",
    "question": "ask",
    "prompt": "ask",
    "answers": "options",
    "choices": "options",
    "if": "when",
    "condition": "when",
    "show_if": "when",
    "reason": "why",
    "rationale": "why",
    "guidance": "help",
    "proof": "evidence",
    "gate": "first_gate",
    "stage": "first_gate",
    "who": "answered_by",
    "use": "procurement_use",
    "flag": "red_flag",
    "min": "from",
    "start": "from",
}
"""Words that people write for a key, with the key."""

UNDER = N_('The key "{key}" belongs under "{other}": indent it like what stands there.')
BESIDE = N_(
    'The key "{key}" stands under "{other}" and belongs beside it: indent it like "{other}".'
)
PERHAPS = N_(
    'There is no key {name} here, and "{guess}" is missing: write "{guess}" where that is meant.'
)


@dataclass(frozen=True, slots=True)
class Meant:
    """What an unknown key was meant to be.

    Attributes:
        key: The key that is known, empty where there is no guess.
        said: How it is said where it stands in the wrong place or is not sure, in English.
        other: The key beside or under which it belongs.
        told: The path of the key that is missing, of which nothing more needs to be said.
        is_same: Whether what stands there may be read as what stands under the other key.
    """

    key: str = ""
    said: str = ""
    other: str = ""
    told: Where | None = None
    is_same: bool = False


class Meanings:
    """What the unknown keys of a document were meant to be, by what it lacks."""

    def __init__(self, found: Iterable[Misfit], speller: Speller) -> None:
        found = list(found)
        self.speller = speller
        self.missing: dict[Where, list[str]] = {}
        for misfit in found:
            if misfit.keyword == "required":
                self.missing.setdefault(misfit.path, []).append(misfit.message)
        unknown = (each.path for each in found if each.keyword == "additionalProperties")
        self.unknown = Counter(unknown)

    def of(self, misfit: Misfit) -> Meant:
        """Return what the unknown key of ``misfit`` was meant to be."""
        path, key = misfit.path, misfit.message
        free = [each for each in misfit.schema["properties"] if each not in misfit.found]
        word = OTHER_WORDS.get(key.lower().replace(" ", "_").replace("-", "_"), "")
        same = word if word in free else ""
        if not same and (elsewhere := self._elsewhere(path, key, misfit.found)):
            return elsewhere
        same = same or self.speller.guess(key, free)
        if same:
            return Meant(same, told=(*path, same), is_same=True)
        lacking = self.missing.get(path, [])
        if len(lacking) == 1 and self.unknown[path] == 1 and path[-1:] != ("when",):
            return Meant(lacking[0], PERHAPS, told=(*path, lacking[0]))
        return Meant()

    def _elsewhere(self, path: Where, key: str, around: Mapping[Any, Any]) -> Meant | None:
        for other in around:
            if key in self.missing.get((*path, other), ()):
                return Meant(key, UNDER, str(other), (*path, other, key))
        if path and isinstance(path[-1], str) and key in self.missing.get(path[:-1], ()):
            return Meant(key, BESIDE, path[-1], (*path[:-1], key))
        return None
