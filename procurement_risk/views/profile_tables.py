"""Tables of the risk profile: small, read by people, with other people's text shown as text."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from procurement_risk.wording import plain


def draw(table: pd.DataFrame, alt: str) -> None:
    """Draw a small table. Every cell and heading is shown literally."""
    literal = pd.DataFrame(
        [[plain(str(cell)) for cell in row] for row in table.itertuples(index=False)],
        columns=[plain(str(name)) for name in table.columns],
    )
    st.table(literal, border="horizontal", hide_index=True, alt=alt)
