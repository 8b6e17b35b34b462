"""A list of questions in a spreadsheet: which column holds what, what comes of it, the YAML."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePath

import streamlit as st

from procurement_risk.errors import InvalidDocument
from procurement_risk.formats.workbook import limits
from procurement_risk.formats.workbook.plain import Book, Sheet, letters_of
from procurement_risk.formats.workbook.questionnaire import (
    Converted,
    Mapped,
    SheetMapping,
    from_spreadsheet,
    is_own,
    propose,
    read_mapping,
    read_sheets,
)
from procurement_risk.formats.workbook.questionnaire.above import title_above
from procurement_risk.formats.workbook.questionnaire.answers_line import read_line, write_line
from procurement_risk.formats.workbook.questionnaire.preview import COLUMNS, preview_rows
from procurement_risk.formats.workbook.questionnaire.proposal import without_ticks
from procurement_risk.formats.workbook.questionnaire.roles import ROLES
from procurement_risk.formats.workbook.questionnaire.texts import text_at
from procurement_risk.language import N_, _, current, ngettext
from procurement_risk.language.numbers import grouped
from procurement_risk.language.text import one_line, plain, shorten
from procurement_risk.views.frameworks.notices import noted
from procurement_risk.views.shared import forms, tables, whole_number

ENDINGS = ("xlsx", "ods", "csv", "tsv", "xls", "xlsm")
NUMBERS: Mapping[str, str] = {
    "": N_("Nobody said: leave them out"),
    "risk": N_("Risk: higher is worse"),
    "marks": N_("Marks: higher is better"),
}
ABREAST = 3  # columns of the sheet in a row of the page
MOST_COLUMNS, MOST_ROWS, MOST_NOTES = 40, 40, 60


def draw(data: bytes, name: str) -> bytes | None:
    """Draw how the file is read and what comes of it; return its YAML, or None where refused."""
    try:
        book = _book(data, name, current())
        title, mapped = "", Mapped(())
        if not is_own(book):
            title, mapped = _ask(book, PurePath(one_line(name)).stem, _begin(data))
        converted = from_spreadsheet(book, one_line(name), mapped, title)
    except InvalidDocument as error:
        st.error(_("This file cannot be turned into a questionnaire:"))
        for problem in error.problems[:MOST_NOTES]:
            st.markdown(f"- {plain(problem.message)}")
        return None
    text = converted.yaml(name).encode()
    _draw_made(converted, text)
    return text


@st.cache_resource(show_spinner=False, max_entries=4)
def _book(data: bytes, name: str, language: str) -> Book:
    """Return what stands in a file, read once; what is said of it is in the ``language``."""
    return read_sheets(data, name)


def _begin(data: bytes) -> str:
    """Return how the keys of the fields for one file begin, so that another starts anew."""
    return f"sheet-{hashlib.sha256(data).hexdigest()[:12]}"


def _ask(book: Book, stem: str, begin: str) -> tuple[str, Mapped]:
    """Ask for the title and how the file is read, as proposed or as a kept mapping says."""
    st.header(_("Which column holds what"), anchor=False)
    st.markdown(_("This is what the words over the columns seem to say. Change what is not so."))
    usual = title_above(book, propose(book)) or stem
    title = forms.ask_text(_("Title of the questionnaire"), usual, f"{begin}-title", 200)
    proposed, own = _kept_mapping(begin) or (propose(book), "")
    return title, _ask_columns(book, proposed, f"{begin}{own}")


def _kept_mapping(begin: str) -> tuple[Mapped, str] | None:
    """Return a mapping that was dropped, and what tells its fields from those proposed."""
    with st.expander(_("Use a mapping that was kept"), expanded=False):
        kept = st.file_uploader(
            _("The mapping, or a questionnaire made with one (YAML)"),
            type=["yaml"],
            max_upload_size=1,
            key=f"{begin}-mapping",
        )
    if kept is None:
        return None
    data = kept.getvalue()
    mapped = read_mapping(data.decode("utf-8", "replace"), kept.name)
    return mapped, f"-{hashlib.sha256(data).hexdigest()[:6]}"


def _ask_columns(book: Book, proposed: Mapped, begin: str) -> Mapped:
    named = {each.sheet: each for each in proposed.sheets}
    names = [sheet.name for sheet in book.sheets if sheet.rows]
    chosen = st.multiselect(
        _("Sheets with questions"),
        names,
        default=[each for each in names if each in named],
        format_func=one_line,
        key=f"{begin}-sheets",
        placeholder=_("Choose a sheet"),
    )
    read = [
        _ask_sheet(sheet, named.get(sheet.name), f"{begin}-{place}")
        for place, sheet in enumerate(book.sheets)
        if sheet.name in chosen
    ]
    return _ask_answers(replace(proposed, sheets=tuple(read)), begin)


def _ask_sheet(sheet: Sheet, proposed: SheetMapping | None, begin: str) -> SheetMapping:
    st.markdown(f"**{plain(sheet.name)}**")
    before = proposed or SheetMapping(sheet.name, 2, {})
    _draw_first_rows(sheet, before.first_row)
    first = whole_number.ask(
        _("First row with questions or a heading of theirs"),
        before.first_row,
        f"{begin}-first",
        1,
        limits.MOST_ROWS,
    )
    labels = {"": _("Not read")} | {role: _(words) for role, words in ROLES.items()}
    held: dict[int, str] = {}
    for place, number in enumerate(_columns(sheet)):
        if place % ABREAST == 0:  # a row at a time, so that a phone keeps their order
            places = st.columns(ABREAST)
        over = _over(sheet, first, number)
        label = plain(f"{letters_of(number)} · {over}") if over else letters_of(number)
        with places[place % ABREAST]:
            role = forms.choose(label, labels, f"{begin}-{number}", before.columns.get(number, ""))
        if role:
            held[number] = role
    ticks = {
        number: before.ticks.get(number) or _over(sheet, first, number)
        for number, role in held.items()
        if role == "tick"
    }
    return without_ticks(SheetMapping(sheet.name, first, held, ticks))


def _columns(sheet: Sheet) -> list[int]:
    return sorted({number for cells in sheet.rows.values() for number in cells})[:MOST_COLUMNS]


def _over(sheet: Sheet, first: int, number: int) -> str:
    """Return the words over a column: of its last heading row, or the one above."""
    above = (text_at(sheet, row, number) for row in (first - 1, first - 2) if row > 0)
    return shorten(next(filter(None, above), ""), 40)


def _draw_first_rows(sheet: Sheet, first: int) -> None:
    with st.expander(_("The first rows of the sheet"), expanded=False):
        numbers = _columns(sheet)[:10]
        rows = [
            [str(row), *(shorten(text_at(sheet, row, number)) for number in numbers)]
            for row in sorted(sheet.rows)[: first + 6]
        ]
        heads = [_("Row"), *map(letters_of, numbers)]
        tables.draw(_("The first rows of {sheet}").format(sheet=one_line(sheet.name)), heads, rows)


def _ask_answers(mapped: Mapped, begin: str) -> Mapped:
    st.markdown(
        _(
            "Where the file does not say how much risk an answer stands for, a proposal is "
            "marked as to be set. Write here what you have settled, such as Yes = 0 / No = 4: it "
            "counts wherever just these answers are offered, and is marked no more."
        )
    )
    line = forms.ask_text(
        _("Usual answers, best first; they stand where a question offers none"),
        write_line(mapped.answers, mapped.risks),
        f"{begin}-answers",
        500,
    )
    labels = {name: _(words) for name, words in NUMBERS.items()}
    numbers = forms.choose(
        _("Numbers that stand beside answers"), labels, f"{begin}-numbers", mapped.numbers
    )
    answers, risks = read_line(line)
    return replace(mapped, answers=answers, risks={**mapped.risks, **risks}, numbers=numbers)


# --- What came of it


def _draw_made(converted: Converted, text: bytes) -> None:
    st.header(_("What comes of it"), anchor=False)
    rows = list(preview_rows(converted.document))
    st.markdown(" ".join(_counted(converted, len(rows))))
    tables.draw(_("The questions as they would stand"), list(map(_, COLUMNS)), rows[:MOST_ROWS])
    more = len(rows) - MOST_ROWS
    if more > 0:
        words = ngettext("And {n} more question.", "And {n} more questions.", more)
        st.caption(words.format(n=grouped(more)))
    with st.container(horizontal=True):
        st.download_button(
            _("Download the YAML file"),
            data=text,
            file_name=f"{converted.document['id']}.yaml",
            mime="application/yaml",
            on_click="ignore",
            key="sheet-yaml",
        )
        if converted.mapped.sheets:
            st.download_button(
                _("Keep the mapping"),
                data=converted.mapped.yaml().encode(),
                file_name=f"{converted.document['id']}-mapping.yaml",
                mime="application/yaml",
                on_click="ignore",
                key="sheet-mapping",
            )
    _draw_notes(converted)


def _counted(converted: Converted, number: int) -> Iterator[str]:
    yield ngettext("{n} question.", "{n} questions.", number).format(n=grouped(number))
    if converted.to_set:
        words = ngettext(
            "In {n} of them something is to be set: it stands in its sources.",
            "In {n} of them something is to be set: it stands in their sources.",
            converted.to_set,
        )
        yield words.format(n=grouped(converted.to_set))


def _draw_notes(converted: Converted) -> None:
    notes = converted.notes
    box = noted(len(notes))
    if box is None:
        return
    with box:
        rows = [[note.where or _("The whole file"), note.message] for note in notes[:MOST_NOTES]]
        tables.draw(_("What was left out or changed"), [_("Where"), _("What and why")], rows)
        if len(notes) > MOST_NOTES:
            st.caption(_("All of them stand at the top of the YAML file."))
