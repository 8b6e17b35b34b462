"""What a file is wanted for, which decides what to do with one that is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal

from procurement_risk.language import N_, _

Purpose = Literal["answers", "questions"]

_wanted: ContextVar[Purpose] = ContextVar("wanted", default="answers")

_COPY: Mapping[Purpose, str] = {
    "answers": N_("Copy your answers into the workbook that was sent to you, and send that."),
    "questions": N_("Copy the questions into a new workbook, as values, and take that."),
}
_NO_NEED: Mapping[Purpose, str] = {
    "answers": N_("The file holds {what}, which a supplier's answers have no need of."),
    "questions": N_("The file holds {what}, which a list of questions has no need of."),
}
_TOO_MUCH: Mapping[Purpose, str] = {
    "answers": N_(
        "Reading the file takes more time or memory than a workbook of answers would. "
        "Copy the answers into the workbook that was sent out, and try again."
    ),
    "questions": N_(
        "Reading the file takes more time or memory than a list of questions would. "
        "Copy the questions into a new workbook, as values, and try again."
    ),
}


def wanted() -> Purpose:
    """Return what the file that is being read is wanted for: a supplier's answers, as a rule."""
    return _wanted.get()


@contextmanager
def wanted_for(purpose: Purpose) -> Iterator[None]:
    """Have what is read in here wanted for ``purpose``."""
    token = _wanted.set(purpose)
    try:
        yield
    finally:
        _wanted.reset(token)


def copy_words() -> str:
    """Return what to do instead with a file that is refused."""
    return _(_COPY[wanted()])


def no_need_words(what: str) -> str:
    """Return that a file holds ``what``, which it has no need of."""
    return _(_NO_NEED[wanted()]).format(what=what)


def too_much_words() -> str:
    """Return that reading a file took too much."""
    return _(_TOO_MUCH[wanted()])
