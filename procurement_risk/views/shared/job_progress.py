"""How far a job in the background is, with a button to cancel it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from procurement_risk.language import _
from procurement_risk.language.numbers import grouped
from procurement_risk.views.shared import session
from procurement_risk.views.shared.background import Job

EVERY = 0.5  # seconds


def draw(job: Job[Any], words: str, key: str) -> None:
    """Draw a bar that moves by itself while ``job`` runs; then the page is drawn once more.

    Args:
        job: What is being done.
        words: What to say, with ``{done}`` and ``{total}`` in it.
        key: The key of the button.
    """

    @st.fragment(run_every=EVERY)
    def look() -> None:
        session.use_language()
        if not job.is_running:
            st.rerun()
        text = words.format(done=grouped(job.done), total=grouped(job.total))
        st.progress(min(1.0, job.done / max(1, job.total)), text=text)
        st.button(_("Cancel"), key=key, on_click=job.cancel, disabled=job.cancelled)

    look()
