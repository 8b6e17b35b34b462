"""Whether the history holds: its chain, the line to keep elsewhere, each hash."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from procurement_risk.exports.audit_pack import checkpoint
from procurement_risk.exports.export import Exported
from procurement_risk.framework import Framework
from procurement_risk.language import _
from procurement_risk.language.phrases import counted
from procurement_risk.language.text import plain
from procurement_risk.storage import HistoryEntry, history_words
from procurement_risk.views.shared import session, tables
from procurement_risk.views.shared.session import Opened

LONGEST_SHOWN = 500


def draw(opened: Opened) -> None:
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
    _draw_hashes(list(reversed(exported.history))[:LONGEST_SHOWN], opened.framework)


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
