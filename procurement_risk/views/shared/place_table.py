"""The places where a name or a passage stands, as a list; and what to say once it is struck."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from procurement_risk.language import _
from procurement_risk.language.phrases import counted, day
from procurement_risk.language.text import one_line, shorten
from procurement_risk.storage import Erased, Place
from procurement_risk.storage.place_words import what_happens, where
from procurement_risk.views.shared import session, tables

MOST = 2_000


def draw(found: Sequence[Place], *, files_go: bool = True) -> None:
    """Draw the places, each with what an erasure does there."""
    if not found:
        st.info(_("It stands nowhere. Try another spelling."))
        return
    st.markdown(counted(len(found), "It stands in {n} place.", "It stands in {n} places."))
    shown = found[:MOST]
    titles = {
        each.id: one_line(f"{each.purchase.title} · {each.supplier.name}")
        for each in session.store().summaries({each.assessment_id for each in shown})
    }
    table = pd.DataFrame(
        {
            _("Assessment"): [titles.get(each.assessment_id, "") for each in shown],
            _("Where"): [one_line(where(each)) for each in shown],
            _("When"): [day(each.at) for each in shown],
            _("Text"): [one_line(shorten(each.text, 300)) for each in shown],
            _("What happens"): [what_happens(each, files_go=files_go) for each in shown],
        }
    )
    alt = _("Every place where it stands")
    st.dataframe(table, hide_index=True, width="stretch", alt=alt)
    tables.on_paper(table)
    if len(found) > MOST:
        more = len(found) - MOST
        st.caption(counted(more, "{n} more is not shown here.", "{n} more are not shown here."))


def say_done(done: Erased) -> None:
    """Leave for the next run what was struck out, what had to stay, and what is to be done."""
    struck = counted(done.struck, "Struck out of {n} place.", "Struck out of {n} places.")
    words = [struck, _("There stands now: {text}.").format(text=done.instead)]
    if done.left:
        words.append(
            counted(
                len(done.left),
                "It had to stay in {n} place: an id, a questionnaire or a file.",
                "It had to stay in {n} places: ids, questionnaires or files.",
            )
        )
    if done.beside:
        names = ", ".join(map(one_line, done.beside))
        words.append(_("Beside the database it still stands in: {names}.").format(names=names))
    if not done.clean:
        words.append(unclean_words())
    session.flash(" ".join(words))


def unclean_words() -> str:
    """Return that what was taken out may still be on the disk, and what to do."""
    return _(
        "The database is in use, so what was taken out may still stand in free pages of its "
        "file. Run the command clean when nobody uses it."
    )
