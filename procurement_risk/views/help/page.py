"""The Help page: the first steps, the documents that users need, and the sources."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import streamlit as st

from procurement_risk.framework.shipped import DOCS
from procurement_risk.language import N_, _
from procurement_risk.language.text import plain
from procurement_risk.views.frameworks import sources as framework_sources
from procurement_risk.views.help import FORMATS
from procurement_risk.views.shared import session, tabs

DOCUMENTS = {
    N_("Method"): "methodology.md",
    N_("Words"): "glossary.md",
    FORMATS: "exchange.md",
    N_("Publishing"): "publishing.md",
}
"""Each by the tab it stands in."""

_LINK = re.compile(r"\[([^\]]+)\]\([^):]*\.md[^)]*\)")

FIRST_STEPS = (
    N_(
        "**Start**: three names and how it is bought. The *Triage* pack asks 15 questions, and "
        "the facts that they rest on."
    ),
    N_(
        "**Questions**: one section at a time. Every change is saved at once. “We don't know yet” "
        "is an answer too: it never counts as safe."
    ),
    N_(
        "**Overview**: what the answers recommend, what stops it, what to ask next, and "
        "which pack to take next."
    ),
    N_("**Records**: the JSON record is the evidence. Anyone with this toolkit can recompute it."),
)
LIMITS = N_(
    "The tool recommends; a named person decides, and may differ with recorded reasons. Nothing "
    "here is legal advice, and the weights and thresholds are house defaults, to be adopted by "
    "your organisation. The app sends your data nowhere but to its own database."
)


def page() -> None:
    """Draw the page."""
    st.title(_("Help"), anchor=False)
    tabs.show(TABS, "help", None)


def _draw_first_steps(_about: None) -> None:
    steps = "\n".join(f"{number}. {_(step)}" for number, step in enumerate(FIRST_STEPS, 1))
    st.markdown(f"{steps}\n\n{_(LIMITS)}")


def _draw_document(name: str, _about: None) -> None:
    missing = _("This copy of the toolkit came without docs/{name}.")
    st.markdown(_read(DOCS / name) or missing.format(name=name))


@cache
def _read(path: Path) -> str:
    """Return a document without its title and its links to other files, or empty."""
    if not path.is_file():
        return ""
    text = _LINK.sub(r"\1", path.read_text(encoding="utf-8"))
    return text.partition("\n")[2] if text.startswith("# ") else text


def _draw_sources(_about: None) -> None:
    for framework in session.frameworks():
        st.subheader(plain(framework.title), anchor=False)
        framework_sources.draw(framework)


TABS: dict[str, Callable[[None], None]] = {
    N_("First steps"): _draw_first_steps,
    **{tab: partial(_draw_document, name) for tab, name in DOCUMENTS.items()},
    N_("Sources"): _draw_sources,
}
