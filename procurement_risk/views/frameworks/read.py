"""Reading a framework: what it asks, how it judges, what it rests on."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial

import pandas as pd
import streamlit as st

from procurement_risk.assessment.answers_schema import answers_schema
from procurement_risk.formats.workbook.questionnaire import to_spreadsheet
from procurement_risk.framework import Framework, Question, Section
from procurement_risk.framework.condition_words import in_words
from procurement_risk.framework.sources import marked
from procurement_risk.framework.words import decision, short_title
from procurement_risk.language import N_, _, name_of, ngettext
from procurement_risk.language.text import paragraphs, plain
from procurement_risk.profile.method_words import METHOD_WORDS
from procurement_risk.views.shared import forms, tables

LONGEST_LEAD = 800
PILLARS = {
    "privacy": N_("Data privacy"),
    "transparency": N_("Transparency"),
    "equity": N_("Equity"),
    "lock-in": N_("Lock-in"),
}


def draw(framework: Framework, text: bytes, key: str) -> None:
    """Draw everything there is to read about ``framework``; ``text`` is its file.

    ``key`` tells the place apart from others where the same is drawn.
    """
    if len(framework.description) > LONGEST_LEAD:
        with st.expander(_("About this questionnaire")):
            st.markdown(paragraphs(framework.description))
    elif framework.description:
        st.markdown(paragraphs(framework.description))
    st.markdown("  \n".join(_facts(framework)))
    _draw_downloads(framework, text, key)
    st.header(_("The four pillars"), anchor=False)
    if any(section.pillar for section in framework.sections):
        tables.draw_frame(_("Coverage of the four pillars"), _pillars(framework))
    else:
        st.markdown(_("Its sections name none of the four pillars."))
    _draw_section(framework, key)
    _draw_policy(framework)


def _facts(framework: Framework) -> list[str]:
    questions = list(framework.questions())
    counted = ngettext("{n} question", "{n} questions", len(questions)).format(n=len(questions))
    sections = len(framework.sections)
    in_sections = ngettext("{n} section", "{n} sections", sections).format(n=sections)
    lines = [
        _("**{questions}** in {sections}; {facts}.").format(
            questions=counted,
            sections=in_sections,
            facts=ngettext(
                "{n} fact switches questions on",
                "{n} facts switch questions on",
                len(framework.facts),
            ).format(n=len(framework.facts)),
        ),
        _("Method **{method}**: {meaning}.").format(
            method=framework.method, meaning=_(METHOD_WORDS[framework.method].meaning)
        ),
    ]
    if framework.subject == "supplier":
        lines.append(
            _("It is about a **supplier as an organisation**: answered once for each supplier.")
        )
    languages = ", ".join(name_of(code) for code in framework.languages)
    lines.append(_("Languages: {languages}.").format(languages=languages))
    if framework.adopted_by:
        lines.append(
            _("Policy adopted by: {who}.").format(who=plain(framework.adopted_by.rstrip(".")))
        )
    return lines


def _draw_downloads(framework: Framework, text: bytes, key: str) -> None:
    name = f"{framework.id}-{framework.version}"
    with st.container(horizontal=True):
        if text:
            st.download_button(
                _("Download the YAML file"),
                data=text,
                file_name=f"{framework.id}.yaml",
                mime="application/yaml",
                on_click="ignore",
                key=f"yaml-{key}",
            )
        st.download_button(
            _("Download it as a workbook (XLSX)"),
            data=partial(to_spreadsheet, framework.document),
            file_name=f"{name}.xlsx",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            on_click="ignore",
            key=f"workbook-{key}",
        )
        st.download_button(
            _("Download the JSON Schema of its answers"),
            data=partial(_schema, framework),
            file_name=f"{name}-answers.schema.json",
            mime="application/schema+json",
            on_click="ignore",
            key=f"schema-{key}",
        )


def _schema(framework: Framework) -> bytes:
    return json.dumps(answers_schema(framework), indent=2, ensure_ascii=False).encode()


def _pillars(framework: Framework) -> pd.DataFrame:
    rows = []
    for pillar, label in PILLARS.items():
        sections = [s for s in framework.sections if s.pillar == pillar]
        questions = [q for section in sections for q in section.questions]
        rows.append(
            [
                _(label),
                ", ".join(short_title(s) for s in sections) or _("not covered"),
                str(len(questions)),
                str(sum(q.red_flag is not None for q in questions)),
            ]
        )
    return pd.DataFrame(rows, columns=[_("Pillar"), _("Sections"), _("Questions"), _("Red flags")])


# --- Sections and questions -----------------------------------------------------------------


def _draw_section(framework: Framework, key: str) -> None:
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


# --- Policy and sources ---------------------------------------------------------------------


def _draw_policy(framework: Framework) -> None:
    st.header(_("How answers become a result"), anchor=False)
    POLICIES[framework.method](framework)


def _draw_levels(framework: Framework) -> None:
    policy = framework.impact_policy
    st.markdown(
        _(
            "Mitigation points from {share} of one phase's take {reduction} off the impact "
            "points, all or nothing."
        ).format(share=f"{policy.mitigation_from} %", reduction=f"{policy.mitigation_takes_off} %")
    )
    rows = [
        [level.label, _("the rest") if level.up_to is None else f"{level.up_to} %", level.meaning]
        for level in policy.levels
    ]
    columns = [_("Level"), _("Up to, of the most points"), _("Meaning")]
    tables.draw(_("Levels"), columns, rows)


def _draw_tiers(framework: Framework) -> None:
    tiers = framework.policy.tiers
    rows = [
        [band.label, f"{band.start} %"] + [decision(tier.decisions[band.id]) for tier in tiers]
        for band in framework.policy.bands
    ]
    columns = [_("Worst decisive section"), _("From"), *(tier.label for tier in tiers)]
    tables.draw(_("The decision table"), columns, rows)
    rows = [[tier.label, tier.meaning, tier.sign_off, tier.review] for tier in tiers]
    columns = [_("Tier"), _("Meaning"), _("Signed by"), _("Looked at again")]
    tables.draw(_("Tiers"), columns, rows)


# By the name of the method.
POLICIES: Mapping[str, Callable[[Framework], None]] = {
    "weakest-section": _draw_tiers,
    "impact-mitigation": _draw_levels,
}
