"""Lists of questions in spreadsheets become frameworks, and say by cell what they could not."""

import io
import json
import re
from copy import deepcopy

import openpyxl
import pytest
from openpyxl.comments import Comment

from procurement_risk.errors import InvalidDocument
from procurement_risk.formats.workbook.cells import read_cells
from procurement_risk.formats.workbook.purpose import wanted_for
from procurement_risk.formats.workbook.questionnaire import (
    conversion,
    from_spreadsheet,
    propose,
    read_mapping,
    read_sheets,
    to_spreadsheet,
)
from procurement_risk.formats.workbook.questionnaire.choices import part
from procurement_risk.formats.workbook.questionnaire.columns import chosen_from
from procurement_risk.formats.workbook.questionnaire.conditions import (
    Unread,
    read_condition,
    write_condition,
)
from procurement_risk.formats.workbook.questionnaire.counts import _weight
from procurement_risk.formats.workbook.questionnaire.roles import role_of
from procurement_risk.framework.advice import advice
from procurement_risk.framework.document import framework_from_document
from procurement_risk.framework.files import check_text, load_framework
from procurement_risk.framework.proposals import to_be_set
from procurement_risk.framework.shipped import FRAMEWORKS
from tests.support.framework_documents import IMPACT, SMALL
from tests.support.question_lists import LISTS, plain_text, saved
from tests.support.workbook_examples import packed, parts_of

EXTENSION = (
    '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    '<x14:dataValidations xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
    '<x14:dataValidation type="list"><x14:formula1><xm:f>Values!$A$1:$A$3</xm:f></x14:formula1>'
    "<xm:sqref>C5:C6</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>"
)


def book_of(data, name="list.xlsx"):
    """What stands in a file; XLSX is read here and not apart, which takes its time."""
    if name.endswith(".csv"):
        return read_sheets(data, name)
    with wanted_for("questions"):
        return read_cells(data, name)


def made(name):
    return from_spreadsheet(book_of(LISTS[name](), name), name)


def questions(converted):
    sections = converted.document["sections"]
    return {q["id"]: q for section in sections for q in section["questions"]}


def titles(converted):
    return [section["title"] for section in converted.document["sections"]]


def risks(question):
    return {option["label"]: option["risk"] for option in question["options"]}


def said(converted):
    return "\n".join(map(str, converted.notes))


def sheet_of(*rows):
    """A workbook with one sheet of these rows, and the sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Questions"
    for row in rows:
        sheet.append(list(row))
    return book, sheet


def converted_of(*rows, mapped=None):
    book, _sheet = sheet_of(*rows)
    return from_spreadsheet(book_of(saved(book)), "list.xlsx", mapped)


# --- The layouts of others ---


@pytest.mark.parametrize("name", LISTS)
def test_each_layout_becomes_a_file_that_check_accepts(name):
    converted = made(name)
    framework, problems = check_text(converted.yaml(name))

    assert problems == []
    assert framework is not None
    assert framework.document == converted.document


def test_ids_sections_lists_and_hidden_columns_of_a_coded_list():
    converted = made("coded.xlsx")
    found = questions(converted)

    assert titles(converted) == ["Context", "Documentation", "Backups"]
    assert list(found) == ["CX-1", "DOCU-01", "DOCU-02", "BACK-01", "BACK-02"]
    assert risks(found["DOCU-01"]) == {"Yes": 0, "No": 4}
    assert risks(found["DOCU-02"]) == {"No": 0, "Yes": 4}  # the good answer stands in column F
    assert found["DOCU-02"]["weight"] == 40
    assert found["BACK-01"]["help"] == "Restored, not just made."
    assert found["BACK-02"]["type"] == "text"
    assert "Instructions: No questions are read here." in said(converted)
    assert "Assessment!F3: This column is hidden, and was read." in said(converted)
    assert "Assessment!D3: Additional Information: this column was not read." in said(converted)


def test_a_list_on_another_sheet_as_excel_keeps_it():
    """As an extension of the file format, which openpyxl leaves out."""
    parts = parts_of(LISTS["coded.xlsx"]())
    name = "xl/worksheets/sheet2.xml"
    text = re.sub(r"<dataValidations.*?</dataValidations>", "", parts[name].decode(), flags=re.S)
    parts[name] = text.replace("</worksheet>", f"{EXTENSION}</worksheet>").encode()
    (found,) = book_of(packed(parts)).sheets[1].form.lists

    assert found.choices == ("Yes", "No", "N/A")
    assert (found.top, found.bottom, found.left) == (5, 6, 3)


def test_domains_that_are_merged_down():
    converted = made("domains.xlsx")

    assert titles(converted)[1:] == ["Audit & Assurance", "Application Security"]
    assert list(questions(converted))[1:] == ["A-A-01.1", "A-A-01.2", "AIS-01.1"]


def test_numbers_that_lost_their_zero_conditions_and_an_id_that_stands_twice():
    converted = made("numbered.xlsx")
    found = questions(converted)

    assert titles(converted)[1:] == ["1 Governance", "B. Access"]
    assert found["1.10"]["when"] == {"question": "1.2", "in": ["a"]}
    assert found["1.11"]["when"] == {"question": "1.1", "in": ["b"]}
    assert found["B.1-2"]["when"] == {"question": "B.1", "in": ["a", "b"]}
    assert "when" not in found["1.12"]
    assert "'A. Governance'!E14: If the auditor says so: left out" in said(converted)
    assert "'A. Governance'!A12: 1.1 behind 1.9 was taken for 1.10" in said(converted)
    assert "'B. Access'!A3: B.1 stands twice: this one is called B.1-2." in said(converted)
    assert found["1.10"]["sources"][1] == "5.1"


def test_two_heading_rows_ticks_and_blank_rows_of_a_council():
    converted = made("council.xlsx")
    found = questions(converted)

    assert titles(converted)[1:] == ["Data protection", "Equality"]
    assert risks(found["1"]) == {"Yes": 0, "No": 4}
    assert found["2"]["type"] == "text"


def test_an_answer_to_a_row_with_its_risk():
    converted = made("several-rows.xlsx")
    found = questions(converted)

    assert risks(found["P1"]) == {"In the UK": 0, "In the EEA": 1, "Elsewhere": 4}
    assert [found["P1"]["weight"], found["P2"]["weight"]] == [5, 15]
    assert to_be_set(framework_from_document(converted.document)) == ("CX-1",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_text_in_any_letters_with_any_sign(encoding, sign):
    converted = from_spreadsheet(book_of(plain_text(encoding, sign), "list.csv"), "list.csv")
    found = list(questions(converted).values())

    assert found[1]["ask"] == "Avez-vous un délégué à la protection?"
    assert found[1]["help"] == "Une ligne\nune autre"
    assert ("older letters" in said(converted)) == (encoding in ("latin-1", "cp1252"))


# --- Honest about what is not said ---


def test_risk_that_nobody_said_is_marked_and_check_warns():
    converted = converted_of(["Question"], ["Is data encrypted?"], ["Is it deleted?"])
    framework = framework_from_document(converted.document)

    assert to_be_set(framework) == ("CX-1", "Q1", "Q2")
    assert questions(converted)["Q1"]["sources"] == [
        "list.xlsx, Questions!A2",
        "To be set: its answers, the risk of each answer",
    ]
    (warning,) = [each for each in advice(framework) if "still to be set" in each]
    assert "in 3 questions, so a result rests on proposals: settle CX-1, Q1, Q2" in warning


def test_what_is_settled_is_warned_of_no_more():
    document = deepcopy(converted_of(["Question"], ["Is data encrypted?"]).document)
    for section in document["sections"]:
        for question in section["questions"]:
            question["sources"] = ["Own question"]

    assert not [a for a in advice(framework_from_document(document)) if "to be set" in a]


def test_scores_count_only_once_somebody_says_what_they_mean():
    rows = [["Question", "Options", "Score"], ["Is it kept?", "Yes; Partly; No", "10; 5; 0"]]
    unsaid = converted_of(*rows)
    mapped = propose(book_of(saved(sheet_of(*rows)[0])))
    (sheet,) = mapped.sheets

    assert "Q1" in to_be_set(framework_from_document(unsaid.document))
    assert "Questions!C1: Score: this column was not read." in said(unsaid)

    text = mapped.yaml().replace("B: options", "B: options, C: marks")
    marked = converted_of(*rows, mapped=read_mapping(text, "map.yaml"))
    assert risks(questions(marked)["Q1"]) == {"Yes": 0, "Partly": 5, "No": 10}
    assert marked.document["scale_max"] == 10
    assert "Q1" not in to_be_set(framework_from_document(marked.document))
    assert sheet.columns == {1: "question", 2: "options"}


SCORED = ["No.", "Question", "Answer options", "Score A", "Score B", "Score C"]
ABOVE = [["Barrowdale: questions for suppliers"], ["Score: 0 = no concern, 4 = serious."], []]


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        ([*ABOVE, SCORED], {4: "risk", 5: "risk", 6: "risk"}),
        ([["Title"], ["A higher score is better"], SCORED], {4: "marks", 5: "marks", 6: "marks"}),
        ([["No.", "Question", "Answer options", "Risk A", "Risk B"]], {4: "risk", 5: "risk"}),
        ([SCORED], {}),  # nothing says which way
        ([["Higher is better, for risk lower is better"], SCORED], {}),  # both are said
        ([*ABOVE, [*SCORED[:3], "Score B", "Score A"]], {}),  # not in the order of the answers
        ([*ABOVE, [*SCORED[:3], "Score 1", "Score 2"]], {}),  # may be two people's
    ],
)
def test_a_column_of_scores_to_each_answer_is_read_where_its_sense_is_said(rows, columns):
    rows = [*rows, [1, "Is it kept?", "Yes / Partly / No", 0, 2, 4]]
    (sheet,) = propose(book_of(saved(sheet_of(*rows)[0]))).sheets

    assert {n: role for n, role in sheet.columns.items() if n > 3} == columns


def test_scores_to_each_answer_count_as_they_stand():
    yes_is_bad = [1, "Is it sold on?", "Yes / Partly / No", 4, 2, 0]
    gap = [2, "Is it kept?", "Yes / No", 0, None, 4]
    converted = converted_of(*ABOVE, SCORED, yes_is_bad, gap)

    assert risks(questions(converted)["1"]) == {"Yes": 4, "Partly": 2, "No": 0}
    assert questions(converted)["2"]["sources"][1:] == ["To be set: the risk of each answer"]
    assert "Questions!D6: 0; 4: left out." in said(converted)
    unsaid = converted_of(SCORED, yes_is_bad)
    assert "Questions!D1: Score A: this column was not read. Nothing says" in said(unsaid)


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (ABOVE, "Barrowdale: questions for suppliers"),
        ([], "list"),
        ([["Questions"]], "list"),
        ([["Please fill in every row."]], "list"),
        ([["Version 2", "May 2026"]], "list"),
        ([["", "", "", "Scores"]], "list"),  # over a group of columns
    ],
)
def test_a_title_above_the_headings_is_the_title(rows, title):
    converted = converted_of(*rows, SCORED, [1, "Is it kept?", "Yes / No"])

    assert converted.document["title"] == title


@pytest.mark.parametrize(
    ("asked", "when", "note"),
    [
        ("If yes to 4, how long is it kept?", {"question": "4", "in": ["a"]}, ""),
        ("If no to question 4: who has it?", {"question": "4", "in": ["b"]}, ""),
        ("If the answer to 4 is no, who has it?", {"question": "4", "in": ["b"]}, ""),
        ("If yes, how long is it kept?", None, "If yes"),
        ("If yes to 9, how long is it kept?", None, "under 9 above it"),
        ("If partly to 4, how long is it kept?", None, "offers no answer"),
        ("If yes to 4, 5 or 6, how long is it kept?", None, "cannot be told where it ends"),
        ("If yes to 4, and to 5, how long?", None, "cannot be told where it ends"),
        ("If a resident asks, is it deleted?", None, ""),
        ("Is it kept if yes to 4, or not?", None, ""),
    ],
)
def test_a_question_that_begins_with_its_condition(asked, when, note):
    head = ["No.", "Question", "Options"]
    rows = [[4, "Is it kept?", "Yes / No"], [5, asked, "Long / Short"]]
    converted = converted_of(head, *rows)

    assert questions(converted)["5"].get("when") == when
    assert questions(converted)["5"]["ask"] == asked
    named = [line for line in said(converted).splitlines() if "always asked" in line]
    assert [line.startswith("Questions!B3: ") and note in line for line in named] == (
        [True] if note else []
    )


def test_numbers_beside_answers_likewise():
    rows = [["Question", "Options"], ["Is it kept?", "Yes = 3\nPartly = 1\nNo = 0"]]
    unsaid = converted_of(*rows)
    text = propose(book_of(saved(sheet_of(*rows)[0]))).yaml() + "numbers: marks\n"
    marked = converted_of(*rows, mapped=read_mapping(text, "map.yaml"))

    assert "Questions!B2: Numbers stand beside the answers" in said(unsaid)
    assert risks(questions(marked)["Q1"]) == {"Yes": 0, "Partly": 4, "No": 6}


def test_the_owner_says_once_what_an_answer_counts_for():
    rows = [["Question"], ["Is it kept?"], ["Is it used?"]]
    text = propose(book_of(saved(sheet_of(*rows)[0]))).yaml()
    text += 'risks: {"Yes": 0, Partly: 3, "No": 4}\n'
    converted = converted_of(*rows, mapped=read_mapping(text, "map.yaml"))

    assert risks(questions(converted)["Q2"]) == {"Yes": 0, "Partly": 3, "No": 4}
    assert questions(converted)["Q2"]["sources"][1:] == ["To be set: its answers"]


def test_where_no_is_the_good_answer_yes_is_the_worst():
    found = questions(
        converted_of(["Question", "Preferred response"], ["Was there a breach?", "No"])
    )

    assert risks(found["Q1"]) == {"No": 0, "Partly": 2, "Yes": 4}


def test_a_condition_before_a_question_leaves_it_one_of_yes_or_no():
    rows = [["Question"], ["If yes to 1, can it be left out?"], ["If not, when is it due?"]]
    found = questions(converted_of(*rows))

    assert [found[name].get("type", "single") for name in ("Q1", "Q2")] == ["single", "text"]


def test_the_id_of_a_question_goes_before_that_of_its_control():
    head = ["Control ID", "Question ID", "Question"]
    found = questions(converted_of(head, ["A-1", "A-1.1", "Is it kept?"], ["", "A-1.2", "Is it?"]))

    assert {"A-1.1", "A-1.2"} <= found.keys()


def test_what_the_file_says_of_one_question_goes_before_what_is_usual():
    rows = [
        ["Question", "Options", "Expected answer"],
        ["Is it kept?", "Yes/No", "Yes"],
        ["Was there a breach?", "Yes/No", "No"],
        ["Is it used?", "Yes/No", None],
    ]
    text = propose(book_of(saved(sheet_of(*rows)[0]))).yaml()
    text += 'risks: {"Yes": 0, "No": 4}\n'
    converted = converted_of(*rows, mapped=read_mapping(text, "map.yaml"))
    found = questions(converted)

    assert risks(found["Q2"]) == {"No": 0, "Yes": 4}
    assert risks(found["Q1"]) == risks(found["Q3"]) == {"Yes": 0, "No": 4}
    assert "Yes was taken for the good answer wherever these" in said(converted)


REVERSED = (
    "Do you share data with third parties?",
    "Has there been a breach in the last three years?",
    "Is personal data used to improve or train your models?",
    "Are there decisions that cannot be explained?",
    "Has the supplier ever been fined by a regulator?",
    "Isn't the data encrypted?",
    "Does the system retain prompts after the contract?",
    "Is anything of the service subcontracted?",
)
AS_USUAL = (
    "Is a data protection officer named?",
    "Is there a procedure for breaches?",
    "Are vulnerabilities scanned for every month?",
    "Do you notify customers of incidents?",
    "Are complaints handled within 20 days?",
    "Can data be exported?",
)


@pytest.mark.parametrize("settled", [True, False])
def test_questions_that_look_reversed_are_named_and_never_turned_round(settled):
    """Whether or not somebody said what Yes counts for, unless an answer is expected."""
    rows = [["Question", "Options", "Expected answer"]]
    rows += [[ask, "Yes/No", None] for ask in (*REVERSED, *AS_USUAL)]
    rows += [["Was there a breach?", "Yes/No", "No"], ["Has it failed?", "Daily/Weekly", None]]
    text = propose(book_of(saved(sheet_of(*rows)[0]))).yaml()
    text += 'risks: {"Yes": 0, "No": 4}\n' if settled else ""
    converted = converted_of(*rows, mapped=read_mapping(text, "map.yaml"))

    marked = [
        question["ask"]
        for question in questions(converted).values()
        if "which answer is the good one" in question["sources"][-1]
    ]
    assert marked == list(REVERSED)
    named = [note.where for note in converted.notes if "may be the bad answer" in note.message]
    assert named == [f"Questions!A{row}" for row in range(2, 2 + len(REVERSED))]
    assert risks(questions(converted)["Q1"]) == {"Yes": 0, "No": 4}


@pytest.mark.parametrize(("text", "weight"), [("1,5", 1.5), ("1.5", 1.5), ("1,500", None)])
def test_a_decimal_comma_is_read_and_one_of_thousands_is_not_guessed(text, weight):
    assert _weight(text, is_percent=False) == weight


def test_answers_down_the_rows_are_read_beside_a_column_that_is_not():
    """The last answer of a question is no section, though a number follows; nor is a sum one."""
    converted = converted_of(
        ["No", "Question", "Answer options", "Score", "Weighting"],
        ["Section 1: Data"],
        [1, "Where is it kept?", "Here", 2, 0.4],
        [None, None, "Abroad", 1],
        [None, None, "Not known where", 0],
        [2, "Is it used for training?", "Never, by contract", 1, 0.6],
        [None, None, "Yes", 0],
        [None, "Total", None, None, 1],
    )

    found = questions(converted)
    assert list(found) == ["CX-1", "1", "2"]
    assert [each["label"] for each in found["1"]["options"]] == [
        "Here",
        "Abroad",
        "Not known where",
    ]
    assert [each["label"] for each in found["2"]["options"]] == ["Never, by contract", "Yes"]
    assert "D1: Score: this column was not read" in said(converted)
    assert "B8: Total: left out. This is a sum" in said(converted)
    assert titles(converted)[1:] == ["Section 1: Data"]


def test_a_risk_rating_in_words_weighs_the_question():
    """High beside a question says how much it counts, never what one of its answers does."""
    converted = converted_of(
        ["Ref", "Question", "Risk Rating"],
        ["A1", "Is there a policy?", "High"],
        ["A2", "Is it read?", "Low"],
    )
    found = questions(converted)
    assert [found["A1"]["weight"], found["A2"]["weight"]] == [5, 1]


def test_numbers_that_begin_the_text_are_ids_and_a_number_above_begins_a_section():
    converted = converted_of(
        ["1 Data protection"], ["1.1 Is data kept here?"], ["1.2 Is it deleted?"],
        ["2 Leaving"], ["2.1 Can we leave?"],
    )  # fmt: skip
    found = questions(converted)
    assert {"1.1", "1.2", "2.1"} <= found.keys()
    assert found["1.1"]["ask"] == "Is data kept here?"
    assert {"1 Data protection", "2 Leaving"} <= set(titles(converted))


def test_a_kind_with_a_hyphen_and_french_headings_are_read():
    converted = converted_of(
        ["N°", "Question", "Réponses possibles", "Type", "Poids"],
        ["1", "Quelles normes ?", "ISO / SOC", "Multi-select", "2"],
        ["2", "Peut-on partir ?", "Non / Oui", "", "3"],
    )
    found = questions(converted)
    assert (found["1"]["type"], found["2"]["weight"]) == ("multiple", 3)
    assert [option["label"] for option in found["2"]["options"]] == ["Oui", "Non"]


def test_a_weight_with_two_readings_is_named_with_both():
    converted = converted_of(["Question", "Weight"], ["Is it kept?", "1.500"])

    assert "Questions!B2: 1.500 may be 1500 or 1.5" in said(converted)


def test_words_for_weights_are_said_to_be_taken():
    converted = converted_of(
        ["Question", "Priority"], ["Is it kept?", "High"], ["Is it used?", "Very"]
    )

    assert questions(converted)["Q1"]["weight"] == 5
    assert "Questions!B2: High was taken for a weight of 5" in said(converted)
    assert "Questions!B3: Very is no weight from 1 to 100" in said(converted)
    assert "its weight" in questions(converted)["Q2"]["sources"][-1]


# --- What is left out, by its cell ---


def test_answers_formulas_errors_notes_and_hidden_rows_are_named_by_cell():
    book, sheet = sheet_of(
        ["Ref", "Question", "Answer"],
        ["1", "Is it kept?", "We hold a certificate"],
        ["2", "=A2&B2", None],
        ["3", "Is it hidden?", None],
        ["4", "Is it noted?", None],
        [None, None, None],
        ["Footnote one", None, None],
    )
    sheet["B5"].comment = Comment("Ask legal", "Ana")
    sheet.row_dimensions[4].hidden = True
    found = said(from_spreadsheet(book_of(saved(book)), "list.xlsx"))

    assert "Questions!C2: We hold a certificate: an answer stands here." in found
    assert "Questions!B3: A formula stands here without a result" in found
    assert "Questions!B4: Is it hidden?: left out. The row is hidden" in found
    assert "Questions!B5: A note is pinned here and was left out: Ask legal." in found


def test_what_stands_around_the_questions_is_named_by_cell():
    """A line above the headings, a title and notes under which no question stands."""
    book, sheet = sheet_of(
        ["AI list", None, None, None, None, None],
        ["Fill in every line", None, None, None, None, None],
        [None, None, "Answers", None, None, None],
        ["Ref", "Question", "A", "B", "C", "Scoping"],
        ["Part one", None, None, None, None, None],
        ["Data", None, None, None, None, None],
        ["D1", "Is it encrypted?", "Always", "At rest only", "No", None],
        ["D2", "Is it shared?", "No", "Some", "Yes", "If No to D1"],
        ["D3", "If anybody, are they vetted?", "All", "Some", "None", None],
        [None, None, None, None, None, None],
        ["Notes", None, None, None, None, None],
        ["1. Return it by Friday", None, None, None, None, None],
    )
    sheet.merge_cells("C3:E3")
    for row in (5, 6, 11, 12):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=6)
    converted = from_spreadsheet(book_of(saved(book)), "list.xlsx")

    assert converted.document["title"] == "AI list"
    assert titles(converted)[1:] == ["Data"]
    made_of = questions(converted)
    assert risks(made_of["D1"]) == {"Always": 0, "At rest only": 2, "No": 4}
    assert made_of["D2"]["when"] == {"question": "D1", "in": ["c"]}
    lines = said(converted).splitlines()
    assert [line.split(": ")[0] for line in lines if line.endswith("under it.")] == [
        "Questions!A5", "Questions!A11", "Questions!A12",
    ]  # fmt: skip
    assert any(line.startswith("Questions!A2: Fill in every line: stands above") for line in lines)
    assert any(line.startswith("Questions!B9: If anybody") for line in lines)
    assert "Questions!B8: The sheet has No first, and Yes was taken for the good answer." in lines
    assert "which answer is the good one" in made_of["D2"]["sources"][-1]


def test_what_a_formula_last_came_to_is_taken_and_said():
    book, _sheet = sheet_of(["Question", "Options"], ["=1+1", "Yes/No"])
    parts = parts_of(saved(book))
    name = "xl/worksheets/sheet1.xml"
    parts[name] = (
        parts[name]
        .replace(b'<c r="A2"><f>1+1</f><v />', b'<c r="A2" t="str"><f>1+1</f><v>Is it kept?</v>')
        .replace(b'<c r="A2"><f>1+1</f><v></v>', b'<c r="A2" t="str"><f>1+1</f><v>Is it kept?</v>')
    )
    converted = from_spreadsheet(book_of(packed(parts)), "list.xlsx")

    assert questions(converted)["Q1"]["ask"] == "Is it kept?"
    assert "Questions!A2: A formula stands here. What it last came to was taken" in said(converted)


def test_very_long_texts_are_cut_and_named():
    converted = converted_of(["Question", "Guidance"], ["Is it kept?", "x" * 6_000])

    assert len(questions(converted)["Q1"]["help"]) == 5_000
    assert "Questions!B2: The text has 6,000 characters" in said(converted)


def test_more_answers_than_a_scale_has_become_a_text():
    converted = converted_of(["Question", "Options"], ["Which?", "\n".join(map(str, range(12)))])

    assert questions(converted)["Q1"]["type"] == "text"
    assert "Questions!B2: 12 answers were left out" in said(converted)


def test_texts_of_others_stay_texts():
    bad = '=HYPERLINK("x")'
    book, sheet = sheet_of(["Question"], ["Is it?"])
    sheet["A2"].value = bad
    sheet["A2"].data_type = "s"
    converted = from_spreadsheet(book_of(saved(book)), "a\n# b.xlsx")
    framework, problems = check_text(converted.yaml("a\n# b.xlsx: x"))

    assert problems == []
    assert [q.ask for q in framework.questions()][1] == bad


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([["Welcome"], ["Nothing here"]], "Nothing in the file looks like questions."),
        ([["Question", "Answer"]], "Nothing in the file looks like questions."),
    ],
)
def test_a_file_without_questions_is_refused(rows, message):
    with pytest.raises(InvalidDocument, match=message):
        converted_of(*rows)


def test_more_questions_than_one_file_holds_are_refused(monkeypatch):
    monkeypatch.setattr(conversion, "MAX_BYTES", 3_000)

    with pytest.raises(InvalidDocument, match="2 questions are too many for one questionnaire"):
        converted_of(["Question"], ["Is it kept?"], ["Is it used?"])


def test_what_is_not_safe_is_refused_in_words_for_a_list():
    parts = parts_of(LISTS["coded.xlsx"]()) | {"xl/vbaProject.bin": b"x"}
    with pytest.raises(InvalidDocument, match="the questions into a new workbook, as values"):
        book_of(packed(parts))


def test_a_file_is_read_apart():
    """So that a bomb takes no more than it may; the words are those for a list there too."""
    assert read_sheets(LISTS["coded.xlsx"](), "x.xlsx") == book_of(LISTS["coded.xlsx"]())
    with pytest.raises(InvalidDocument, match="save it as XLSX"):
        read_sheets(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old.xls")


# --- The mapping ---


@pytest.mark.parametrize("name", LISTS)
def test_a_mapping_is_kept_with_the_file_that_it_made(name):
    book = book_of(LISTS[name](), name)
    converted = from_spreadsheet(book, name)

    assert read_mapping(converted.mapped.yaml(), "map.yaml") == converted.mapped
    assert read_mapping(converted.yaml(name), "made.yaml") == converted.mapped


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sheets: []\n", "Write under sheets which sheets are read"),
        (
            "sheets: [{sheet: A, first_row: 0, columns: {A: question}}]\n",
            "the number of the first",
        ),
        (
            "sheets: [{sheet: A, first_row: 1, columns: {A: id}}]\n",
            "which column holds the question",
        ),
        (
            "sheets: [{sheet: A, first_row: 1, columns: {A: quiz}}]\n",
            "quiz is nothing that a column",
        ),
        ("sheets: [{sheet: A, first_row: 1, columns: {A1: question}}]\n", "A1 is no column"),
        (
            "answers: [a]\nsheets: [{sheet: A, first_row: 1, columns: {A: question}}]\n",
            "two answers",
        ),
        ("risks: {a: 11}\nsheets: []\n", "from 0 to 10"),
        ("colour: red\nsheets: []\n", "colour is no part of a mapping"),
        ("numbers: good\nsheets: []\n", "numbers: marks"),
        ("sheets: [\n", "map.yaml:1:10: A value is missing"),
    ],
)
def test_a_mapping_that_cannot_be_meant_says_what_to_write(text, message):
    with pytest.raises(InvalidDocument, match=message):
        read_mapping(text, "map.yaml")


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Question ID", "id"),
        ("Ref.", "id"),
        ("Ques Num", "id"),
        ("Question/Request", "question"),
        ("Requirement", "question"),
        ("Supplier Response", "answer"),
        ("Response options", "options"),
        ("Option 3", "option"),
        ("Compliant Response", "expected"),
        ("Domain Title", "section"),
        ("Weighting (%)", "weight"),
        ("Notes for suppliers", "help"),
        ("Applicable if", "when"),
        ("Supporting evidence", "evidence"),
        ("Risk rating", "risk"),
        ("Score", ""),
        ("Additional Information", ""),
        ("Analyst Notes", ""),
    ],
)
def test_headings_say_what_a_column_holds(heading, role):
    assert role_of(heading) == role


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Yes/No/N/A", ["Yes", "No", "N/A"]),
        ("- Yes\n- Partly\n- No", ["Yes", "Partly", "No"]),
        ("Yes; in part, with a plan; No", ["Yes", "in part, with a plan", "No"]),
        ("Daily, weekly, never", ["Daily", "weekly", "never"]),
        ("a) UK\nb) EEA", ["UK", "EEA"]),
        ("A policy and/or a plan", ["A policy and/or a plan"]),
    ],
)
def test_answers_in_one_cell(text, parts):
    assert part(text) == parts


# --- Conditions ---

OFFERS = {"3": ("Q-3", {"yes": "a", "no": "b", "in part": "c", "a": "a", "b": "b"})}


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("If yes to Q3", {"question": "Q-3", "in": ["a"]}),
        ("Applicable if 3 is No", {"question": "Q-3", "in": ["b"]}),
        ("Only if question 3 = Yes.", {"question": "Q-3", "in": ["a"]}),
        ("Only required where the answer to 3 is not Yes", {"question": "Q-3", "not_in": ["a"]}),
        ("if you answered “In part” to 3", {"question": "Q-3", "in": ["c"]}),
        ("3 is Yes or In part", {"question": "Q-3", "in": ["a", "c"]}),
        (
            "If yes to 3 and 3 is not no",
            {"all": [{"question": "Q-3", "in": ["a"]}, {"question": "Q-3", "not_in": ["b"]}]},
        ),
    ],
)
def test_conditions_as_people_write_them(text, condition):
    assert read_condition(text, lambda c: OFFERS.get(c.casefold().removeprefix("q"))) == condition


@pytest.mark.parametrize("text", ["If relevant", "If yes to 9", "If maybe to 3", "3", "(((" * 50])
def test_conditions_that_cannot_be_read_are_not_guessed(text):
    with pytest.raises(Unread):
        read_condition(text, OFFERS.get)


def conditions_in(document):
    for section in document["sections"]:
        for one in (section, *section["questions"]):
            if "when" in one:
                yield one["when"]


@pytest.mark.parametrize("path", sorted(FRAMEWORKS.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_condition_we_ship_is_read_as_it_is_written(path):
    document = load_framework(path).document
    find = chosen_from(document)
    for condition in conditions_in(document):
        assert read_condition(write_condition(condition), find) == condition


# --- Out, and in again ---


@pytest.mark.parametrize("path", sorted(FRAMEWORKS.glob("*.yaml")), ids=lambda path: path.stem)
def test_what_we_ship_comes_back_to_the_letter(path):
    document = load_framework(path).document
    back = from_spreadsheet(book_of(to_spreadsheet(document)), "x.xlsx").document

    assert json.dumps(back) == json.dumps(document)


def edited(document, change):
    """The framework that comes back once ``change`` was made to its workbook."""
    book = openpyxl.load_workbook(io.BytesIO(to_spreadsheet(document)))
    change(book)
    return from_spreadsheet(book_of(saved(book)), "x.xlsx").document


def cell(book, question, heading, sheet="Questions"):
    """The cell of a question under a heading."""
    found = book[sheet]
    column = next(each.column for each in found[1] if each.value == heading)
    own = 2 if sheet == "Questions" else 1
    row = next(
        row for row in range(2, found.max_row + 1) if found.cell(row, own).value == question
    )
    return found.cell(row, column)


def in_document(document, name):
    return next(q for s in document["sections"] for q in s["questions"] if q["id"] == name)


@pytest.mark.parametrize(
    ("question", "heading", "text", "key", "value"),
    [
        ("DP-1", "Question", "Is it kept out?", "ask", "Is it kept out?"),
        ("DP-1", "Weight", 7, "weight", 7),
        ("DP-1", "Guidance", "Look.", "help", "Look."),
        ("DP-1", "Red flag", "flag, from tier 2: c", "red_flag",
         {"options": ["c"], "class": "flag", "from_tier": 2}),
        ("DP-1", "Asked only if", "hosted is yes", "when", {"question": "hosted", "in": ["yes"]}),
        ("DP-1", "Asked only if", "Yes to hosted", "when", {"question": "hosted", "in": ["yes"]}),
        ("TR-2", "Asked only if", "Everything to CX-1", "when", {"question": "CX-1", "in": ["c"]}),
        ("DP-2", "Asked only if", None, "when", None),
        ("DP-2", "Core", "yes", "core", True),
        ("DP-1", "Core", None, "core", None),
        ("DP-1", "Sources, one a line", "One\nTwo", "sources", ["One", "Two"]),
    ],
)  # fmt: skip
def test_an_edit_in_a_plain_column_takes_effect(question, heading, text, key, value):
    document = {**SMALL, "method_version": 2}

    def change(book):
        cell(book, question, heading).value = text

    back = edited(document, change)
    expected = deepcopy(document)
    if value is None:
        del in_document(expected, question)[key]
    else:
        in_document(expected, question)[key] = value
    assert back == expected


def test_an_answer_is_reworded_added_and_counted_anew():
    def change(book):
        cell(
            book, "DP-2", "Answers, best first"
        ).value = "a = 0: Here\nd = 1: In the EEA\nb = 2: Elsewhere\nc = 4: Unknown"

    options = in_document(edited(SMALL, change), "DP-2")["options"]
    assert options == [
        {"id": "a", "risk": 0, "label": "Here"},
        {"id": "d", "risk": 1, "label": "In the EEA"},
        {"id": "b", "risk": 2, "label": "Elsewhere"},
        {"id": "c", "risk": 4, "label": "Unknown"},
    ]


def test_rows_moved_added_and_taken_out():
    def change(book):
        sheet = book["Questions"]
        ids = [sheet.cell(row, 2).value for row in range(1, sheet.max_row + 1)]
        row = [each.value for each in sheet[ids.index("DP-2") + 1]]
        row[1] = "DP-9"
        sheet.delete_rows(ids.index("DP-2") + 1)
        sheet.append(row)

    back = edited(SMALL, change)
    names = [q["id"] for q in back["sections"][1]["questions"]]
    assert "DP-9" in names
    assert "DP-2" not in names


def test_what_a_new_row_leaves_empty_is_proposed_and_marked():
    row = ["DP", "DP-9", "Is there a deputy?", None, None, "a = 0: Yes\nb = 4: No"]
    back = edited(SMALL, lambda book: book["Questions"].append(row))

    made_of = next(q for q in back["sections"][1]["questions"] if q["id"] == "DP-9")
    assert made_of["sources"][0].startswith("x.xlsx, Questions!B")
    assert made_of["sources"][1] == "To be set: what its row leaves empty"
    assert (made_of["weight"], made_of["procurement_use"]) == (1, "term")  # as the row above


def test_what_makes_the_whole_unfit_is_named_by_its_cell():
    row = ["DP", "DP-9", "Is there a deputy?", None, None, "a = 4: Yes\nb = 0: No"]
    with pytest.raises(InvalidDocument) as caught:
        edited(SMALL, lambda book: book["Questions"].append(row))

    (problem,) = caught.value.problems
    assert re.match(r"Questions!B\d+: The risks fall", problem.message)


def test_settings_and_sections_take_effect_too():
    def change(book):
        sheet = book["Settings"]
        for row in sheet.iter_rows(min_col=1, max_col=1):
            if row[0].value == 'version: "2026.1"':
                row[0].value = 'version: "2027.1"'
        cell(book, "DP", "Title", "Sections").value = "Our data"

    back = edited(SMALL, change)
    assert back["version"] == "2027.1"
    assert back["sections"][1]["title"] == "Our data"


def test_another_language_has_its_own_columns():
    document = {**deepcopy(SMALL), "languages": ["en", "fr"]}
    in_document(document, "DP-1")["ask"] = {"en": "Kept out?", "fr": "Exclu?"}

    def change(book):
        cell(book, "DP-1", "Question (français)").value = "Est-ce exclu?"
        cell(book, "DP-1", "Answers, best first (français)").value = "a: Oui"

    back = in_document(edited(document, change), "DP-1")
    assert back["ask"] == {"en": "Kept out?", "fr": "Est-ce exclu?"}
    assert back["options"][0]["label"] == {"en": "Yes, in the contract", "fr": "Oui"}
    assert back["options"][1]["label"] == "Yes, by promise"


def test_points_are_edited_where_points_count():
    name = next(
        q["id"]
        for s in IMPACT["sections"]
        for q in s["questions"]
        if any("points" in o for o in q.get("options", ()))
    )

    def change(book):
        found = cell(book, name, "Answers, best first")
        first, *rest = found.value.split("\n")
        found.value = "\n".join([first.replace(first.split(":")[0], "z = 9"), *rest])

    assert in_document(edited(IMPACT, change), name)["options"][0]["points"] == 9


@pytest.mark.parametrize(
    ("heading", "text", "message"),
    [
        ("Answers, best first", "Yes is best", "Questions!F.*write an answer to a line"),
        ("Red flag", "stop it", "Questions!J.*write it as stop: c"),
        ("Weight", "heavy", "write a whole number, not heavy"),
        ("Asked only if", "on Tuesdays", "write it as DP-1 is a or b"),
        ("Core", "perhaps", "write yes, or nothing, not perhaps"),
        ("Question", "=1+1", "A formula stands here. Write its result."),
        ("Number", None, "Each row needs a number of its own."),
    ],
)
def test_an_edit_that_cannot_be_taken_is_named_by_cell(heading, text, message):
    def change(book):
        cell(book, "DP-1", heading).value = text

    with pytest.raises(InvalidDocument, match=message):
        edited(SMALL, change)


def test_a_changed_hidden_sheet_is_refused():
    def change(book):
        book["_framework"]["A1"].value = "{}"

    with pytest.raises(InvalidDocument, match="The hidden sheet _framework was changed"):
        edited(SMALL, change)


def test_without_its_hidden_sheet_it_is_read_as_any_other_list():
    book = openpyxl.load_workbook(io.BytesIO(to_spreadsheet(SMALL)))
    del book["_framework"]
    del book["Sections"]
    converted = from_spreadsheet(book_of(saved(book)), "small.xlsx")
    found = questions(converted)

    assert titles(converted)[1:] == [section["id"] for section in SMALL["sections"]]
    assert risks(found["DP-1"]) == {"Yes, in the contract": 0, "Yes, by promise": 2, "No": 4}
    assert found["DP-1"]["weight"] == 5


def test_what_extends_another_comes_back_whole_and_on_its_own():
    document = {**SMALL, "based_on": {"id": "x", "version": "1", "digest": "0" * 64}}

    assert edited(document, lambda _book: None) == SMALL
