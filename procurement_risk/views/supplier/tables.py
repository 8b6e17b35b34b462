"""The tables of the Supplier page: what lies underneath, what is open, what runs out, and when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import streamlit as st

from procurement_risk.assessment.overdue import counts, standing
from procurement_risk.assessment.vocabulary import UPSTREAM_KINDS, in_words
from procurement_risk.assessment.words import trigger_state
from procurement_risk.framework.words import as_asked, grade_label
from procurement_risk.language import N_, _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import counted, day, listed
from procurement_risk.language.text import plain
from procurement_risk.portfolio import supplier as supplier_view
from procurement_risk.portfolio.supplier import (
    ContractDate,
    FiredTrigger,
    Held,
    OpenCondition,
    RunningOut,
    Underneath,
)
from procurement_risk.views.shared import session, tables
from procurement_risk.views.shared.whole_list import whole_on_paper

T = TypeVar("T")
PER_PAGE = 10
MOST_NAMED = 5  # purchases on one model, host or cloud before the others are counted
DATE_WORDS = {
    "start": N_("Contract starts"),
    "break": N_("Break date"),
    "end": N_("Contract ends"),
}


def draw_open(held: Sequence[Held], today: str) -> None:
    """Draw what is open: conditions, evidence that runs out, reasons to look again."""
    _draw_conditions(held, today)
    _draw_evidence(held, today)
    _draw_triggers(held)


# --- Words that the page shares -----------------------------------------------------------


def held_title(held: Held) -> str:
    """Return what a purchase is called."""
    if held.standing == "organisation":
        return _("The supplier as an organisation")
    return held.purchase.title


def marked_title(held: Held) -> str:
    """Return what a purchase is called, marked where it is made up."""
    is_fictional = held.counting.fictional
    title = held_title(held)
    return _("Fictional: {title}").format(title=title) if is_fictional else title


# --- Tables -------------------------------------------------------------------------------


def draw_underneath(held: Sequence[Held]) -> None:
    """Draw every model, host and cloud under what it sells."""
    found = supplier_view.underneath(held)
    st.subheader(_("What lies underneath: {n}").format(n=grouped(len(found))), anchor=False)
    columns = [_("Kind"), _("Name"), _("Made or run by"), _("Jurisdiction"), _("Under")]
    none = _("No model, host or cloud is named. Add them under Details of the assessment.")
    _draw_table(found, "underneath", columns, _upstream_row, none, _resting_ids)


def _resting_ids(each: Underneath) -> list[str]:
    return [held.counting.id for held in each.rests_on_it]


def _upstream_row(each: Underneath) -> list[str]:
    upstream = each.upstream
    name = upstream.name
    if upstream.own:
        name = _("{name} (the supplier's own)").format(name=name)
    titles = [held_title(held) for held in each.rests_on_it]
    if (left_out := len(titles) - MOST_NAMED) > 0:
        titles = [*titles[:MOST_NAMED], counted(left_out, "{n} more", "{n} more")]
    purchases = listed(titles)
    kind = _(UPSTREAM_KINDS[upstream.kind])
    return [kind, name, upstream.maker, upstream.jurisdiction, purchases]


def _draw_conditions(held: Sequence[Held], today: str) -> None:
    found = supplier_view.open_conditions(held, today)
    st.subheader(_("Open conditions: {n}").format(n=grouped(len(found))), anchor=False)
    if late := counts((each.condition for each in found), today):
        st.markdown(f"**{late}**")
    columns = [_("Due"), _("Status"), _("Condition"), _("Owner"), _("Purchase")]
    none = _("No condition is open: none is recorded, or all are verified.")
    _draw_table(found, "conditions", columns, lambda each: _condition_row(each, today), none, _ids)
    if found:
        st.caption(_("Conditions of bids that were not chosen are left out."))


def _condition_row(each: OpenCondition, today: str) -> list[str]:
    owed = each.condition
    due = day(owed.due) if owed.due else _("no date")
    clause = owed.clause or _("No clause yet")
    condition = f"{owed.question}: {clause}"
    return [due, standing(owed, today), condition, owed.owner, held_title(each.held)]


def _draw_evidence(held: Sequence[Held], today: str) -> None:
    found = supplier_view.running_out(held, today)
    title = _("Evidence that has run out or will within twelve months: {n}")
    st.subheader(title.format(n=grouped(len(found))), anchor=False)
    columns = [_("Valid until"), _("State"), _("Question"), _("Evidence"), _("Purchase")]
    none = _("None. Evidence without a date is not among it.")
    _draw_table(found, "evidence", columns, _evidence_row, none, _ids)


def _evidence_row(each: RunningOut) -> list[str]:
    state = _("has run out") if each.has_run_out else _("runs out")
    question = as_asked(session.spoken(each.item.framework).by_id[each.expiry.question])
    grade = grade_label(each.expiry.grade)
    return [day(each.expiry.until), state, question, grade, held_title(each.held)]


def _draw_triggers(held: Sequence[Held]) -> None:
    found = supplier_view.triggers(held)
    still_open = sum(not each.trigger.resolved_at for each in found)
    title = _("Reasons to look again: {n} open of {all}")
    st.subheader(title.format(n=grouped(still_open), all=grouped(len(found))), anchor=False)
    columns = [_("When"), _("What happened"), _("State"), _("Purchase")]
    _draw_table(found, "triggers", columns, _trigger_row, _("None recorded."), _ids)


def _trigger_row(each: FiredTrigger) -> list[str]:
    trigger = each.trigger
    return [
        day(trigger.at),
        in_words(trigger.what),
        trigger_state(trigger),
        held_title(each.held),
    ]


def draw_dates(held: Sequence[Held], today: str) -> None:
    """Draw every day of its own contracts, the past ones too."""
    found = supplier_view.contract_dates(held, today)
    st.subheader(_("Contract and break dates"), anchor=False)
    columns = [_("Date"), _("What"), _("State"), _("Purchase")]
    none = _("No date is on file. Add them under Details of the assessment.")
    _draw_table(found, "dates", columns, _date_row, none, _ids)


def _date_row(each: ContractDate) -> list[str]:
    state = _("past") if each.has_passed else _("ahead")
    return [day(each.day), _(DATE_WORDS[each.kind]), state, held_title(each.held)]


def _ids(each: OpenCondition | RunningOut | FiredTrigger | ContractDate) -> tuple[str]:
    return (each.held.counting.id,)


def _draw_table(
    found: Sequence[T],
    name: str,
    columns: Sequence[str],
    row: Callable[[T], list[str]],
    none: str,
    ids: Callable[[T], Iterable[str]],
) -> None:
    if not found:
        st.markdown(plain(none))
        return
    key = f"supplier-{name}"
    with whole_on_paper(found, key, PER_PAGE, columns, row, file=ids) as shown:
        tables.draw(", ".join(columns), columns, [row(each) for each in shown])
