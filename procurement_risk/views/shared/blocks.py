"""The blocks of a report on screen. Their text is plain, so all of it is escaped here.

    report ── Line, Paragraph, Points, Facts, Table ──> drawn here, as the exports draw the same

What a page adds, such as a button or a part to fold away, it puts around them.
"""

from __future__ import annotations

import streamlit as st

from procurement_risk.language import _
from procurement_risk.language.text import plain
from procurement_risk.report.page import EVERYTHING, Bars, Block, Line, Paragraph, Table
from procurement_risk.report.subject import Subject
from procurement_risk.views.shared import tables
from procurement_risk.views.shared.session import Opened


def subject(opened: Opened) -> Subject:
    """Return what the report's words about the assessment on screen are made from."""
    return Subject(
        assessment=opened.assessment,
        framework=opened.framework,
        outcome=opened.outcome,
        digest="",
        earlier=None,
        portfolio=None,
        room=EVERYTHING,
    )


def markdown(line: Line) -> str:
    """Return a line as Markdown, the words before it in bold."""
    words = _("**{lead}:** {text}")
    text = plain(line.text)
    return words.format(lead=plain(line.lead), text=text) if line.lead else text


def draw(block: Block) -> None:
    """Draw one block. Charts have figures of their own on screen, so bars are not drawn here."""
    assert not isinstance(block, Bars)
    if isinstance(block, Paragraph):
        st.markdown(markdown(block.line))
    elif isinstance(block, Table):
        tables.draw(block.title, block.columns, block.rows)
    else:
        st.markdown("\n".join(f"- {markdown(item)}" for item in block.items))
