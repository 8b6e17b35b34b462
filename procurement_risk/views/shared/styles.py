"""Our style sheets as pages carry them: for the browser alone, and in one line."""

from __future__ import annotations

import re

from procurement_risk.framework.shipped import STATIC

COMMENT, BREAK = re.compile(r"/\*.*?\*/", re.DOTALL), re.compile(r"\s*\n\s*")


def style_sheets(*names: str) -> str:
    """Return these files of ``static/``, without comments and line breaks.

    Streamlit looks at each line of what a page carries, at every click.
    """
    sheets = [(STATIC / f"{name}.css").read_text(encoding="utf-8") for name in names]
    return BREAK.sub(" ", COMMENT.sub("", "\n".join(sheets))).strip()
