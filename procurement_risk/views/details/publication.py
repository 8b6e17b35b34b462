"""What may be published of an assessment: what is withheld now, and the form to mark a field."""

from __future__ import annotations

from functools import partial
from typing import cast

import streamlit as st

from procurement_risk.assessment import GROUNDS, Ground, Marking
from procurement_risk.assessment.document import part_to_document
from procurement_risk.assessment.exemptions import exemption_label, exemptions
from procurement_risk.assessment.publication import publish
from procurement_risk.assessment.publication_fields import (
    field_title,
    ground_label,
    place_of,
    values_of,
)
from procurement_risk.assessment.published import Published
from procurement_risk.assessment.vocabulary import written_out
from procurement_risk.errors import Problem
from procurement_risk.exports import Exported
from procurement_risk.exports.published.look_first import look_first, sentences
from procurement_risk.language import N_, _
from procurement_risk.language.phrases import counted, day
from procurement_risk.language.text import one_line, plain
from procurement_risk.report.withheld import withheld_rows
from procurement_risk.views.details import released
from procurement_risk.views.shared import forms, session, tables
from procurement_risk.views.shared.session import Opened

NO_MARKING, NO_EXEMPTION = "", ""
CHOICES = (*GROUNDS[1:], GROUNDS[0], NO_MARKING)
CHOICE_WORDS = {
    "commercial": N_("Commercial: withheld until a day, with a reason"),
    "personal": N_("Personal: withheld, with a reason"),
    "security": N_("Security: withheld, with a reason"),
    "public": N_("Public: shown, whatever the rules say"),
    NO_MARKING: N_("No marking: the rules apply"),
}
LONGEST_REASON, SHOWN = 500, 60


def draw(opened: Opened) -> None:
    """Draw the rules, what is marked, what is withheld now, and the form."""
    st.markdown(
        _(
            "What is withheld is left out of the public summary, the known risks, the draft "
            "assessment summary, the OCDS fragment and the draft transparency record; the public "
            "summary lists it with ground and reason. The record keeps everything, and is for "
            "colleagues. Markings hold for this assessment alone, not for others of the same "
            "purchase."
        )
    )
    st.markdown(
        _(
            "Fields are public unless they are marked, but for these rules. Notes and links are "
            "for colleagues. Names of those who answered, decided or overrode a stop are "
            "personal; so is an owner of a condition, unless the words name only a post or a "
            "team. Mark a field public to show it all the same."
        )
    )
    published = publish(opened.assessment, session.today())
    _draw_marked(opened, published)
    _draw_withheld(opened, published)
    _draw_look_first(opened)
    st.header(_("Mark a field"), anchor=False)
    forms.draw(opened, "markings", _("Save the marking"), partial(_ask, opened))
    released.draw(opened)


def _draw_marked(opened: Opened, published: Published) -> None:
    st.header(_("Marked"), anchor=False)
    markings = opened.assessment.markings
    if not markings:
        st.markdown(_("Nothing is marked."))
        return
    filled = values_of(written_out(opened.assessment))
    ended = {each.path for each in published.ended}
    rows = []
    for path, marking in sorted(markings.items()):
        until = day(marking.until) if marking.until else ""
        if path in ended:
            until = _("{date}: ended, withholds no longer").format(date=until)
        title = field_title(path, opened.framework)
        if path not in filled:
            title = _("{field} (empty now)").format(field=title)
        ground = ", ".join(
            filter(None, [ground_label(marking.ground), exemption_label(marking.exemption)])
        )
        rows.append([title, ground, one_line(marking.reason), until])
    columns = [_("Field"), _("Ground"), _("Why"), _("Until")]
    tables.draw(_("Fields that are marked"), columns, rows)


def _draw_withheld(opened: Opened, published: Published) -> None:
    number = len(published.withheld)
    words = counted(number, "{n} field is withheld today", "{n} fields are withheld today")
    with st.expander(words):
        columns = [_("Withheld"), _("Ground"), _("Why"), _("Until")]
        rows = withheld_rows(published.withheld, opened.framework)
        tables.draw(_("Fields that are withheld today"), columns, rows)


def _draw_look_first(opened: Opened) -> None:
    """Draw what a published file would show that somebody has to look at first."""
    found = look_first(Exported(opened.assessment, opened.framework))
    if found.any:
        lines = [plain(each) for each in sentences(found)]
        head = _("Look at these before anything is published")
        st.warning("\n".join([f"**{head}**", "", *(f"- {line}" for line in lines)]))


def _ask(opened: Opened, key: str) -> tuple[list[Problem], object | None]:
    titles = _titles(opened)
    path = (
        forms.choose(
            _("Field"), titles, f"{key}:field", placeholder=_("Choose a field; type to search")
        )
        or None
    )
    choice = st.selectbox(
        _("Marking"),
        CHOICES,
        index=None,
        format_func=session.worded(CHOICES, lambda each: _(CHOICE_WORDS[each])),
        placeholder=_("Choose a marking"),
        key=f"{key}:ground",
    )
    forms.say_fault(f"{key}:ground")
    reason = forms.ask_text(
        _("Why it is withheld. The reason is published, so do not give the field away in it"),
        "",
        f"{key}:reason",
        LONGEST_REASON,
    )
    until = forms.ask_day(
        _("Last day on which a commercial field is withheld"), "", f"{key}:until"
    )
    sections = {name: exemption_label(name) for name in exemptions()}
    exemption = forms.choose(
        _("Exemption or exception relied on, if any"),
        {NO_EXEMPTION: _("None named"), **sections},
        f"{key}:exemption",
    )
    problems = marking_problems(path, choice, reason, until)
    problems += exemption_problems(choice, exemption)
    if problems or path is None:
        return problems, None
    kept = {name: m for name, m in opened.assessment.markings.items() if name != path}
    if choice:
        given = reason if choice != "public" else ""
        kept[path] = Marking(
            ground=cast(Ground, choice), reason=given, until=until, exemption=exemption
        )
    return [], part_to_document("markings", dict(sorted(kept.items()))) or None


def exemption_problems(choice: str | None, exemption: str) -> list[Problem]:
    """Return why a section does not go with a marking."""
    known = exemptions().get(exemption)
    if known is None or not choice or choice in known.grounds:
        return []
    if choice == "public":
        return [Problem("exemption", _("What is shown rests on no exemption. Choose none."))]
    words = _("{exemption} does not go with this marking. Choose another of the two.")
    return [Problem("exemption", words.format(exemption=exemption_label(exemption)))]


def _titles(opened: Opened) -> dict[str, str]:
    """Return each field that is filled or marked, with its words, and its text where it is short.

    An answer is named by its question, and says so where other questions rest on it.
    """
    values = values_of(written_out(opened.assessment))
    titles = {}
    for path in (*values, *(p for p in opened.assessment.markings if p not in values)):
        place, texts = place_of(path), values.get(path, ())
        text = one_line("; ".join(texts))
        question = opened.framework.by_id.get(place.question)
        if place.name == "answer" and question is not None:
            options = [question.option(each) for each in texts]
            text = one_line("; ".join(o.label for o in options if o) or question.ask)
        title = field_title(path, opened.framework)
        if 0 < len(text) <= SHOWN and place.name != "embedded":  # "True" says nothing
            title = _("{field}: “{text}”").format(field=title, text=text)
        if place.name == "answer" and place.question in opened.framework.rested_on:
            title = _("{field} (what else is asked can give it away)").format(field=title)
        titles[path] = title
    return titles


def marking_problems(
    path: str | None, choice: str | None, reason: str, until: str
) -> list[Problem]:
    """Return what a marking lacks or has too much of, each with the field it is about."""
    found = []
    if path is None:
        found.append(Problem("field", _("Choose the field.")))
    if choice is None:
        found.append(Problem("ground", _("Choose the marking.")))
    if choice in GROUNDS[1:] and not reason:
        found.append(Problem("reason", _("Write why it is withheld.")))
    if wrong := _wrong_day(choice, until):
        found.append(Problem("until", wrong))
    return found


def _wrong_day(choice: str | None, until: str) -> str:
    """Return what is wrong with the last day for this marking; empty where nothing is."""
    if choice != "commercial":
        words = _("Only a commercial field has a last day. Leave it empty, or mark it commercial.")
        return words if until else ""
    if not until:
        return _("Give the last day on which it is withheld.")
    if until < session.today():
        return _("The last day has passed, so nothing would be withheld. Write a later day.")
    return ""
