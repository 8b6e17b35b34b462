"""From a list in Excel to a record that verifies, on the page and on the command line; and an
overlay whose base has a newer version. Each step is one that an officer takes.
"""

import json

import openpyxl
import pytest
from click.testing import CliRunner

from procurement_risk.cli.main import main
from procurement_risk.formats.workbook import cells
from procurement_risk.framework import files
from procurement_risk.framework.files import load_framework
from procurement_risk.framework.shipped import FRAMEWORKS
from tests.support.question_lists import saved
from tests.support.small_app import draw, press, said, tables, unescaped

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _book(*rows):
    book = openpyxl.Workbook()
    book.active.title = "Supplier questions"
    for row in rows:
        book.active.append(row)
    return saved(book)


def one_cell():
    """A title above, headings in the third row, sections as rows, all answers in one cell."""
    return _book(
        ["Questions on AI"],
        [],
        ["Ref", "Question", "Answer options", "Weight", "Required answer", "Only if"],
        [None, "Data protection"],
        ["DP1", "Is a data protection officer named?", "Yes / No", 5, "Yes", None],
        ["DP2", "Is personal data used to train models?", "Yes / No", 10, None, None],
        ["DP3", "Who may see it?", "Our staff; Suppliers; Anybody", 10, None, "DP2 = Yes"],
    )


def a_column_each():
    """A section in every row, an answer to a column, and no numbers."""
    return _book(
        ["Topic", "Question", "Answer 1", "Answer 2", "Answer 3", "Weighting"],
        ["Data", "Who keeps the logs?", "We do", "The supplier", "Nobody", 5],
        ["Data", "Is personal data used to train models?", "Yes", "No", None, 10],
        ["Exit", "How does data come back?", "Open format", "Own format", "It does not", 5],
    )


def a_row_each():
    """An answer to a row under its question, with its risk beside it."""
    return _book(
        ["No", "Section", "Question", "Answers", "Risk", "Weight"],
        ["1", "Data", "Is personal data used to train models?", "No", 0, 10],
        [None, None, None, "With consent", 2, None],
        [None, None, None, "Yes", 4, None],
        ["2", "Data", "Is it deleted at the end?", "Yes", 0, 5],
        [None, None, None, "No", 4, None],
    )


@pytest.fixture
def own(app, tmp_path, monkeypatch):
    monkeypatch.setenv(files.FURTHER_FOLDERS, str(tmp_path / "own"))
    monkeypatch.setattr("procurement_risk.formats.workbook.questionnaire.apart", cells.read_cells)
    monkeypatch.chdir(tmp_path)
    return app


def run(*words):
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    return result


def field(page, label):
    fields = (*page.text_area, *page.text_input)
    (found,) = [each for each in fields if each.label == label]
    return found


def drafted(own, data):
    """Drop the list, look it over, and keep it as a draft: its id, and the training question's."""
    page = draw("frameworks", **{"frameworks-show": "Bring one in"})
    page.file_uploader[0].set_value(("council list.xlsx", data, XLSX)).run()
    assert not page.exception
    for box in page.selectbox:
        if box.label.endswith("· Answers") and not box.value:  # those given, or those to choose?
            box.select("options").run()
    rows = [row for table in tables(page) for row in table if len(row) == 7]
    (asked,) = {row[1] for row in rows if "train models" in row[2] and row[4].isdecimal()}
    press(page, "Keep as a draft and edit")
    (draft,) = own.store.every_draft()
    return draft.id, unescaped(asked)


@pytest.mark.parametrize("layout", [one_cell, a_column_each, a_row_each])
def test_from_a_list_to_a_record_that_verifies(own, layout, tmp_path):
    name, asked = drafted(own, layout())
    page = draw("frameworks", draft=name, question=asked)
    marked = "which answer is the good one" in said(page)
    assert marked == (layout is not a_row_each)  # there the list says what each counts
    field(page, "Question").set_value("Is personal data used to train or tune models?").run()
    field(page, "Weight").set_value("9").run()
    if marked:
        page = press(press(page, "Move it"), "This is settled")
    assert "which answer is the good one" not in said(page)

    page = press(page, "Put it in use")
    assert "say why" in said(page)
    page.checkbox[0].check().run()
    field(page, "Why, or who decided it").set_value("Pilot until May").run()
    page = press(page, "Put it in use")
    assert "put in use by Ana on" in said(page)

    framework = load_framework("council-list")
    question = framework.by_id[asked]
    assert (question.weight, question.ask[-6:]) == (9, "odels?")
    own.create(framework, {q.id: q.options[-1].id for q in framework.questions() if q.options})
    overview = said(draw("profile", assessment="case"))
    assert "so a result rests on" in overview
    assert "Not settled" not in overview

    run("export", "--format", "json", "-o", tmp_path / "out.json", "case")
    assert "holds" in run("verify", tmp_path / "out.json").output
    told = json.loads(run("score", "--json", "case").stdout)
    assert told["framework"] == "council-list"
    assert told["open"] == []


OVERLAY = """\
schema_version: 1
id: our-core
version: "1"
title: Our questions about AI
extends: ai-supplier-core@2026.2
policy:
  bands:
    - {id: high, from: 45}
sections:
  - id: DP
    questions:
      - {id: DP-02, weight: 9, help: Our data protection officer keeps the list.}
"""


def test_from_an_overlay_of_the_core_to_what_a_newer_base_clashes_with(own, tmp_path):
    base = (FRAMEWORKS / "ai-supplier-core.yaml").read_text("utf-8")
    (own.folder / "ai-supplier-core.yaml").write_text(base, "utf-8")
    (tmp_path / "ours.yaml").write_text(OVERLAY, "utf-8")
    run("put-in-use", "ours.yaml", "--reason", "Cabinet of 3 December")
    ours = load_framework("our-core")
    own.create(ours, {"DP-02": ours.by_id["DP-02"].options[-1].id}, pack="triage")
    run("export", "--format", "json", "-o", tmp_path / "out.json", "case")
    assert "holds" in run("verify", tmp_path / "out.json").output

    newer = base.replace('version: "2026.2"', 'version: "2026.3"', 1).replace(
        "from: 50", "from: 40"
    )
    (own.folder / "ai-supplier-core.yaml").write_text(newer, "utf-8")
    told = CliRunner().invoke(main, ["diff", "our-core", "--onto", "ai-supplier-core@2026.3"])

    assert told.exit_code == 1
    assert "1 thing clashes" in told.output
    assert "It is 40, and an overlay may only be stricter: write 40 or less." in told.output
    assert load_framework("our-core").document == ours.document
    assert own.store.load("case").framework.document == ours.document

    mended = OVERLAY.replace("from: 45", "from: 40").replace("@2026.2", "@2026.3")
    (tmp_path / "ours.yaml").write_text(mended.replace('version: "1"', 'version: "2"'), "utf-8")
    run("put-in-use", "ours.yaml")
    assert "moved: 1" in run("move-version", "--to", "our-core", "--all", "--yes").output
    moved = own.store.load("case").framework
    assert (moved.version, moved.based_on.version) == ("2", "2026.3")
