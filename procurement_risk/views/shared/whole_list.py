"""A long list a page at a time on the screen, and whole on paper as far as it is read there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import streamlit as st

from procurement_risk.views.shared import paper
from procurement_risk.views.shared.paging import paged

MOST_ON_PAPER = 500  # rows, some ten sheets; a longer list is a file
T = TypeVar("T")


@contextmanager
def whole_on_paper(
    found: Sequence[T],
    key: str,
    size: int,
    columns: Sequence[str],
    row: Callable[[T], Sequence[object]],
    *,
    file: str = "",
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
        file: What the page offers to download that holds them all, if anything.
    """
    if not size < len(found) <= MOST_ON_PAPER:
        yield paged(found, key, size, file=file)
        return
    with st.container(key=f"on-screen-{key}"):
        yield paged(found, key, size)
    paper.table(columns, [row(each) for each in found])
