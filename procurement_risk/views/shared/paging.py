"""A long list a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import streamlit as st

from procurement_risk.language import _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import counted
from procurement_risk.views.shared import paper

PAGE_SIZE = 10
T = TypeVar("T")


def paged(found: Sequence[T], key: str, size: int = PAGE_SIZE, *, file: str = "") -> Sequence[T]:
    """Return the part of ``found`` that is on the page chosen, with a way to choose another.

    Paper says how many are not on it, and where they are.

    Args:
        found: All of them.
        key: Tells this list from the others of the page.
        size: How many a page holds.
        file: What the page offers to download that holds them all, if anything.
    """
    return found[chosen(len(found), key, size, file=file)]


def chosen(total: int, key: str, size: int = PAGE_SIZE, *, file: str = "") -> slice:
    """Return which part of ``total`` is on the page chosen; see ``paged``."""
    if total <= size:
        return slice(0, total)
    pages = -(-total // size)
    number = min(int(st.pagination(pages, key=f"{key}:page") or 1), pages)
    first, last = (number - 1) * size, min(number * size, total)
    st.caption(
        _("{first} to {last} of {all}").format(
            first=grouped(first + 1), last=grouped(last), all=grouped(total)
        )
    )
    paper.note(elsewhere(total - (last - first), file))
    return slice(first, last)


def elsewhere(left: int, file: str = "") -> str:
    """Return how many are not on paper, and which file holds all of them."""
    words = counted(left, "{n} more is not on this sheet.", "{n} more are not on this sheet.")
    where = _("Turn the page on the screen to print them.")
    if file:
        where = _("All of them are in the file “{file}” of this page.").format(file=file)
    return f"{words} {where}"
