"""What one person's visit holds; ``autosave`` and ``forms`` keep the rest of it.

Answers live in the store; the visit keeps a handful of keys, whatever the number of questions,
since the cost of a page grows with the number of keys.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from html import escape
from typing import Any, TypeVar
from urllib.parse import urlencode

import streamlit as st

from procurement_risk import language as languages
from procurement_risk.assessment import Assessment, today as calendar
from procurement_risk.assessment.document import answer_from_document
from procurement_risk.assessment.parts import ANSWER
from procurement_risk.canonical import JSON, Document
from procurement_risk.errors import NotFound, ProcurementRiskError, StaleSave
from procurement_risk.framework import Framework
from procurement_risk.language import N_, _
from procurement_risk.language.text import literal, plain
from procurement_risk.methods import AnyResult, evaluate
from procurement_risk.methods.weakest_section import Result
from procurement_risk.server import modes
from procurement_risk.storage import DEFAULT_URL, Hold, Store, open_store
from procurement_risk.storage.people.mode import is_team
from procurement_risk.storage.people.parts import actions_of, section_of
from procurement_risk.storage.people.permissions import Action
from procurement_risk.storage.people.person import Person
from procurement_risk.storage.people.refusing import refusal
from procurement_risk.views.shared import offered, who

R = TypeVar("R", bound=AnyResult)

UNNAMED = N_("Not named")
LANGUAGE = "language"  # where the visit keeps the language that somebody chose
PREVIEW = "preview-"  # how the id of an assessment begins that only tries a framework out


@dataclass(frozen=True, slots=True)
class Opened:
    """The assessment on screen, as the store had it when this run of the page began.

    Attributes:
        id: The assessment's id.
        assessment: Its parts and answers.
        framework: The framework version it is answered against, in the visit's language.
        outcome: What the framework's method makes of the answers.
        revision: The assessment's revision.
        revisions: The revision of each part, by the part's name.
        archived: Whether it is set aside.
        hold: The legal hold that it is under, or None.
        before: What came of the answers before the latest was saved in this visit, if any was.
    """

    id: str
    assessment: Assessment
    framework: Framework
    outcome: AnyResult
    revision: int
    revisions: Mapping[str, int]
    archived: bool = False
    hold: Hold | None = None
    before: AnyResult | None = None

    @property
    def result(self) -> Result:
        """The outcome of ``weakest-section``. Raises TypeError where another method is used."""
        return self.came_to(Result)

    def came_to(self, kind: type[R]) -> R:
        """Return the outcome, of this kind. Raises TypeError where it is of another method's."""
        if not isinstance(self.outcome, kind):
            raise TypeError(self.framework.method)
        return self.outcome

    @property
    def is_preview(self) -> bool:
        """Whether this only tries a framework out and is kept nowhere."""
        return self.id.startswith(PREVIEW)


@st.cache_resource(show_spinner=False, on_release=lambda store: store.close())
def whole_store() -> Store:
    """Return the one store of this process, named by ``PROCUREMENT_RISK_DATABASE`` or default.

    For what belongs to nobody, such as reading ahead. A page asks ``store``.
    A team's server has it open before the first page is asked for.
    """
    if (running := modes.served()) is not None:
        return running.store
    opened = open_store(os.environ.get("PROCUREMENT_RISK_DATABASE", DEFAULT_URL))
    opened.hurry()
    return opened


def _whole() -> Store:
    """Return ``whole_store`` by the shorter way, where there is one: it is asked all the time."""
    running = modes.served()
    return whole_store() if running is None else running.store


def store() -> Store:
    """Return the store as the person of this visit may use it.

    Raises:
        NotAllowed: If nobody has signed in where people have to.
    """
    return who.store_of(_whole()) if is_team() else _whole()


def person() -> Person:
    """Return who is at work in this visit.

    Raises:
        NotAllowed: If nobody has signed in where people have to.
    """
    return who.person(_whole()) if is_team() else Person.personal(actor())


def may(action: Action, assessment_id: str = "", section: str = "") -> bool:
    """Whether the person of this visit may do that: pages offer nothing else.

    Args:
        action: What.
        assessment_id: With which assessment; left out: in any organisation.
        section: In which section of it.
    """
    if not is_team() or assessment_id.startswith(PREVIEW):
        return True
    return store().may(action, assessment_id, section)


def store_of(assessment_id: str) -> Store:
    """Return the store that holds an assessment: the one there is, or this visit's preview.

    Raises:
        NotFound: If it is a preview of another visit, or of one that is over.
    """
    if not assessment_id.startswith(PREVIEW):
        return store()
    kept = st.session_state.get("preview")
    if not isinstance(kept, Store):
        raise NotFound(
            _("This preview is over. Open the questionnaire again, and start another preview.")
        )
    return kept


def frameworks() -> tuple[Framework, ...]:
    """Return the frameworks on offer, in the visit's language.

    A file with problems is left out, and one that was changed under its old version: the
    page Questionnaires says what is wrong with it.
    """
    return tuple(spoken(framework) for framework in offered.frameworks(store()))


def spoken(framework: Framework) -> Framework:
    """Return ``framework`` in the visit's language, or in its first."""
    return offered.in_language(framework, wanted_language())


def wanted_language() -> str:
    """Return the code of the language chosen for this visit, else the browser's, else English."""
    return str(st.session_state.get(LANGUAGE) or st.context.locale or languages.ENGLISH)


def language() -> str:
    """Return the code of the language of the app's own words; English without a catalogue."""
    return languages.best(wanted_language(), languages.available()) or languages.ENGLISH


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


def worded(options: Iterable[str], words: Callable[[str], str]) -> Callable[[str], str]:
    """Return what says each option in the language in use now; any other text as it stands.

    Streamlit also asks for labels between two runs, where no language is in use.
    """
    labels = {option: words(option) for option in options}
    return lambda option: labels.get(option, option)


def may_write(opened: Opened, part: str, value: JSON = None) -> bool:
    """Whether the person of this visit may write a part of an assessment, such as a state."""
    if not is_team() or opened.is_preview:
        return True
    section = section_of(part, opened.framework)
    return any(may(action, opened.id, section) for action in actions_of(part, value))


def why_not_write(opened: Opened, part: str, value: JSON = None) -> str:
    """Return why they may not, as a sentence, else empty."""
    if may_write(opened, part, value):
        return ""
    return refusal(person(), actions_of(part, value)[0])


def why_not(action: Action) -> str:
    """Return why the person of this visit may do that nowhere, as a sentence; else empty."""
    return "" if may(action) else refusal(person(), action)


def why_not_with(action: Action, assessment_id: str) -> str:
    """Return why they may not do that with an assessment, as a sentence; else empty."""
    return "" if may(action, assessment_id) else refusal(person(), action)


def actor() -> str:
    """Return the name under which this person's changes stand in the history."""
    return person().name if is_team() else named() or UNNAMED


def named() -> str:
    """Return the name that this person gave, or empty where they gave none."""
    if is_team():
        return person().name
    return str(st.session_state.get("actor") or "").strip()


def now() -> str:
    """Return the time now, in UTC, to the second."""
    return calendar.now()


def today() -> str:
    """Return today's date as an ISO text, as ``assessment.today`` tells it."""
    return calendar.today()


def dark() -> bool:
    """Return whether the person's browser shows the dark theme."""
    return bool(st.context.theme.type == "dark")


def open_by_id(assessment_id: str) -> Opened:
    """Return the assessment from the store, read anew only when it has changed.

    Raises:
        NotFound: If there is no such assessment.
    """
    held = store_of(assessment_id)
    revision = held.peek(assessment_id)
    kept = st.session_state.get("opened")
    if (
        isinstance(kept, Opened)
        and (kept.id, kept.revision) == (assessment_id, revision)
        and kept.framework is spoken(kept.framework)
    ):
        return kept
    stored = held.load(assessment_id)  # an answer that its question does not offer is mended there
    framework = spoken(stored.framework)
    opened = Opened(
        id=assessment_id,
        assessment=stored.assessment,
        framework=framework,
        outcome=evaluate(framework, stored.assessment.answer_set),
        revision=stored.revision,
        revisions=stored.revisions,
        archived=stored.archived,
        hold=stored.hold,
    )
    st.session_state["opened"] = opened
    return opened


def catch_up(known: Mapping[tuple[str, str], tuple[Document | None, int]]) -> None:
    """Bring the assessment that is open up to newer answers, so that not all of it is read anew.

    Its revision rises with every change of any part. Where the one reckoned here is not the
    store's, something else has changed too, and ``open_by_id`` reads all of it.

    Args:
        known: What the store is known to hold, and at which revision, by assessment and question.
    """
    kept = st.session_state.get("opened")
    if not isinstance(kept, Opened):
        return
    answers, revisions = dict(kept.assessment.answer_set.answers), dict(kept.revisions)
    risen = 0
    for (assessment_id, question), (document, revision) in known.items():
        part = f"{ANSWER}{question}"
        if assessment_id != kept.id or revision <= revisions.get(part, 0):
            continue
        risen += revision - revisions.get(part, 0)
        revisions[part] = revision
        answers.pop(question, None)
        if document is not None:
            answers[question] = answer_from_document(document)
    if risen:
        answer_set = replace(kept.assessment.answer_set, answers=answers)
        st.session_state["opened"] = replace(
            kept,
            assessment=replace(kept.assessment, answer_set=answer_set),
            outcome=evaluate(kept.framework, answer_set, kept.outcome),
            revision=kept.revision + risen,
            revisions=revisions,
            before=kept.outcome,
        )


def asked_for() -> str:
    """Return the id of the assessment in the address, else of the one before; or empty."""
    return str(st.query_params.get("assessment") or st.session_state.get("assessment") or "")


def open_title() -> str:
    """Return the title of the purchase whose assessment is open, or empty where none is.

    A title that was changed a moment ago shows at the next run: this is asked at every click.
    """
    asked = asked_for()
    if not asked:
        return ""
    kept = st.session_state.get("opened")
    if not isinstance(kept, Opened) or kept.id != asked:
        try:
            kept = open_by_id(asked)
        except ProcurementRiskError:  # the page says it
            return ""
    st.session_state["assessment"] = kept.id
    return kept.assessment.purchase.title


def current() -> Opened | None:
    """Return the assessment this page is about, from the address or from the page before.

    Where there is none, or it cannot be opened, the page says what to do and None comes back.
    """
    asked = asked_for()
    if not asked:
        st.title(_("No assessment is open"), anchor=False)
        st.markdown(_("Choose one, or start a new one."))
        _offer_way_on()
        return None
    try:
        opened = open_by_id(asked)
    except NotFound as error:
        st.session_state.pop("assessment", None)
        st.title(_("No assessment is open"), anchor=False)
        if asked.startswith(PREVIEW):
            st.error(plain(str(error)))
        else:
            st.error(_nothing_there())
        _offer_way_on()
        return None
    st.session_state["assessment"] = opened.id
    if st.query_params.get("assessment") != opened.id:
        st.query_params["assessment"] = opened.id
    return opened


def _nothing_there() -> str:
    if is_team():
        return _(
            "There is no assessment at this address that you may see. It may belong to another "
            "organisation, or the link may be incomplete."
        )
    return _(
        "There is no assessment at this address. It may be on another machine, or the link may "
        "be incomplete."
    )


def _offer_way_on() -> None:
    if st.button(_("Go to the assessments"), type="primary"):
        go("assessments")
    if may("start") and st.button(_("Start an assessment")):
        go("start")


def go(page: str, **query: str) -> None:
    """Show another page, by its name in ``remember_pages``."""
    st.switch_page(st.session_state["pages"][page], query_params=query or None)


def link(page: str, label: str, **query: str) -> None:
    """Draw a link to another page; ``label`` is Markdown."""
    st.page_link(st.session_state["pages"][page], label=label, query_params=query or None)


def html_link(page: str, words: str, *more: tuple[str, str], **query: str) -> str:
    """Return a link to a page as HTML, for a text that holds many; ``words`` literally.

    ``static/links.js`` turns to the page as the menu does.
    """
    asked = urlencode([*more, *query.items()])
    address = escape(f"{page}?{asked}" if asked else page)
    return f'<a class="to-page" href="{address}">{literal(words)}</a>'


def remember_pages(pages: Mapping[str, Any]) -> None:
    """Keep the pages by name, so that any page can send the person to another."""
    st.session_state["pages"] = dict(pages)


def save(
    part: str, value: object | None, revision: int, reason: str = "", *, of: str = ""
) -> bool:
    """Save one part of an assessment; say so, or say why not. Return whether it is saved.

    Args:
        part: The part's name in the store, such as ``mitigation:DP-02``.
        value: The value as JSON-ready data; None takes the part away.
        revision: The revision the value was based on; 0 for a part never written.
        reason: Why, for the history.
        of: Which assessment; left out: the open one.
    """
    assessment_id = of or st.session_state.get("assessment", "")
    try:
        store_of(assessment_id).save(assessment_id, part, value, revision, actor(), reason)
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


@contextmanager
def refusals_said() -> Iterator[None]:
    """Say of what is refused inside why, at this place of the page; the rest of it is drawn."""
    try:
        yield
    except ProcurementRiskError as error:
        st.error(plain(str(error)))


def carry_out(change: Callable[[], object], said: str) -> None:
    """Make a change and show ``said`` above the page as it is then, or why it was refused."""
    with refusals_said():
        change()
        flash(said)
        st.rerun()


def show_flash() -> None:
    """Show what the run before left to say."""
    message = st.session_state.pop("flash", "")
    if message:
        st.success(message)
