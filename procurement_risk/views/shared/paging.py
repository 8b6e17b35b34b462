"""A long list a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import streamlit as st

from procurement_risk.language import _
from procurement_risk.language.numbers import grouped

PAGE_SIZE = 10
T = TypeVar("T")


def paged(found: Sequence[T], key: str, size: int = PAGE_SIZE) -> Sequence[T]:
    """Return the part of ``found`` that is on the page chosen, with a way to choose another."""
    return found[chosen(len(found), key, size)]


def chosen(total: int, key: str, size: int = PAGE_SIZE) -> slice:
    """Return which part of ``total`` is on the page chosen, with a way to choose another."""
    if total <= size:
        return slice(0, total)
    pages = -(-total // size)
    number = min(int(st.pagination(pages, key=f"{key}:page") or 1), pages)
    st.caption(
        _("{first} to {last} of {all}").format(
            first=grouped((number - 1) * size + 1),
            last=grouped(min(number * size, total)),
            all=grouped(total),
        )
    )
    return slice((number - 1) * size, min(number * size, total))
