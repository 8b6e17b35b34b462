"""What answers and questions count for, where the sheet says so; what is left to be settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from procurement_risk.formats.workbook.questionnaire.choices import (
    Choice,
    choice,
    in_order,
    numbers_of,
    part,
    rank,
)
from procurement_risk.formats.workbook.questionnaire.items import Item
from procurement_risk.formats.workbook.questionnaire.mapping import Mapped
from procurement_risk.formats.workbook.questionnaire.notes import Notes
from procurement_risk.formats.workbook.questionnaire.texts import text_of
from procurement_risk.language import _
from procurement_risk.language.numbers import shown
from procurement_risk.language.text import shorten
from procurement_risk.language.typed_number import two_readings, typed_number

HIGHEST = 10
WORST_RANK = 2
_WORDS = {"critical": 5, "essential": 5, "must": 5, "high": 5, "medium": 3, "should": 3,
          "moderate": 3, "low": 1, "could": 1, "desirable": 1}  # fmt: skip


def is_word_of_weight(text: str) -> bool:
    """Whether ``text`` says in a word how much a question counts, such as High."""
    return text.strip().casefold() in _WORDS


@dataclass(frozen=True, slots=True)
class Scale:
    """What the answers to one question count for.

    Attributes:
        labels: The answers from best to worst.
        risks: Their risk values as they stand in the sheet; None: nothing says them.
        is_ends: Whether it is only known which one is the good answer.
        is_usual: Whether that is only so because such answers usually are.
    """

    labels: tuple[str, ...]
    risks: tuple[int, ...] | None = None
    is_ends: bool = False
    is_usual: bool = False


def scale_of(item: Item, choices: list[Choice], mapped: Mapped, notes: Notes) -> Scale:
    """Return the answers of a question in order, with what the sheet or the owner says of them."""
    labels = [each.label for each in choices]
    if said := _in_columns(item, choices, mapped, notes):
        return _sorted(labels, said)
    settled = _by_owner(labels, mapped.risks)
    usual = _sorted(labels, settled) if settled else None
    expected = item.text("expected").strip().casefold()
    if expected:
        good = next((label for label in labels if label.casefold() == expected), None)
        if good is not None and usual and usual.labels[0] == good:
            return usual
        if good is not None:
            rest = in_order([label for label in labels if label != good])
            if rank(good) == WORST_RANK:  # No is the good answer: Yes is the worst, not the next
                rest.reverse()
            return Scale((good, *rest), None, is_ends=len(labels) == 2)
        message = _("{text} is none of the answers to this question, so it was left out.")
        notes.add(item.place("expected"), message.format(text=shorten(item.text("expected"))))
    if usual:
        message = _(
            "{best} was taken for the good answer wherever these answers are offered. Where the "
            "words make it look the other way round, the question is named and marked."
        )
        notes.add("", message.format(best=shorten(usual.labels[0])))
    found = usual or Scale(tuple(in_order(labels)))
    return replace(found, is_usual=True)


def _by_owner(labels: list[str], risks: Mapping[str, int]) -> list[int] | None:
    known = {label.casefold(): value for label, value in risks.items()}
    found = [known.get(label.casefold()) for label in labels]
    values = [value for value in found if value is not None]
    return values if len(values) == len(set(values)) == len(labels) else None


def _in_columns(
    item: Item, choices: list[Choice], mapped: Mapped, notes: Notes
) -> list[int] | None:
    """Return the risk values that a column gives, or the numbers beside the answers."""
    for role in ("risk", "marks"):
        texts = [text for _row, _number, text in item.cells(role)]
        if not texts:
            continue
        numbers = _numbers(texts, choices) if _is_in_line(item, role) else None
        if numbers is None:
            message = _("{text}: left out. It is not one number for each answer, each another.")
            words = message.format(text=shorten("; ".join(texts)))
            notes.add(item.place(role), words)
            continue
        return _on_scale(numbers, role, item, notes)
    numbers = numbers_of(choices)
    if numbers is None:
        return None
    if all(each.is_risk for each in choices):
        return _on_scale(numbers, "risk", item, notes)
    if not mapped.numbers:
        message = _(
            "Numbers stand beside the answers, and nothing says whether higher is better. They "
            "were left out: say so in the mapping."
        )
        notes.add(item.place("options"), message)
        return None
    return _on_scale(numbers, mapped.numbers, item, notes)


def _is_in_line(item: Item, role: str) -> bool:
    """Whether the numbers stand over the answers: no column is left out in between."""
    columns = item.mapping.columns_of(role)
    if len(columns) == 1:
        return True
    options = item.mapping.columns_of("option")
    answers = [options.index(number) for _row, number, _text in item.cells("option")]
    numbers = [columns.index(number) for _row, number, _text in item.cells(role)]
    return numbers == (answers or list(range(len(numbers))))


def _numbers(texts: list[str], choices: list[Choice]) -> list[int] | None:
    """Return a number for each answer: named, or in the order of the answers."""
    parts = texts if len(texts) > 1 else part(texts[0])
    read = [choice(text) for text in parts]
    named = {each.label.casefold(): each.number for each in read if each.number is not None}
    found = [named.get(each.label.casefold()) for each in choices]
    if None in found and len(parts) == len(choices):
        found = [int(text) if text.strip().isdecimal() else None for text in parts]
    numbers = [number for number in found if number is not None]
    return numbers if len(numbers) == len(set(numbers)) == len(choices) else None


def _on_scale(numbers: list[int], role: str, item: Item, notes: Notes) -> list[int] | None:
    if max(numbers) - (min(numbers) if role == "marks" else 0) > HIGHEST:
        message = _("Values above {most} were left out: the scale ends there.")
        notes.add(item.place(role), message.format(most=HIGHEST))
        return None
    return [max(numbers) - each for each in numbers] if role == "marks" else numbers


def _sorted(labels: list[str], risks: list[int]) -> Scale:
    pairs = sorted(zip(risks, labels, strict=True))
    return Scale(tuple(label for _risk, label in pairs), tuple(risk for risk, _label in pairs))


def weights_of(items: list[Item], notes: Notes) -> dict[int, int]:
    """Return the weight of each question by its place in ``items``, where it can be read."""
    read: dict[int, float] = {}
    for index, item in enumerate(items):
        cell = item.cell("weight")
        text = text_of(cell)
        if not text:
            continue
        is_number = cell is not None and cell.kind == "number"
        if (readings := two_readings(text.rstrip("% "))) and not is_number:
            message = _("{text} may be {whole} or {decimal}, so the weight is left to be set.")
            said = {"whole": readings[0], "decimal": shown(readings[1])}
            notes.add(item.place("weight"), message.format(text=shorten(text), **said))
            continue
        value = _weight(text, is_percent=cell is not None and cell.percent)
        if value is None or not 0 < value <= 100:
            message = _("{text} is no weight from 1 to 100, so it is left to be set.")
            notes.add(item.place("weight"), message.format(text=shorten(text)))
        else:
            read[index] = value
            if not text[:1].isdigit():
                message = _("{text} was taken for a weight of {n}: change it where that is wrong.")
                notes.add(
                    item.place("weight"), message.format(text=shorten(text), n=shown(f"{value:g}"))
                )
    for times in (1, 10, 100):
        if all(
            float(value * times).is_integer() and value * times <= 100 for value in read.values()
        ):
            if times > 1 and read:
                message = _("Every weight was taken {n} times, since weights are whole numbers.")
                notes.add("", message.format(n=times))
            return {index: int(value * times) for index, value in read.items()}
    for index in [i for i, value in read.items() if not value.is_integer()]:
        message = _("A weight is a whole number: {text} was rounded.")
        notes.add(items[index].place("weight"), message.format(text=shown(f"{read[index]:g}")))
    return {index: max(1, round(value)) for index, value in read.items()}


def _weight(text: str, *, is_percent: bool) -> float | None:
    if text.strip().casefold() in _WORDS:
        return _WORDS[text.strip().casefold()]
    try:
        number = float(typed_number(text.strip().rstrip("%")))
    except ValueError:
        return None
    if number != number or abs(number) > 1_000:
        return None
    return number * 100 if is_percent and not text.strip().endswith("%") else number
