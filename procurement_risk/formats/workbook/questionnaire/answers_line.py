"""The usual answers on one line, with their risk where somebody settled it: Yes = 0 / No = 4."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from procurement_risk.formats.workbook.questionnaire.choices import choice, part
from procurement_risk.formats.workbook.questionnaire.counts import HIGHEST


def write_line(answers: Sequence[str], risks: Mapping[str, int]) -> str:
    """Return answers as a line that ``read_line`` reads the same."""
    said = [f"{each} = {risks[each]}" if each in risks else each for each in answers]
    return " / ".join(said)


def read_line(text: str) -> tuple[tuple[str, ...], dict[str, int]]:
    """Return the answers on a line, and the risk of those that have one from 0 to 10.

    A single answer is nothing to choose from: then there are none.
    """
    choices = [choice(each) for each in part(text)]
    if len(choices) < 2:
        return (), {}
    risks = {each.label: each.number for each in choices if each.number is not None}
    kept = {label: number for label, number in risks.items() if number <= HIGHEST}
    return tuple(each.label for each in choices), kept
