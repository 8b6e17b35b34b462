"""The sections of a questionnaire, to be read: its questions, options, and when each is asked."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from procurement_risk.framework import Framework, Question, Section
from procurement_risk.framework.condition_words import in_words
from procurement_risk.framework.sources import marked
from procurement_risk.language import _
from procurement_risk.language.text import paragraphs, plain
from procurement_risk.views.shared import forms, tables


def draw_section(framework: Framework, key: str) -> None:
    """Draw the questions of the section that is chosen."""
    st.header(_("Sections and questions"), anchor=False)
    titles = {s.id: f"{s.id} · {s.title}" for s in framework.sections}
    key = f"section-{key}-{framework.id}-{framework.version}"
    chosen = forms.choose(_("Section"), titles, key)
    section = framework.section(chosen or framework.sections[0].id)
    if section.intro:
        st.markdown(paragraphs(section.intro))
    for line in _about(framework, section):
        st.markdown(line)
    table = questions_table(framework, section)
    tables.draw_frame(_("The questions of {section}").format(section=section.title), table)


def _about(framework: Framework, section: Section) -> list[str]:
    roles = {
        "context": _("Context: sets the tier and is not scored."),
        "decisive": _("Decisive: its band meets the decision table."),
        "challenge": _("Challenge: asks whether the purchase is worth it; never decides."),
        "": "",
    }
    lines = [roles[section.role]] if section.role else []
    if section.when is not None:
        words = plain(in_words(framework, section.when))
        lines.append(_("Asked only if {condition}.").format(condition=words))
    return lines


def questions_table(framework: Framework, section: Section) -> pd.DataFrame:
    """Return a row for each question: options with their values, weight, condition, red flag."""
    rows = [
        [
            f"{q.id} {q.ask}",
            _options(q),
            _counts(q),
            _asked_if(framework, section, q),
            _red_flag(q),
            "; ".join(marked(framework, text) for text in q.sources),
        ]
        for q in section.questions
    ]
    columns = [
        _("Question"),
        _("Options, with what each counts for"),
        _("Counts"),
        _("Asked if"),
        _("Red flag"),
        _("Sources"),
    ]
    return pd.DataFrame(rows, columns=columns)


def _options(question: Question) -> str:
    kinds = {"text": _("Free text"), "number": _("A number"), "date": _("A date")}
    if question.type in kinds:
        return kinds[question.type]
    counts = bool(question.weight or question.scores)
    lines = [
        f"{option.points if question.scores else option.risk}: {option.label}"
        if counts
        else option.label
        for option in question.options
    ]
    several = _("Several may be chosen. ") if question.type == "multiple" else ""
    return several + " · ".join(lines)


def _counts(question: Question) -> str:
    kinds = {"raw": _("impact points"), "mitigation": _("mitigation points")}
    if question.scores is not None:
        return kinds[question.scores]
    return _("weight {n}").format(n=question.weight) if question.weight else _("not scored")


def _asked_if(framework: Framework, section: Section, question: Question) -> str:
    if question.when is None or question.when == section.when:
        return _("always") if section.when is None else _("with its section")
    return in_words(framework, question.when)


def _red_flag(question: Question) -> str:
    flag = question.red_flag
    if flag is None:
        return ""
    labels = " / ".join(o.label for o in question.options if o.id in flag.options)
    if not flag.stop:
        return _("Flag: {options}").format(options=labels)
    if flag.stop_from_tier:
        return _("Stop from tier {n} up, flag below: {options}").format(
            n=flag.stop_from_tier, options=labels
        )
    if flag.legal_duty:
        return _("Stop, a legal duty: {options}").format(options=labels)
    return _("Stop: {options}").format(options=labels)
