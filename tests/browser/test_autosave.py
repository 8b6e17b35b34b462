"""The promise of the Answer page, held against the database itself.

An answer shown as saved survives a crash, a reload, another tab and another person; nothing typed
is lost; a save that comes too late is refused with both values shown.
"""

import json
import re
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from copy import deepcopy
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Error, Locator, Page, expect

from procurement_risk.assessment import AnswerSet, Assessment, Purchase, Supplier
from procurement_risk.framework import Framework
from procurement_risk.framework.document import framework_from_document
from procurement_risk.storage import Store, open_store
from tests.support.answer_sets import core_document
from tests.support.running import (
    Server,
    assert_no_traceback,
    listen,
    running,
    settled,
    soon,
    turn_to,
    visit,
)
from tests.support.stored_examples import FRAMEWORK_DOCUMENT

# Twelve questions of one section that stay on the page whatever is answered in it.
TWELVE = tuple(f"LI-{n:02}" for n in (1, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14))
# What is answered below. Of each other section one question stands for the rest.
ASKED = {*TWELVE, "CX-10", "TR-01", "TR-05"}
ASKED |= {f"VO-{n:02}" for n in (1, 2, 3, 5, 9)} | {f"DP-{n:02}" for n in (1, 2, 3, 4, 5, 10, 14)}


def in_part() -> Framework:
    """The core questionnaire but for what nobody answers here: drawing it takes most of the time.

    Whatever its rules, or the questions that stay, rest on stays as well.
    """
    document = core_document()
    document["id"] = "core-in-part"
    sections = document["sections"]
    questions = {q["id"]: q for section in sections for q in section["questions"]}
    kept = ASKED | {section["questions"][0]["id"] for section in sections}
    more = kept
    while more:
        told = json.dumps([document["policy"], document["facts"], *(questions[q] for q in more)])
        more = {name for name in questions if name in told} - kept
        kept = kept | more
    for section in sections:
        section["questions"] = [q for q in section["questions"] if q["id"] in kept]
    for pack in document["packs"]:
        if isinstance(pack["questions"], list):
            pack["questions"] = [name for name in pack["questions"] if name in kept]
    return framework_from_document(document)


PART = in_part()
SAVED = re.compile(r"^Saved at \d\d:\d\d:\d\d UTC$")
REFUSED = re.compile("while you were working")
COLLEAGUE = "Colleague"


class Case:
    """One assessment in the database of a running app, as a colleague or an auditor sees it."""

    def __init__(self, server: Server, store: Store, framework: Framework = PART) -> None:
        self.server, self.store = server, store
        self.id = f"case-{uuid4().hex[:8]}"
        assessment = Assessment(
            id=self.id,
            purchase=Purchase(id=self.id, title="Letters", buyer="Northmere Council"),
            supplier=Supplier(name="Quillmere"),
            answer_set=AnswerSet(as_of="2026-11-23"),
        )
        store.create(assessment, framework, "Test")

    def url(self, section: str) -> str:
        return self.server.url(f"/answer?assessment={self.id}&section={section}")

    def answer(self, question: str) -> dict[str, Any]:
        """What is stored, without who and when; empty where there is nothing."""
        part = self.store.parts(self.id).get(f"answer:{question}")
        value = part.value if part else None
        return {k: v for k, v in (value or {}).items() if k not in ("by", "at")}

    def values(self, question: str) -> list[Any]:
        """Every value the answer has had, the first one first."""
        return [
            {k: v for k, v in (line.after or {}).items() if k not in ("by", "at")}
            for line in self.store.history(self.id)
            if line.part == f"answer:{question}"
        ]

    def put(self, question: str, document: dict[str, Any] | None) -> None:
        """A colleague's write, past the app."""
        part = f"answer:{question}"
        state = self.store.parts(self.id).get(part)
        self.store.save(self.id, part, document, state.revision if state else 0, COLLEAGUE)

    def holds(self, question: str, **wanted: Any) -> None:
        """The stored answer is, or is within a few seconds, exactly this."""
        soon(lambda: self.answer(question), wanted)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One app for every test that does not kill it."""
    with running(tmp_path_factory.mktemp("autosave"), forked=True) as server:
        yield server


@contextmanager
def opened(server: Server) -> Iterator[Store]:
    store = open_store(f"sqlite:///{server.database}")
    try:
        yield store
    finally:
        store.close()


@pytest.fixture
def case(app: Server) -> Iterator[Case]:
    with opened(app) as store:
        yield Case(app, store)


@contextmanager
def slow_store(database: Path) -> Iterator[None]:
    """Hold the write lock for 0.3 s at a time, so that every save has to wait."""
    done = threading.Event()

    def hold() -> None:
        connection = sqlite3.connect(database, isolation_level=None, timeout=5)
        while not done.is_set():
            connection.execute("BEGIN IMMEDIATE")
            time.sleep(0.3)
            connection.execute("ROLLBACK")
            time.sleep(0.02)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


@pytest.fixture(scope="module")
def device(browser: Browser) -> Iterator[Page]:
    """A page on a device of its own, with touch and with motion; opened once, as it takes long."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, has_touch=True)
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def another(device: Page) -> Page:
    """Another person, or another device."""
    listen(device)
    return device


# --- What a person does ---


def box(page: Page, question: str) -> Locator:
    return page.locator(f".st-key-question-{question}")


def radios(page: Page, question: str) -> Locator:
    return box(page, question).get_by_role("radiogroup").first.get_by_role("radio")


def choose(page: Page, question: str, number: int) -> None:
    """Click an option by its place, without waiting for anything."""
    option = radios(page, question).nth(number)
    label = option.locator("xpath=ancestor::label")
    (label if label.count() else option).click()


def chosen(page: Page, question: str) -> list[int]:
    """The places of the options that the screen shows as chosen."""
    found = radios(page, question).evaluate_all(
        "all => all.map((e, n) => e.checked || e.ariaChecked === 'true' ? n : -1)"
    )
    return [n for n in found if n >= 0]


def more(page: Page, question: str) -> None:
    """Open the fields for link, date and note."""
    box(page, question).get_by_role(
        "button", name=re.compile(r"^(edit_note )?(Note|Link)")
    ).click()
    expect(note(page, question)).to_be_visible()
    settled(page)


def note(page: Page, question: str) -> Locator:
    return page.get_by_label(f"Note on {question}. Do not enter personal data", exact=True)


def link(page: Page, name: str) -> Locator:
    return page.get_by_role("link", name=name, exact=True)


def saved(page: Page, question: str) -> Locator:
    return box(page, question).get_by_text(SAVED)


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


# --- Clicks -------------------------------------------------------------------------------


CLICK_QUICKLY = """async ([questions, number]) => {
    for (const question of questions) {
        const place = `.st-key-question-${question} [role=radiogroup]`;
        let group, tries = 0;
        while (!(group = document.querySelector(place))) {
            if (++tries > 500) throw new Error(`${question} is not on the page`);
            await new Promise(done => setTimeout(done, 40));  // a busy machine draws late
        }
        group.querySelectorAll('input')[number].click();
        await new Promise(done => setTimeout(done, 40));
    }
}"""


@pytest.mark.parametrize("slow", [False, True], ids=["quick-store", "slow-store"])
def test_rapid_clicks_are_all_saved(page: Page, case: Case, slow: bool):
    """Twelve answers 40 ms apart, again and again: none is missing, none disputed by itself."""
    turn_to(page, case.url("LI"))
    rounds = 3
    for turn in range(rounds):
        option = PART.by_id["LI-01"].options[turn].id
        if slow:
            with slow_store(case.server.database):
                page.evaluate(CLICK_QUICKLY, [TWELVE[:8], turn])
                page.wait_for_timeout(450)  # the next click stops a run that is saving several
                page.evaluate(CLICK_QUICKLY, [TWELVE[8:], turn])
        else:
            page.evaluate(CLICK_QUICKLY, [TWELVE, turn])
        wanted = dict.fromkeys(TWELVE, option)
        soon(lambda: {q: case.answer(q).get("option") for q in TWELVE}, wanted)
        settled(page)
        assert [chosen(page, q) for q in TWELVE] == [[turn]] * len(TWELVE)
    expect(page.get_by_text(REFUSED)).to_have_count(0)
    expect(page.get_by_text("was changed by a colleague")).to_have_count(0)
    expect(page.get_by_text(SAVED)).to_have_count(len(TWELVE))
    # One line of history for each click: nothing was written twice, or written back.
    assert [len(case.values(q)) for q in TWELVE] == [rounds] * len(TWELVE)
    assert_no_traceback(page, case.server)


def test_going_away_and_coming_back_shows_what_is_stored(page: Page, case: Case):
    """Another page, another section and a reload in between change no answer."""
    turn_to(page, case.url("VO"))
    choose(page, "VO-01", 1)
    case.holds("VO-01", option="b")
    for away in ("Overview", "Help"):
        settled(page)
        link(page, away).click(delay=60)
        expect(heading(page)).not_to_have_text("Questions Letters")
        settled(page)
        link(page, "Questions").click(delay=60)
        expect(page.get_by_role("heading", level=2, name="Value")).to_be_visible()
        settled(page)
        assert chosen(page, "VO-01") == [1]
        choose(page, "VO-02", 0)
        case.holds("VO-02", option="a")
        case.holds("VO-01", option="b")
    page.reload()
    settled(page)
    assert chosen(page, "VO-01") == [1]
    assert case.values("VO-01") == [{"option": "b"}]
    assert case.values("VO-02") == [{"option": "a"}]
    assert_no_traceback(page, case.server)


def test_what_was_changed_meanwhile_is_shown_on_return(page: Page, case: Case):
    """Back from another page or another section, the store's values stand, without a word."""
    turn_to(page, case.url("VO"))
    for number, away in enumerate(("Help", "Equity")):
        choose(page, "VO-01", 0)
        case.holds("VO-01", option="a")
        settled(page)
        if away == "Help":
            link(page, away).click(delay=60)
            expect(heading(page)).to_have_text(away)
        else:
            page.get_by_role("radiogroup", name="Sections").get_by_text(away).click()
            expect(page.get_by_role("heading", level=2, name=away)).to_be_visible()
        settled(page)
        case.put("VO-01", {"option": "c"})
        if away == "Help":
            link(page, "Questions").click(delay=60)
        else:
            page.get_by_role("radiogroup", name="Sections").get_by_text("Value").click()
        expect(page.get_by_role("heading", level=2, name="Value")).to_be_visible()
        settled(page)
        assert chosen(page, "VO-01") == [2]
        expect(page.get_by_text("was changed by a colleague")).to_have_count(0)
        choose(page, "VO-01", 1)
        case.holds("VO-01", option="b")
        assert len(case.values("VO-01")) == 3 * (number + 1)
    assert_no_traceback(page, case.server)


def test_browser_back_from_another_page(page: Page, case: Case):
    """It leads to the same section, its answers on screen and in the store."""
    turn_to(page, case.url("VO"))
    choose(page, "VO-01", 1)
    case.holds("VO-01", option="b")
    settled(page)
    link(page, "Help").click(delay=60)
    expect(heading(page)).to_have_text("Help")
    settled(page)

    page.go_back()
    expect(page.get_by_role("heading", level=2, name="Value")).to_be_visible()
    settled(page)
    assert chosen(page, "VO-01") == [1]
    choose(page, "VO-03", 0)
    case.holds("VO-03", option="a")
    assert case.values("VO-01") == [{"option": "b"}]
    assert_no_traceback(page, case.server)


def test_hidden_question_keeps_its_answer(page: Page, case: Case):
    """A fact hides questions: what they hold stays as it is, and is shown when they return."""
    for question in ("CX-10", "DP-10", "TR-05"):
        case.put(question, {"option": "b", "evidence": "E2"})
    for question, section in (("CX-10", "CX"), ("DP-10", "DP"), ("TR-05", "TR")):
        turn_to(page, case.url(section))
        assert chosen(page, question) == [1]
    for hidden in (True, False, True, False):
        case.put("decisions_about_people", {"option": "no" if hidden else "yes"})
        choose(page, "TR-01", int(hidden))  # the next click brings the page up to date
        expect(box(page, "TR-05")).to_have_count(0 if hidden else 1)
        settled(page)
        for question in ("CX-10", "DP-10", "TR-05"):
            assert case.values(question) == [{"option": "b", "evidence": "E2"}]
    assert chosen(page, "TR-05") == [1]
    choose(page, "TR-05", 0)
    case.holds("TR-05", option="a", evidence="E2")
    assert_no_traceback(page, case.server)


def test_fact_hides_and_returns_in_the_browser(page: Page, case: Case):
    """The same by clicks alone, from the facts to the section and back."""
    case.put("DP-14", {"option": "b"})
    turn_to(page, case.url("facts"))
    for number, count in ((1, 0), (0, 1)):
        choose(page, "children", number)
        expect(saved(page, "children")).to_be_visible()
        settled(page)
        page.get_by_role("button", name="Next: Data privacy").click()
        expect(page.get_by_role("heading", level=2, name="Data privacy")).to_be_visible()
        settled(page)
        expect(box(page, "DP-14")).to_have_count(count)
        page.get_by_role("button", name="Back: About the purchase").click()
        expect(page.get_by_role("heading", level=2, name="About the purchase")).to_be_visible()
        settled(page)
    assert case.values("DP-14") == [{"option": "b"}]
    assert_no_traceback(page, case.server)


# --- Typing -------------------------------------------------------------------------------


def type_note(page: Page, case: Case, text: str = "Typed") -> None:
    """Type a note beside an answer that is stored, and leave the caret in it."""
    case.put("VO-01", {"option": "b", "note": "Old"})
    case.put("VO-02", {"option": "c", "note": "Theirs"})
    turn_to(page, case.url("VO"))
    more(page, "VO-02")
    more(page, "VO-01")
    note(page, "VO-01").fill("")
    note(page, "VO-01").type(text, delay=5)


LEAVING: dict[str, Callable[[Page], object]] = {
    "link at once": lambda page: link(page, "Help").click(delay=0),
    "link pressed": lambda page: link(page, "Help").click(delay=80),
    "link by keyboard": lambda page: (link(page, "Help").focus(), page.keyboard.press("Enter")),
    "next button": lambda page: page.get_by_role("button", name="Next: ").click(delay=0),
    "section": lambda page: (
        page.get_by_role("radiogroup", name="Sections").get_by_text("Equity").click(delay=0)
    ),
    "shortcut": lambda page: (
        page.keyboard.down("Control"),
        page.wait_for_timeout(120),
        page.reload(),
        page.keyboard.up("Control"),
    ),
    "mouse": lambda page: (
        page.evaluate("document.documentElement.dispatchEvent(new MouseEvent('mouseleave'))"),
        page.wait_for_timeout(120),
        page.goto(page.url.replace("localhost", "127.0.0.1")),
    ),
    "tab": lambda page: (
        page.context.new_page().bring_to_front(),
        page.evaluate("window.dispatchEvent(new Event('blur'))"),
        page.wait_for_timeout(120),
        page.close(),
    ),
    "idle": lambda page: page.wait_for_timeout(1_500),
    "another answer": lambda page: choose(page, "VO-03", 0),
}


@pytest.mark.parametrize("way", LEAVING)
def test_typed_text_is_saved_however_the_page_is_left(page: Page, case: Case, way: str):
    """The text is stored, its neighbours are as they were, and the page asked for is reached."""
    type_note(page, case)
    LEAVING[way](page)
    case.holds("VO-01", option="b", note="Typed")
    case.holds("VO-02", option="c", note="Theirs")
    if way.startswith("link"):
        expect(heading(page)).to_have_text("Help")
        page.wait_for_timeout(700)
        expect(heading(page)).to_have_text("Help")
    if way == "section":
        expect(page.get_by_role("heading", level=2, name="Equity")).to_be_visible()
    if way == "another answer":
        case.holds("VO-03", option="a")
    assert case.values("VO-01")[-2:] == [{"option": "b", "note": "Old"}, case.answer("VO-01")]


GOING = {
    "reload": "location.reload()",
    "another site": "location.assign(location.href.replace('localhost', '127.0.0.1'))",
    "close": None,
}


@pytest.mark.own_page
@pytest.mark.parametrize("way", GOING)
def test_leaving_in_the_middle_of_a_word_asks_first(page: Page, case: Case, way: str):
    """The browser asks; whoever stays has the text saved, and may then go unasked."""
    type_note(page, case)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))

    def go() -> None:
        if way == "close":
            page.close(run_before_unload=True)
        else:
            page.evaluate(f"setTimeout(() => {GOING[way]})")
        with suppress(Error):
            page.wait_for_timeout(300)

    go()
    assert asked == ["beforeunload"]
    case.holds("VO-01", option="b", note="Typed")
    expect(note(page, "VO-01")).to_have_value("Typed")
    settled(page)
    go()
    assert asked == ["beforeunload"]
    case.holds("VO-01", option="b", note="Typed")


def test_typing_goes_on_while_it_is_saved(page: Page, case: Case):
    """A pause saves; focus and caret stay where they are, also in the middle of the text."""
    type_note(page, case, "one three")
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    case.holds("VO-01", option="b", note="one three")
    settled(page)
    page.keyboard.type("two ", delay=30)
    case.holds("VO-01", option="b", note="one two three")
    settled(page)
    expect(note(page, "VO-01")).to_be_focused()
    page.keyboard.press("Backspace")
    page.keyboard.type(",")
    case.holds("VO-01", option="b", note="one two,three")
    assert_no_traceback(page, case.server)


@pytest.mark.parametrize("there", ["Help", "Overview"])
def test_touch_typed_text_then_a_link(another: Page, case: Case, there: str):
    """A tap on a link right after typing: the text is stored and the page is reached."""
    titles = {"Help": "Help", "Overview": "Overview Letters"}
    page = another
    type_note(page, case)
    link(page, there).tap()
    expect(heading(page)).to_have_text(titles[there])
    page.wait_for_timeout(700)
    expect(heading(page)).to_have_text(titles[there])
    case.holds("VO-01", option="b", note="Typed")
    case.holds("VO-02", option="c", note="Theirs")
    assert_no_traceback(page, case.server)


def test_touch_answers(another: Page, case: Case):
    """Taps on options, on grades of evidence and on facts are stored."""
    page = another
    turn_to(page, case.url("VO"))
    radios(page, "VO-01").nth(1).locator("xpath=ancestor::label").tap()
    radios(page, "VO-02").nth(2).locator("xpath=ancestor::label").tap()
    case.holds("VO-01", option="b")
    case.holds("VO-02", option="c")
    box(page, "VO-01").get_by_text("E2 document").tap()
    case.holds("VO-01", option="b", evidence="E2")
    turn_to(page, case.url("facts"))
    box(page, "hosted").get_by_text("Yes", exact=True).tap()
    case.holds("hosted", option="yes")
    settled(page)
    box(page, "hosted").get_by_text("Yes", exact=True).tap()  # again: it stays
    settled(page)
    assert case.values("hosted") == [{"option": "yes"}]
    box(page, "hosted").get_by_role("button", name="Clear this answer").tap()
    case.holds("hosted")
    assert_no_traceback(page, case.server)


def test_links_are_plain_links_where_nothing_was_typed(page: Page, case: Case):
    """No click is held up or swallowed; the middle button opens another tab, also after typing."""
    turn_to(page, case.url("VO"))
    link(page, "Help").click()
    expect(heading(page)).to_have_text("Help")
    settled(page)
    turn_to(page, case.url("VO"))
    more(page, "VO-01")
    note(page, "VO-01").type("Typed")
    with page.context.expect_page() as waiting:
        link(page, "Help").click(button="middle")
    waiting.value.close()
    case.holds("VO-01", state="unanswered", note="Typed")
    expect(heading(page)).to_have_text("Questions Letters")


# --- What cannot be saved, and taking back -------------------------------------------------


def test_clearing(page: Page, case: Case):
    """An emptied note is gone; a cleared answer keeps its note; nothing left is no answer."""
    case.put("VO-01", {"option": "b", "note": "Old", "link": "https://example.org"})
    turn_to(page, case.url("VO"))
    more(page, "VO-01")
    note(page, "VO-01").fill("")
    note(page, "VO-01").blur()
    case.holds("VO-01", option="b", link="https://example.org")
    settled(page)
    box(page, "VO-01").get_by_role("button", name="Clear this answer").click()
    case.holds("VO-01", state="unanswered", link="https://example.org")
    settled(page)
    assert chosen(page, "VO-01") == []
    choose(page, "VO-02", 1)  # the browser sends everything it holds once more
    case.holds("VO-02", option="b")
    case.holds("VO-01", state="unanswered", link="https://example.org")
    page.get_by_label("Link to the evidence for VO-01", exact=True).fill("")
    page.keyboard.press("Enter")
    case.holds("VO-01")
    assert_no_traceback(page, case.server)


def test_not_applicable_needs_its_reason(page: Page, case: Case):
    """Until the reason is there the answer before it stands, and the page says so."""
    case.put("VO-01", {"option": "b"})
    turn_to(page, case.url("VO"))
    box(page, "VO-01").get_by_text("Not applicable, because").click()
    expect(box(page, "VO-01").get_by_text("Not saved yet: write the reason")).to_be_visible()
    expect(page.get_by_text("Not saved, and waiting for you: VO-01")).to_be_visible()
    settled(page)
    assert case.values("VO-01") == [{"option": "b"}]
    # It waits through another section and back.
    page.get_by_role("radiogroup", name="Sections").get_by_text("Equity").click()
    expect(page.get_by_role("heading", level=2, name="Equity")).to_be_visible()
    expect(page.get_by_text("Not saved, and waiting for you: VO-01")).to_be_visible()
    settled(page)
    page.get_by_role("radiogroup", name="Sections").get_by_text("Value").click()
    expect(page.get_by_role("heading", level=2, name="Value")).to_be_visible()
    settled(page)
    page.get_by_label("Why VO-01 does not apply", exact=True).type("No such thing")
    case.holds("VO-01", state="not_applicable", reason="No such thing")
    expect(page.get_by_text("Not saved")).to_have_count(0)
    assert_no_traceback(page, case.server)


def test_unknown_and_withheld(page: Page, case: Case):
    """Both are answers of their own, and an option takes their place."""
    turn_to(page, case.url("VO"))
    for label, state in (("We don't know yet", "unknown"), ("Supplier will not say", "withheld")):
        box(page, "VO-09").get_by_text(label, exact=True).click()
        case.holds("VO-09", state=state)
    choose(page, "VO-09", 0)
    case.holds("VO-09", option="a")
    # Only the supplier can withhold what it is asked.
    expect(box(page, "VO-01").get_by_text("We don't know yet", exact=True)).to_be_visible()
    expect(box(page, "VO-01").get_by_text("Supplier will not say")).to_have_count(0)


def type_day(page: Page, question: str, digits: str) -> None:
    """Type into the field with a calendar of a question: day, month and year in a row."""
    field = box(page, question).get_by_test_id("stDateInputField")
    field.get_by_role("spinbutton").first.click()
    page.keyboard.type(digits)


def test_half_a_day_does_not_hold_up_the_rest(page: Page, case: Case):
    """The rest of the answer is saved, the day is not, and its field says so until it is whole."""
    turn_to(page, case.url("VO"))
    choose(page, "VO-01", 1)
    box(page, "VO-01").get_by_text("E2 document").click()
    case.holds("VO-01", option="b", evidence="E2")
    more(page, "VO-01")
    half = box(page, "VO-01").locator("[data-half]")
    type_day(page, "VO-01", "3103")
    note(page, "VO-01").type("Still saved")
    case.holds("VO-01", option="b", evidence="E2", note="Still saved")
    said = re.compile("^“31/03/.*” is not a whole day, and is not kept")
    expect(half).to_have_attribute("data-half", said)
    expect(page.get_by_role("status").filter(has_text=said)).to_have_count(1)
    link(page, "Help").click()
    expect(heading(page)).to_have_text("Help")
    expect(page.get_by_role("status").filter(has_text=said)).to_have_count(0)
    turn_to(page, case.url("VO"))
    type_day(page, "VO-01", "31031066")
    note(page, "VO-01").click()
    outside = re.compile("^“31/03/1066” lies outside the calendar")
    expect(half).to_have_attribute("data-half", outside)
    type_day(page, "VO-01", "31032027")
    note(page, "VO-01").click()
    case.holds("VO-01", option="b", evidence="E2", note="Still saved", valid_until="2027-03-31")
    expect(half).to_have_count(0)
    expect(page.get_by_role("status").filter(has_text=outside)).to_have_count(0)
    type_day(page, "VO-01", "30062028")
    link(page, "Help").click(delay=0)  # straight from the field
    expect(heading(page)).to_have_text("Help")
    case.holds("VO-01", option="b", evidence="E2", note="Still saved", valid_until="2028-06-30")
    page.wait_for_timeout(700)
    expect(heading(page)).to_have_text("Help")
    assert_no_traceback(page, case.server)


def every_type() -> Framework:
    document = deepcopy(FRAMEWORK_DOCUMENT)
    private = document["sections"][1]["questions"]
    for question, kind in zip(private, ("multiple", "text", "number"), strict=True):
        question["type"] = kind
        del question["weight"]
        if kind == "multiple":
            question["options"] = [{k: o[k] for k in ("id", "label")} for o in question["options"]]
        else:
            del question["options"]
    private.append({**deepcopy(private[2]), "id": "DP-04", "ask": "DP-04?", "type": "date"})
    private.append({**deepcopy(FRAMEWORK_DOCUMENT["sections"][1]["questions"][0]), "id": "DP-05"})
    return framework_from_document(document)


def test_every_type_of_question_can_be_answered(app: Server, page: Page):
    """Several options, text, number and date: saved, checked, and shown again."""
    with opened(app) as store:
        case = Case(app, store, every_type())
        turn_to(page, case.url("DP"))
        page.get_by_role("combobox", name=re.compile("DP-01")).click()
        page.get_by_role("option", name="No", exact=True).click()
        page.get_by_role("option", name="Partly", exact=True).click()
        page.keyboard.press("Escape")
        case.holds("DP-01", options=["b", "c"])
        page.get_by_label("DP-02 · DP-02?").type("state:unknown is what they wrote")
        case.holds("DP-02", text="state:unknown is what they wrote")
        settled(page)
        field = page.get_by_label("DP-03 · DP-03?")
        field.fill("1,500")
        field.press("Enter")
        expect(box(page, "DP-03").get_by_text("Not saved: write")).to_be_visible()
        assert case.answer("DP-03") == {}
        settled(page)
        field.fill("12,5")
        field.press("Enter")
        case.holds("DP-03", text="12.5")
        settled(page)
        type_day(page, "DP-04", "31032027")
        field.click()
        case.holds("DP-04", text="2027-03-31")
        settled(page)
        box(page, "DP-02").get_by_text("We don't know yet").click()
        case.holds("DP-02", state="unknown")
        page.reload()
        settled(page)
        expect(page.get_by_label("DP-03 · DP-03?")).to_have_value("12.5")
        expect(box(page, "DP-01").get_by_text("Partly", exact=True)).to_be_visible()
        box(page, "DP-02").get_by_text("We don't know yet").click()  # again: it stays
        settled(page)
        case.holds("DP-02", state="unknown")
        box(page, "DP-02").get_by_role("button", name="Clear this answer").click()
        case.holds("DP-02")
        assert_no_traceback(page, app)


# --- Another person, another tab ------------------------------------------------------------


@pytest.mark.parametrize("choice", ["Use mine", "Keep theirs"])
def test_stale_save_is_refused_and_both_values_shown(page: Page, case: Case, choice: str):
    """A colleague was faster: theirs stands until this person has chosen."""
    turn_to(page, case.url("VO"))
    case.put("VO-01", {"option": "c", "note": "Their note"})
    choose(page, "VO-01", 0)
    expect(box(page, "VO-01").get_by_text(REFUSED)).to_be_visible()
    labels = [option.label for option in PART.by_id["VO-01"].options]
    shown = box(page, "VO-01").locator("[data-testid=stMarkdown]")
    expect(shown.filter(has_text="Theirs (stands now)")).to_contain_text(labels[2])
    expect(shown.filter(has_text="Theirs (stands now)")).to_contain_text("Their note")
    expect(shown.filter(has_text="Yours: ")).to_contain_text(labels[0])
    assert case.answer("VO-01") == {"option": "c", "note": "Their note"}
    # Other clicks, here and elsewhere, write neither value.
    choose(page, "VO-02", 1)
    choose(page, "VO-01", 1)
    case.holds("VO-02", option="b")
    settled(page)
    assert case.answer("VO-01") == {"option": "c", "note": "Their note"}
    expect(shown.filter(has_text="Yours: ")).to_contain_text(labels[1])

    page.get_by_role("button", name=choice).click()
    expect(page.get_by_text(REFUSED)).to_have_count(0)
    settled(page)
    history = [{"option": "c", "note": "Their note"}]
    if choice == "Use mine":
        history.append({"option": "b"})
    assert case.values("VO-01") == history
    assert chosen(page, "VO-01") == [1 if choice == "Use mine" else 2]
    choose(page, "VO-01", 0)  # and on it goes, on top of what stands
    soon(lambda: len(case.values("VO-01")), len(history) + 1)
    assert case.answer("VO-01") == {**history[-1], "option": "a"}
    assert_no_traceback(page, case.server)


def test_refused_clicks_that_come_quickly_write_nothing(page: Page, case: Case):
    """The browser repeats the refused value with the next clicks: theirs stands all the same."""
    turn_to(page, case.url("LI"))
    for question in TWELVE[:3]:
        case.put(question, {"option": "c"})
    with slow_store(case.server.database):
        page.evaluate(CLICK_QUICKLY, [TWELVE, 0])
        page.evaluate(CLICK_QUICKLY, [TWELVE, 1])
    soon(lambda: [case.answer(q).get("option") for q in TWELVE[3:]], ["b"] * 9)
    settled(page)
    assert [case.values(q) for q in TWELVE[:3]] == [[{"option": "c"}]] * 3
    expect(page.get_by_text(REFUSED)).to_have_count(3)
    for question in TWELVE[:3]:
        # The buttons too, each followed at once by another click.
        box(page, question).get_by_role("button", name="Keep theirs").click(delay=0)
        page.evaluate(CLICK_QUICKLY, [TWELVE[3:5], 0])
        settled(page)
        if box(page, question).get_by_text(REFUSED).count():  # that click was overtaken
            box(page, question).get_by_role("button", name="Keep theirs").click()
        expect(box(page, question).get_by_text(REFUSED)).to_have_count(0)
    settled(page)
    assert [case.values(q) for q in TWELVE[:3]] == [[{"option": "c"}]] * 3
    assert [chosen(page, q) for q in TWELVE[:3]] == [[2]] * 3
    assert_no_traceback(page, case.server)


def test_two_people_at_once(another: Page, page: Page, case: Case):
    """In two browsers: the second save is refused there, and the first one is told of the end."""
    turn_to(page, case.url("VO"))
    other = another
    turn_to(other, case.url("VO"))
    other.get_by_label("Your name, for the history").fill("Bea")
    other.keyboard.press("Enter")
    settled(other)
    choose(other, "VO-01", 2)
    case.holds("VO-01", option="c")
    choose(page, "VO-01", 0)
    expect(page.get_by_text("Bea changed VO-01 while you were working")).to_be_visible()
    page.get_by_role("button", name="Use mine").click()
    case.holds("VO-01", option="a")
    choose(other, "VO-02", 0)  # the next click shows what has happened
    expect(other.get_by_text("VO-01 was changed by a colleague")).to_be_visible()
    settled(other)
    assert chosen(other, "VO-01") == [2]
    other.get_by_role("button", name="Show their version of VO-01").click()
    expect(other.get_by_text("VO-01 was changed by a colleague")).to_have_count(0)
    settled(other)
    assert chosen(other, "VO-01") == [0]
    assert case.values("VO-01") == [{"option": "c"}, {"option": "a"}]
    assert_no_traceback(other)
    assert_no_traceback(page, case.server)


def test_two_tabs_of_one_person(page: Page, case: Case):
    """Different answers go side by side, the same choice agrees, another one is asked about."""
    turn_to(page, case.url("VO"))
    tab = page.context.new_page()
    turn_to(tab, case.url("VO"))
    choose(page, "VO-01", 0)
    choose(tab, "VO-02", 1)
    case.holds("VO-01", option="a")
    case.holds("VO-02", option="b")
    choose(tab, "VO-01", 0)  # the same as in the first tab
    settled(tab)
    expect(tab.get_by_text(REFUSED)).to_have_count(0)
    choose(page, "VO-02", 2)
    expect(page.get_by_text(REFUSED)).to_have_count(1)
    assert case.values("VO-01") == [{"option": "a"}]
    assert case.values("VO-02") == [{"option": "b"}]
    assert_no_traceback(page, case.server)


# --- A crash ---------------------------------------------------------------------------------


def test_after_a_crash_the_stored_values_win(server: Server, page: Page):
    """An open tab comes back to a restarted app: newer values stand, and clicks count again."""
    with opened(server) as store:
        case = Case(server, store)
        case.put("VO-02", {"option": "a", "note": "Old"})
        visit(page, case.url("VO"))
        more(page, "VO-02")
        choose(page, "VO-01", 0)
        expect(saved(page, "VO-01")).to_be_visible()
        server.kill()
        case.put("VO-01", {"option": "c"})
        case.put("VO-02", {"option": "b", "note": "Newer"})
        server.start()
        # From the moment the page is alive again, a hurried person clicks.
        expect(page.locator("[data-test-connection-state=CONNECTED]")).to_be_attached(
            timeout=30_000
        )
        for _ in range(10):
            page.evaluate(
                "() => document.querySelectorAll('.st-key-question-VO-05 input')[1]?.click()"
            )
            page.wait_for_timeout(100)
        settled(page)
        assert chosen(page, "VO-01") == [2]
        assert chosen(page, "VO-02") == [1]
        # Clicks on the page as it was before the crash are lost, and are not shown as chosen.
        soon(lambda: case.answer("VO-05"), {"option": "b"} if chosen(page, "VO-05") else {})
        case.holds("VO-01", option="c")
        case.holds("VO-02", option="b", note="Newer")
        choose(page, "VO-03", 1)
        case.holds("VO-03", option="b")
        assert len(case.values("VO-01")) == 2
        assert len(case.values("VO-02")) == 2
        assert_no_traceback(page, server)


SHOWN_AS_SAVED = """questions => questions.filter(id => {
    const box = document.querySelector(`.st-key-question-${id}`);
    return /Saved at \\d/.test(box.innerText) && !/Not saved/.test(box.innerText);
})"""


def test_what_is_shown_as_saved_survives_kill_9(server: Server, page: Page):
    """Killed in the middle of answering, again and again: every "Saved at" seen is stored."""
    questions = [q for q in PART.section("LI").questions if q.id in TWELVE]
    ids = [q.id for q in questions]
    with opened(server) as store:
        case = Case(server, store)
        seen = 0
        for turn in range(6):
            visit(page, case.url("LI"))
            expect(page.get_by_role("heading", level=2, name="Lock-in")).to_be_visible()
            settled(page)
            number = turn % 4
            page.evaluate(
                f"([questions, number]) => {{ ({CLICK_QUICKLY})([questions, number]); }}",
                [ids, number],
            )
            if turn % 2:  # as soon as some are shown, however long that takes
                page.wait_for_function(f"ids => ({SHOWN_AS_SAVED})(ids).length >= 3", arg=ids)
            else:
                page.wait_for_timeout(60 + 97 * turn % 500)
            claimed = page.evaluate(SHOWN_AS_SAVED, ids)
            server.kill()
            stored = {q.id: case.answer(q.id).get("option") for q in questions}
            missing = [q.id for q in questions if q.id in claimed and stored[q.id] is None]
            # Before this turn the answer was empty or an older one: shown as saved at this turn
            # means the option clicked in it.
            wrong = [
                q.id for q in questions if q.id in claimed and stored[q.id] != q.options[number].id
            ]
            assert missing == []
            assert wrong == []
            seen += len(claimed)
            assert case.store.verify_history(case.id) == []
            if turn < 5:
                server.start()
        assert seen > 6  # otherwise this has shown nothing
        server.start()


# --- The page --------------------------------------------------------------------------------


def test_keyboard_alone(page: Page, case: Case):
    """Tab, arrows and Space answer; focus stays where it was when the answer is saved.

    Arrows pass by options, and only the one that is left is saved, once.
    """
    turn_to(page, case.url("VO"))
    radios(page, "VO-01").first.focus()
    page.keyboard.press("Space")
    case.holds("VO-01", option="a")
    settled(page)
    expect(radios(page, "VO-01").first).to_be_focused()
    for key in ("ArrowDown", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
    expect(radios(page, "VO-01").nth(1)).to_be_focused()
    expect(radios(page, "VO-01").nth(1)).to_be_checked()
    page.wait_for_timeout(900)
    assert case.values("VO-01") == [{"option": "a"}]
    page.keyboard.press("Tab")
    case.holds("VO-01", option="b")
    assert case.values("VO-01") == [{"option": "a"}, {"option": "b"}]
    settled(page)
    assert chosen(page, "VO-01") == [1]
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    case.holds("VO-01", option="b", evidence="E1")
    settled(page)
    assert page.evaluate("document.activeElement.closest('.st-key-question-VO-01') !== null")
    for _ in range(6):  # the date, its calendar, Undo, and what shows the note
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(note(page, "VO-01")).to_be_visible()
    settled(page)
    for _ in range(6):  # past the other controls of the card and the link
        page.keyboard.press("Tab")
        if note(page, "VO-01").evaluate("e => e === document.activeElement"):
            break
    expect(note(page, "VO-01")).to_be_focused()
    page.keyboard.type("By keyboard")
    case.holds("VO-01", option="b", evidence="E1", note="By keyboard")
    settled(page)
    expect(note(page, "VO-01")).to_be_focused()
    assert_no_traceback(page, case.server)


def test_arrows_then_a_click_or_leaving(page: Page, case: Case):
    """A click takes the place of what the arrows came to; leaving the window sends it."""
    turn_to(page, case.url("VO"))
    radios(page, "VO-01").first.focus()
    page.keyboard.press("ArrowDown")
    choose(page, "VO-01", 3)
    case.holds("VO-01", option="d")
    settled(page)
    saved = box(page, "VO-01").get_by_text(SAVED)
    expect(saved).to_be_visible()
    page.evaluate("window.dispatchEvent(new Event('blur'))")  # what was clicked stands
    page.keyboard.press("ArrowUp")
    expect(saved).to_be_hidden()
    page.keyboard.press("Enter")
    case.holds("VO-01", option="c")
    settled(page)
    expect(saved).to_be_visible()
    page.keyboard.press("ArrowUp")
    page.evaluate("window.dispatchEvent(new Event('blur'))")
    case.holds("VO-01", option="b")
    settled(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")  # back where it was: nothing to save
    page.wait_for_timeout(500)
    assert case.values("VO-01") == [{"option": o} for o in "dcb"]
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowDown")
    choose(page, "VO-02", 0)  # another question at once
    case.holds("VO-01", option="c")
    case.holds("VO-02", option="a")
    assert_no_traceback(page, case.server)


def test_undo_puts_the_former_answer_back(page: Page, case: Case):
    """In the store, on screen and in the history; a note stays, and undoing is undone in turn."""
    case.put("VO-01", {"option": "b", "evidence": "E2", "note": "Old"})
    turn_to(page, case.url("VO"))
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
    choose(page, "VO-01", 3)
    case.holds("VO-01", option="d", evidence="E2", note="Old")
    expect(box(page, "VO-01").get_by_text(re.compile("^Value: was .*; now "))).to_be_visible()
    settled(page)
    more(page, "VO-01")
    note(page, "VO-01").fill("New")
    note(page, "VO-01").blur()
    case.holds("VO-01", option="d", evidence="E2", note="New")
    settled(page)
    for wanted in ("b", "d"):
        box(page, "VO-01").get_by_role("button", name="Undo").click()
        case.holds("VO-01", option=wanted, evidence="E2", note="New")
        settled(page)
        assert chosen(page, "VO-01") == ["abcd".index(wanted)]
    choose(page, "VO-02", 0)  # the browser sends everything it holds once more
    case.holds("VO-02", option="a")
    settled(page)
    expect(page.get_by_role("button", name="Undo")).to_have_count(1)
    box(page, "VO-02").get_by_role("button", name="Undo").click()
    case.holds("VO-02")
    assert len(case.values("VO-01")) == 5
    assert_no_traceback(page, case.server)


def test_the_page_does_not_jump_and_is_found_where_it_was_left(page: Page, case: Case):
    """What an answer brings up stands below it; another page and a reload keep the place."""
    turn_to(page, case.url("VO"))
    main = page.get_by_test_id("stMain")
    box(page, "VO-05").evaluate("e => e.scrollIntoView()")
    page.wait_for_timeout(400)

    def top() -> float:
        group = box(page, "VO-05").get_by_role("radiogroup").first
        return group.evaluate("e => e.getBoundingClientRect().top")

    before = top()
    box(page, "VO-05").get_by_text("Not applicable, because").click()
    expect(box(page, "VO-05").get_by_text("Not saved yet: write the reason")).to_be_visible()
    settled(page)
    assert abs(top() - before) < 3
    case.put("VO-05", {"option": "c"})
    choose(page, "VO-05", 0)
    expect(box(page, "VO-05").get_by_text(REFUSED)).to_be_visible()
    settled(page)
    assert abs(top() - before) < 3
    page.get_by_role("button", name="Keep theirs").click()
    settled(page)
    page.wait_for_timeout(400)
    left = main.evaluate("e => e.scrollTop")
    assert left > 300
    link(page, "Help").click(delay=60)
    expect(heading(page)).to_have_text("Help")
    settled(page)
    link(page, "Questions").click(delay=60)
    expect(page.get_by_role("heading", level=2, name="Value")).to_be_attached()
    soon(lambda: abs(main.evaluate("e => e.scrollTop") - left) < 3, True)
    page.reload()
    settled(page)
    soon(lambda: abs(main.evaluate("e => e.scrollTop") - left) < 3, True)
    page.get_by_role("button", name="Next: ").click()
    expect(page.get_by_role("heading", level=2, name="Sovereignty")).to_be_in_viewport()
    soon(lambda: main.evaluate("e => e.scrollTop"), 0)
    assert_no_traceback(page, case.server)


def test_fields_stay_open_and_are_saved(page: Page, case: Case):
    """Link, date and note are stored; saving, other answers and other runs close nothing."""
    turn_to(page, case.url("VO"))
    more(page, "VO-01")
    page.get_by_label("Link to the evidence for VO-01", exact=True).type("https://example.org/a")
    page.keyboard.press("Tab")
    page.keyboard.type("A note")
    choose(page, "VO-01", 1)
    case.holds("VO-01", option="b", link="https://example.org/a", note="A note")
    settled(page)
    box(page, "VO-01").get_by_text("E2 document").click()
    settled(page)
    type_day(page, "VO-01", "31012027")
    choose(page, "VO-03", 1)
    kept = {"link": "https://example.org/a", "valid_until": "2027-01-31", "note": "A note"}
    case.holds("VO-01", option="b", evidence="E2", **kept)
    choose(page, "VO-02", 1)
    settled(page)
    expect(note(page, "VO-01")).to_have_value("A note")
    box(page, "VO-01").get_by_role("button", name="Hide note and link").click()
    expect(note(page, "VO-01")).to_have_count(0)
    settled(page)
    more(page, "VO-01")
    expect(note(page, "VO-01")).to_have_value("A note")
    case.holds("VO-01", option="b", evidence="E2", **kept)


def test_the_drawer_says_why_it_is_asked(page: Page, case: Case):
    """It takes no room until it is wanted; Escape closes it, and focus goes back."""
    turn_to(page, case.url("VO"))
    expect(page.get_by_text("What good looks like.")).to_have_count(0)
    why = box(page, "VO-02").get_by_role("button", name="Why we ask")
    why.focus()
    page.keyboard.press("Enter")
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_text("What good looks like.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    expect(why).to_be_focused()
    choose(page, "VO-02", 1)
    case.holds("VO-02", option="b")


def test_sections_and_the_address(page: Page, case: Case):
    """Next shows the new section from its top; the address leads back to it; Back goes back."""
    turn_to(page, case.url("DP"))
    expect(page.get_by_role("heading", level=2, name="Data privacy")).to_be_visible()
    page.get_by_role("button", name="Next: Transparency").click()
    expect(page.get_by_role("heading", level=2, name="Transparency")).to_be_visible()
    settled(page)
    expect(page).to_have_url(re.compile("section=TR"))
    expect(page.get_by_role("heading", level=2, name="Transparency")).to_be_in_viewport()
    page.get_by_role("button", name="Next: Equity").click()
    expect(page.get_by_role("heading", level=2, name="Equity")).to_be_in_viewport()
    settled(page)
    page.get_by_role("button", name="Back: Transparency").click()
    expect(page.get_by_role("heading", level=2, name="Transparency")).to_be_in_viewport()
    settled(page)
    page.go_back()
    expect(page.get_by_role("heading", level=2, name="Equity")).to_be_visible()
    settled(page)
    assert_no_traceback(page, case.server)


def test_addresses_that_lead_nowhere(page: Page, case: Case):
    """A section that is not there is the first one; an assessment that is not there is said so."""
    turn_to(page, case.url("nonsense"))
    expect(page.get_by_role("heading", level=2, name="Context")).to_be_visible()
    choose(page, "public_facing", 0)
    case.holds("public_facing", option="yes")
    turn_to(page, case.server.url("/answer?assessment=nonsense&section=DP"))
    expect(page.get_by_text("There is no assessment at this address")).to_be_visible()
    assert_no_traceback(page, case.server)
