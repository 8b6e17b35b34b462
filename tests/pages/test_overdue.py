"""Every door tells the same conditions from those whose day has passed.

One assessment has a mitigation of every status, due the day before, on the day, the day after and
on no day. Each door says of each question what it makes of it; all have to say the same.
"""

import io
import json
import re
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import openpyxl
import pytest
from click.testing import CliRunner
from lxml import html
from streamlit.testing.v1 import AppTest

from procurement_risk.assessment import Mitigation
from procurement_risk.cli.main import main
from procurement_risk.exports import conditions, verify
from procurement_risk.methods import values
from procurement_risk.portfolio import kept, waiting, worklist
from procurement_risk.portfolio.census import census
from procurement_risk.report import conditions as listed, portfolio_page
from procurement_risk.report.portfolio import figures
from procurement_risk.views.portfolio import parts
from procurement_risk.views.profile import findings
from procurement_risk.views.shared import session
from procurement_risk.views.supplier import tables
from tests.support.leadership_examples import CORE, example, settled
from tests.support.places import ROOT

BEFORE, DAY, AFTER = "2026-11-22", "2026-11-23", "2026-11-24"
STATUSES = ("proposed", "agreed", "verified")
CASES = [(s, d) for s in STATUSES for d in (BEFORE, DAY, AFTER, "") if (s, d) != ("agreed", "")]
QUESTIONS = [each.id for each in CORE.questions() if len(each.options) > 2][30 : 30 + len(CASES)]
OF = dict(zip(CASES, QUESTIONS, strict=True))
OVERDUE, PROPOSED = {OF["agreed", BEFORE]}, {OF["proposed", BEFORE]}


def assessment():
    """One with every case: its own day is the day that the pages are drawn on."""
    mitigations = tuple(
        Mitigation(
            question=name,
            status=status,
            target=CORE.by_id[name].options[0].id,
            due=due,
            owner="Ana",
            clause="A clause",
            evidence="E4" if status == "verified" else "",
        )
        for (status, due), name in OF.items()
    )
    worse = {name: CORE.by_id[name].options[-1].id for name in QUESTIONS}
    answers = settled(**worse)
    return example(answer_set=replace(answers, mitigations=mitigations))


@pytest.fixture
def held(store, monkeypatch):
    """A store with the assessment, which pages and commands find; it is always the same day."""
    monkeypatch.setattr(session, "today", lambda: DAY)
    store.create(assessment(), CORE, "Ana")
    return store


# --- The doors ----------------------------------------------------------------------------


def told(rows):
    """What rows of a table say: those with a status that tells, by the question in them."""
    late, proposed = set(), set()
    for row in rows:
        line = re.sub(r"[\\\u2060]", "", " | ".join(map(str, row)))
        for status, found in (("Agreed, overdue", late), ("Proposed, past its day", proposed)):
            if status in line:
                found |= {each for each in QUESTIONS if re.search(rf"\b{each}\b", line)}
    return late, proposed


def command(name):
    """The bytes that the command line writes of the assessment, in a format."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "file"
        made = CliRunner().invoke(main, ["export", "--format", name, "-o", str(file), "one"])
        assert made.exit_code == 0, made.output
        return file.read_bytes()


def page(name, query, state=()):
    test = AppTest.from_file(ROOT / "app.py", default_timeout=60)
    test._page_hash = test.run().session_state["pages"][name]._script_hash
    for key, value in {**query, **dict(state)}.items():
        test.query_params[key] = value
    for key, value in state:
        test.session_state[key] = value
    test.run()
    assert not test.exception
    return test


def cells(test):
    return [row for table in test.table for row in table.value.to_numpy().tolist()]


def said(test):
    found = (*test.markdown, *test.caption, *test.subheader)
    return " ".join(str(each.value) for each in found).replace("\\", "")


def in_html(data):
    rows = html.fromstring(data.decode()).iter("tr")
    return told([cell.text_content() for cell in row] for row in rows)


def leadership(_held):
    data = command("leadership-html")
    assert "1 overdue, 1 proposed, past its day" in data.decode().replace("\xa0", " ")
    return in_html(data)


def published(_held):
    return in_html(command("public-summary"))


def contract(_held):
    document = docx.Document(io.BytesIO(command("conditions")))
    return told([cell.text for cell in row.cells] for row in document.tables[0].rows)


def counted_as(rows):
    """What a format for machines says: an overdue one counts as proposed; it knows no more."""
    return {
        name for name, status, acting in rows if (status, acting) == ("agreed", "proposed")
    }, None


def workbook(_held):
    sheet = openpyxl.load_workbook(io.BytesIO(command("tables")))["mitigations"]
    head, *rows = sheet.iter_rows(values_only=True)
    wanted = [head.index(each) for each in ("question", "status", "counts_as")]
    return counted_as([row[place] for place in wanted] for row in rows)


def oscal(_held):
    text = command("oscal")
    found = []
    for result in json.loads(text)["assessment-results"]["results"]:
        for risk in result["risks"]:
            for each in risk.get("remediations", ()):
                props = {one["name"]: one["value"] for one in each["props"]}
                names = ("question-id", "mitigation-status", "counts-as")
                found.append([props[name] for name in names])
    return counted_as(found)


def pack(_held):
    """The audit pack's own program, which shares no code with the rest."""
    record = json.loads(command("json"))
    line = record["assessment"]
    case = verify.Case(record["framework"], line, line["pack"])
    status = {name: status for (status, _due), name in OF.items()}
    return counted_as(
        (name, status[name], each["status"]) for name, each in case.mitigations.items()
    )


def profile(_held):
    return told(
        cells(page("profile", {"assessment": "one"}, [("show", "Findings and conditions")]))
    )


def supplier(_held):
    show = [("supplier-show", "What is open")]
    test = page("supplier", {"supplier": "Example AI Ltd"}, show)
    assert "1 overdue, 1 proposed, past its day" in said(test)
    return told(cells(test))


def portfolio(_held):
    test = page("portfolio", {}, [("portfolio-show", "Dates and conditions")])
    (late,) = map(int, re.findall(r"(\d+) conditions? agreed and not verified", said(test)))
    names = re.findall(r"(\S+), due \d", said(test))
    return set(names[:late]), set(names[late:])


def sheet(held):
    made = portfolio_page(figures.figures_of(census(kept.items_of(held)), DAY))
    part = next(each for each in made.parts if each.title.startswith("Overdue conditions: "))
    points, proposed = part.blocks
    late = {each.lead.split(":")[0] for each in points.items}
    assert part.title.endswith(f": {len(late)}")
    words = proposed.line.text
    told = PROPOSED if words == "1 more is proposed only, and past its day." else {words}
    return late, told


def work_list(held):
    (row,) = worklist.rows(held, held.summaries(), DAY)
    return (OVERDUE if row.waiting == "1 overdue condition" else {row.waiting}), None


DOORS = (
    leadership,
    published,
    contract,
    workbook,
    oscal,
    pack,
    profile,
    supplier,
    portfolio,
    sheet,
    work_list,
)


def agrees(door, held):
    """Whether what the door says is what the rule says, as far as the door tells it."""
    late, proposed = door(held)
    return late == OVERDUE and proposed in (PROPOSED, None)


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_every_door_tells_the_same(door, held):
    assert agrees(door, held)


@pytest.mark.parametrize(
    ("module", "name", "door"),
    [
        (listed, "standing", leadership),
        (listed, "standing", published),
        (conditions, "standing", contract),
        (values, "is_overdue", workbook),
        (values, "is_overdue", oscal),
        (findings, "standing", profile),
        (tables, "standing", supplier),
        (parts, "overdue", portfolio),
        (figures, "overdue", sheet),
        (waiting, "is_overdue", work_list),
    ],
)
def test_a_door_that_looks_from_another_day_is_found(module, name, door, held, monkeypatch):
    rule = getattr(module, name)
    monkeypatch.setattr(module, name, lambda about, _day, *more: rule(about, AFTER, *more))
    assert not agrees(door, held)
