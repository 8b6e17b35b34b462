"""One question of a draft: its fields, its options, and its lines in the file beside them."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import streamlit as st

from procurement_risk.errors import Problem
from procurement_risk.framework.draft_fields import (
    Asked,
    Field,
    option_fields,
    problems_at,
    question_fields,
    with_option,
    with_option_at,
    without_marks,
    without_option,
)
from procurement_risk.framework.strict_yaml import Parsed, Path
from procurement_risk.framework.yaml_editing import lines_of
from procurement_risk.language import _
from procurement_risk.language.text import plain
from procurement_risk.storage import Draft
from procurement_risk.views.frameworks import editing
from procurement_risk.views.shared import session

LONGEST_LINE = 400
FEWEST = 2  # options that a question has to have


def draw(draft: Draft, parsed: Parsed, problems: Sequence[Problem], asked: Asked) -> None:
    """Draw the fields on the left, and the lines of the file on the right."""
    fields, beside = st.columns(2, gap="medium")
    with beside:
        _draw_lines(draft, parsed, problems, asked.path)
    with fields:
        if asked.to_set:
            _draw_to_set(draft, asked)
        first, *rest = question_fields(parsed.data, asked.path)
        editing.draw(first, problems)
        options = option_fields(parsed.data, asked.path)
        if options:
            _draw_options(draft, options, problems, asked.path)
        for each in rest:
            editing.draw(each, problems)


def _draw_to_set(draft: Draft, asked: Asked) -> None:
    """Say what is only proposed here, and let whoever has settled it take the mark away."""
    st.warning(plain(_("To be set: {what}.").format(what=asked.to_set)))
    st.button(
        _("This is settled"),
        key=f"settled-{draft.id}-{asked.path}",
        on_click=editing.carry_out,
        args=(draft.id, lambda text: without_marks(text, asked.path)),
    )


def _draw_options(
    draft: Draft, options: Sequence[Sequence[Field]], problems: Sequence[Problem], place: Path
) -> None:
    counts = any(len(fields) > 1 for fields in options)
    st.markdown(
        _("**Options** from best to worst, each with what it counts")
        if counts
        else _("**Options**")
    )
    for fields in options:
        columns = st.columns([5, 1.4] if counts else 1, gap="xsmall")
        for each, column in zip(fields, columns, strict=False):
            with column:
                editing.draw(each, problems, bare=True)
        for each in fields[: len(columns)]:  # a column is too narrow for a sentence
            editing.draw_faults(each, problems)
        for each in fields[len(columns) :]:  # further languages
            editing.draw(each, problems)
    for problem in problems_at(problems, (*place, "options")):
        if problem.where.endswith("options"):
            st.error(plain(problem.message))
    labels = [str(fields[0].value) for fields in options if fields]
    with st.container(horizontal=True):
        _draw_add(draft, labels, place)
        if len(labels) > 1:
            _draw_move(draft, labels, place)
        if len(labels) > FEWEST:
            _draw_remove(draft, labels, place)


def _draw_add(draft: Draft, labels: Sequence[str], place: Path) -> None:
    with st.popover(_("Add an option")):
        number = _choose(_("Below which"), labels, f"add-{draft.id}-{place}", len(labels) - 1)
        st.button(
            _("Add it"),
            key=f"add-go-{draft.id}-{place}",
            on_click=editing.carry_out,
            args=(draft.id, lambda text: with_option(text, place, number)),
        )


def _draw_move(draft: Draft, labels: Sequence[str], place: Path) -> None:
    with st.popover(_("Move an option")):
        st.markdown(_("Answers that chose it stay with its words. The risk values stay in order."))
        number = _choose(_("Which"), labels, f"move-{draft.id}-{place}", 0)
        places = [f"{n}." for n in range(1, len(labels) + 1)]
        at = _choose(_("To place"), places, f"move-to-{draft.id}-{place}", 0)
        st.button(
            _("Move it"),
            key=f"move-go-{draft.id}-{place}",
            on_click=editing.carry_out,
            args=(draft.id, lambda text: with_option_at(text, place, number, at)),
        )


def _draw_remove(draft: Draft, labels: Sequence[str], place: Path) -> None:
    with st.popover(_("Remove an option")):
        st.markdown(_("Answers that chose it are asked again when an assessment is moved."))
        number = _choose(_("Which"), labels, f"remove-{draft.id}-{place}", 0)
        st.button(
            _("Remove it"),
            key=f"remove-go-{draft.id}-{place}",
            on_click=editing.carry_out,
            args=(draft.id, lambda text: without_option(text, place, number)),
        )


def _choose(label: str, labels: Sequence[str], key: str, at: int) -> int:
    numbers = list(range(len(labels)))
    named = {number: labels[number] for number in numbers}
    chosen = st.selectbox(
        label,
        numbers,
        index=at,
        format_func=lambda number: named.get(number, ""),
        key=session.in_language(key),
    )
    return at if chosen is None else chosen


def _draw_lines(draft: Draft, parsed: Parsed, problems: Sequence[Problem], place: Path) -> None:
    """Draw the lines of the question as they stand in the file, an arrow at each problem."""
    first, last = lines_of(draft.text, parsed, place)
    lines = draft.text.splitlines()
    wrong = {each.line for each in problems}
    width = len(str(last))
    st.markdown(_("**In the file**, lines {first} to {last}").format(first=first, last=last))
    own = textwrap.dedent("\n".join(lines[first - 1 : last])).split("\n")
    shown = [
        f"{'>' if number in wrong else ' '} {number:>{width}} {line[:LONGEST_LINE]}"
        for number, line in enumerate(own, first)
    ]
    st.code("\n".join(shown), language=None, wrap_lines=True)
