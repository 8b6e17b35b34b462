"""The tabs of the Compare page: how firm, where they differ, what moves the lead, evidence."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from procurement_risk.assessment.words import answer_text
from procurement_risk.comparison import Comparison, firmness_words, words
from procurement_risk.comparison.differences import Difference
from procurement_risk.comparison.evidence import evidence_shares
from procurement_risk.framework import GRADES
from procurement_risk.framework.words import as_asked, grade_label, use_label
from procurement_risk.language import N_, _
from procurement_risk.language.numbers import decimal
from procurement_risk.language.phrases import counted, percent
from procurement_risk.language.text import plain
from procurement_risk.profile import words as profile_words
from procurement_risk.profile.evidence import OPEN
from procurement_risk.views.shared import chart_view, tables

NOTES = {
    "compared_sections": (
        N_(
            "Residual risk, after mitigations: 0 is no risk found, 100 the worst. The number is "
            "that of the mark."
        ),
        profile_words.RANGE_AND_MARK,
    ),
    "rank_shares": (words.DRAWN,),
    "lead_swings": (
        N_(
            "The lead is how far the nearest other supplier lies behind. Below 0 another one is "
            "in front. Dark bars move a weight over ±50 %, the others rescaled; light bars change "
            "one answer of one of the two in front, or an open one of anybody, over all its "
            "options, checked by us (E4)."
        ),
    ),
}
FIRST_DIFFERENCES = 12


def draw_chart(comparison: Comparison, name: str) -> None:
    """Draw one chart with its title, its note and its table, which is folded away."""
    assessments = [each.assessment for each in comparison.candidates]
    purchase = assessments[0].purchase
    chart_view.draw(
        name,
        comparison,
        about=[
            f"{purchase.title} · {purchase.buyer}",
            profile_words.DUE_DILIGENCE,
            *chart_view.fictional(assessments),
        ],
        file_name=f"{name} {purchase.title}",
        note=" ".join(_(sentence) for sentence in NOTES[name]),
    )


# --- How firm it is -----------------------------------------------------------------------


def firmness(comparison: Comparison) -> None:
    """Draw how often each supplier comes first, and how far weights must move."""
    draw_chart(comparison, "rank_shares")
    if comparison.draws_open_answers:
        _draw_open(comparison)
        st.markdown(plain(firmness_words.until(comparison.firmness)))
    st.subheader(_("How far weights must move until another draws level"), anchor=False)
    tables.draw_frame(_("How far weights must move"), radii(comparison))
    against = _("One against one, within {near} of our weights").format(near=_(words.NEAR))
    st.subheader(against, anchor=False)
    tables.draw_frame(_("How often each supplier is lower than another"), pairs(comparison))
    equal = len(set(comparison.weights.values())) == 1
    if equal:
        st.caption(_("Our weights: every decisive section counts the same."))


def _draw_open(comparison: Comparison) -> None:
    joint = comparison.firmness.joint
    if joint is None:
        st.caption(_("No open answer counts for this order."))
        return
    st.subheader(_("What the open answers could turn"), anchor=False)
    st.markdown(
        _(
            "With every set of weights each open answer takes one of its options by chance. The "
            "ends are a supplier's open answers all at their worst and everybody else's at their "
            "best, and the reverse."
        )
    )
    tables.draw_frame(_("The open answers that move the leader most"), turning(comparison))


def turning(comparison: Comparison) -> pd.DataFrame:
    """Return the open answers that move how often the leader comes first, the widest first."""
    joint = comparison.firmness.joint
    rows = [
        [
            as_asked(each.question),
            each.whose,
            firmness_words.of_hundred(each.least),
            firmness_words.of_hundred(each.most),
        ]
        for each in (joint.turning if joint else ())
    ]
    leads = _("{leader} first in, of 100").format(leader=comparison.firmness.leader)
    columns = [
        _("Open answer"),
        _("Supplier"),
        _("{what}: at least").format(what=leads),
        _("{what}: at most").format(what=leads),
    ]
    return pd.DataFrame(rows, columns=columns)


def radii(comparison: Comparison) -> pd.DataFrame:
    """Return a row for each supplier but the leader."""
    found = comparison.firmness
    never = _("never, whatever the weights")
    rows = [
        [name, never if moved is None else percent(words.share_percent(moved))]
        for name, moved in found.rivals.items()
    ]
    level = _("Draws level with {leader} once weights move by").format(leader=found.leader)
    return pd.DataFrame(rows, columns=[_("Supplier"), level])


def pairs(comparison: Comparison) -> pd.DataFrame:
    """Return how often the supplier of each row comes out lower than that of each column."""
    found = comparison.firmness
    rows = []
    for place, (name, row) in enumerate(zip(found.labels, found.near.pairwise, strict=True)):
        shares = [percent(words.share_percent(share)) for share in row]
        shares[place] = "–"
        rows.append([name, *shares])
    columns = [_("Lower than {name}").format(name=name) for name in found.labels]
    return pd.DataFrame(rows, columns=["", *columns])


# --- Where they differ --------------------------------------------------------------------


def differences(comparison: Comparison) -> None:
    """Draw the questions on which the suppliers differ, the widest effect first."""
    found = comparison.differences
    if not found:
        st.markdown(_("They give the same answers to every question."))
        return
    st.markdown(
        _(
            "The effect is how many points of the ordering figure a question can set two of them "
            "apart. Questions outside the decisive sections have none."
        )
    )
    alt = _("The questions on which they differ")
    tables.draw_frame(alt, difference_table(comparison, found[:FIRST_DIFFERENCES]))
    rest = found[FIRST_DIFFERENCES:]
    if rest:
        label = counted(len(rest), "The other {n} question", "The other {n} questions")
        folded = st.expander(label, key="other-differences", on_change="rerun")
        if folded.open:
            with folded:
                tables.draw_frame(label, difference_table(comparison, rest))


def difference_table(comparison: Comparison, found: tuple[Difference, ...]) -> pd.DataFrame:
    """Return a row for each question with every supplier's answer."""
    names = [candidate.label for candidate in comparison.candidates]
    rows = [_difference_row(each) for each in found]
    return pd.DataFrame(rows, columns=[_("Question"), _("Effect"), *names, _("In a tender")])


def _difference_row(difference: Difference) -> list[str]:
    question = difference.question
    answers = []
    for answer, value in zip(difference.answers, difference.values, strict=True):
        text = answer_text(question, answer)
        if value is None and not question.is_fact and question.weight:
            text = _("{answer} (does not apply)").format(answer=text)
        elif answer is not None and answer.state == "answered":
            text = f"{text} ({answer.evidence})"
        answers.append(text)
    use = use_label(question.procurement_use) if question.procurement_use else ""
    return [as_asked(question), decimal(difference.effect), *answers, use]


# --- What moves the lead ------------------------------------------------------------------


def lead(comparison: Comparison) -> None:
    """Draw what could narrow or turn the lead."""
    draw_chart(comparison, "lead_swings")


# --- Evidence and open answers ------------------------------------------------------------


def evidence(comparison: Comparison) -> None:
    """Draw how strong the evidence is, and what is still open, supplier by supplier."""
    st.subheader(_("The share of all weight on each grade of evidence"), anchor=False)
    tables.draw_frame(_("Evidence by grade and supplier"), evidence_table(comparison))
    st.subheader(_("Open answers"), anchor=False)
    for candidate in comparison.candidates:
        by_id = candidate.result.framework.by_id
        lines = [f"- **{name}** {plain(by_id[name].ask)}" for name in candidate.result.open]
        st.markdown(f"**{plain(candidate.label)}**")
        st.markdown("\n".join(lines) or _("Nothing is open."))


def evidence_table(comparison: Comparison) -> pd.DataFrame:
    """Return each supplier's shares of weight, the strongest grade first, in per cent."""
    grades = (*reversed(GRADES), OPEN)
    rows = []
    for candidate in comparison.candidates:
        shares = evidence_shares(candidate.result)
        rows.append([candidate.label, *(decimal(100 * shares[g]) for g in grades)])
    titles = [_("Open, no answer yet") if g == OPEN else grade_label(g) for g in grades]
    return pd.DataFrame(rows, columns=[_("Supplier"), *(f"{each}, %" for each in titles)])
