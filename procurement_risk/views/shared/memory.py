"""What the risk profile keeps between two runs of the page: forms and slow advice.

Two session keys, whatever the number of forms, since a page's cost grows with the number of
keys.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import streamlit as st

from procurement_risk.views.shared import session
from procurement_risk.views.shared.session import Opened

FORMS, ADVICE = "profile_forms", "profile_advice"
T = TypeVar("T")


@dataclass(slots=True)
class _Form:
    generation: int = 0
    revision: int | None = None
    saved: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """One form as it is drawn in this run.

    Attributes:
        key: Begins the keys of the form's fields. It changes once the form is saved, so that the
            fields start again from what is stored; until then they keep what was typed. It also
            changes with the language.
        revision: The revision of the part that the person had on screen.
        changed: Whether the part was saved elsewhere since.
        saved: Whether the run before saved this form.
    """

    key: str
    revision: int
    changed: bool
    saved: bool


def draft(opened: Opened, part: str) -> Draft:
    """Return the form for ``part`` of the assessment."""
    form = _forms().setdefault((opened.id, part), _Form())
    stored = opened.revisions.get(part, 0)
    seen = stored if form.revision is None else form.revision
    saved, form.saved, form.revision = form.saved, False, stored
    key = session.in_language(f"{part}:{opened.id}:{form.generation}")
    return Draft(key, seen, seen != stored, saved)


def start_again(opened: Opened, part: str, *, saved: bool = False) -> None:
    """Let the form for ``part`` begin from what is stored, at its next run."""
    form = _forms().get((opened.id, part), _Form())
    _forms()[opened.id, part] = _Form(form.generation + 1, None, saved)


def _forms() -> dict[tuple[str, str], _Form]:
    return cast(dict[tuple[str, str], _Form], st.session_state.setdefault(FORMS, {}))


def advice(opened: Opened, name: str, work_out: Callable[[], T]) -> T:
    """Return what ``work_out`` gives, worked out once for each revision of the assessment."""
    version = (opened.id, opened.revision)
    kept: tuple[object, dict[str, Any]] | None = st.session_state.get(ADVICE)
    if kept is None or kept[0] != version:
        kept = (version, {})
        st.session_state[ADVICE] = kept
    if name not in kept[1]:
        kept[1][name] = work_out()
    return cast(T, kept[1][name])
