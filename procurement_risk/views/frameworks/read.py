"""Reading a framework: what it asks, how it judges, what it rests on."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial

import pandas as pd
import streamlit as st

from procurement_risk.assessment.answers_schema import answers_schema
from procurement_risk.formats.workbook.questionnaire import to_spreadsheet
from procurement_risk.framework import Framework
from procurement_risk.framework.words import decision, short_title
from procurement_risk.language import N_, _, name_of, ngettext
from procurement_risk.language.phrases import percent
from procurement_risk.language.text import paragraphs, plain
from procurement_risk.profile.method_words import METHOD_WORDS
from procurement_risk.views.frameworks.read_sections import draw_section
from procurement_risk.views.shared import tables

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
    draw_section(framework, key)
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
        ).format(
            share=percent(policy.mitigation_from), reduction=percent(policy.mitigation_takes_off)
        )
    )
    rows = [
        [
            level.label,
            _("the rest") if level.up_to is None else percent(level.up_to),
            level.meaning,
        ]
        for level in policy.levels
    ]
    columns = [_("Level"), _("Up to, of the most points"), _("Meaning")]
    tables.draw(_("Levels"), columns, rows)


def _draw_tiers(framework: Framework) -> None:
    tiers = framework.policy.tiers
    rows = [
        [band.label, percent(band.start)] + [decision(tier.decisions[band.id]) for tier in tiers]
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
