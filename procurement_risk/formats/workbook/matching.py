"""From what a cell says to what it answers: an option, a state, a text, a number or a day.

Spelling is forgiven where two readings are impossible: capital letters, spaces, quotation marks,
dashes, full-width forms. Whatever else does not match is a fault, and nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from procurement_risk import language
from procurement_risk.assessment.answers import is_day
from procurement_risk.assessment.answers_schema import LONGEST_NOTE, NUMBER
from procurement_risk.formats.workbook import layout
from procurement_risk.formats.workbook.plain import Cell
from procurement_risk.framework import Framework, Question, QuestionType
from procurement_risk.language import _
from procurement_risk.language.numbers import grouped, shown
from procurement_risk.language.text import shorten, without_unseen
from procurement_risk.language.typed_number import two_readings, typed_number

# Quotation marks and primes, single and double; then hyphens, dashes and the minus sign.
_SIGNS = dict.fromkeys([*range(0x2018, 0x201C), 0x2032, 0x60, 0xB4, 0x2BC], "'")
_SIGNS |= dict.fromkeys([*range(0x201C, 0x2020), 0x2033, 0xAB, 0xBB], '"')
_SIGNS |= dict.fromkeys([*range(0x2010, 0x2016), 0x2212], "-")
_BETWEEN = re.compile(r"[;\n]")


@dataclass(frozen=True, slots=True)
class Given:
    """What an answer cell says: a state, with options or a text where it is ``answered``."""

    state: str
    options: tuple[str, ...] = ()
    text: str = ""


class Unclear(ValueError):
    """What an answer cell says cannot be told; the message says what to write instead."""


@dataclass(frozen=True, slots=True)
class Words:
    """What may be written in answer to one framework's questions, normalised.

    Attributes:
        states: The state by its words, in every language of the app.
        options: For each question the ids of the options by their labels, in every language of
            the framework.
        asks: The texts of each question, likewise.
    """

    states: Mapping[str, str]
    options: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    asks: Mapping[str, Collection[str]] = field(default_factory=dict)


def normal(text: str) -> str:
    """Return ``text`` as it is compared: NFKC, plain quotes and dashes, small letters."""
    shown = "".join(c for c in _plain(text) if unicodedata.category(c) != "Cf")
    return " ".join(shown.split()).casefold()


def _plain(text: str) -> str:
    # Signs go first: NFKC makes two of a double prime, and an accent of a letter behind a space.
    return unicodedata.normalize("NFKC", without_unseen(text).translate(_SIGNS))


def words_of(framework: Framework) -> Words:
    """Return what may be written in answer to the questions of ``framework``."""
    options: dict[str, dict[str, frozenset[str]]] = {}
    asks: dict[str, set[str]] = {}
    for code in framework.languages:
        for question in layout.spoken(framework, code).questions():
            asks.setdefault(question.id, set()).add(normal(question.ask))
            known = options.setdefault(question.id, {})
            for name, label in layout.option_labels(question).items():
                key = normal(label)
                known[key] = known.get(key, frozenset()) | {name}
    short = {normal(text): state for text, state in layout.SHORT_FOR.items()}
    return Words(short | in_every_language(layout.STATES), options, asks)


def answer_in(words: Words, framework: Framework, question: Question, cell: Cell) -> Given:
    """Return what ``cell`` answers to ``question``.

    Raises:
        Unclear: If that cannot be told.
    """
    said = normal(cell.text)
    labels = words.options.get(question.id, {})
    if said in words.states and said not in labels:
        state = words.states[said]
        if state not in layout.states(framework, question):
            raise Unclear(_("This question cannot be declared not applicable. Answer it."))
        return Given(state)
    return READERS[question.type](labels, cell)


def _option(labels: Mapping[str, frozenset[str]], text: str) -> str:
    found = labels.get(normal(text), frozenset())
    if len(found) == 1:
        return next(iter(found))
    if found:
        message = _("{text} could mean more than one choice. Choose it from the list.")
    else:
        message = _("{text} is not one of the choices. Choose one from the list in this cell.")
    raise Unclear(message.format(text=_quoted(text)))


def _options(labels: Mapping[str, frozenset[str]], text: str) -> tuple[str, ...]:
    """Return the options named in ``text``; a label may itself hold what stands between two."""
    if normal(text) in labels:
        return (_option(labels, text),)
    pieces = [piece for piece in without_unseen(text).split("\n") if piece.strip(" ;•\t")]
    if len(pieces) == 1 and normal(pieces[0]) not in labels:
        pieces = [piece for piece in _BETWEEN.split(text) if piece.strip()]
    chosen = [_option(labels, _bare(labels, piece)) for piece in pieces]
    return tuple(dict.fromkeys(chosen))


def _bare(labels: Mapping[str, frozenset[str]], piece: str) -> str:
    """Return ``piece`` without a bullet or semicolon around it, unless the label has them."""
    candidates = (piece, piece.strip().rstrip(";"), piece.strip().lstrip("•-*").rstrip(";"))
    return next((each for each in candidates if normal(each) in labels), piece)


def checked_text(text: str, most: int) -> str:
    """Return ``text`` as it is kept: without what is not to be seen, its lines kept.

    Raises:
        Unclear: If it is longer than ``most`` characters; it is not cut.
    """
    kept = without_unseen(text).replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(kept) > most:
        message = _("The text has {n} characters. Shorten it to {most}.")
        raise Unclear(message.format(n=grouped(len(kept)), most=grouped(most)))
    return kept


def _number(cell: Cell) -> str:
    if cell.percent:
        message = _("The cell shows a percentage, so its number cannot be told. Write digits.")
        raise Unclear(message)
    text = _plain(cell.text)
    if cell.kind != "number":  # a cell that holds a number has one reading, however it is shown
        if found := two_readings(text):
            message = _(
                "{text} is not a number that can be kept: it has two readings. Write {whole} or "
                "{decimal}."
            )
            whole, decimal = found
            raise Unclear(message.format(text=_quoted(text), whole=whole, decimal=shown(decimal)))
        text = typed_number(text)
    if cell.kind in ("date", "time", "truth") or not re.match(NUMBER, text):
        message = _(
            "{text} is not a number that can be kept. Write digits only, with a point or a comma "
            "before decimals and six of them at most."
        )
        raise Unclear(message.format(text=_quoted(cell.text)))
    return text


def date_in(cell: Cell) -> str:
    """Return the ISO day that a cell says.

    Raises:
        Unclear: If it says none, or could mean two.
    """
    text = _plain(cell.text).strip()
    if cell.kind in ("number", "time", "truth") or not is_day(text):
        message = _(
            "{text} is not a date that has only one reading. Write it like {date}, or format "
            "the cell as a date."
        )
        raise Unclear(message.format(text=_quoted(cell.text), date=layout.DATE_LIKE))
    return text


def claim_in(cell: Cell) -> bool:
    """Return whether a cell says that an answer is confidential.

    Raises:
        Unclear: If it says neither yes nor no.
    """
    said = in_every_language(layout.CLAIMED).get(normal(cell.text))
    if said is None:
        yes, no = (_(words) for words in layout.CLAIMED.values())
        message = _("{text} is neither {yes} nor {no}. Write one of them, and why beside it.")
        raise Unclear(message.format(text=_quoted(cell.text), yes=yes, no=no))
    return said == "yes"


def _quoted(text: str) -> str:
    return f"“{shorten(without_unseen(text))}”"


def headers() -> dict[str, str]:
    """Return the column's name by what may stand over it, normalised, in every language."""
    return in_every_language(layout.COLUMNS)


def in_every_language(words: Mapping[str, str]) -> dict[str, str]:
    """Return the key of each of ``words`` by what it says, normalised, in every language."""
    found = {}
    before = language.current()
    try:
        for key, text in words.items():
            for code in language.available():
                language.use(code)
                found[normal(_(text))] = key
    finally:
        language.use(before)
    return found


def is_filled(cells: Iterable[Cell | None]) -> bool:
    """Whether a person wrote anything into one of ``cells``."""
    found = (cell for cell in cells if cell is not None)
    return any(cell.kind == "formula" or normal(cell.text) for cell in found)


Labels = Mapping[str, frozenset[str]]
READERS: Mapping[QuestionType, Callable[[Labels, Cell], Given]] = {
    "single": lambda labels, cell: Given("answered", (_option(labels, cell.text),)),
    "multiple": lambda labels, cell: Given("answered", _options(labels, cell.text)),
    "text": lambda _labels, cell: Given("answered", text=checked_text(cell.text, LONGEST_NOTE)),
    "number": lambda _labels, cell: Given("answered", text=_number(cell)),
    "date": lambda _labels, cell: Given("answered", text=date_in(cell)),
}
"""What the cell of each type of question answers."""
