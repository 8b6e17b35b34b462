"""Tables of the risk profile: small, read by people, with other people's text shown as text."""

from __future__ import annotations

import re

import pandas as pd
import streamlit as st

from procurement_risk.language.text import plain

# Word joiners keep ids and dates on one line in a narrow column.
_HYPHEN = re.compile(r"(?<=\w)-(?=\d)")


def draw(table: pd.DataFrame, alt: str) -> None:
    """Draw a small table. Every cell and heading is shown literally."""
    literal = pd.DataFrame(
        [[_literal(cell) for cell in row] for row in table.itertuples(index=False)],
        columns=[_literal(name) for name in table.columns],
    )
    st.table(literal, border="horizontal", hide_index=True, alt=alt)


def _literal(cell: object) -> str:
    return plain(_HYPHEN.sub("\u2060-\u2060", str(cell)))
