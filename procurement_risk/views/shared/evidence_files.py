"""Files of evidence on a page: what is asked of one, what is said of one, and fetching it.

A file is never shown or opened here. It leaves as an attachment of no stated kind, under a name
that is safe on every system.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from procurement_risk.assessment import EvidenceFile
from procurement_risk.errors import ProcurementRiskError
from procurement_risk.framework import GRADES
from procurement_risk.framework.words import grade_label
from procurement_risk.language import _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import day
from procurement_risk.language.text import one_line, plain
from procurement_risk.storage.evidence import limits
from procurement_risk.views.shared import forms, session

LONGEST_SOURCE = 300
ANY_KIND = "application/octet-stream"
ABOUT = ("grade", "date", "valid_until", "source")


def ask(key: str, grade: str, until: str) -> None:
    """Draw the fields for a new file; what is in them stays until the ``key`` is another one.

    Args:
        key: Begins the keys of the fields.
        grade: The grade that is chosen at first.
        until: The day until which it is valid at first.
    """
    most = limits.most_bytes() // 1_000_000
    st.file_uploader(
        _("The file"), type=list(limits.allowed()), max_upload_size=most, key=f"{key}:file"
    )
    st.caption(_("It is kept as it is, and never opened here."))
    labels = {each: grade_label(each) for each in GRADES}
    forms.choose(_("What it shows, as a grade"), labels, f"{key}:grade", grade)
    forms.ask_day(_("Date of the file"), "", f"{key}:date")
    forms.ask_day(_("Valid until"), until, f"{key}:valid_until")
    who = _("Who made it, or where it is from")
    forms.ask_text(who, "", f"{key}:source", LONGEST_SOURCE)


def add(assessment_id: str, key: str, questions: Sequence[str]) -> str:
    """Keep the file in the fields of this ``key``; return why it was refused, or empty."""
    file = st.session_state.get(f"{key}:file")
    if file is None:
        return _("Choose the file.")
    said = {name: st.session_state.get(f"{key}:{name}") for name in ABOUT}
    store = session.store_of(assessment_id)
    return carried_out(
        lambda: store.add_evidence(
            assessment_id,
            file.name,
            file.getvalue(),
            session.actor(),
            about={name: str(value).strip() for name, value in said.items() if value},
            questions=questions,
        )
    )


def carried_out(change: Callable[[], object]) -> str:
    """Make a change, and return why it was refused, or empty."""
    try:
        change()
    except ProcurementRiskError as error:
        return str(error)
    return ""


def words(file: EvidenceFile, as_of: str) -> str:
    """Return what is known of a file in one line, its name left out."""
    said = [grade_label(file.grade)]
    if file.date:
        said.append(_("from {date}").format(date=day(file.date)))
    if file.valid_until:
        ran_out = _("ran out on {date}, counts as E0")
        valid = ran_out if file.valid_until < as_of else _("valid until {date}")
        said.append(valid.format(date=day(file.valid_until)))
    if file.source:
        said.append(_("source: {name}").format(name=file.source))
    added = _("added by {name}, {date}").format(name=file.by, date=day(file.at))
    return one_line(" · ".join([*said, size_words(file.size), added]))


def size_words(size: int) -> str:
    """Return how large a file is."""
    return _("{n} KB").format(n=grouped(max(1, round(size / 1_000))))


def draw_fetch(assessment_id: str, digest: str, file: EvidenceFile) -> None:
    """Draw the button that reads a file, and then the one that saves it, or what is wrong."""
    if not st.button(
        _("Fetch {name}").format(name=plain(file.name)), key=f"evidence-fetch-{digest}"
    ):
        return
    try:
        content = session.store_of(assessment_id).evidence_content(assessment_id, digest)
    except ProcurementRiskError as error:
        st.error(plain(str(error)))
        return
    st.download_button(
        _("Save {name}").format(name=plain(file.name)),
        data=content,
        file_name=limits.safe_name(file.name, digest),
        mime=ANY_KIND,
        on_click="ignore",
        key=f"evidence-save-{digest}",
    )
    st.caption(_("It comes from somebody else: open it with care."))
