"""Beginning to edit: a draft of the next version, or of one's own copy of a shipped one."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

import streamlit as st
from streamlit.errors import StreamlitAPIException

from procurement_risk.framework import Framework, origin as origins
from procurement_risk.framework.starter import LONGEST_ID
from procurement_risk.framework.versions.compare import next_version
from procurement_risk.framework.yaml_editing import with_value
from procurement_risk.framework.yaml_writing import write_yaml
from procurement_risk.language import _
from procurement_risk.views.frameworks.known import Known
from procurement_risk.views.shared import session

DRAFT = "draft"  # the address holds the draft that is open under this name
QUESTION = "question"  # and the question of it under this
SHOWN = "draft-show"  # and the open tab under this


def draw(each: Known, key: str) -> None:
    """Draw the button that begins a draft of ``each``; ``key`` tells the place from others."""
    framework = each.framework
    if not session.may("keep_questionnaires"):
        return
    if framework.id in {name for name, _version in origins.shipped().values()}:
        _draw_copy(each, key)
    elif st.button(_("Edit"), key=f"edit-{key}-{each.name}"):
        taken = [one.version for one in session.store().known_frameworks(framework.id)]
        changes = {"version": next_version(framework.version, taken)}
        begin(_text(each), changes)


def draw_dropped(data: bytes) -> None:
    """Draw the button that keeps a file that was brought in as a draft, broken or not."""
    may = session.may("keep_questionnaires")
    if may and st.button(_("Keep as a draft and edit"), key="edit-dropped"):
        begin(data.decode("utf-8", errors="replace"), {})


def _draw_copy(each: Known, key: str) -> None:
    """Ask what one's own copy is called: what is shipped is not changed."""
    with st.popover(_("Make our own copy")):
        st.markdown(
            _(
                "A shipped questionnaire is not changed here. Your copy has a name of its own, "
                "and nothing that is answered on the shipped one moves to it."
            )
        )
        name = f"copy-{key}-{each.name}"
        proposed = _("{title}, our copy").format(title=each.framework.title)
        called, title = ask_name(each.framework, name, proposed)
        if st.button(_("Make the copy and edit it"), type="primary", key=name):
            titled = _titled(each.framework, title)
            begin(_text(each), {"id": called, "version": "1", **titled})


def ask_name(framework: Framework, key: str, title: str) -> tuple[str, str]:
    """Ask what one's own questionnaire beside ``framework`` is called; return id and title."""
    called = st.text_input(
        _("Its short name: small letters, digits and hyphens"),
        value=f"our-{framework.id}"[:LONGEST_ID],
        max_chars=LONGEST_ID,
        key=f"id-{key}",
    )
    titled = st.text_input(_("Its title"), value=title, max_chars=300, key=f"title-{key}")
    return (called or "").strip(), (titled or "").strip()


def _titled(framework: Framework, title: str) -> Mapping[str, object]:
    """Return the title as it is to be, in the first language where there are several."""
    held = framework.document["title"]
    if not title:
        return {}
    return {"title": {**held, framework.languages[0]: title} if isinstance(held, dict) else title}


def _text(each: Known) -> str:
    """Return the file; one that is only known from assessments is written anew."""
    if each.text:
        return each.text.decode("utf-8", errors="replace")
    return write_yaml(dict(each.framework.document))


def begin(text: str, changes: Mapping[str, object]) -> None:
    """Keep ``text``, with ``changes`` of its first entries, as a draft, and open it."""
    with session.refusals_said():
        for name, value in changes.items():
            text = with_value(text, (name,), value)
        begun = session.store().begin_draft(text, session.actor())
        st.query_params[DRAFT] = begun.id
        st.rerun()


def leave() -> None:
    """Leave the draft that is open: the address names it no more."""
    for name in (DRAFT, QUESTION, SHOWN):
        with suppress(StreamlitAPIException):  # tabs drawn in this run are tied to theirs
            st.query_params.pop(name, None)
