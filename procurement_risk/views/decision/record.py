"""The form that records what a named person decides."""

from __future__ import annotations

from functools import partial

import streamlit as st

from procurement_risk.assessment import RecordedDecision
from procurement_risk.assessment.document import to_document
from procurement_risk.errors import Problem
from procurement_risk.framework import DECISIONS, words as framework_words
from procurement_risk.language import _, ngettext
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import listed
from procurement_risk.language.text import plain
from procurement_risk.profile import deciding, gates
from procurement_risk.storage.people.mode import is_team
from procurement_risk.views.shared import forms, session
from procurement_risk.views.shared.session import Opened


def draw(opened: Opened) -> None:
    """Draw the form, and above it what no reason can put right."""
    st.header(_("The decision"), anchor=False)
    gate = gates.gate_of(opened.framework, opened.assessment.answer_set)
    lead = _("A named person decides, and may differ with a recorded reason.")
    if gate is not None:
        asked = _("Asked for: **{gate}**.").format(gate=plain(gate.label))
        lead = f"{asked} {lead}"
    st.markdown(lead)
    duties = deciding.forbidden_by("proceed", opened.outcome)
    if duties:
        words = ngettext(
            "{stops} is a legal duty that is not met: until it is, this can be escalated or "
            "stopped, and nothing else.",
            "{stops} are legal duties that are not met: until they are, this can be escalated or "
            "stopped, and nothing else.",
            len(duties),
        )
        st.error(plain(words.format(stops=listed(duties))))
    forms.draw(opened, "decision", _("Record the decision"), partial(_ask, opened))


def _ask(opened: Opened, key: str) -> tuple[list[Problem], object | None]:
    stored = opened.assessment.decision or RecordedDecision(
        decision="", by=session.named(), at=session.today()
    )
    labels: dict[str, str] = {each: framework_words.decision(each) for each in DECISIONS}
    begin, asks = f"{key}:decision", _("Choose a decision")
    choice = forms.choose(_("Decision"), labels, begin, stored.decision, placeholder=asks)
    by = ask_by_whom(_("Decided by"), stored.by, f"{key}:by")
    when, review = st.columns(2)
    with when:
        at = forms.ask_day(_("Date"), stored.at[:10], f"{key}:at")
    with review:
        review_by = forms.ask_day(_("Look again by"), stored.review_by, f"{key}:review_by")
    reason = forms.ask_note(
        _("Reason (needed where it differs from the recommendation)"),
        stored.reason,
        f"{key}:reason",
    )
    gate = gates.gate_of(opened.framework, opened.assessment.answer_set)
    decision = RecordedDecision(
        decision=choice,
        by=by,
        at=at,
        reason=reason,
        review_by=review_by,
        gate=gate.id if gate else "",
        accepted_open=_ask_accepted(opened, stored, f"{key}:accepted_open"),
    )
    before = opened.assessment.decision
    return deciding.problems(decision, opened.outcome, before), to_document(decision)


def _ask_accepted(opened: Opened, stored: RecordedDecision, key: str) -> tuple[str, ...]:
    """Draw whether what is open is accepted as open, and return what is."""
    names = deciding.to_accept(opened.outcome)
    if not names:
        return ()
    words = ngettext(
        "Decide although {n} answer is open: {questions}",
        "Decide although {n} answers are open: {questions}",
        len(names),
    ).format(n=grouped(len(names)), questions=listed(list(names)))
    accepted = set(names) <= set(stored.accepted_open)
    ticked = st.checkbox(plain(words), value=accepted, key=key)
    forms.say_fault(key)
    return names if ticked else ()


# Who decides: whoever has signed in; where nobody does, who is named.

LONGEST = 200


def ask_by_whom(label: str, stored: str, key: str) -> str:
    """Draw the field for a name, or the name of whoever has signed in, and return it."""
    if not is_team():
        return forms.ask_text(label, stored, key, LONGEST)
    name = session.actor()
    st.markdown(f"{label}  \n**{plain(name)}**")
    return name
