"""Which assessments of the store cannot be read, said where they would else be missed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from procurement_risk.errors import Damaged
from procurement_risk.language.text import plain
from procurement_risk.portfolio.kept import damaged_of
from procurement_risk.portfolio.left_out import left_out
from procurement_risk.views.shared import session
from procurement_risk.views.shared.session import Opened


def draw() -> None:
    """Say which of all cannot be read, or nothing."""
    say(damaged_of(session.store(), wait=False))


def say(damaged: Sequence[Damaged]) -> None:
    """Say that these cannot be read, or nothing."""
    if words := left_out(damaged):
        st.error(plain(words))


def draw_beside(opened: Opened) -> None:
    """Say which of the same supplier, or the one that this one follows, cannot be read."""
    if opened.is_preview or not (damaged := damaged_of(session.store(), wait=False)):
        return
    beside = {opened.assessment.replaces, *session.store().beside(opened.assessment)}
    if words := left_out([each for each in damaged if each.name in beside]):
        st.error(plain(words))
