"""How a part of a questionnaire looks that was written otherwise, and one option's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from procurement_risk.framework.checks.faults import Fault
from procurement_risk.language import _
from procurement_risk.language.schema_sentences import Misfit
from procurement_risk.language.text import shorten

EXAMPLES = {
    "when": 'when: {question: hosted, in: ["yes"]}',
    "red_flag": "red_flag: {options: [e], class: stop}",
}


def example_of(misfit: Misfit) -> str:
    """Return how what belongs at the place of ``misfit`` may look, where an example is known."""
    example = EXAMPLES.get(str(misfit.path[-1])) if misfit.path else None
    if misfit.path[-2:-1] == ("base",):
        example = "- {question: CX-1}"
    if misfit.path[-2:-1] == ("sources",) and len(misfit.path) > 2:
        example = _('["the Act, section 5"]')
    if misfit.path[-1:] == ("options",):
        example = _option(misfit.schema.get("items", {}))
    elif misfit.path[-2:-1] == ("options",):
        example = _option(misfit.schema)
    return _("Such as {example}.").format(example=example) if example else ""


def _option(schema: Mapping[str, Any], name: str = "a", label: str = "") -> str:
    """Return an option as it is written; empty where the schema is of an option's id alone."""
    text = label or _("Always")
    given = {"id": name, "label": f'"{text}"'}
    parts = ", ".join(f"{key}: {given.get(key, 0)}" for key in schema.get("required", ()))
    return f"- {{{parts}}}" if parts else ""


def is_option_by_letter(misfit: Misfit) -> bool:
    """Whether ``misfit`` is an option written as ``a: Yes``, its id for a key."""
    return misfit.path[-2:-1] == ("options",) and set(misfit.found) == {misfit.message}


def option_by_letter(misfit: Misfit) -> Fault:
    """Return the fault of such an option, with the option as it is to be written."""
    name = misfit.message
    words = _("Each part of an option stands behind a key of its own: write {example}.")
    text = shorten(str(misfit.found[name])).replace('"', "'")
    return Fault(misfit.path, words.format(example=_option(misfit.schema, name, text)))
