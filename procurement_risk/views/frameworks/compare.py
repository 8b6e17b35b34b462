"""Two versions of a framework side by side, question by question."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from procurement_risk.framework.versions.change import Change
from procurement_risk.framework.versions.compare import (
    ChangeGroup,
    FrameworkComparison,
    compare,
    counts_line,
    kind_words,
)
from procurement_risk.language import _, ngettext
from procurement_risk.language.numbers import grouped
from procurement_risk.language.text import plain
from procurement_risk.views.frameworks.known import Known
from procurement_risk.views.shared import forms, renaming, tables

MOST_SHOWN = 400
LONGEST_TEXT = 300


def draw(known: Sequence[Known]) -> None:
    """Let two versions be chosen, and draw what changed from one to the other."""
    if len(known) < 2:
        st.info(
            _(
                "There is only one questionnaire here. Drop a newer version on the tab "
                "“Bring one in”."
            )
        )
        return
    by_name = {each.name: each for each in known}
    titles = {each.name: each.title for each in known}
    before, after = st.columns(2)
    first, second = _likely(known)
    with before:
        old = forms.choose(_("Old version"), titles, "frameworks-old", first, kept=True)
    with after:
        asks, key = _("Choose another"), "frameworks-new"
        new = forms.choose(_("New version"), titles, key, second, placeholder=asks, kept=True)
    one, other = by_name.get(old or first), by_name.get(new or second)
    if one is not None and other is not None:
        draw_comparison(compare(one.framework, other.framework))
    else:
        st.info(
            _(
                "No questionnaire here has two versions yet. Any two can be compared: "
                "choose a second "
                "one, or drop a newer version on the tab “Bring one in”."
            )
        )


def _likely(known: Sequence[Known]) -> tuple[str, str]:
    """Return two versions of one framework; only the first framework where none has two."""
    for each in known:
        for other in known:
            same = each.framework.id == other.framework.id
            if same and other.is_current and not each.is_current:
                return each.name, other.name
    return known[0].name, ""


def draw_comparison(found: FrameworkComparison, key: str = "") -> None:
    """Draw everything that changed, in the order in which one reads it.

    ``key`` tells one of several on a page from the others, which are foreign.
    """
    if not (found.is_same_framework or found.is_overlay):
        st.warning(
            _("These are two different questionnaires. Neither is a newer version of the other.")
        )
    if not found.changes:
        st.success(_("No differences."))
        return
    if found.is_same_framework:
        renaming.draw_lines(found.old, found.new)
    if found.same_version_changed and not key:
        st.error(_("The content changed and the version did not: write a new version."))
    st.markdown(plain(counts_line(found)))
    only = st.toggle(_("Only what could move a result"), key=f"frameworks-only-moving{key}")
    groups = [group for group in found.groups if not only or _moves(group)]
    changes = [change for group in groups for change in group.changes]
    if only:
        changes = [change for change in changes if change.affects_result]
    tables.draw(
        _("The changes, in reading order"),
        [
            _("Where"),
            _("What changed"),
            _("Old"),
            _("New"),
            _("Could move a result"),
        ],
        [_row(change) for change in changes[:MOST_SHOWN]],
    )
    more = len(changes) - MOST_SHOWN
    if more > 0:
        st.caption(
            ngettext(
                "And {n} more change: python -m procurement_risk diff lists all.",
                "And {n} more changes: python -m procurement_risk diff lists all.",
                more,
            ).format(n=grouped(more))
        )


def _moves(group: ChangeGroup) -> bool:
    return any(change.affects_result for change in group.changes)


def _row(change: Change) -> list[str]:
    what = kind_words(change.kind)
    detail = change.where if change.question and change.kind != "type" else ""
    return [
        change.question or change.where,
        f"{what} ({detail})" if detail else what,
        _short(change.before),
        _short(change.after),
        _("yes") if change.affects_result else _("no"),
    ]


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"
