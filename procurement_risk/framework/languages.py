"""One language chosen for every text of a framework.

A text is one string, the same in every language, or one string for each language:
``title: {en: Fairness, fr: Équité}``. Which keys hold texts is known here; a test compares the
list with the schema.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

TEXTS = frozenset(
    {
        "adopted_by",
        "ask",
        "because",
        "description",
        "evidence",
        "good",
        "heading",
        "help",
        "intro",
        "label",
        "meaning",
        "never",
        "outcome",
        "purpose",
        "review",
        "short_title",
        "sign_off",
        "status",
        "title",
        "treatment",
        "why",
    }
)
"""Keys whose value is a text."""

GROUPS_OF_TEXTS = frozenset({"notes", "pointers"})
"""Keys whose value is a list or a mapping of texts."""


def in_language(
    document: Mapping[str, Any], language: str, fallback: str
) -> tuple[dict[str, Any], int]:
    """Return ``document`` with one string for each text, and how many are not in ``language``.

    Args:
        document: A framework in which the checks found no fault.
        language: The language wanted.
        fallback: The language that every text has.
    """
    missing = 0

    def say(value: object) -> object:
        nonlocal missing
        if not isinstance(value, dict):
            return value
        if language not in value:
            missing += 1
        return value.get(language, value[fallback])

    def walk(value: object) -> Any:  # noqa: ANN401
        if isinstance(value, dict):
            return {key: text(key, part) for key, part in value.items()}
        return [walk(part) for part in value] if isinstance(value, list) else value

    def text(key: str, part: object) -> object:
        if key in TEXTS:
            return say(part)
        if key in GROUPS_OF_TEXTS and isinstance(part, dict):
            return {name: say(each) for name, each in part.items()}
        if key in GROUPS_OF_TEXTS and isinstance(part, list):
            return [say(each) for each in part]
        return walk(part)

    return walk(document), missing


def written_out(value: Any, languages: Sequence[str]) -> Any:  # noqa: ANN401
    """Return ``value`` with each text that is the same in every language once for each of them.

    So that in a language which is added later it counts as not translated.
    """

    def said(text: object) -> object:
        return text if isinstance(text, dict) else dict.fromkeys(languages, text)

    def under(key: str, part: Any) -> Any:  # noqa: ANN401
        if key in TEXTS:
            return said(part)
        if key in GROUPS_OF_TEXTS:
            if isinstance(part, dict):
                return {name: said(each) for name, each in part.items()}
            return [said(each) for each in part]
        return written_out(part, languages)

    if isinstance(value, dict):
        return {key: under(key, part) for key, part in value.items()}
    return [written_out(part, languages) for part in value] if isinstance(value, list) else value


def spoken(
    value: object, path: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any]]]:
    """Yield every text that is written once for each language, with its path.

    ``value`` may be broken: what is not where it should be is passed over.
    """
    if isinstance(value, list):
        for index, part in enumerate(value):
            yield from spoken(part, (*path, index))
    elif isinstance(value, dict):
        for key, part in value.items():
            here = (*path, key)
            if key in TEXTS and isinstance(part, dict):
                yield here, part
            elif key in GROUPS_OF_TEXTS and isinstance(part, dict | list):
                pairs = part.items() if isinstance(part, dict) else enumerate(part)
                yield from (((*here, at), each) for at, each in pairs if isinstance(each, dict))
            else:
                yield from spoken(part, here)
