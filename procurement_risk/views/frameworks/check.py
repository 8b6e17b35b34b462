"""Checking a file: every problem with its line beside the text, or a preview."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import streamlit as st

from procurement_risk.errors import InvalidDocument, Problem
from procurement_risk.formats.surveyjs import Converted, Note, from_surveyjs
from procurement_risk.framework import Framework
from procurement_risk.framework.advice import advice
from procurement_risk.framework.alike import alike
from procurement_risk.framework.files import check_text
from procurement_risk.framework.versions.compare import compare
from procurement_risk.framework.words import version_words
from procurement_risk.framework.yaml_source import MAX_BYTES
from procurement_risk.language import _, current, ngettext
from procurement_risk.language.numbers import grouped
from procurement_risk.language.text import plain
from procurement_risk.views.frameworks import begin_edit, notices, read, spreadsheet, use
from procurement_risk.views.frameworks.compare import draw_comparison
from procurement_risk.views.frameworks.known import Known
from procurement_risk.views.frameworks.notices import noted
from procurement_risk.views.shared import preview, session

AROUND = 2  # lines shown before and after the one at fault
MOST_SHOWN = 60
LONGEST_LINE = 300


def draw(known: Sequence[Known]) -> None:
    """Draw the place to drop a file on, and what came of it."""
    st.markdown(
        _(
            "Drop a questionnaire's YAML file here. Every problem is listed with its "
            "line and what "
            "to write instead. Where there is none, try it out as the officer will see it, and "
            "put it in use. A SurveyJS questionnaire (JSON) or a list of questions (XLSX, ODS, "
            "CSV) is turned into YAML first. Until it is put in use or kept as a draft, nothing "
            "is kept."
        )
    )
    dropped = st.file_uploader(
        _("A questionnaire (YAML, or JSON of SurveyJS) or a list of questions"),
        type=["yaml", "yml", "json", *spreadsheet.ENDINGS],
        max_upload_size=5,
        key="frameworks-file",
    )
    if dropped is None:
        return
    data, name = dropped.getvalue(), dropped.name
    if name.lower().endswith(".json"):
        _draw_converted(data, name, known)
        return
    if name.lower().endswith(spreadsheet.ENDINGS):
        made = spreadsheet.draw(data, name)
        if made is None:
            return
        data = made
    _draw_checked(data[: MAX_BYTES + 1], known)


@st.cache_resource(show_spinner=False, max_entries=8)
def _checked(data: bytes, language: str) -> tuple[Framework | None, list[Problem]]:
    """Return what ``check_text`` does, once for each file; problems are in the ``language``."""
    return check_text(data)


def _draw_checked(data: bytes, known: Sequence[Known]) -> None:
    framework, problems = _checked(data, current())
    if framework is None:
        st.error(
            ngettext(
                "{n} problem. Put it right and drop the file again.",
                "{n} problems. Put them right and drop the file again.",
                len(problems),
            ).format(n=grouped(len(problems)))
        )
        begin_edit.draw_dropped(data)
        draw_problems(problems, data)
        return
    st.success(_("No problems: {framework}.").format(framework=plain(version_words(framework))))
    warnings = [*_alike(framework, data), *advice(framework, session.today())]
    if warnings:
        st.warning("\n".join(f"- {plain(each)}" for each in warnings[:MOST_SHOWN]))
    notices.draw(framework)
    _draw_good(framework, data, known)


def _alike(framework: Framework, data: bytes) -> Iterator[str]:
    """Yield each warning of what reads the same, with its line where there is one."""
    for each in alike(framework, data):
        words = _("Line {line}: {message}").format(line=each.line, message=each.message)
        yield words if each.line else each.message


def _draw_good(framework: Framework, data: bytes, known: Sequence[Known]) -> None:
    refused = session.store().why_not_in_use(framework)
    if refused:
        st.error(plain(refused))
    with st.container(horizontal=True):
        if st.button(
            _("Preview as the officer will see it"), type="primary", key="preview-dropped"
        ):
            preview.start(session.spoken(framework))
        if not refused:
            use.draw_put_in_use(framework, data, "dropped")
        begin_edit.draw_dropped(data)
    others = [
        each
        for each in known
        if each.framework.id == framework.id and each.framework.document != framework.document
    ]
    for other in others[:1]:
        title = _("What changed since version {version}").format(
            version=plain(other.framework.version)
        )
        with st.expander(title, expanded=True):
            draw_comparison(compare(other.framework, framework))
    with st.expander(_("Read it")):
        read.draw(session.spoken(framework), data, "check")


# --- Problems beside their lines --------------------------------------------------------------


def draw_problems(problems: Sequence[Problem], data: bytes) -> None:
    """Draw each problem with the lines of the file around it."""
    lines = data.decode("utf-8", errors="replace").splitlines()
    for problem in problems[:MOST_SHOWN]:
        if problem.line:
            place = _("**Line {line}.** {message}")
            words = place.format(line=problem.line, message=plain(problem.message))
        else:
            words = plain(problem.message)
        said, text = st.columns([2, 3], gap="medium")
        said.markdown(words)
        if problem.line and lines:
            text.code(excerpt(lines, problem.line), language=None, wrap_lines=True)
    more = len(problems) - MOST_SHOWN
    if more > 0:
        st.caption(
            ngettext(
                "And {n} more problem. Put those above right first.",
                "And {n} more problems. Put those above right first.",
                more,
            ).format(n=grouped(more))
        )


def excerpt(lines: Sequence[str], line: int) -> str:
    """Return the lines around ``line`` with their numbers, an arrow before the one at fault."""
    first = max(line - AROUND, 1)
    last = min(line + AROUND, len(lines))
    width = len(str(last))
    return "\n".join(
        f"{'>' if number == line else ' '} {number:>{width}} {lines[number - 1][:LONGEST_LINE]}"
        for number in range(first, last + 1)
    )


# --- SurveyJS ---------------------------------------------------------------------------------


@st.cache_resource(show_spinner=False, max_entries=8)
def _converted(data: bytes, name: str) -> tuple[Converted, bytes]:
    """Return what became of a survey, and its file, once for each; a refusal is raised anew."""
    converted = from_surveyjs(data, name)
    return converted, converted.yaml(name).encode()


def _draw_converted(data: bytes, name: str, known: Sequence[Known]) -> None:
    try:
        converted, text = _converted(data, name)
    except InvalidDocument as error:
        st.error(_("This file cannot be turned into a questionnaire:"))
        for problem in error.problems[:MOST_SHOWN]:
            st.markdown(f"- {plain(problem.message)}")
        return
    st.download_button(
        _("Download the YAML file"),
        data=text,
        file_name=f"{converted.document['id']}.yaml",
        mime="application/yaml",
        on_click="ignore",
    )
    draw_notes(converted.notes)
    _draw_checked(text, known)


def draw_notes(notes: Sequence[Note]) -> None:
    """Draw what could not be carried over, each with its place."""
    if box := noted(len(notes)):
        for note in notes[:MOST_SHOWN]:
            box.markdown(f"- {plain(str(note))}")
