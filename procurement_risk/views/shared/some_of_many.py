"""What a choice offers: everything, or where that is very much what a few words find."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from procurement_risk.language import _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import counted
from procurement_risk.storage import Summary
from procurement_risk.views.shared import session

MOST = 500
"""So many are offered at once: more is slow to send, and nobody reads it."""
SHOWN = 50
LONGEST = 300


def words(total: int, key: str) -> str | None:
    """Ask for words where ``total`` is too much to be offered at once; None where it is not."""
    if total <= MOST:
        return None
    label = _("Words to find it by, among {n}").format(n=grouped(total))
    return st.text_input(label, key=key, max_chars=LONGEST, persist_state="session") or ""


def say(shown: int, found: int, asked: str) -> None:
    """Say how much of what was found is offered."""
    if not found:
        st.caption(_("Nothing has all of these words."))
    elif shown < found:
        all_of_it = counted(found, "{n} has these words.", "{n} have these words.")
        if not asked.strip():
            all_of_it = ""
        newest = _("Offered are the {n} that were changed last.").format(n=grouped(shown))
        st.caption(f"{all_of_it} {newest}".strip())


def assessments(key: str, named: Collection[str] = ()) -> list[Summary]:
    """Return the assessments to choose from, those changed last first; ``named`` are among them.

    What is set aside is left out.
    """
    store = session.store()
    asked = words(store.offered(limit=0).total, key)
    if asked is None:
        return store.summaries(archived=False)
    found = store.offered(asked, SHOWN)
    say(len(found.ids), found.total, asked)
    wanted = {*found.ids, *named}
    return [each for each in store.summaries(wanted) if not each.archived]
