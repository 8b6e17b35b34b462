"""The conditions of a framework: a graph of what rests on what, and the same as a table."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import wrap

import pandas as pd
import streamlit as st

from procurement_risk.framework import Framework
from procurement_risk.framework.condition_words import edges, in_words
from procurement_risk.language import _, ngettext
from procurement_risk.views.shared import session, tables

MOST_DRAWN = 60
LETTERS = 30  # on a line of a label


def draw(framework: Framework) -> None:
    """Draw the graph, or say why not, and the table."""
    found = list(edges(framework))
    if not found:
        st.markdown(_("Every question is always asked: there are no conditions."))
        return
    st.markdown(
        _(
            "An arrow leads from a question to what is asked because of it. Where a whole section "
            "rests on a question, the arrow leads to the section."
        )
    )
    shown = _choose(framework, found)
    st.graphviz_chart(dot(framework, shown, dark=session.dark()), width="content")
    st.caption(
        ngettext(
            "{n} arrow. The table below holds the same in words.",
            "{n} arrows. The table below holds the same in words.",
            len(shown),
        ).format(n=len(shown))
    )
    tables.draw_frame(_("What is asked when"), conditions_table(framework))


def _choose(framework: Framework, found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the arrows to draw: all, or those into one section where there are many."""
    by_section = {s.id: {s.id, *(q.id for q in s.questions)} for s in framework.sections}
    titles = {
        s.id: s.title
        for s in framework.sections
        if any(target in by_section[s.id] for _source, target in found)
    }
    everything = ""
    options = list(titles) if len(found) > MOST_DRAWN else [everything, *titles]
    chosen = st.selectbox(
        _("Draw"),
        options,
        format_func=lambda each: titles.get(each, _("The whole questionnaire")),
        key=f"frameworks-graph-{framework.id}-{framework.version}",
    )
    if not chosen:
        return found
    return [pair for pair in found if pair[1] in by_section[chosen]]


def dot(framework: Framework, pairs: Iterable[tuple[str, str]], *, dark: bool = False) -> str:
    """Return the graph of ``pairs`` in the language of Graphviz.

    Facts are ellipses, sections folders, questions boxes: shapes, not colours, tell them apart.
    A question stands there by the id that every page shows, so that the graph stays small.
    """
    pairs = list(pairs)
    facts = {fact.id: fact.ask for fact in framework.facts}
    sections = {section.id: section.short_title or section.title for section in framework.sections}
    lines = []
    for name in dict.fromkeys(name for pair in pairs for name in pair):
        shape = "ellipse" if name in facts else "tab" if name in sections else "box"
        label = facts.get(name) or sections.get(name) or name
        lines.append(f"  {_quoted(name)} [shape={shape} label={_label(label)}];")
    lines += [f"  {_quoted(one)} -> {_quoted(other)};" for one, other in pairs]
    body = "\n".join(lines)
    ink = "#e8edef" if dark else "#1a1a1a"
    return (
        "digraph conditions {\n  rankdir=LR; bgcolor=transparent; nodesep=0.15;\n"
        f'  node [fontname="sans-serif" fontsize=11 height=0.3 color="{ink}" fontcolor="{ink}"];\n'
        f'  edge [color="{ink}" arrowsize=0.7];\n{body}\n}}\n'
    )


def _quoted(name: str) -> str:
    """Return an id in quotes. Ids are letters, digits, dots, hyphens and underscores."""
    return '"' + "".join(c for c in name if c.isalnum() or c in "._-") + '"'


def _label(text: str) -> str:
    """Return a text in quotes, over several lines: it can neither close them nor escape."""
    lines = (line.replace("\\", "").replace('"', "'") for line in wrap(text, LETTERS))
    return '"' + "\\n".join(lines) + '"'


def conditions_table(framework: Framework) -> pd.DataFrame:
    """Return what is asked only under a condition, with the condition in words."""
    rows = []
    for section in framework.sections:
        if section.when is not None:
            name = _("Section {title}").format(title=section.title)
            rows.append([name, in_words(framework, section.when)])
        for question in section.questions:
            if question.when is not None and question.when != section.when:
                rows.append([f"{question.id} {question.ask}", in_words(framework, question.when)])
    return pd.DataFrame(rows, columns=[_("What"), _("Asked if")])
