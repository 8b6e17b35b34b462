"""Which sheets and columns hold what: proposed by the words of the headings."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from procurement_risk.formats.workbook.plain import Book, Sheet
from procurement_risk.formats.workbook.questionnaire.above import sense_of_scores
from procurement_risk.formats.workbook.questionnaire.as_written import ALWAYS
from procurement_risk.formats.workbook.questionnaire.counts import is_word_of_weight
from procurement_risk.formats.workbook.questionnaire.mapping import Mapped, SheetMapping
from procurement_risk.formats.workbook.questionnaire.roles import (
    COUNTS,
    SEVERAL,
    is_questions,
    is_tick,
    role_of,
    scored_answer,
)
from procurement_risk.formats.workbook.questionnaire.texts import text_at

_ANSWERS = re.compile(r".*\b(?:answers?|options?|choices?|responses?|r[ée]ponses?)\b.*")
_IF = re.compile(r"(?:only |asked |applicable |applies )?(?:if|when|where)\b")
MOST_ABOVE = 40
"""How far down the headings are looked for."""


def propose(book: Book) -> Mapped:
    """Return how the file seems to be meant; no sheets where nothing looks like questions."""
    shown = [sheet for sheet in book.sheets if not sheet.form.hidden]
    found = [each for each in map(_by_headings, shown) if each is not None]
    if not found:
        found = [each for each in map(_without_headings, shown) if each is not None]
    return Mapped(tuple(found))


def _by_headings(sheet: Sheet) -> SheetMapping | None:
    best, best_row = dict[int, str](), 0
    for row in sorted(sheet.rows)[:MOST_ABOVE]:
        roles = _roles(sheet, row)
        texts = [text_at(sheet, row, number) for number in sheet.rows[row]]
        is_clear = len(roles) > 1 or any(map(is_questions, texts))
        if "question" in roles.values() and is_clear and len(roles) > len(best):
            best, best_row = roles, row
    if not best:
        return None
    columns, last = dict(best), best_row
    below = _second_row(sheet, best_row, best)
    if below:
        last = best_row + 1
        columns = {number: role for number, role in columns.items() if number not in below}
        columns |= below
    _weigh_by_words(sheet, columns, last)
    columns |= _conditions(sheet, columns, last)
    ticks = {
        number: text_at(sheet, last, number) or text_at(sheet, best_row, number)
        for number, role in columns.items()
        if role == "tick"
    }
    return SheetMapping(sheet.name, last + 1, dict(sorted(columns.items())), ticks)


def _weigh_by_words(sheet: Sheet, columns: dict[int, str], last: int) -> None:
    """Call a column of risk a weight where words such as High stand in it."""
    for number, role in columns.items():
        below = (text_at(sheet, row, number) for row in sheet.rows if row > last)
        texts = list(filter(None, below))
        is_free = role == "risk" and "weight" not in columns.values()
        if is_free and texts and all(map(is_word_of_weight, texts)):
            columns[number] = "weight"


def _conditions(sheet: Sheet, columns: dict[int, str], last: int) -> dict[int, str]:
    """Return the column that holds nothing but conditions, whatever it is called."""
    found: dict[int, bool] = {}
    for row in (row for row in sheet.rows if row > last):
        for number in sheet.rows[row].keys() - columns.keys():
            text = text_at(sheet, row, number).casefold()
            if text and text not in ALWAYS:
                found[number] = found.get(number, True) and _IF.match(text) is not None
    only = [number for number, is_one in sorted(found.items()) if is_one]
    return {only[0]: "when"} if only and "when" not in columns.values() else {}


def _second_row(sheet: Sheet, row: int, above: dict[int, str]) -> dict[int, str]:
    """Return what a second row of headings adds; nothing where the row below is a question."""
    question = next(number for number, role in above.items() if role == "question")
    if text_at(sheet, row + 1, question):
        return {}
    below = _roles(sheet, row + 1)
    taken = set(above.values()) - {"answer"}
    added = {n: role for n, role in below.items() if _fits(role, taken)}
    cells = sheet.rows.get(row + 1, {})
    filled = [number for number in cells if text_at(sheet, row + 1, number)]
    if len(filled) == 1 and above.get(filled[0], "answer") != "answer":
        return {}  # the title of a section, alone under the heading of another column
    return added if added and 2 * len(below) >= len(filled) else {}


def _roles(sheet: Sheet, row: int) -> dict[int, str]:
    """Return what the columns hold by the words in ``row``, each once but for some."""
    texts = {n: text_at(sheet, row, n) for n in sorted(sheet.rows.get(row, {}))}
    ticks = set(_ticks(texts))
    lettered = _lettered(sheet, row, texts)
    scores = _scores(sheet, row, texts)
    found: dict[int, str] = {}
    for number, text in texts.items():
        role = "tick" if number in ticks else scores.get(number) or role_of(text)
        role = "option" if number in lettered else role
        if role == "id" and "question" in text.casefold():  # not that of a control or a domain
            found = {n: other for n, other in found.items() if other != "id"}
        if role and (number in scores or _fits(role, found.values())):
            found[number] = role
    return found


def _lettered(sheet: Sheet, row: int, texts: dict[int, str]) -> set[int]:
    """Return the columns A, B, C … or 1, 2, 3 … under one heading such as Answers."""
    for start, text in texts.items():
        signs = next((each for each in ("abcdefgh", "12345678") if text.casefold() == each[0]), "")
        run: set[int] = set()
        for number, sign in enumerate(signs, start):
            if texts.get(number, "").casefold() != sign:
                break
            run.add(number)
        if len(run) > 1 and _ANSWERS.fullmatch(text_at(sheet, row - 1, start).casefold()):
            return run
    return set()


def _fits(role: str, taken: Collection[str]) -> bool:
    """Whether one more column may be proposed for ``role``."""
    return role not in taken or role in SEVERAL - COUNTS


def _scores(sheet: Sheet, row: int, texts: dict[int, str]) -> dict[int, str]:
    """Return what the columns Score A, Score B, … hold, where it is said which way they count."""
    named = {n: found for n, text in texts.items() if (found := scored_answer(text))[0]}
    letters = "".join(letter for letter, _is_risk in named.values())
    if len(letters) < 2 or not "abcdefgh".startswith(letters):
        return {}
    is_risk = all(is_risk for _letter, is_risk in named.values())
    return dict.fromkeys(named, "risk" if is_risk else sense_of_scores(sheet, row))


def _ticks(texts: dict[int, str]) -> Iterator[int]:
    """Yield the columns beside one called Yes that are called by an answer as well."""
    words = {number for number, text in texts.items() if is_tick(text)}
    for start in (n for n in words if texts[n].strip().casefold() in ("yes", "y", "met")):
        run = {start}
        for step in (1, -1):
            at = start + step
            while at in words:
                run.add(at)
                at += step
        if len(run) > 1:
            yield from run


def _without_headings(sheet: Sheet) -> SheetMapping | None:
    """Return the column in which questions stand, and one of numbers before it."""
    asked: dict[int, int] = {}
    for cells in sheet.rows.values():
        for number in cells:
            text = cells[number].text.strip()
            if len(text) > 10 and (text.endswith("?") or text.casefold().startswith("please")):
                asked[number] = asked.get(number, 0) + 1
    if not asked or max(asked.values()) < 2:
        return None
    question = max(asked, key=lambda number: asked[number])
    columns = {question: "question"}
    rows = [row for row, cells in sheet.rows.items() if question in cells]
    for number in range(question - 1, 0, -1):
        short = [row for row in rows if 0 < len(text_at(sheet, row, number)) <= 12]
        if 2 * len(short) > len(rows):
            columns[number] = "id"
            break
    return SheetMapping(sheet.name, 1, dict(sorted(columns.items())))


def without_ticks(mapping: SheetMapping) -> SheetMapping:
    """Return ``mapping`` without the columns to tick that nothing stands over."""
    bare = {
        n for n, role in mapping.columns.items() if role == "tick" and not mapping.ticks.get(n)
    }
    columns = {n: role for n, role in mapping.columns.items() if n not in bare}
    return SheetMapping(mapping.sheet, mapping.first_row, columns, mapping.ticks)
