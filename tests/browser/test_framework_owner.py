"""What a framework owner does, and an officer with a framework that is not ours, in a browser."""

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from procurement_risk.assessment import AnswerSet, Assessment, Purchase, Supplier
from procurement_risk.assessment.answers import check_answers
from procurement_risk.formats.surveyjs import from_surveyjs
from procurement_risk.framework import Framework
from procurement_risk.framework.document import framework_from_document
from procurement_risk.framework.files import load_framework
from procurement_risk.framework.yaml_writing import write_yaml
from procurement_risk.storage import Store, open_store
from tests.support.running import Server, assert_no_traceback, running, settled, turn_to, visit

HERE = Path(__file__).resolve().parent.parent
SMALL = HERE / "frameworks" / "small.yaml"
IMPACT = HERE / "frameworks" / "small-impact.yaml"
CHECK = "/frameworks?frameworks-show=Check+a+file"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of frameworks of our own."""
    return tmp_path_factory.mktemp("frameworks")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> Iterator[Server]:
    """An app that offers what stands in ``folder`` too."""
    shutil.copy(IMPACT, folder)
    place = tmp_path_factory.mktemp("app")
    with running(place, PROCUREMENT_RISK_FRAMEWORKS=str(folder), forked=True) as server:
        yield server


@pytest.fixture
def store(app: Server) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{app.database}")
    yield opened
    opened.close()


def create(store: Store, framework: Framework, name: str, answers: dict | None = None) -> None:
    document = {"as_of": "2026-11-23", "answers": answers or {}}
    store.create(
        Assessment(
            id=name,
            purchase=Purchase(id=name, title="Letters", buyer="Northmere Council"),
            supplier=Supplier(name="Quillmere"),
            answer_set=check_answers(framework, document)
            if answers
            else AnswerSet(as_of="2026-11-23"),
        ),
        framework,
        "Test",
    )


def choose(page: Page, question: str, option: str) -> None:
    """Choose an option of a question, whose accessible name begins with its id."""
    group = page.get_by_role("radiogroup", name=question)
    group.get_by_text(option, exact=True).click()
    settled(page)


def choose_one_of_several(page: Page, question: str, option: str) -> None:
    """Open the list of a question that takes several options, and choose one.

    A list that opens at the foot of the window closes again as the page is scrolled for it.
    """
    several = page.get_by_role("combobox", name=question)
    several.evaluate("field => field.scrollIntoView({block: 'center'})")
    several.focus()
    settled(page)
    several.press("ArrowDown")
    page.get_by_role("option", name=option, exact=True).click()
    page.keyboard.press("Escape")
    settled(page)


def speak(page: Page, language: str) -> None:
    page.get_by_role("combobox", name=re.compile("^(Language|Langue)$")).click()
    page.get_by_role("option", name=language).click()
    settled(page)


def drop(page: Page, path: Path) -> None:
    page.locator("input[type=file]").set_input_files(path)
    settled(page)


def test_a_dropped_file_shows_each_problem_beside_its_line(app: Server, page: Page):
    visit(page, app.url(CHECK))
    drop(page, HERE / "broken_frameworks" / "points-missing.yaml")

    expect(page.get_by_text("Line 55.")).to_be_visible()
    expect(page.get_by_text("Every option of a scored question needs points")).to_be_visible()
    expect(page.get_by_text("> 55")).to_be_visible()
    assert_no_traceback(page, app)


def test_a_dropped_file_is_tried_out_and_nothing_of_it_is_kept(
    app: Server, store: Store, page: Page
):
    """It answers and scores like the real thing; the database never hears of it."""
    before = [summary.id for summary in store.summaries()]
    visit(page, app.url(CHECK))
    drop(page, IMPACT)
    page.get_by_role("button", name="Preview as the officer will see it").click()
    settled(page)

    expect(page.get_by_text("This is a preview of the questionnaire.")).to_be_visible()
    page.get_by_text("About", exact=True).click()
    settled(page)
    choose(page, "effect", "Far")
    expect(page.get_by_role("heading", name="So far")).to_be_visible()
    expect(page.get_by_text("Impact points: 4 of 10")).to_be_visible()
    expect(page.get_by_text("harms · Whom could it harm?").first).to_be_visible()
    assert [summary.id for summary in store.summaries()] == before

    page.get_by_role("button", name="End the preview").click()
    settled(page)
    expect(page.get_by_role("heading", name="Questionnaires")).to_be_visible()
    assert_no_traceback(page, app)


def test_a_preview_is_over_after_a_reload(app: Server, page: Page):
    """The address of a preview is nobody else's, and says so instead of failing."""
    turn_to(page, app.url("/answer?assessment=preview-gone"))

    expect(page.get_by_text("This preview is over.")).to_be_visible()
    assert_no_traceback(page, app)


def test_the_questionnaire_changes_its_language_and_no_answer_does(
    app: Server, store: Store, page: Page
):
    """Options are told apart by their ids, whatever the browser calls them."""
    framework = load_framework(IMPACT)
    create(store, framework, "two-languages")
    turn_to(page, app.url("/answer?assessment=two-languages&section=about"))
    choose(page, "phase", "Live")
    stored = {"option": "live"}
    speak(page, "français")

    expect(page.get_by_text("Quelle phase?").first).to_be_visible()
    group = page.get_by_role("radiogroup", name="phase")
    expect(group.get_by_role("radio", name="En service", exact=True)).to_be_checked()
    choose(page, "effect", "Far")
    speak(page, "English")
    expect(page.get_by_text("Which phase?").first).to_be_visible()
    expect(group.get_by_role("radio", name="Live", exact=True)).to_be_checked()

    answers = store.load("two-languages").assessment.answer_set.answers
    assert {name: answer.option for name, answer in answers.items()} == {
        "phase": stored["option"],
        "effect": "far-4",
    }
    lines = [e for e in store.history("two-languages") if e.part.startswith("answer:")]
    assert [line.part for line in lines] == ["answer:phase", "answer:effect"]
    assert_no_traceback(page, app)


def type_day(page: Page, field: Locator, digits: str) -> None:
    """Type day, month and year in a row, and leave the field."""
    field.get_by_role("spinbutton").first.click()
    page.keyboard.type(digits)
    page.get_by_role("heading", level=1).click()


def test_every_kind_of_question_is_answered_and_saved(app: Server, store: Store, page: Page):
    """One option, several, text and a date, in a framework that counts points."""
    create(store, load_framework(IMPACT), "kinds")
    turn_to(page, app.url("/answer?assessment=kinds"))
    page.get_by_role("radiogroup", name="Is it a library?").get_by_text("Yes").click()
    settled(page)
    turn_to(page, app.url("/answer?assessment=kinds&section=about"))
    choose(page, "phase", "Live")
    choose(page, "effect", "Far")
    choose_one_of_several(page, "harms", "Readers")
    text = page.get_by_role("textbox", name="words")
    text.fill("A desk that answers")
    text.blur()
    settled(page)
    turn_to(page, app.url("/answer?assessment=kinds&section=living"))
    day = page.get_by_test_id("stDateInputField")
    type_day(page, day, "3102")
    half = page.get_by_role("status").filter(has_text="is not a whole day, and is not kept")
    expect(half).to_have_count(1)
    assert "since" not in store.load("kinds").assessment.answer_set.answers
    type_day(page, day, "28022026")
    settled(page)

    answers = store.load("kinds").assessment.answer_set.answers
    assert answers["harms"].options == ("readers-2",)
    assert answers["words"].text == "A desk that answers"
    assert answers["since"].text == "2026-02-28"
    assert_no_traceback(page, app)


def test_an_assessment_is_moved_to_a_newer_version(
    app: Server, store: Store, folder: Path, page: Page
):
    """One sees what is dropped, moves it, and the history holds what stood there."""
    create(store, load_framework(SMALL), "moved", {"DP-2": "c", "hosted": "yes", "DP-1": "a"})
    text = SMALL.read_text("utf-8").replace('"2026.1"', '"2026.2"', 1)
    text = text.replace("id: c, risk: 4, label: Unknown", "id: d, risk: 4, label: Nobody knows")
    text = text.replace("options: [b, c], class: stop", "options: [b, d], class: stop")
    (folder / "small.yaml").write_text(text, "utf-8")
    turn_to(page, app.url("/details?assessment=moved&details=Version"))

    expect(page.get_by_text("1 answer is dropped, and kept in the history")).to_be_visible()
    page.get_by_role("button", name="Move to version 2026.2").click()
    settled(page)
    expect(page.get_by_text("Moved to version 2026.2.")).to_be_visible()

    stored = store.load("moved")
    assert stored.framework.version == "2026.2"
    assert stored.assessment.answer_set.answers["DP-1"].option == "a"
    dropped = [e for e in store.history("moved") if e.part == "answer:DP-2"][-1]
    assert dropped.before["option"] == "c"
    assert store.verify_history("moved") == []
    assert_no_traceback(page, app)


def test_a_file_changed_under_its_version_is_refused(
    app: Server, store: Store, folder: Path, page: Page
):
    """Assessments rest on the other text: the page says what differs, and Start leaves it out."""
    create(store, load_framework(IMPACT), "rests-on-it")
    file = folder / "small-impact.yaml"
    text = IMPACT.read_text("utf-8")
    try:
        file.write_text(text.replace("points: 4, label: Far", "points: 5, label: Far"), "utf-8")
        turn_to(page, app.url("/frameworks?frameworks-show=List"))
        expect(page.get_by_text("is already in use with another content")).to_be_visible()
        expect(page.get_by_text('Write a new version, such as "2"')).to_be_visible()
    finally:
        file.write_text(text, "utf-8")
    turn_to(page, app.url("/frameworks"))
    expect(page.get_by_text("is already in use")).to_have_count(0)
    assert_no_traceback(page, app)


def test_a_supplier_is_assessed_once_and_shown_beside_a_purchase(
    app: Server, store: Store, page: Page
):
    """From the purchase to the supplier's own assessment, and back with its date."""
    core = load_framework(HERE.parent / "frameworks" / "ai-supplier-core.yaml")
    create(store, core, "purchase")
    turn_to(page, app.url("/profile?assessment=purchase"))
    page.get_by_role("button", name="Assess the supplier").click()
    settled(page)
    expect(page.get_by_label("Supplier", exact=True)).to_have_value("Quillmere")
    body = page.get_by_label("Who is assessing it", exact=True)
    body.fill("Northmere Council")
    body.press("Tab")
    settled(page)
    page.get_by_role("button", name="Start answering").click()
    settled(page)
    expect(page.get_by_text("The supplier as an organisation").first).to_be_visible()

    turn_to(page, app.url("/profile?assessment=purchase"))
    page.get_by_role("button", name="Take it into account").click()
    settled(page)
    expect(page.get_by_text("Taken into account:")).to_be_visible()
    taken = store.load("purchase").assessment.organisation
    assert taken is not None
    assert taken.framework == "supplier-organisation"
    assert_no_traceback(page, app)


def test_canada_s_questionnaire_is_answered_in_two_languages(
    app: Server, store: Store, folder: Path, page: Page
):
    """Converted, loaded, answered in French, and scored as published."""
    reference = os.environ.get("PROCUREMENT_RISK_REFERENCE", "")
    if not reference:
        pytest.skip("PROCUREMENT_RISK_REFERENCE names no folder with the published questionnaire.")
    aia = Path(reference) / "aia"
    survey = (aia / "survey-enfr.json").read_bytes()
    converted = from_surveyjs(survey, "canada.json").document
    file = folder / f"{converted['id']}.yaml"
    file.write_text(write_yaml(converted), "utf-8")
    framework = load_framework(file)
    case = json.loads((aia / "cases.jsonl").read_text("utf-8").splitlines()[10])
    left_out = "impact30"
    answers = {name: value for name, value in case["answers"].items() if name != left_out}
    create(store, framework, "canada", answers)
    turn_to(page, app.url("/answer?assessment=canada&section=impact"))
    speak(page, "français")
    expect(page.get_by_role("heading", name="Évaluation de l'incidence")).to_be_visible()
    option = framework.by_id[left_out].option(case["answers"][left_out])
    french = converted["sections"]
    (label,) = [
        each["label"]["fr"]
        for section in french
        for question in section["questions"]
        if question["id"] == left_out
        for each in question["options"]
        if option is not None and each["id"] == option.id
    ]
    choose(page, left_out, label)
    page.get_by_role("link", name="Aperçu").click(delay=60)
    settled(page)
    expect(page.get_by_role("heading", level=1, name=re.compile("^Aperçu"))).to_be_visible()
    speak(page, "English")

    wanted = case["expected"]
    expect(
        page.get_by_text(
            f"As published: {wanted['raw']} of {wanted['max_raw']} impact points, "
            f"{wanted['mitigation']} of {wanted['max_mitigation']} mitigation points, "
            f"{wanted['current']} after the reduction"
        )
    ).to_be_visible()
    assert store.load("canada").assessment.answer_set.answers[left_out].option == option.id
    assert_no_traceback(page, app)


def test_a_tab_left_open_while_it_is_moved_saves_nothing_to_the_old_version(
    app: Server, store: Store, page: Page
):
    """It says so, shows the question as it is now, and takes the next answer."""
    old = load_framework(SMALL)
    document = json.loads(json.dumps(old.document))
    document["version"] = "2026.9"
    options = document["sections"][1]["questions"][0]["options"]
    options[1] = {"id": "z", "risk": 3, "label": "Perhaps"}
    new = framework_from_document(document)
    create(store, old, "left-open")
    turn_to(page, app.url("/answer?assessment=left-open&section=DP"))
    stored = store.load("left-open")
    store.move(stored.assessment, new, stored.revision, "Colleague")
    choose(page, "DP-1", "Yes, by promise")

    expect(page.get_by_text("was moved to another version").first).to_be_visible()
    assert store.load("left-open").assessment.answer_set.answers == {}
    choose(page, "DP-1", "Perhaps")
    assert store.load("left-open").assessment.answer_set.answers["DP-1"].option == "z"
    expect(page.get_by_text("was moved to another version")).to_have_count(0)
    assert_no_traceback(page, app)


def test_two_options_that_read_alike_are_told_apart(app: Server, store: Store, page: Page):
    """The browser sends labels, so the id stands beside them."""
    document = json.loads(json.dumps(load_framework(IMPACT).document))
    harms = document["sections"][0]["questions"][2]
    for option in harms["options"]:
        option["label"] = "Same"
    create(store, framework_from_document(document), "alike", {"effect": "far-4"})
    turn_to(page, app.url("/answer?assessment=alike&section=about"))
    choose_one_of_several(page, "harms", "Same (staff-1)")

    answers = store.load("alike").assessment.answer_set.answers
    assert answers["harms"].options == ("staff-1",)
    assert_no_traceback(page, app)
