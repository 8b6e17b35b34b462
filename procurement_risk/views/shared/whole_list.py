"""A long list a page at a time on the screen, and whole on paper as far as it is read there.

What is longer than that is a file, which is offered under the list where the page has none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import streamlit as st

from procurement_risk.language import N_, _
from procurement_risk.views.shared import paper, session
from procurement_risk.views.shared.paging import chosen

if TYPE_CHECKING:
    from procurement_risk.exports.csv_cells import Cell

    Row = Sequence[Cell]
else:
    Row = Sequence

MOST_ON_PAPER = 500  # rows, some ten sheets; a longer list is a file
FILE = N_("This list (CSV)")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Whole:
    """All of a list.

    Attributes:
        columns: The headings of its table.
        rows: Gives all of them, as many cells each.
        file: What the page offers to download that holds them all, if anything.
        ids: Gives the assessments in it: where ``file`` is nothing, it is offered as one then.
    """

    columns: Sequence[str]
    rows: Callable[[], Sequence[Row]]
    file: str = ""
    ids: Callable[[], Sequence[str]] | None = None


@contextmanager
def whole_on_paper(
    found: Sequence[T],
    key: str,
    size: int,
    columns: Sequence[str],
    row: Callable[[T], Row],
    *,
    file: str | Callable[[T], Iterable[str]],
) -> Iterator[Sequence[T]]:
    """Give the part of ``found`` that is on the page chosen; what is drawn of it, the screen has.

    Paper has all of them as one plain table. Of more than ``MOST_ON_PAPER`` it has the page that
    is shown, and says where the others are.

    Args:
        found: All of them.
        key: Tells this list from the others of the page.
        size: How many a page holds.
        columns: The headings of the table.
        row: What each has under them.
        file: What the page offers to download that holds them all; or, where it offers nothing,
            what gives the assessments that each is about: see ``Whole.ids``.
    """

    def rows() -> list[Row]:
        return [row(each) for each in found]

    if isinstance(file, str):
        whole = Whole(columns, rows, file)
    else:
        whole = Whole(columns, rows, ids=lambda: [name for each in found for name in file(each)])
    with part_on_paper(len(found), key, size, whole) as place:
        yield found[place]


@contextmanager
def part_on_paper(total: int, key: str, size: int, whole: Whole) -> Iterator[slice]:
    """Give which part of ``total`` is on the page chosen; the same for what is read in parts."""
    if size < total <= MOST_ON_PAPER:
        with st.container(key=f"on-screen-{key}"):
            yield chosen(total, key, size)
        paper.table(whole.columns, whole.rows())
        return
    ids = whole.ids if total > size and session.may("export") else None
    is_offered = ids is not None and not whole.file
    yield chosen(total, key, size, file=_(FILE) if is_offered else whole.file)
    if ids is not None and is_offered:
        _draw_file(key, whole, ids)


def _draw_file(key: str, whole: Whole, ids: Callable[[], Sequence[str]]) -> None:
    from procurement_risk.exports.csv_cells import write_csv  # with every format
    from procurement_risk.views.shared import downloads

    form = downloads.Form(
        _(FILE), lambda: write_csv(whole.columns, whole.rows()), "csv", "text/csv", "csv"
    )
    downloads.draw(f"{key}-{session.today()}", ids, form)
