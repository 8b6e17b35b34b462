"""Bringing many records in: all are checked and listed, and nothing is written until accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pandas as pd
import streamlit as st

from procurement_risk.imports import bulk
from procurement_risk.imports.bulk import Report
from procurement_risk.imports.zip_of_records import Source
from procurement_risk.language import _
from procurement_risk.language.phrases import counted
from procurement_risk.language.text import one_line, plain
from procurement_risk.views.shared import job_progress, session
from procurement_risk.views.shared.background import Job, Told

Files = tuple[tuple[str, bytes], ...]
Reports = tuple[Report, ...]

LOOK, DONE = "records-look", "records-brought"
SHOWN_PROBLEMS = 5
NEW = ("created", "moved")


def _said(reports: Reports) -> str:
    """Return how many there are of each outcome."""
    new, here, over, refused = (
        sum(report.outcome in names for report in reports)
        for names in (NEW, ("unchanged", "here"), ("would_replace",), ("refused",))
    )
    said = (
        (new, counted(new, "{n} is new", "{n} are new")),
        (here, counted(here, "{n} is here already", "{n} are here already")),
        (over, counted(over, "{n} differs from what is here", "{n} differ from what is here")),
        (refused, counted(refused, "{n} is refused", "{n} are refused")),
    )
    return " · ".join(words for number, words in said if number)


def draw(files: Files, wanted: tuple[str, ...]) -> None:
    """Draw what ``files`` hold, and the button that brings it in.

    Args:
        files: Name and bytes of each.
        wanted: What tells this upload from any other.
    """
    done: Job[Reports] | None = st.session_state.get(DONE)
    if done is not None and done.wanted == wanted:
        _draw_bringing(done)
        return
    look: Job[Reports] | None = st.session_state.get(LOOK)
    if look is None or look.wanted != wanted:
        if look is not None:
            look.cancel()
        work = partial(_collect, partial(bulk.look, session.store()), files)
        look = st.session_state[LOOK] = Job(wanted, bulk.count(files), work)
    if look.is_running:
        job_progress.draw(look, _("Checked: {done} of {total}"), "records-look-cancel")
    elif look.result is None:
        st.info(plain(look.error or _("Cancelled. Nothing was written.")))
    else:
        _draw_found(look.result, files, wanted)


def _collect(
    reports: Callable[[Iterator[Source]], Iterator[Report]], files: Files, told: Told
) -> Reports:
    """Return what becomes of each file. It runs in a thread, so it may not touch the page."""
    found = []
    for report in reports(bulk.sources(files)):
        found.append(report)
        told(len(found))
    return tuple(found)


def _draw_found(reports: Reports, files: Files, wanted: tuple[str, ...]) -> None:
    st.markdown(_said(reports))
    _draw_table(reports)
    replace = False
    differing = sum(report.outcome == "would_replace" for report in reports)
    if differing:
        replace = st.checkbox(
            _("Write over what is here; the history keeps both"), key="records-replace-many"
        )
    number = sum(report.outcome in NEW for report in reports)
    number += differing if replace else 0
    if not number:
        st.info(_("There is nothing to bring in."))
        return
    st.button(
        counted(number, "Bring {n} record in", "Bring {n} records in"),
        type="primary",
        key="records-accept-many",
        on_click=_start,
        args=(files, wanted, len(reports), replace),
    )


def _start(files: Files, wanted: tuple[str, ...], total: int, replace: bool) -> None:
    session.use_language()
    bring = partial(bulk.bring_in, session.store(), actor=session.actor(), replace=replace)
    st.session_state[DONE] = Job(wanted, total, partial(_collect, bring, files))


def _draw_bringing(job: Job[Reports]) -> None:
    if job.is_running:
        job_progress.draw(job, _("Brought in: {done} of {total}"), "records-bring-cancel")
        return
    if job.result is None:
        st.warning(
            plain(job.error)
            or _("Cancelled. What was brought in before that stays; the rest was not written.")
        )
        return
    written = sum(report.outcome in bulk.WRITTEN for report in job.result)
    st.success(counted(written, "{n} record was brought in.", "{n} records were brought in."))
    _draw_table(job.result)


def _draw_table(reports: Reports) -> None:
    st.dataframe(
        pd.DataFrame(
            {
                _("Outcome"): [_(bulk.TITLES[r.outcome]) for r in reports],
                _("Assessment"): [one_line(r.title) for r in reports],
                _("Questionnaire"): [one_line(r.whose) for r in reports],
                _("Why"): [_reasons(r) for r in reports],
                _("File"): [one_line(r.file) for r in reports],
            }
        ),
        hide_index=True,
        alt=_("Every file, what it is about, and what becomes of it"),
    )


def _reasons(report: Report) -> str:
    words = [
        one_line(f"{p.where}: {p.message}" if p.where else p.message)
        for p in report.problems[:SHOWN_PROBLEMS]
    ]
    if report.unconfirmed:
        words.append(_("Not confirmed: {what}").format(what=one_line(report.unconfirmed)))
    words += [each for each in (report.foreign, report.likely) if each]
    more = len(report.problems) - SHOWN_PROBLEMS
    if more > 0:
        words.append(counted(more, "and {n} more", "and {n} more"))
    return " ".join(words)
