"""What one person's visit holds; ``autosave`` and ``profile_memory`` keep the rest of it.

Answers live in the store; the visit keeps a handful of keys, whatever the number of questions,
since the cost of a page grows with the number of keys.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import streamlit as st

from procurement_risk import language as languages
from procurement_risk.assessment import Assessment
from procurement_risk.errors import NotFound, ProcurementRiskError, StaleSave
from procurement_risk.framework import Framework
from procurement_risk.language import N_, _
from procurement_risk.loading import list_frameworks
from procurement_risk.methods.weakest_section import Result, score
from procurement_risk.storage import DEFAULT_URL, Store, open_store
from procurement_risk.wording import plain

UNNAMED = N_("Not named")
LANGUAGE = "language"  # where the visit keeps the language that somebody chose


@dataclass(frozen=True, slots=True)
class Opened:
    """The assessment on screen, as the store had it when this run of the page began.

    Attributes:
        id: The assessment's id.
        assessment: Its parts and answers.
        framework: The framework version it is answered against.
        result: The score.
        revision: The assessment's revision.
        revisions: The revision of each part, by the part's name.
    """

    id: str
    assessment: Assessment
    framework: Framework
    result: Result
    revision: int
    revisions: Mapping[str, int]


@st.cache_resource(show_spinner=False, on_release=lambda store: store.close())
def store() -> Store:
    """Return the one store of this process, named by ``PROCUREMENT_RISK_DATABASE`` or default."""
    return open_store(os.environ.get("PROCUREMENT_RISK_DATABASE", DEFAULT_URL))


@st.cache_resource(show_spinner=False)
def frameworks() -> tuple[Framework, ...]:
    """Return the frameworks on offer. A file with problems is left out; ``check`` names them."""
    return tuple(list_frameworks())


def language() -> str:
    """Return the code of this visit's language: the one chosen, else the browser's, else English.

    A language without a catalogue is English.
    """
    wanted = st.session_state.get(LANGUAGE) or st.context.locale or languages.ENGLISH
    code = str(wanted).replace("_", "-").partition("-")[0].lower()
    return code if code in languages.available() else languages.ENGLISH


def use_language() -> None:
    """Speak the visit's language from here on, in this thread."""
    languages.use(language())


def in_language(key: str) -> str:
    """Return the key of a widget whose options are words of the app: one for each language.

    The browser sends an option by its label, and under one key would go on sending the label of
    the language before.
    """
    code = languages.current()
    return key if code == languages.ENGLISH else f"{key}-{code}"


def actor() -> str:
    """Return the name under which this person's changes stand in the history."""
    return str(st.session_state.get("actor") or "").strip() or UNNAMED


def draw_actor() -> None:
    """Ask for the person's name, in the sidebar. Kept for the visit."""
    st.session_state.setdefault("actor", os.environ.get("PROCUREMENT_RISK_ACTOR", ""))
    st.sidebar.text_input(
        _("Your name, for the history"),
        key="actor",
        max_chars=100,
        placeholder=_(UNNAMED),
    )


def now() -> str:
    """Return the time now, in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def today() -> str:
    """Return today's date as an ISO text."""
    return datetime.now(UTC).date().isoformat()


def dark() -> bool:
    """Return whether the person's browser shows the dark theme."""
    return bool(st.context.theme.type == "dark")


def open_by_id(assessment_id: str) -> Opened:
    """Return the assessment from the store, read anew only when it has changed.

    Raises:
        NotFound: If there is no such assessment.
    """
    revision = store().peek(assessment_id)
    kept = st.session_state.get("opened")
    if isinstance(kept, Opened) and (kept.id, kept.revision) == (assessment_id, revision):
        return kept
    stored = store().load(assessment_id)
    opened = Opened(
        id=assessment_id,
        assessment=stored.assessment,
        framework=stored.framework,
        result=score(stored.framework, stored.assessment.answer_set),
        revision=stored.revision,
        revisions=stored.revisions,
    )
    st.session_state["opened"] = opened
    return opened


def current() -> Opened | None:
    """Return the assessment this page is about, from the address or from the page before.

    Where there is none, or it cannot be opened, the page says what to do and None comes back.
    """
    asked = st.query_params.get("assessment") or st.session_state.get("assessment")
    if not asked:
        st.info(_("No assessment is open. Choose one, or start a new one."))
        _offer_way_on()
        return None
    try:
        opened = open_by_id(str(asked))
    except NotFound:
        st.session_state.pop("assessment", None)
        st.error(
            _(
                "There is no assessment at this address. It may be on another machine, "
                "or the link may be incomplete."
            )
        )
        _offer_way_on()
        return None
    st.session_state["assessment"] = opened.id
    if st.query_params.get("assessment") != opened.id:
        st.query_params["assessment"] = opened.id
    return opened


def _offer_way_on() -> None:
    if st.button(_("Go to the assessments"), type="primary"):
        go("assessments")
    if st.button(_("Start an assessment")):
        go("start")


def go(page: str, **query: str) -> None:
    """Show another page, by its name in ``remember_pages``."""
    st.switch_page(st.session_state["pages"][page], query_params=query or None)


def remember_pages(pages: Mapping[str, Any]) -> None:
    """Keep the pages by name, so that any page can send the person to another."""
    st.session_state["pages"] = dict(pages)


def save(part: str, value: object | None, revision: int, reason: str = "") -> bool:
    """Save one part of the open assessment; say so, or say why not. Return whether it is saved.

    Args:
        part: The part's name in the store, such as ``mitigation:DP-02``.
        value: The value as JSON-ready data; None takes the part away.
        revision: The revision the value was based on; 0 for a part never written.
        reason: Why, for the history.
    """
    assessment_id = st.session_state.get("assessment", "")
    try:
        store().save(assessment_id, part, value, revision, actor(), reason)
    except StaleSave as stale:
        st.error(
            _(
                "{name} changed this while you were working on it. Nothing of theirs was "
                "overwritten and yours is still in the form: look at their version, "
                "then save again."
            ).format(name=plain(stale.by) or _("Somebody else"))
        )
        return False
    except ProcurementRiskError as error:
        st.error(plain(str(error)))
        return False
    return True


def flash(message: str) -> None:
    """Show ``message`` once, on the next run of whatever page comes then."""
    st.session_state["flash"] = message


def show_flash() -> None:
    """Show what the run before left to say."""
    message = st.session_state.pop("flash", "")
    if message:
        st.success(message)


def fictional_notice(assessment: Assessment) -> None:
    """Say on every page that shows it that an assessment is made up."""
    if assessment.fictional:
        st.warning(
            _(
                "Fictional demonstration data. The buyer, the supplier, the numbers and the "
                "identifiers are invented."
            )
        )


def version_words(framework: Framework) -> str:
    """Return a framework's title and version."""
    words = _("{framework}, version {version}")
    return words.format(framework=framework.title, version=framework.version)


def heading(title: str, opened: Opened) -> None:
    """Draw the page's title, with the purchase and the supplier under it."""
    purchase, supplier = opened.assessment.purchase, opened.assessment.supplier
    st.title(title, anchor=False)
    pack = opened.framework.pack(opened.assessment.answer_set.pack)
    parts = [
        f"**{plain(purchase.title)}**",
        plain(purchase.buyer),
        _("supplier: {name}").format(name=plain(supplier.name)),
        plain(version_words(opened.framework)),
    ]
    parts += [_("{pack} pack").format(pack=plain(pack.title))] if pack else []
    st.markdown(" · ".join(parts))
    fictional_notice(opened.assessment)
