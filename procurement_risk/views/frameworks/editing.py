"""Fields of a draft: what is typed is saved as one types, into the file, one entry at a time.

    drawn fields ── sweep ── the draft as it stands now ── each change in its own lines ── saved

A field that somebody else changed meanwhile is not written over: what was typed is shown beside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import streamlit as st
from streamlit.elements.lib.utils import LabelVisibility

from procurement_risk.errors import Problem, ProcurementRiskError, path_text
from procurement_risk.framework import draft_fields
from procurement_risk.framework.draft_fields import Asked, Field
from procurement_risk.framework.strict_yaml import Path, read_yaml
from procurement_risk.framework.yaml_editing import value_at
from procurement_risk.language import _
from procurement_risk.language.text import plain
from procurement_risk.language.typed_number import typed_whole
from procurement_risk.views.frameworks import DRAWN
from procurement_risk.views.shared import session, whole_number

SAID = "draft-said"
WHOLE: Path = ()
LONGEST = 20_000


@dataclass(slots=True)
class Drawn:
    """The fields that were drawn last: by the widget's key, its path and what it showed.

    ``wrong`` has what was typed for a number and is none, by key: it stays in its field.
    """

    draft: str
    fields: dict[str, tuple[Path, str | int]] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)


def sweep() -> None:
    """Save whatever was typed since the fields were drawn, whatever page comes next."""
    drawn = st.session_state.get(DRAWN)
    if not isinstance(drawn, Drawn):
        return
    typed = {
        key: said
        for key, (_path, shown) in drawn.fields.items()
        if (said := _typed(drawn, key, shown)) is not None and said != shown
    }
    if typed:
        _save(drawn, typed)


def _typed(drawn: Drawn, key: str, shown: str | int) -> str | int | None:
    """Return what stands in a field that was drawn; None for a number that is none."""
    said: str | None = st.session_state.get(key)
    if said is None or isinstance(shown, str):
        return said
    drawn.wrong.pop(key, None)
    number = typed_whole(said)
    if number is None:
        drawn.wrong[key] = said
    return number


def _save(drawn: Drawn, typed: dict[str, str | int]) -> None:
    said: list[str] = st.session_state.setdefault(SAID, [])
    store = session.store()
    try:
        held = store.draft(drawn.draft)
        text = held.text
        for key, value in typed.items():
            path, shown = drawn.fields[key]
            text = _with(text, path, shown, value, said)
            drawn.fields[key] = (path, value)
        if text != held.text:
            store.save_draft(drawn.draft, text, held.revision, session.actor())
    except ProcurementRiskError as error:
        said.append(_refused(str(error), list(typed.values())))


def _with(text: str, path: Path, shown: str | int, value: str | int, said: list[str]) -> str:
    """Return ``text`` with one field changed; as it was where that cannot be, and say so."""
    stands = text if path == WHOLE else value_at(read_yaml(text).data, path)
    if (stands or shown) and (stands if stands is not None else "") != shown:
        words = _("Somebody else changed this meanwhile; theirs stands.")
        said.append(_refused(words, [value]))
        return text
    try:
        return str(value) if path == WHOLE else draft_fields.changed(text, path, value)
    except ProcurementRiskError as error:
        said.append(_refused(str(error), [value]))
        return text


def _refused(why: str, values: Sequence[str | int]) -> str:
    typed = " / ".join(str(each) for each in values)
    return _("Not saved: {why} You typed: {typed}").format(why=why, typed=typed)


def begin(draft_id: str) -> None:
    """Say what could not be saved, and begin to draw the fields of a draft."""
    for message in st.session_state.pop(SAID, []):
        st.error(plain(message))
    before = st.session_state.get(DRAWN)
    st.session_state[DRAWN] = Drawn(draft_id)
    if isinstance(before, Drawn) and before.draft == draft_id:
        st.session_state[DRAWN].wrong = before.wrong


def end() -> None:
    """Forget the fields, unless one holds what could not be saved."""
    drawn = st.session_state.get(DRAWN)
    if isinstance(drawn, Drawn) and not drawn.wrong:
        del st.session_state[DRAWN]


def draw(each: Field, problems: Sequence[Problem], *, bare: bool = False) -> None:
    """Draw one field, and what is wrong with it under it.

    Args:
        each: The field.
        problems: Those of the draft.
        bare: Whether its label is only read out, as where fields stand in rows. What is wrong is
            said below the row then: see ``draw_faults``.
    """
    label: LabelVisibility = "collapsed" if bare else "visible"
    key = _ready(each.path, each.value)
    if each.kind in ("line", "number"):
        most = whole_number.LONGEST if each.kind == "number" else LONGEST
        st.text_input(each.label, key=key, max_chars=most, on_change=sweep, label_visibility=label)
    else:
        st.text_area(
            each.label,
            key=key,
            max_chars=LONGEST,
            height=_height(str(each.value)),
            on_change=sweep,
        )
    if not bare:
        draw_faults(each, problems)


def draw_faults(each: Field, problems: Sequence[Problem]) -> None:
    """Say what is wrong with a field that was drawn."""
    key = _key(st.session_state[DRAWN], each.path)
    if key in st.session_state[DRAWN].wrong:
        why = whole_number.why_not(st.session_state[key], int(each.value))
        st.error(plain(_("Not saved: {why}").format(why=why)))
    for problem in draft_fields.problems_at(problems, each.path):
        words = _("Line {line}: {message}")
        st.error(plain(words.format(line=problem.line, message=problem.message)))


def draw_whole(text: str) -> None:
    """Draw the whole file as one field."""
    key = _ready(WHOLE, text)
    st.text_area(_("The whole file (YAML)"), key=key, height=520, on_change=sweep)


def _ready(path: Path, value: str | int) -> str:
    """Return the key of a field, which shows what is saved: the browser may hold an older text."""
    drawn: Drawn = st.session_state[DRAWN]
    key = _key(drawn, path)
    said = drawn.wrong.get(key, str(value))
    if st.session_state.get(key) != said:
        st.session_state[key] = said
    drawn.fields[key] = (path, value)
    return key


def _key(drawn: Drawn, path: Path) -> str:
    return f"draft-{drawn.draft}-{path_text(path) or 'whole'}"


def not_saved(asked: Iterable[Asked]) -> list[str]:
    """Return the ids of the questions where something was typed for a number and is none."""
    drawn: Drawn = st.session_state[DRAWN]
    within = {each.id: f"{_key(drawn, each.path)}." for each in asked}
    return [
        name for name, begin in within.items() if any(k.startswith(begin) for k in drawn.wrong)
    ]


def _height(text: str) -> int:
    """Return how high a text area has to be, in pixels, so that most of the text is seen."""
    return min(max(2, 1 + len(text) // 62 + text.count("\n")), 9) * 24 + 20


def carry_out(draft_id: str, change: Callable[[str], str]) -> None:
    """Change a draft as a button asks for, and say why where it cannot be."""
    sweep()
    st.session_state[DRAWN].wrong.clear()  # another option may stand there afterwards
    store = session.store()
    try:
        held = store.draft(draft_id)
        store.save_draft(draft_id, change(held.text), held.revision, session.actor())
    except ProcurementRiskError as error:
        st.session_state.setdefault(SAID, []).append(str(error))
