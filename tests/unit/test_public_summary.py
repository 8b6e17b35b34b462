"""The public summary: what it says, and that nothing withheld is anywhere in its bytes."""

import json
import re
from dataclasses import replace

import pytest
from click.testing import CliRunner
from typst import Compiler

from procurement_risk.assessment import Answer, AnswerSet, Marking
from procurement_risk.assessment.publication import publish
from procurement_risk.cli.main import main
from procurement_risk.errors import UsageError
from procurement_risk.exports import EXPORTS, Exported
from procurement_risk.exports.leadership import pdf as leadership_pdf
from procurement_risk.exports.published import today as publishing
from procurement_risk.imports.demonstration import EXAMPLES
from procurement_risk.methods import evaluate
from procurement_risk.report import public_summary
from procurement_risk.report.page import Facts, Paragraph, Points, Table
from procurement_risk.views.records import take_out as records_out
from tests.support import tagged_pdf
from tests.support.html_reading import Read, faults
from tests.support.leadership_examples import FRAUD, HOSTILE, IMPACT, pair, record
from tests.support.publication_examples import DAY, FRAMEWORK, exported, marked, planted, texts

HTML, PDF = EXPORTS["public-summary"], EXPORTS["public-summary-pdf"]
DIGEST = "0123456789abcdef" * 4
GROUNDS = ("commercial", "personal", "security")
NEVER_SHOWN = {  # because the summary has no place for it, marked public or not
    "answers.S-1.note", "answers.S-1.link", "answers.S-1.by", "mitigations.S-2.note",
}  # fmt: skip

WITH = {  # the same text under two names, and what stands beside a stop that is not named
    "answers.S-6.answer": {"answers.S-6.text"},
    "answers.S-6.text": {"answers.S-6.answer"},
    "answers.S-1.answer": {"overrides.S-1.by", "overrides.S-1.reason"},
}


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setattr(publishing, "today", lambda: DAY)


def page_of(assessment, framework=FRAMEWORK, day=DAY):
    outcome = evaluate(framework, assessment.answer_set)
    return public_summary(publish(assessment, day), framework, outcome, digest=DIGEST)


def part(page, title):
    (found,) = [each for each in page.parts if each.title == title]
    return found


def lines(part):
    """Every line of a part as text, tables by row."""
    found = []
    for block in part.blocks:
        match block:
            case Paragraph():
                found.append(block.line.text)
            case Points() | Facts():
                found += [
                    f"{line.lead}: {line.text}" if line.lead else line.text for line in block.items
                ]
            case Table():
                found += list(block.rows)
    return found


def closed_up(text):
    return re.sub(r"\s", "", text)


def everything_in(data):
    """All words of a PDF: its text, what its structure tells, and its metadata."""
    reader = tagged_pdf.read(data)
    told = [str(each.entries) for each in tagged_pdf.tree(data).every()]
    about = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    return " ".join([tagged_pdf.text(data), *told, str(reader.metadata), about])


def traces(data, words):
    """Return which of ``words``, forms by field, can be found in a file."""
    text = closed_up(everything_in(data) if data[:4] == b"%PDF" else data.decode())
    return {path for path, forms in words.items() if any(closed_up(f) in text for f in forms)}


# --- Nothing that is withheld ---


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("export", [HTML, PDF], ids=lambda export: export.ending)
def test_nothing_that_is_marked_is_anywhere_in_the_file(export, ground):
    assert traces(export.write([exported(marked(ground))]), texts()) == set()


@pytest.mark.parametrize("export", [HTML, PDF], ids=lambda export: export.ending)
def test_what_is_marked_public_is_found_so_the_search_finds_things(export):
    found = traces(export.write([exported(marked("public"))]), texts())

    assert found == texts().keys() - NEVER_SHOWN


@pytest.mark.parametrize("path", [path for path in texts() if path not in NEVER_SHOWN])
def test_each_field_is_withheld_by_its_own_marking(path):
    """All is public but for one: that one is gone, and nothing else."""
    one = Marking(ground="security", reason="It helps an attacker")
    found = traces(HTML.write([exported(marked("public", **{path: one}))]), texts())

    assert texts().keys() - NEVER_SHOWN - found == {path} | WITH.get(path, set())


def test_unmarked_it_keeps_to_the_rules():
    hidden = {
        "mitigations.S-2.owner", "decision.by", "overrides.S-1.by", "triggers.note", *NEVER_SHOWN
    }  # fmt: skip

    assert traces(HTML.write([exported(planted())]), texts()) == texts().keys() - hidden


@pytest.mark.parametrize("value", [True, False])
def test_whether_it_is_part_of_a_product_is_withheld_either_way(value):
    about = marked("security")
    about = replace(about, purchase=replace(about.purchase, embedded=value))
    facts = lines(part(page_of(about), "The purchase"))

    assert "A feature of a product in use already: [withheld: security]" in facts


def test_the_state_of_a_withheld_answer_does_not_show():
    rows = {
        row[0]: row
        for each in page_of(marked("personal")).parts
        for row in lines(each)
        if isinstance(row, tuple) and len(row) == 3
    }

    assert rows["S-4: How is S-4?"] == ("S-4: How is S-4?", "[withheld: personal]", "")


def test_a_stop_on_a_withheld_answer_is_counted_and_not_named():
    shown = lines(part(page_of(planted()), "Stops and flags"))
    hidden = lines(part(page_of(marked("security")), "Stops and flags"))

    assert shown[0].startswith("Stop S-1: How is S-1? Answer: “Label1e”. Overridden by [withheld")
    assert hidden == ["1 more stop or flag rests on an answer that is withheld."]


def test_the_file_is_not_named_after_what_is_withheld():
    name = records_out.file_name(HTML.named(marked("commercial")), "html")

    assert name == "withheld-commercial-withheld-commercial-2026-11-25.html"


def test_the_record_is_not_attached():
    assert tagged_pdf.read(PDF.write([exported(planted())])).attachments == {}


# --- The list of what is withheld ---


def test_it_lists_what_is_withheld_with_ground_reason_and_end():
    price = Marking(ground="commercial", reason="A price *offered*", until="2027-01-31")
    about = replace(
        planted(),
        markings={
            "purchase.committed_value": price,
            "answers.S-1.answer": price,
            "answers.S-2.answer": price,
        },
    )
    rows = lines(part(page_of(about), "What is withheld"))

    assert rows[0] == ("Committed value", "Commercial", "A price *offered*", "31 January 2027")
    assert ("Answer: S-1, S-2", "Commercial", "A price *offered*", "31 January 2027") in rows
    rule = "Names of persons are personal, unless they are marked public."
    assert ("Who decided", "Personal", rule, "no end date") in rows
    notes = "Notes and links are for colleagues, unless they are marked public."
    assert ("Note on the answer: S-1", "For colleagues", notes, "no end date") in rows


def test_every_withheld_field_is_in_the_list():
    about = marked("security")
    rows = lines(part(page_of(about), "What is withheld"))
    listed = sum(row[0].count(", ") + 1 if ": " in row[0] else 1 for row in rows)

    assert listed == len(publish(about, DAY).withheld) == len(about.markings)
    assert (
        f"{listed} fields are withheld"
        in lines(part(page_of(about), "What this summary is, and is not"))[1]
    )


def test_it_says_that_a_marking_has_ended():
    about = replace(
        planted(),
        markings={"supplier.name": Marking(ground="commercial", reason="x", until="2026-11-24")},
    )
    page = page_of(about)

    assert lines(part(page, "No longer withheld")) == [
        "Supplier: was withheld as commercial, and that ended on 24 November 2026."
    ]
    assert "Plumseller" in page.subtitle


def test_with_nothing_withheld_it_says_so():
    page = page_of(marked("public"))

    assert lines(part(page, "What this summary is, and is not"))[1] == (
        "Nothing is withheld from this summary of 25 November 2026."
    )
    assert "What is withheld" not in [each.title for each in page.parts]


# --- What it says ---


def test_it_says_what_is_bought_decided_and_asked():
    page = page_of(planted())

    assert (page.title, page.subtitle) == ("Plumtitle", "Plumbuyer, from Plumseller")
    assert page.headline_lead == "Recommendation"
    assert page.top[0].text == "Escalate, by [withheld: personal], 24 November 2026. " + (
        "This differs from what is recommended."
    )
    asked = lines(part(page, "Asked and answered: Section S"))
    assert asked[0] == ("S-1: How is S-1?", "Label1e", "E2 document or contract draft")
    assert asked[3] == ("S-4: How is S-4?", "Not applicable: Plumbecause", "")
    assert lines(part(page, "Open conditions")) == [
        ("S-2: Plumclause", "[withheld: personal]", "5 May 2027", "Proposed")
    ]
    assert "not legal advice" in lines(part(page, "What this summary is, and is not"))[0]
    assert page.foot[-1] == f"SHA-256 of the record: {DIGEST}"
    assert "A small framework, version 1" in page.foot[-2]


def test_conditions_that_are_verified_are_counted_only():
    about, framework = pair(FRAUD)
    every = about.answer_set.mitigations
    verified = sum(each.status == "verified" for each in every)
    page = page_of(about, framework)

    rows = [row for row in lines(part(page, "Open conditions")) if isinstance(row, tuple)]
    assert len(rows) == len(every) - verified


def test_the_digest_is_that_of_the_record():
    assert Read(HTML.write([Exported(*pair(FRAUD))]).decode()).text.endswith(record(FRAUD).digest)


def test_where_points_are_counted_it_says_the_level():
    answers = {q.id: Answer(options=(q.options[0].id,)) for q in IMPACT.questions() if q.options}
    about = replace(
        planted(),
        answer_set=AnswerSet(as_of=DAY, answers=answers, pack=IMPACT.packs[0].id),
        overrides=(),
    )
    page = page_of(about, IMPACT)

    assert page.headline_lead == "Result"
    assert "Level" in page.headline
    assert "As published: " in page.meaning
    assert "Impact and mitigation" in [each.title for each in page.parts]
    assert tagged_pdf.faults(PDF.write([Exported(about, IMPACT)])) == []


def test_it_is_about_exactly_one_assessment():
    with pytest.raises(UsageError, match="exactly one assessment"):
        HTML.write([exported(planted()), exported(planted())])


# --- The files ---


def test_the_pdf_of_many_sheets_can_be_read_aloud():
    data = PDF.write([Exported(*pair(FRAUD))])

    assert tagged_pdf.faults(data) == []
    assert tagged_pdf.pages(data) > 3
    assert f"Page 2 of {tagged_pdf.pages(data)}" in tagged_pdf.text(data)
    assert tagged_pdf.read(data).metadata.title == "Public summary: Claims fraud scoring"


def test_an_untagged_summary_would_be_refused():
    data = leadership_pdf._data(page_of(planted()), None) | {"size": 10.0, "sheet-number": "{n}"}
    inputs = {"page": json.dumps(data), "overflow": "x"}
    source = leadership_pdf.SOURCE.read_bytes()
    made = Compiler(source, ignore_system_fonts=True, sys_inputs=inputs).compile(
        format="pdf", pdf_tags=False
    )

    assert "it has no structure tree" in tagged_pdf.faults(made)


def test_the_html_runs_and_fetches_nothing():
    source = HTML.write([exported(planted())]).decode()
    page = Read(source)

    assert faults(source) == []
    policy = [each["content"] for each in page.all("meta") if "http-equiv" in each]
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'"]
    assert "@media print" in source
    assert page.all("html") == [{"lang": "en", "dir": "ltr"}]
    assert "Withheld fields, with ground, reason and end date" in page.text


def hostile():
    about = planted()
    text = f'{HOSTILE} "><img src=x onerror=alert(1)>\u0000\u202e'
    return replace(
        about,
        purchase=replace(about.purchase, title=text, description=text, route=text),
        supplier=replace(about.supplier, name=text),
        markings={"supplier.group": Marking(ground="security", reason=text)},
    )


def test_hostile_texts_stay_texts():
    data = HTML.write([exported(hostile())])
    page = Read(data.decode())

    assert page.all("script") == page.all("img") == []
    assert "<script>alert(1)</script>" in page.text
    assert "\u202e" not in data.decode()
    assert tagged_pdf.faults(PDF.write([exported(hostile())])) == []


def test_it_is_a_format_of_the_command_line(tmp_path):
    file = tmp_path / "summary.html"
    asked = ["export", "--format", HTML.name, "-o", str(file), str(EXAMPLES / f"{FRAUD}.json")]

    done = CliRunner().invoke(main, asked)

    assert done.exit_code == 0, done.output
    assert b"Public summary" in file.read_bytes()
