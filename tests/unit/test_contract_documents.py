"""Conditions, known risks, and the draft assessment summary: read back as their readers would."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from procurement_risk.assessment import Answer, AnswerSet, Benefit, KnownRisk, Marking, Mitigation
from procurement_risk.assessment.document import assessment_from_document, assessment_to_document
from procurement_risk.assessment.parts import check_part
from procurement_risk.errors import UsageError
from procurement_risk.exports import EXPORTS, Exported, docx_writing
from procurement_risk.exports.conditions import clauses_of
from procurement_risk.exports.published import today as publishing
from procurement_risk.language import catalogue as language
from tests.support import pseudo_language
from tests.support.leadership_examples import DRAFTING, FRAUD, HOSTILE, IMPACT, TRIAL, pair, record
from tests.support.publication_examples import DAY, exported, marked, planted

CONDITIONS, RISKS = EXPORTS["conditions"], EXPORTS["known-risks"]
SUMMARY = EXPORTS["assessment-summary"]
SECRET = Marking(ground="security", reason="It helps an attacker")
UNWANTED = "a\u0000b\u0008c\u000bd\ufffee\uffff\ud800f\u202e"
SOFFICE = shutil.which("soffice")


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setattr(publishing, "today", lambda: DAY)


def opened(data, tmp_path):
    file = tmp_path / "made.docx"
    file.write_bytes(data)
    return Document(str(file))


def rows(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


def headings(document):
    return [
        (p.style.name, p.text)
        for p in document.paragraphs
        if p.style.name.startswith(("Heading", "Title"))
    ]


def said(document):
    """Every word of a document, its tables and properties included."""
    kept = document.core_properties
    cells = [cell for table in document.tables for row in rows(table) for cell in row]
    return "\n".join([*(p.text for p in document.paragraphs), *cells, kept.title, kept.subject])


def with_conditions(*mitigations):
    about = planted()
    return replace(about, answer_set=replace(about.answer_set, mitigations=mitigations))


def condition(question="S-2", **more):
    return Mitigation(**{"question": question, "status": "proposed", "target": "a", **more})


# --- Conditions and clauses ---


def test_open_conditions_stand_in_a_table_those_due_first_at_the_top(tmp_path):
    about = with_conditions(
        condition("S-1", status="agreed", owner="Jo Bloggs", due="2027-02-01", clause="Way out"),
        condition("S-2", clause="Our own words"),
        condition("S-3", status="verified", owner="Me", due=DAY, clause="x", evidence="E4"),
        condition("S-5", due="2026-01-01"),
    )
    document = opened(CONDITIONS.write([exported(about)]), tmp_path)

    assert rows(document.tables[0]) == [
        ["Question", "Clause heading", "Outcome sought", "Owner", "Due", "Status"],
        ["S-5: How is S-5?", "–", "Not in the framework: to be written", "nobody yet",
         "1 January 2026", "Proposed, past its day"],
        ["S-1: How is S-1?", "Way out", "We can leave.", "Jo Bloggs", "1 February 2027", "Agreed"],
        ["S-2: How is S-2?", "Our own words", "Not in the framework: to be written", "nobody yet",
         "no date", "Proposed"],
    ]  # fmt: skip
    assert "1 condition is verified as met." in said(document)


def test_a_condition_without_words_has_the_clauses_of_its_question(tmp_path):
    document = opened(CONDITIONS.write([exported(with_conditions(condition()))]), tmp_path)

    assert rows(document.tables[0])[1][1:3] == [
        "Way out; Price cap", "We can leave. Costs are capped."
    ]  # fmt: skip


def test_findings_whose_clause_is_no_condition_stand_apart(tmp_path):
    about = with_conditions(condition("S-1", clause="WAY  OUT, as agreed"))
    document = opened(CONDITIONS.write([exported(about)]), tmp_path)

    assert rows(document.tables[1]) == [
        ["Question", "Finding", "Answer", "Clause heading", "Outcome sought"],
        ["S-1: How is S-1?", "Stop", "Label1e", "Price cap", "Costs are capped."],
        ["S-2: How is S-2?", "High-risk answer", "Label2d", "Price cap", "Costs are capped."],
    ]
    assert headings(document) == [
        ("Title", "Conditions and clauses: Plumtitle"),
        ("Heading 1", "What was decided"),
        ("Heading 1", "Open conditions"),
        ("Heading 1", "Findings whose clause is no condition yet"),
        ("Heading 1", "What this rests on"),
    ]


def test_a_heading_that_stands_inside_another_is_not_taken_for_named():
    """In the core framework, Training is one clause, and No-training another."""
    framework = record("p05-claims-fraud-scoring").framework
    said = [
        [clause.heading for clause in clauses_of(framework, condition(clause=each.heading))]
        for each in framework.clauses
    ]

    assert said == [[each.heading] for each in framework.clauses]
    assert clauses_of(framework, condition(clause="Trainings")) == []


def test_with_every_clause_a_condition_no_finding_is_left(tmp_path):
    document = opened(CONDITIONS.write([exported(with_conditions(condition("S-1")))]), tmp_path)

    assert len(document.tables) == 1
    assert "None: each clause that a finding calls for is a condition." in said(document)


def test_the_heading_row_repeats_and_rows_stay_whole(tmp_path):
    document = opened(CONDITIONS.write([Exported(*pair(FRAUD))]), tmp_path)

    for table in document.tables:
        marks = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
        assert marks == [True] + [False] * (len(table.rows) - 1)
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_the_file_names_its_language_title_and_maker(tmp_path):
    document = opened(CONDITIONS.write([exported(planted())]), tmp_path)
    kept = document.core_properties

    assert kept.title == "Conditions and clauses: Plumtitle"
    assert (kept.subject, kept.language, kept.comments) == ("Plumseller", "en-GB", "")
    assert kept.author.startswith("procurement-risk ")
    assert kept.created.year >= 2026
    languages = [each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))]
    assert languages == ["en-GB"]


def test_in_another_language_it_names_that_one(tmp_path, locales, monkeypatch):
    monkeypatch.setattr(language, "LOCALES", locales)
    language._files.cache_clear()
    language.use(pseudo_language.CODE)
    try:
        document = opened(CONDITIONS.write([exported(planted())]), tmp_path)
    finally:
        language.use("en")
        language._files.cache_clear()

    assert document.core_properties.language == pseudo_language.CODE


def test_it_says_that_it_is_not_for_publication_and_rests_on_the_record(tmp_path):
    document = opened(CONDITIONS.write([Exported(*pair(FRAUD))]), tmp_path)

    assert "For colleagues, not for publication" in said(document)
    assert "None of it is legal wording" in said(document)
    assert record(FRAUD).digest in said(document)
    assert "Fictional demonstration data" in said(document)


@pytest.mark.parametrize("export", [CONDITIONS, SUMMARY], ids=lambda export: export.name)
def test_text_is_text_and_what_xml_forbids_is_left_out(export, tmp_path):
    # A lone surrogate cannot stand in a record, and so does not come this far.
    text = f"{HOSTILE} {UNWANTED}".replace("\ud800", "")
    about = planted()
    about = replace(
        about,
        purchase=replace(about.purchase, title=text, buyer=text),
        supplier=replace(about.supplier, name=text),
        answer_set=replace(
            about.answer_set, mitigations=(condition(owner=f"{text} too", clause=text, note=text),)
        ),
    )
    document = opened(export.write([exported(about)]), tmp_path)

    assert f"{HOSTILE} abc def" in said(document)


def test_the_texts_that_word_gets_hold_nothing_that_xml_forbids():
    assert docx_writing.text_of(UNWANTED) == "abc def"
    assert docx_writing.text_of("a\n\tb") == "a b"
    assert docx_writing.text_of("日本 😀") == "日本 😀"


@pytest.mark.parametrize("export", [CONDITIONS, SUMMARY], ids=lambda export: export.name)
def test_where_points_are_counted_it_says_so(export, tmp_path):
    answers = {q.id: Answer(options=(q.options[0].id,)) for q in IMPACT.questions() if q.options}
    answer_set = AnswerSet(as_of=DAY, answers=answers, pack=IMPACT.packs[0].id)
    about = replace(planted(), answer_set=answer_set, overrides=())
    document = opened(export.write([Exported(about, IMPACT)]), tmp_path)

    words = {
        "conditions": "This questionnaire counts points and names no findings.",
        "assessment-summary": "None of the questions asked can be one.",
    }
    assert words[export.name] in said(document)


@pytest.mark.parametrize("export", [CONDITIONS, SUMMARY], ids=lambda export: export.name)
def test_it_is_about_exactly_one_assessment(export):
    with pytest.raises(UsageError, match="exactly one assessment"):
        export.write([exported(planted()), exported(planted())])


def no_writer():
    """Why the conversion cannot be tried here, or empty."""
    if SOFFICE is None:
        return "soffice is not installed"
    program = Path(SOFFICE).resolve().parent
    has_writer = (program / "libswlo.so").exists()
    return "" if has_writer else "soffice is installed without Writer"


@pytest.mark.skipif(bool(no_writer()), reason=no_writer() or "soffice has Writer")
@pytest.mark.parametrize("export", [CONDITIONS, SUMMARY], ids=lambda export: export.name)
def test_another_program_opens_it(export, tmp_path):
    file = tmp_path / "made.docx"
    file.write_bytes(export.write([Exported(*pair(FRAUD))]))
    home = f"-env:UserInstallation=file://{tmp_path / 'home'}"
    command = [SOFFICE, home, "--headless", "--convert-to", "txt:Text", "--outdir", tmp_path, file]

    subprocess.run(command, check=True, capture_output=True, timeout=120)

    assert "Claims fraud scoring" in (tmp_path / "made.txt").read_text(encoding="utf-8-sig")


# --- Known risks ---


NATURE = KnownRisk(why="No supplier controls what the model's maker withdraws")


def risks(*assessments):
    return RISKS.write([exported(each) for each in assessments]).decode()


def knowing(about=None, **topics):
    """The planted assessment in which an officer marked these as known risks."""
    named = {topic.replace("_", "-"): risk for topic, risk in topics.items()}
    return replace(about or planted(), known_risks=named)


def test_only_what_an_officer_marked_is_a_known_risk_and_why_it_qualifies_is_said():
    text = risks(knowing(way_out=NATURE))

    assert text.splitlines()[0].startswith("[DRAFT. An officer must edit this text")
    assert "Known risks: Plumtitle, Plumbuyer" in text
    assert (
        "1. Way out. This may not hold throughout the contract: “We can leave.” By its nature it "
        "cannot be dealt with in the contract: No supplier controls what the model's maker "
        "withdraws"
    ) in text
    assert "2." not in text
    assert "[1 other topic is for the contract and stands in Conditions and clauses.]" in text
    for hidden in ("Label", "Plumseller", "Plumgroup", "Plummodel", "E1", "High", "Stop"):
        assert hidden not in text


def test_what_a_clause_can_deal_with_is_no_known_risk():
    text = risks(planted())

    assert "names no known risk that can stand in a notice." in text
    assert "1." not in text
    assert "[2 other topics are for the contract and stand in Conditions and clauses.]" in text
    assert "Schedule 8, paragraph 5" in text


def test_the_other_topics_stand_in_the_conditions(tmp_path):
    """Whatever the known risks leave to the contract is there, also a stop that may still fire."""
    about = replace(planted(), answer_set=AnswerSet(as_of=DAY, answers={}), overrides=())
    document = opened(CONDITIONS.write([exported(about)]), tmp_path)

    assert [row[:4] for row in rows(document.tables[0])[1:]] == [
        ["S-1: How is S-1?", "May still fire", "Not answered yet", "Way out"],
        ["S-1: How is S-1?", "May still fire", "Not answered yet", "Price cap"],
    ]
    document = opened(CONDITIONS.write([exported(knowing(about, way_out=NATURE))]), tmp_path)
    assert [row[3] for row in rows(document.tables[0])[1:]] == ["Price cap"]
    assert "Way out: No supplier controls what the model's maker withdraws" in said(document)


def test_the_conditions_say_what_was_decided(tmp_path):
    words = said(opened(CONDITIONS.write([exported(planted())]), tmp_path))

    assert "Escalate, by Plumdecider, 24 November 2026." in words
    assert "Reason: Plumgrounds" in words
    assert "The stop on S-1 was overridden by Plumsenior, 25 November 2026" in words
    undecided = replace(planted(), decision=None, overrides=())
    words = said(opened(CONDITIONS.write([exported(undecided)]), tmp_path))
    assert "Nothing is recorded as decided yet." in words


def test_the_conditions_say_what_was_promised_beside_what_was_found(tmp_path):
    told = Benefit(
        measure="Minutes a case",
        promised="30",
        found="12",
        at="2026-06-01",
        evidence="E3",
        note="Time study",
    )
    owed = Benefit(measure="Backlog", promised="None left")
    measured = replace(planted(), benefits=(told, owed))
    document = opened(CONDITIONS.write([exported(measured)]), tmp_path)
    (found,) = [rows(each)[1:] for each in document.tables if rows(each)[0][0] == "Measure"]
    assert found[0][:4] == ["Minutes a case", "30", "12", "1 June 2026"]
    assert "E3" in found[0][4]
    assert "Time study" in found[0][4]
    assert found[1][:3] == ["Backlog", "None left", "not measured yet"]
    without = replace(planted(), benefits=())
    assert "Promised and found" not in said(
        opened(CONDITIONS.write([exported(without)]), tmp_path)
    )


def test_questions_about_ourselves_are_left_out_and_counted():
    """S-5 is internal and as bad as can be."""
    text = risks(planted())

    assert "S-5" not in text
    assert "[1 finding about the buyer itself is left out.]" in text


def test_a_topic_without_a_clause_is_told_by_its_question():
    text = risks(replace(planted(), known_risks={"S-3": replace(NATURE, risk="It may stop")}))
    assert "1. How is S-3? It may stop. By its nature" in text


def test_with_no_risk_it_says_so():
    best = {name: Answer(options=("a",), evidence="E4") for name in ("S-1", "S-2", "S-3", "S-5")}
    answer_set = AnswerSet(as_of=DAY, answers=best)

    assert "names no known risk that can stand in a notice." in risks(
        replace(planted(), answer_set=answer_set)
    )


def test_a_topic_whose_answer_is_withheld_is_left_out_and_counted():
    about = replace(
        planted(), markings={"answers.S-3.answer": SECRET}, known_risks={"S-3": NATURE}
    )
    text = risks(about)

    assert "S-3" not in text
    assert "[1 topic is left out because an answer on it is withheld.]" in text


def test_a_withheld_name_is_struck_out_of_why_a_risk_qualifies():
    why = KnownRisk(why="Plumseller may be sold", risk="PLUMSELLER ends")
    about = replace(knowing(way_out=why), markings={"supplier.name": SECRET})

    assert "[withheld] may be sold" in risks(about)
    assert "plumseller" not in risks(about).lower()


def test_known_risks_are_kept_in_the_record_and_unseen_by_the_score():
    about = knowing(way_out=NATURE)
    document = assessment_to_document(about)

    assert document["known_risks"] == {"way-out": {"why": NATURE.why}}
    assert assessment_from_document(document) == about
    assert "known_risks" not in assessment_to_document(planted())
    for bad in ({"way-out": {}}, {"way out": {"why": "x"}}, {"way-out": {"why": ""}}, []):
        assert check_part("known_risks", bad)


def test_withheld_names_are_not_in_it():
    text = risks(marked("security"))

    assert "Known risks: [withheld: security], [withheld: security]" in text
    assert "Plum" not in text


def test_it_warns_where_a_supplier_is_chosen_already():
    warning = "[A supplier is recorded as chosen."
    bought = planted().purchase

    assert warning in risks(planted())
    assert warning not in risks(replace(planted(), purchase=replace(bought, chosen_supplier="")))


def test_several_bids_for_one_purchase_make_one_text():
    other = replace(planted(), id="two", answer_set=AnswerSet(as_of=DAY, answers={}))

    text = risks(knowing(way_out=NATURE), knowing(other, way_out=NATURE, price=NATURE))
    assert text.count("1. Way out.") == 1
    assert text.count("2. Price cap.") == 1


def test_two_purchases_do_not():
    other = replace(planted(), purchase=replace(planted().purchase, id="q"))

    with pytest.raises(UsageError, match="one purchase"):
        risks(planted(), other)


def test_where_points_are_counted_the_officer_is_told():
    answer_set = AnswerSet(as_of=DAY, pack=IMPACT.packs[0].id)
    about = replace(planted(), answer_set=answer_set, overrides=())

    text = RISKS.write([Exported(about, IMPACT)]).decode()

    assert "[This questionnaire counts points and names no findings" in text


def test_a_text_of_many_lines_cannot_begin_a_paragraph_of_its_own():
    bought = replace(planted().purchase, title="A\n\n9. Nothing is wrong\u2028\u0000")

    assert "Known risks: A 9. Nothing is wrong, Plumbuyer" in risks(
        replace(planted(), purchase=bought)
    )


# --- The draft assessment summary ---


def test_only_what_can_be_a_criterion_is_in_it(tmp_path):
    document = opened(SUMMARY.write([exported(planted())]), tmp_path)

    assert [rows(table)[1:] for table in document.tables] == [
        [["S-2: How is S-2?", "Label2d", "E1 supplier's written statement", ""]],
        [["S-1: How is S-1?", "Label1e", "4 of 4, 0 is best; evidence E2", ""]],
    ]
    for use in ("S-3", "S-4", "S-5", "CX-1"):  # information, term and internal
        assert use not in said(document)


@pytest.mark.parametrize("name", [FRAUD, TRIAL])
def test_no_internal_question_of_the_demonstration_is_in_it(name, tmp_path):
    about, framework = pair(name)
    document = opened(SUMMARY.write([Exported(about, framework)]), tmp_path)
    asked = {row[0].partition(":")[0] for table in document.tables for row in rows(table)[1:]}

    uses = {framework.by_id[question].procurement_use for question in asked}
    assert uses <= {"award", "mandatory"}
    assert {"award", "mandatory"} & uses
    words = said(document)
    barred = [q for q in framework.questions() if q.procurement_use not in ("award", "mandatory")]
    assert [q.id for q in barred if q.ask in words] == []


def test_it_is_a_draft_for_the_officer_about_one_supplier(tmp_path):
    words = said(opened(SUMMARY.write([Exported(*pair(DRAFTING))]), tmp_path))
    about, _framework = pair(DRAFTING)

    assert "Draft for the officer. Before it is sent" in words
    assert about.supplier.name in words
    for rival in ("p01-rival-saltmarsh", "p01-rival-thistlewood"):
        assert pair(rival)[0].supplier.name not in words
    assert about.purchase.chosen_supplier in ("", about.supplier.name)


def test_another_supplier_that_was_chosen_is_not_in_it(tmp_path):
    assert "Plumchosen" not in said(opened(SUMMARY.write([exported(planted())]), tmp_path))


def test_notes_links_and_names_are_not_in_it(tmp_path):
    words = said(opened(SUMMARY.write([exported(planted())]), tmp_path))

    for hidden in ("Plumnote", "Plumlink", "Plumby", "Plumowner", "Plumdecider"):
        assert hidden not in words


def test_withheld_answers_are_not_in_it_nor_their_scores(tmp_path):
    about = replace(planted(), markings={"answers.S-1.answer": SECRET})
    document = opened(SUMMARY.write([exported(about)]), tmp_path)

    assert rows(document.tables[1])[1] == [
        "S-1: How is S-1?", "[withheld: security]", "[withheld: security]", ""
    ]  # fmt: skip
    assert "1 answer is withheld." in said(document)
    assert "Label1e" not in said(document)
