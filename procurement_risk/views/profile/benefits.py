"""On the Overview: what was promised beside what was found, and the form that records it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from procurement_risk.assessment import Benefit
from procurement_risk.assessment.document import to_documents
from procurement_risk.errors import Problem
from procurement_risk.framework import GRADES
from procurement_risk.framework.words import grade_label
from procurement_risk.language import _
from procurement_risk.language.text import told_apart
from procurement_risk.profile import benefit_words
from procurement_risk.views.shared import forms, tables
from procurement_risk.views.shared.session import Opened

NEW = "new"


def draw(opened: Opened) -> None:
    """Draw what was promised beside what was found, and ask for more."""
    found = opened.assessment.benefits
    st.subheader(_("Promised and found"), anchor=False)
    if found:
        rows = [benefit_words.cells(each) for each in found]
        tables.draw(_("Promised and found"), benefit_words.columns(), rows)
    else:
        st.markdown(_("Nothing that was promised is on file yet."))
    _draw_promises(opened)
    if not opened.is_preview:
        with st.container(key="benefit-form"):  # not printed: what it saves stands in the table
            _draw_form(opened)


def _draw_promises(opened: Opened) -> None:
    told = list(benefit_words.promises(opened.assessment, opened.framework, opened.outcome))
    if told:
        with st.expander(_("How the questions about value are answered")):
            columns = [_("Question"), _("Answer")]
            tables.draw(_("How the questions about value are answered"), columns, told)


def _draw_form(opened: Opened) -> None:
    measures = {f"{place}": each.measure for place, each in enumerate(opened.assessment.benefits)}
    labels = {NEW: _("Another one"), **told_apart(measures)}
    chosen = NEW
    if measures:
        chosen = forms.choose(_("Measure to record"), labels, f"benefit-chosen:{opened.id}")
    is_live = opened.assessment.state in benefit_words.IN_LIFE
    if not is_live:
        st.caption(_("What was found can be recorded once the purchase is in life."))
    ask = partial(_ask, opened, chosen, is_live)
    forms.draw(opened, "benefits", _("Save the benefit"), ask, at=chosen)


def _ask(
    opened: Opened, chosen: str, is_live: bool, key: str
) -> tuple[list[Problem], object | None]:
    held = list(opened.assessment.benefits)
    is_new = not chosen.isdigit() or int(chosen) >= len(held)
    old = Benefit(measure="") if is_new else held[int(chosen)]
    new = _asked(old, is_live, key)
    gone = not is_new and st.checkbox(_("Take this measure away"), key=f"{key}:gone")
    if gone:
        held.remove(old)
    elif problems := _problems(new):
        return problems, None
    elif is_new:
        held.append(new)
    else:
        held[int(chosen)] = new
    return [], to_documents(held) or None


def _asked(old: Benefit, is_live: bool, key: str) -> Benefit:
    """Draw the fields; what cannot be recorded yet stays as it was."""
    measure = forms.ask_text(_("Measure, with its unit"), old.measure, f"{key}:measure", 300)
    promised = forms.ask_text(_("What was promised"), old.promised, f"{key}:promised", 500)
    new = replace(old, measure=measure, promised=promised)
    if not is_live:
        return new
    labels = {"": _("Choose a grade"), **{grade: grade_label(grade) for grade in GRADES}}
    return replace(
        new,
        found=forms.ask_text(_("What was found"), old.found, f"{key}:found", 500),
        at=forms.ask_day(_("Measured on"), old.at, f"{key}:at"),
        evidence=forms.choose(_("Evidence"), labels, f"{key}:evidence", old.evidence),
        note=forms.ask_note(_("Where the evidence is"), old.note, f"{key}:note"),
    )


def _problems(new: Benefit) -> list[Problem]:
    found = []
    if not new.measure:
        found.append(Problem("measure", _("Write what is measured.")))
    if not (new.promised or new.found):
        found.append(Problem("promised", _("Write what was promised, or what was found.")))
    if new.found and not new.at:
        found.append(Problem("at", _("Choose the day on which it was measured.")))
    if new.found and not new.evidence:
        found.append(Problem("evidence", _("Choose how strong the evidence is.")))
    if not new.found and (new.at or new.evidence):
        found.append(Problem("found", _("Write what was found, or leave day and evidence empty.")))
    return found
