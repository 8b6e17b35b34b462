"""A page marked with the language that it is mostly in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace

from procurement_risk.language.heard import listening
from procurement_risk.report.page import Page


def marked(make: Callable[[], Page], texts: str = "") -> Page:
    """Return the page that ``make`` gives, marked with the language of its greater part.

    Args:
        make: Puts the page together in the language in use.
        texts: The language of the questionnaire's texts on it.
    """
    with listening() as heard:
        page = make()
    return replace(page, language=heard.mostly(_letters(page), texts) or page.language)


def _letters(value: object) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, tuple | list):
        return sum(map(_letters, value))
    if is_dataclass(value):
        return sum(_letters(getattr(value, field.name)) for field in fields(value))
    return 0
