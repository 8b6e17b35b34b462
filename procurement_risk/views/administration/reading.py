"""Who opened what is withheld in part, and who took out what."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from procurement_risk.exports.csv_cells import write_csv
from procurement_risk.language import N_, _
from procurement_risk.language.phrases import counted, day
from procurement_risk.storage.people.read_log import Read
from procurement_risk.views.shared import session, tables

NEWEST = 200
WORDS: Mapping[str, str] = {"opened": N_("opened"), "exported": N_("taken out")}
COLUMNS = ("at", "by", "what", "assessment", "detail")


def draw(name: str) -> None:
    """Draw the newest lines, and offer all of them."""
    found = session.store().reads()
    if not found:
        st.info(
            _(
                "Nobody has opened an assessment in which something is withheld, or taken "
                "anything out."
            )
        )
        return
    newest = found[:NEWEST]
    of = session.store().summaries({each.about for each in newest})
    titles = {each.id: each.purchase.title for each in of}
    columns = [_("When"), _("Who"), _("What"), _("Assessment"), _("Format")]
    tables.draw(_("What was read"), columns, [_row(each, titles) for each in newest])
    if len(found) > NEWEST:
        how_many = counted(NEWEST, "The newest {n} line.", "The newest {n} lines.")
        whole = _("The file holds all of them.")
        st.caption(f"{how_many} {whole}")
    st.download_button(
        _("Download all of it (CSV)"),
        write_csv(
            COLUMNS, [[each.at, each.by, each.what, each.about, each.detail] for each in found]
        ),
        "what-was-read.csv",
        "text/csv",
    )


def _row(each: Read, titles: Mapping[str, str]) -> list[str]:
    when = f"{day(each.at[:10])}, {each.at[11:16]}"
    title = titles.get(each.about, _("one that you do not read"))
    return [when, each.by, _(WORDS[each.what]), title, each.detail or "–"]
