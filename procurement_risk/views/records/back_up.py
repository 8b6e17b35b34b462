"""The whole database on the Records page: a backup to download, and one to take over."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from functools import partial
from pathlib import Path

import streamlit as st

from procurement_risk.errors import ProcurementRiskError
from procurement_risk.language import _
from procurement_risk.language.phrases import counted
from procurement_risk.language.text import plain
from procurement_risk.storage import Store, packed_backup
from procurement_risk.views.records.take_out_many import Prepared
from procurement_risk.views.shared import job_progress, session
from procurement_risk.views.shared.background import Job, Told

JOB = "backup-job"
LARGEST = 1_000  # MB
LARGEST_ZIP = 500_000_000
"""With files of evidence of more bytes than this together, the page gives the database alone."""
PLAIN = "sqlite3", "application/vnd.sqlite3"
"""The ending and the type of a backup without files of evidence."""


def draw() -> None:
    """Draw what was noticed when the database was opened, the backup, and the way back."""
    st.header(_("The whole database"), anchor=False)
    for notice in session.store().notices:
        st.warning(plain(notice))
    st.markdown(
        _(
            "A backup is one file with everything in it: each assessment with its history, the "
            "files that suppliers sent back, what was set aside. Whoever can read it can read "
            "every assessment."
        )
    )
    _draw_backup()
    if session.store().stamp()[0] == 0:
        _draw_restore()
    else:
        st.caption(
            _(
                "A backup is taken over into an empty database only, never over what is here. To "
                "restore one beside it, start the toolkit with the name of a new database, or "
                "use the command {command}."
            ).format(command="`restore`")
        )


def _draw_backup() -> None:
    job: Job[Prepared] | None = st.session_state.get(JOB)
    if job is not None and job.is_running:
        job_progress.draw(job, _("Prepared: {done} of {total}"), "backup-cancel")
        return
    if job is not None and job.result is not None:
        _draw_ready(job.result)
    elif job is not None and job.error:
        st.error(plain(job.error))
    st.button(_("Prepare a backup"), key="backup-prepare", on_click=_start)


def _start() -> None:
    session.use_language()
    st.session_state[JOB] = Job("backup", 1, partial(_prepare, session.store()))


def _prepare(store: Store, told: Told) -> Prepared:
    """Write the backup. This runs in a thread of its own, so nothing here may touch the page."""
    stamp = store.stamp()
    with tempfile.TemporaryDirectory() as folder:
        written = store.back_up(Path(folder) / "backup.sqlite3")
        file = tempfile.TemporaryFile()  # noqa: SIM115  it is kept for as long as what is returned
        inside = written.files if packed_backup.size(written.path) <= LARGEST_ZIP else 0
        if inside:
            packed_backup.pack(written.path, file)
        else:
            with written.path.open("rb") as source:
                shutil.copyfileobj(source, file)
    left = written.files - inside
    prepared = Prepared(file, file.tell(), stamp, written.faults, left, inside)
    weakref.finalize(prepared, file.close)
    told(1)
    return prepared


def _draw_ready(prepared: Prepared) -> None:
    ending, kind = ("zip", "application/zip") if prepared.with_files else PLAIN
    st.download_button(
        _("Download the backup"),
        data=prepared.read,
        file_name=f"assessments-{session.today()}.{ending}",
        mime=kind,
        type="primary",
        on_click="ignore",
        key="backup-download",
    )
    st.caption(counted(prepared.size, "{n} byte", "{n} bytes"))
    if prepared.files:
        st.warning(
            counted(
                prepared.files,
                "{n} file of evidence is not in it: the command `backup` writes that as well.",
                "{n} files of evidence are not in it: the command `backup` writes those as well.",
            )
        )
    if prepared.with_files:
        words = counted(
            prepared.with_files,
            "A ZIP of the database and {n} file of evidence.",
            "A ZIP of the database and {n} files of evidence.",
        )
        kept_whole = _("It is taken over as it is, here and by the command {command}.")
        st.caption(f"{words} {kept_whole.format(command='`restore`')}")
    for problem in prepared.faulty:
        st.error(plain(problem.message))
    if session.store().stamp() != prepared.stamp:
        st.warning(_("Something was changed since this was prepared."))


def _draw_restore() -> None:
    given = st.file_uploader(
        _("Take over a backup"),
        type=["sqlite3", "zip"],
        key="backup-file",
        max_upload_size=LARGEST,
    )
    if given is None or not st.button(_("Take over all of it"), key="backup-restore"):
        return
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "backup.sqlite3"
            with path.open("wb") as file:
                shutil.copyfileobj(given, file)
            filled = session.store().fill_from(path)
    except ProcurementRiskError as error:
        st.error(plain(str(error)))
        return
    session.flash(
        counted(
            filled.counts["assessment"],
            "{n} assessment was taken over. Every history holds.",
            "{n} assessments were taken over. Every history holds.",
        )
        + _gone(len(filled.gone))
    )
    st.rerun()


def _gone(number: int) -> str:
    """Return what to say of files of evidence that were not in it."""
    if not number:
        return ""
    return " " + counted(
        number,
        "{n} file of evidence did not come along: add it again, or use the command `restore`.",
        "{n} files of evidence did not come along: add them again, or use the command `restore`.",
    )
