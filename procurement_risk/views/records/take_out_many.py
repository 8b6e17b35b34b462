"""Taking many assessments out: prepared in the background once asked for, then downloaded."""

from __future__ import annotations

import tempfile
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import IO

import streamlit as st

from procurement_risk.errors import Problem
from procurement_risk.exports import Export, bulk
from procurement_risk.exports.export import saying
from procurement_risk.language import _
from procurement_risk.language.phrases import counted
from procurement_risk.language.text import plain
from procurement_risk.storage import Store
from procurement_risk.views.shared import job_progress, offered, session
from procurement_risk.views.shared.background import Job, Told

JOB = "records-job"


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Prepared:
    """A file that is ready: it lies on the disk without a name, and goes when this does.

    Attributes:
        file: Open for reading.
        size: In bytes.
        stamp: What the store's stamp was before it was read.
        faulty: What is wrong with each assessment that could not be written.
        files: How many files of evidence belong to it and are not in it.
        with_files: How many are in it, which makes a ZIP of a backup.
    """

    file: IO[bytes]
    size: int
    stamp: tuple[int, int]
    faulty: tuple[Problem, ...] = ()
    files: int = 0
    with_files: int = 0

    def read(self) -> bytes:
        """Return all of it."""
        self.file.seek(0)
        return self.file.read()


def draw(export: Export, ids: Sequence[str], name: str, said: Mapping[str, str]) -> None:
    """Draw the button that prepares ``ids`` in a format, how far that is, or the download.

    Args:
        export: The format.
        ids: Which assessments.
        name: What to call the file.
        said: What was said for the format's extras.
    """
    languages = (session.language(), session.wanted_language())
    wanted = (export.name, tuple(sorted(ids)), *languages, tuple(sorted(said.items())))
    job: Job[Prepared] | None = st.session_state.get(JOB)
    if job is not None and job.wanted != wanted:
        job.cancel()
        job = st.session_state[JOB] = None
    if job is None or job.cancelled:
        if job is not None:
            st.info(_("Cancelled. Nothing was written."))
        _draw_start(export, ids, wanted, said)
    elif job.is_running:
        job_progress.draw(job, _("Prepared: {done} of {total}"), "records-cancel")
    elif job.result is None:
        st.error(plain(job.error))
        _draw_start(export, ids, wanted, said)
    else:
        _draw_ready(export, ids, job.result, name, wanted, said)


def _draw_start(
    export: Export, ids: Sequence[str], wanted: tuple[object, ...], said: Mapping[str, str]
) -> None:
    st.button(
        counted(len(ids), "Prepare {n} assessment", "Prepare {n} assessments"),
        type="primary",
        key="records-prepare",
        on_click=_start,
        args=(export, tuple(ids), wanted, said),
    )


def _start(
    export: Export, ids: tuple[str, ...], wanted: tuple[object, ...], said: Mapping[str, str]
) -> None:
    session.use_language()
    words, by = session.wanted_language(), session.actor()
    work = partial(_prepare, session.store(), export, ids, words, said, by)
    st.session_state[JOB] = Job(wanted, len(ids), work)


def _prepare(
    store: Store,
    export: Export,
    ids: tuple[str, ...],
    language: str,
    said: Mapping[str, str],
    by: str,
    told: Told,
) -> Prepared:
    """Write the file. This runs in a thread of its own, so nothing here may touch the page."""
    stamp = store.stamp()
    worded = partial(offered.in_language, code=language)
    unread: list[Problem] = []
    chosen = bulk.choose(store, ids)
    each = saying(bulk.exported(store, chosen, export, worded, unread), export, said, by)
    file = tempfile.TemporaryFile()  # noqa: SIM115  it is kept for as long as what is returned
    try:
        faulty = bulk.write_many(export, each, file, told, unread)
        prepared = Prepared(file, file.tell(), stamp, faulty)
    except BaseException:
        file.close()
        raise
    weakref.finalize(prepared, file.close)
    return prepared


def _draw_ready(
    export: Export,
    ids: Sequence[str],
    prepared: Prepared,
    name: str,
    wanted: tuple[object, ...],
    said: Mapping[str, str],
) -> None:
    ending = bulk.ending_of(export)
    st.download_button(
        counted(len(ids), "Download {n} assessment", "Download {n} assessments"),
        data=prepared.read,
        file_name=name,
        mime="application/zip" if ending == "zip" else export.media_type,
        type="primary",
        on_click="ignore",
        key="records-download",
    )
    st.caption(counted(prepared.size, "{n} byte", "{n} bytes"))
    for problem in prepared.faulty:
        st.error(_("Left out: {why}").format(why=plain(problem.message)))
    if session.store().stamp() != prepared.stamp:
        st.warning(_("Something was changed since this was prepared."))
        _draw_start(export, ids, wanted, said)
