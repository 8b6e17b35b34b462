"""What a browser is to fetch while nobody waits, as a page names it; see ``static/soon.js``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from streamlit import file_util

CHARTS = "PlotlyChart.*.js"
"""The script that draws charts, as Streamlit calls it: 4.7 MB, in a file of its own."""


@cache
def charts() -> str:
    """Return what says in HTML that charts come soon; empty where Streamlit has no such file."""
    folder = Path(file_util.get_static_dir()) / "static" / "js"
    name = next((each.name for each in folder.glob(CHARTS)), "")
    return f' data-soon="{name}"' if name else ""
