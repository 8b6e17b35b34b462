"""The History page: who changed what and when, in words, the newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

import pandas as pd
import streamlit as st

from procurement_risk.exports import history_files
from procurement_risk.exports.audit_pack import checkpoint
from procurement_risk.exports.export import Exported, file_name
from procurement_risk.framework import Framework
from procurement_risk.language import _
from procurement_risk.language.phrases import counted, day
from procurement_risk.language.text import plain
from procurement_risk.storage import HistoryEntry, Store, history_words
from procurement_risk.storage.history_then import Under, left_behind, under_each
from procurement_risk.views.shared import address, heading, paper, session, tables
from procurement_risk.views.shared.paging import elsewhere
from procurement_risk.views.shared.session import Opened
from procurement_risk.views.shared.whole_list import MOST_ON_PAPER, whole_on_paper
from procurement_risk.views.shared.written import when_asked

PER_PAGE = 40
ALL = ""


def page() -> None:
    """Draw the page."""
    opened = session.current()
    if opened is None:
        return
    heading.draw(_("History"), opened)
    store = session.store_of(opened.id)
    entries = store.history(opened.id)
    under = _under(store, opened, entries)
    entries.reverse()
    shown = _narrowed(entries, opened.framework)
    moments = [
        list(each) for _of, each in groupby(shown, lambda each: (each.at, each.by, each.reason))
    ]
    columns = (_("When"), _("Who"), _("What"), _("Why"))

    def row(entries: Sequence[HistoryEntry]) -> tuple[str, ...]:
        return _row(opened, entries, under)

    file = _("History (CSV)")
    with whole_on_paper(moments, "history", PER_PAGE, columns, row, file=file) as on_page:
        for each in on_page:
            _draw_moment(opened, each, under)
    if not shown:
        st.markdown(_("Nothing here matches."))
    if not opened.is_preview:
        _draw_downloads(opened)
    _draw_chain(opened)


def _under(store: Store, opened: Opened, entries: Sequence[HistoryEntry]) -> Mapping[int, Under]:
    """Return what each line is read with: it was written under the questionnaire of its day."""
    if not any(map(left_behind, entries)):
        return {}
    left = store.left_frameworks(opened.id)
    spoken = {digest: session.spoken(framework) for digest, framework in left.items()}
    return under_each(entries, opened.framework, spoken.get)


def _draw_moment(
    opened: Opened, entries: Sequence[HistoryEntry], under: Mapping[int, Under]
) -> None:
    """Draw what one person did in one moment; where that is much, folded into one line."""
    if len(entries) <= history_words.MANY:
        for each in entries:
            _draw_line(plain(history_words.words_under(each, under, opened.framework)), each)
        return
    _draw_line(plain(history_words.together(opened.framework, entries)), entries[0])
    lines = [history_words.words_under(each, under, opened.framework) for each in entries]
    each_of_them = _("Each of them")
    with (
        st.container(key=f"on-screen-moment-{entries[0].seq}"),
        st.expander(each_of_them, type="compact"),
    ):
        st.markdown("\n".join(f"- {plain(each)}" for each in lines))
    paper.table([each_of_them], [[each] for each in lines[:MOST_ON_PAPER]])
    if left := len(lines[MOST_ON_PAPER:]):
        paper.note(elsewhere(left, _("History (CSV)")))


def _row(
    opened: Opened, entries: Sequence[HistoryEntry], under: Mapping[int, Under]
) -> tuple[str, ...]:
    """Return a moment as cells: every change of it, which the screen folds where they are many."""
    first = entries[0]
    lines = [history_words.words_under(each, under, opened.framework) for each in entries]
    return _when(first), first.by, "; ".join(lines), history_words.reason(first)


def _when(entry: HistoryEntry) -> str:
    return f"{day(entry.at)}, {entry.at[11:16]} UTC"


def _draw_line(said: str, entry: HistoryEntry) -> None:
    line = f"{said[:1].upper()}{said[1:]}  \n:gray[{plain(entry.by)} · {plain(_when(entry))}]"
    why = plain(history_words.reason(entry))
    st.markdown(f"{line} {why}" if why else line)


def _draw_downloads(opened: Opened) -> None:
    if not session.may("export", opened.id):
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        for export in (history_files.CSV, history_files.JSON):
            st.download_button(
                _(export.title),
                data=when_asked(export, [opened.id]),
                file_name=file_name(opened.assessment, export.ending, "history"),
                mime=export.media_type,
                on_click="ignore",
                key=f"download:{export.name}",
            )


def _narrowed(entries: Sequence[HistoryEntry], framework: Framework) -> list[HistoryEntry]:
    """Return the entries by the person, the part and the day that the address names."""
    who, what, when = st.columns(3)
    with who:
        by = _choose(_("Who"), "by", [each.by for each in entries], _("Everybody"))
    with what:
        titles = [history_words.title_of(each, framework) for each in entries]
        part = _choose(_("What"), "part", titles, _("Everything"))
    with when:
        on = _choose(_("Day"), "day", [each.at[:10] for each in entries], _("Any day"), dates=True)
    return [
        each
        for each in entries
        if by in (ALL, each.by)
        and part in (ALL, history_words.title_of(each, framework))
        and on in (ALL, each.at[:10])
    ]


def _choose(
    label: str, name: str, values: Sequence[str], every: str, *, dates: bool = False
) -> str:
    options = [ALL, *dict.fromkeys(each for each in values if each)]

    def words(value: str) -> str:
        return every if value == ALL else day(value) if dates else value

    return address.select(label, name, options, words) or ALL


# Whether the history holds: its chain, the line to keep elsewhere, each hash.

_LONGEST_SHOWN = 500


def _draw_chain(opened: Opened) -> None:
    """Draw it folded away; nothing is worked out before somebody asks."""
    label = _("The hash chain, its digests and the checkpoint")
    folded = st.expander(label, key="history-chain", on_change="rerun")
    if folded.open:
        with folded:
            _draw_open(opened)


def _draw_open(opened: Opened) -> None:
    held = session.store_of(opened.id)
    stored, lines = held.load_with_history(opened.id)
    exported = Exported(stored.assessment, stored.framework, history=tuple(lines))
    found = held.verify_history(opened.id)
    for problem in found:
        st.error(plain(problem.message))
    if exported.history and not found:
        st.success(
            counted(
                len(exported.history),
                "{n} entry; each carries the hash of the one before, and the chain holds.",
                "{n} entries; each carries the hash of the one before, and the chain holds.",
            )
        )
        st.code(checkpoint(exported), language=None, wrap_lines=True)
        st.caption(
            _(
                "Keep this line with the decision paper: whoever holds it can show later whether "
                "the history was shortened or written anew. It is what verify takes: "
                "verify PACK.zip --checkpoint “LINE”, or the name of a file that holds the line."
            )
        )
    _draw_hashes(list(reversed(exported.history))[:_LONGEST_SHOWN], opened.framework)


def _draw_hashes(newest: list[HistoryEntry], framework: Framework) -> None:
    table = pd.DataFrame(
        {
            _("No."): [each.seq for each in newest],
            _("When (UTC)"): [each.at for each in newest],
            _("Who"): [each.by for each in newest],
            _("What"): [history_words.title_of(each, framework) for each in newest],
            _("Digest of the values"): [each.body_digest for each in newest],
            _("Hash"): [each.hash for each in newest],
        }
    )
    alt = _("The chain of this history, the newest change first")
    st.dataframe(table, hide_index=True, width="stretch", alt=alt)
    tables.on_paper(table)
