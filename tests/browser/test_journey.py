"""The main job, in a real browser: start, answer every section, read the profile, export."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Page, expect

from procurement_risk import score
from procurement_risk.cli.main import main
from procurement_risk.storage import open_store
from tests.support.running import Server, assert_no_traceback, drawn, settled, turn_to, visit

QUESTION = "[class*='st-key-question-']"


def fill(page: Page, label: str, text: str) -> None:
    """Type into a field and leave it."""
    field = page.get_by_label(label, exact=True)
    field.fill(text)
    field.press("Tab")
    settled(page)


def start(page: Page, server: Server, pack: str) -> None:
    """Start an assessment of a purchase through the Start page."""
    visit(page, server.url("/start"))
    fill(page, "What is being bought", "Letters to residents")
    fill(page, "Who is buying it", "Northmere Council")
    fill(page, "Supplier", "Quillmere Systems Ltd")
    page.get_by_text("Other questions, or more of them").click()
    page.get_by_role("radiogroup", name=re.compile("^Pack")).get_by_text(pack, exact=True).click()
    settled(page)
    page.get_by_role("button", name="Start answering").click()
    expect(page.get_by_role("heading", name="Context", exact=True)).to_be_visible()
    settled(page)


def colleagues_answer(page: Page, server: Server, choice: int) -> int:
    """Let every question be due, as at the end of a purchase's life, and most be answered.

    The first one of each section is left, and what its answer opens; return how many were not.
    """
    store = open_store(f"sqlite:///{server.database}")
    (summary,) = store.summaries()
    gate = store.parts(summary.id).get("gate")
    store.save(summary.id, "gate", "in_life", gate.revision if gate else 0, "Ana")
    answered = 0
    while True:
        stored = store.load(summary.id)
        framework = stored.framework
        still_open = score(framework, stored.assessment.answer_set).open
        left = {
            next((q.id for q in section.questions if q.id in still_open), "")
            for section in framework.sections
        }
        names = [name for name in still_open if name not in left]
        if not names:
            break
        for name in names:
            options = framework.by_id[name].options
            answer = {"option": options[min(choice, len(options) - 1)].id}
            store.save(summary.id, f"answer:{name}", answer, 0, "Ben")
        answered += len(names)
    store.close()
    page.reload()
    settled(page)
    return answered


UNANSWERED = """all => all
    .filter(e => !e.querySelector('[role=radiogroup] :is(:checked, [aria-checked=true])'))
    .map(e => [...e.classList].find(c => c.startsWith('st-key-question-')))"""


def answer_section(page: Page, choice: int) -> int:
    """Answer every question on the page with its option number ``choice``; return how many."""
    answered = 0
    nothing = page.get_by_text("Nothing in this section applies")
    expect(page.locator(QUESTION).or_(nothing).first).to_be_visible()
    while True:
        waiting = page.locator(QUESTION).evaluate_all(UNANSWERED)
        if not waiting:
            return answered
        question = page.locator(f".{waiting[0]}")
        choices = question.get_by_role("radiogroup").first.get_by_role("radio")
        chosen = choices.nth(min(choice, choices.count() - 1))
        label = chosen.locator("xpath=ancestor::label")
        (label if label.count() else chosen).click()
        expect(question.get_by_text(re.compile("^Saved at"))).to_be_visible()
        drawn(page)
        answered += 1


def walk(page: Page, choice: int) -> int:
    """Answer section after section with the Next button; return how many questions."""
    total = 0
    while True:
        total += answer_section(page, choice)
        onward = page.get_by_role("button", name=re.compile("^Next: "))
        if not onward.count():
            return total
        here = page.get_by_role("heading", level=2).first.inner_text()
        onward.click()
        expect(page.get_by_role("heading", level=2).first).not_to_have_text(here)
        drawn(page)


def download(page: Page, server: Server, to: Path) -> bytes:
    """Take the JSON record out through the Records page."""
    page.get_by_role("link", name="Records").click(delay=60)
    settled(page)
    expect(page.get_by_role("button", name="Download 1 assessment")).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download 1 assessment").click()
    waiting.value.save_as(to)
    return to.read_bytes()


def test_from_start_to_a_record_that_verifies(server: Server, page: Page, tmp_path: Path):
    """Every section is answered; the record passes ``verify`` and fails it with a byte changed."""
    start(page, server, "Full")
    by_colleagues = colleagues_answer(page, server, choice=1)

    by_hand = walk(page, choice=1)

    page.get_by_role("button", name="See the overview").click()
    expect(page.get_by_role("heading", level=1, name="Overview")).to_be_visible()
    settled(page)
    assert_no_traceback(page, server)
    path = tmp_path / "record.json"
    data = download(page, server, path)
    record = json.loads(data)
    assert by_hand >= 5
    assert by_hand + by_colleagues == len(record["assessment"]["answers"])
    assert by_hand + by_colleagues >= 60
    assert record["result"]["open"] == []
    assert CliRunner().invoke(main, ["verify", str(path)]).exit_code == 0
    path.write_bytes(data.replace(b'"option":"b"', b'"option":"a"', 1))
    assert CliRunner().invoke(main, ["verify", str(path)]).exit_code == 1
    assert_no_traceback(page, server)


def test_triage_says_which_pack_to_take_next(server: Server, page: Page):
    """What the tier rests on comes first; then the next pack is one click away, at its start."""
    start(page, server, "Triage")

    answered = walk(page, choice=0)

    assert answered <= 15
    expect(page.get_by_text(re.compile("is decided on the .* pack"))).to_be_visible()
    page.get_by_role("button", name=re.compile("^Take the .* pack")).click()
    first = page.locator(".st-key-question-CX-10")
    expect(first).to_be_visible()
    settled(page)
    expect(first).to_be_in_viewport()
    assert first.evaluate("e => e.contains(document.activeElement)")
    expect(page.get_by_text(re.compile(r"\d+ answered, \d+ to go"))).to_be_visible()
    assert_no_traceback(page, server)


@pytest.mark.parametrize("path", ["/answer", "/profile", "/details"])
def test_a_link_to_nothing_says_what_to_do(shared_server: Server, page: Page, path: str):
    """A wrong id is no error page: it says what happened and offers a way on."""
    turn_to(page, shared_server.url(f"{path}?assessment=not-there"))

    expect(page.get_by_text("There is no assessment at this address")).to_be_visible()
    page.get_by_role("button", name="Start an assessment").click()
    expect(page.get_by_role("heading", name="Start an assessment")).to_be_visible()
    assert_no_traceback(page, shared_server)


def test_the_demonstration_loads_and_is_marked_fictional(server: Server, page: Page):
    """One button; the list, the answers and the profile all say that it is invented."""
    visit(page, server.url())
    page.get_by_role("button", name="Load the demonstration portfolio").click()
    expect(page.get_by_text("14 fictional assessments loaded")).to_be_visible(timeout=60_000)
    settled(page)
    turn_to(page, server.url("/assessments"))
    expect(page.get_by_text(re.compile(r"· fictional"))).to_have_count(14)

    page.evaluate("window.stays = true")  # gone where the app is loaded anew
    page.get_by_role("link", name="Claims fraud scoring").first.click(delay=60)
    expect(page.get_by_text("Fictional", exact=True)).to_be_visible()
    settled(page)
    assert page.evaluate("window.stays")
    page.get_by_role("link", name="Questions", exact=True).click(delay=60)
    expect(page.get_by_text("Fictional", exact=True)).to_be_visible()
    settled(page)
    assert_no_traceback(page, server)
