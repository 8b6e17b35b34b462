"""The Help page: five minutes to start with, the method, the glossary, the sources."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd
import streamlit as st

from procurement_risk.views import session
from procurement_risk.wording import plain

DOCS = Path(__file__).resolve().parent.parent.parent / "docs"

FIRST_STEPS = """
1. **Start**: two names and a title. Take the *Triage* pack: ten facts and 15 questions.
2. **Answer**: one section at a time. Every change is saved at once. “We don't know yet” is an
   answer too: it never counts as safe.
3. **Risk profile**: what the answers recommend, what stops it, what to ask next, and which pack
   to take next.
4. **Records**: the JSON record is the evidence. Anyone with this toolkit can recompute it.

The tool recommends; a named person decides, and may differ with recorded reasons. Nothing here is
legal advice, and the weights and thresholds are house defaults, to be adopted by your
organisation. The app sends your data nowhere but to its own database.
"""


def page() -> None:
    """Draw the page."""
    st.title("Help", anchor=False)
    first, method, words, sources = st.tabs(["First steps", "Method", "Words", "Sources"])
    first.markdown(FIRST_STEPS)
    method.markdown(_document("methodology.md"))
    words.markdown(_document("glossary.md"))
    with sources:
        _draw_sources()


@cache
def _document(name: str) -> str:
    path = DOCS / name
    if not path.is_file():
        return f"This copy of the toolkit came without docs/{name}."
    text = path.read_text(encoding="utf-8")
    return text.partition("\n")[2] if text.startswith("# ") else text


def _draw_sources() -> None:
    checked = {
        "primary": "read in the source itself",
        "commentary": "read in an account of it",
        "background": "not checked by us",
    }
    for framework in session.frameworks():
        st.subheader(plain(framework.title), anchor=False)
        st.dataframe(
            pd.DataFrame(
                {
                    "Instrument": [s.title for s in framework.sources],
                    "What it means for the buyer": [s.meaning for s in framework.sources],
                    "Status": [s.status for s in framework.sources],
                    "How far we checked": [checked.get(s.checked, "") for s in framework.sources],
                    "Address": [s.address for s in framework.sources],
                }
            ),
            hide_index=True,
            width="stretch",
            alt="The instruments that the questions cite",
        )
