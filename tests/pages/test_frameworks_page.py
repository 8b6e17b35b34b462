"""The Frameworks page: reading, conditions, comparing and checking, with hostile text as text."""

import json
import re
from copy import deepcopy

import pytest
from streamlit.testing.v1 import AppTest

from procurement_risk.errors import Problem
from procurement_risk.framework import condition_words
from procurement_risk.framework.document import framework_from_document
from procurement_risk.framework.files import check_text
from procurement_risk.framework.yaml_writing import write_yaml
from procurement_risk.views.frameworks import (
    check as frameworks_check,
    opened as opened_page,
    page as frameworks_page,
    read as frameworks_read,
    read_sections,
)
from procurement_risk.views.frameworks.check import excerpt
from procurement_risk.views.frameworks.conditions import conditions_table, dot
from procurement_risk.views.frameworks.known import known_frameworks
from procurement_risk.views.shared import offered
from tests.support.framework_documents import IMPACT, SMALL, TEXT, changed
from tests.support.small_app import as_read, draw, folded, press, said, tables, unescaped

WORKBOOK = "Download it as a workbook (XLSX)"
HOSTILE = '<b>x</b> [y](https://evil.example) :red[z] $q$ "; b -> c'


def show(tab="Read", **query):
    return draw("frameworks", **{"frameworks-show": tab, **query})


def buttons(page):
    return [button.label for button in page.button]


def downloads(page):
    return [unescaped(each.label) for each in page.get("download_button")]


def box(page, label):
    (found,) = [each for each in page.selectbox if each.label == label]
    return found


def newer(**changes):
    document = changed(("sections", 1, "questions", 1, "weight"), 5)
    return {**document, "version": "2026.2", **changes}


# --- The page -------------------------------------------------------------------------------


@pytest.mark.parametrize("tab", [*frameworks_page.TABS, *frameworks_page.OLD])
def test_every_tab_can_be_drawn(app, tab):
    """Also by an address from the time when all of them stood side by side."""
    app.offer(SMALL, IMPACT)
    page = show(tab)

    labels = [each.label for each in page.tabs]
    assert [each for each in labels if each in frameworks_page.TABS] == [*frameworks_page.TABS]
    inside = [each for each in labels if each not in frameworks_page.TABS]
    opened = frameworks_page.OLD.get(tab, tab) == "Read one"
    assert inside == ([*opened_page.PARTS] if opened else [])
    assert page.title[0].value == "Questionnaires"


@pytest.mark.parametrize(
    ("tab", "words"),
    [
        ("Read", "No questionnaire can be read. Put a YAML file into the folder frameworks/."),
        (
            "Conditions",
            "No questionnaire can be read. Put a YAML file into the folder frameworks/.",
        ),
        ("Compare versions", "Drop a newer version on the tab “Bring one in”."),
        ("Check a file", "Drop a questionnaire's YAML file here."),
    ],
)
def test_with_no_framework_each_tab_says_what_to_do(app, tab, words):
    assert words in said(show(tab))


def test_a_broken_file_is_named_with_its_problems(app):
    """And the others are there all the same."""
    app.offer(IMPACT)
    bad = TEXT.replace("weight: 5", "weight: 500", 1).replace("role: context", "role: cotext", 1)
    (app.folder / "small.yaml").write_text(bad)
    page = show("List")

    assert "small.yaml has 2 problems, so it is not on offer." in folded(page)
    assert any("weight: 500" in code.value for code in page.code)
    assert "Small invented impact check, version 1" in box(show(), "Questionnaire").options


def test_a_file_changed_under_a_version_in_use_is_refused_by_name(app):
    app.create({**SMALL, "title": "Another content"})
    app.offer(SMALL)

    assert "small.yaml: small 2026.1 is already in use with another content" in said(show("List"))


def test_the_address_chooses_the_framework_and_keeps_the_choice(app):
    app.offer(SMALL, IMPACT)
    assert "points are counted" in said(show(framework="small-impact@1"))
    page = show(framework="small@2026.1")
    assert "the worst section decides" in said(page)

    box(page, "Questionnaire").select_index(0).run()
    assert page.query_params["framework"] == "small-impact@1"
    assert "points are counted" in said(page)


def test_an_address_that_names_nothing_shows_the_first(app):
    app.offer(SMALL, IMPACT)

    assert "points are counted" in said(show(framework="../nothing@1"))


def test_all_sources_stand_in_one_list_with_mark_and_day(app):
    """One that was looked at more than a year ago says so, and so does one never looked at."""
    looked_at = {**SMALL["sources"][0], "looked_at": "2020-02-01"}
    never = {"id": "OTHER", "title": "Another Act", "checked": "background"}
    app.offer({**SMALL, "sources": [looked_at, never]})
    page = show("Sources")
    (table,) = [each.proto.body for each in page.get("html") if "<table" in each.proto.body]
    checked = re.findall('(?<=How far checked">).*?(?=</td>)', table)
    assert [as_read(each).split("\n") for each in checked] == [
        ["read in the original", "Last looked at: 1 February 2020, over a year ago"],
        ["background, not read", "Last looked at: never"],
    ]
    assert re.findall('(?<=Times cited">)[^<]*', table) == ["1", "0"]
    assert as_read(table).count("Another Act") == 1
    assert "1 read in the original · 1 background, not read" in said(page)


# --- Known frameworks -----------------------------------------------------------------------


def names(known):
    return [each.name for each in known]


def test_names_are_unique_and_versions_stay_known_while_assessments_rest_on_them(app):
    """Three contents under one version, of which one is in a file; and an older version."""
    app.offer(SMALL, IMPACT)
    app.create({**SMALL, "version": "2025.1"}, id="older")
    app.create({**SMALL, "title": "Another content"}, id="clash")
    app.create({**SMALL, "title": "A third content"}, id="clash-2")
    app.create(SMALL, id="same")
    known = known_frameworks(offered.files())

    assert names(known) == [
        "small-impact@1",
        "small@2026.1",
        "small@2025.1",
        "small@2026.1(2)",
        "small@2026.1(3)",
    ]
    assert [bool(each.text) for each in known] == [True, True, False, False, False]
    assert len(set(names(known))) == len(known)


def test_a_name_that_looks_like_a_number_behind_another_is_told_apart(app):
    app.create(SMALL, id="one")
    app.create({**SMALL, "title": "Another content"}, id="two")
    app.create({**SMALL, "version": "2026.1(2)"}, id="three")

    found = names(known_frameworks([]))
    assert len(set(found)) == 3


def test_what_is_only_kept_with_assessments_says_so(app):
    app.create(SMALL)
    page = show()

    assert box(page, "Questionnaire").options == [
        "Small invented check, version 2026.1 (kept with assessments)"
    ]
    assert downloads(page) == [WORKBOOK, "Download the JSON Schema of its answers"]


# --- Reading --------------------------------------------------------------------------------


def test_a_framework_s_facts_are_counted(app):
    app.offer(SMALL)
    words = said(show())

    assert "**9 questions** in 4 sections; 2 facts switch questions on." in words
    assert "Method **weakest-section**: the worst section decides." in words
    assert "Languages: English." in words
    assert "Policy adopted by: Nobody, this is invented." in words
    assert "supplier as an organisation" not in words


def test_one_about_suppliers_says_so(app):
    app.offer({**SMALL, "subject": "supplier"})

    assert "It is about a **supplier as an organisation**" in said(show())


def test_the_four_pillars_say_what_covers_them(app):
    app.offer(SMALL)

    assert tables(show())[0] == [
        ["Data privacy", "Data privacy", "2", "2"],
        ["Transparency", "Transparency", "2", "1"],
        ["Equity", "not covered", "0", "0"],
        ["Lock-in", "not covered", "0", "0"],
    ]


def test_a_section_shows_its_questions_with_all_that_counts(app):
    app.offer(SMALL)
    page = show()
    page = box(page, "Section").select_index(1).run()
    (_pillars, questions, *_rest) = tables(page)

    assert "Decisive: its band meets the decision table." in said(page)
    assert questions == [
        [
            "DP-1 Is what readers type kept out of training?",
            "0: Yes, in the contract · 2: Yes, by promise · 4: No",
            "weight 5",
            "always",
            "Stop, a legal duty: No",
            "Library Act section 3 (read in the original); "
            "Own question (not in the list of sources)",
        ],
        [
            "DP-2 Where are the data held?",
            "0: Here · 2: Abroad · 4: Unknown",
            "weight 3",
            "hosted is “Yes”",
            "Stop from tier 2 up, flag below: Abroad / Unknown",
            "Own question (not in the list of sources)",
        ],
    ]


def test_the_questions_of_a_framework_that_counts_points():
    """Points stand before options where they count; other types say what they ask for."""
    framework = framework_from_document(IMPACT)
    about, designing, living = framework.sections

    rows = read_sections.questions_table(framework, about).to_numpy().tolist()
    assert [row[1:4] for row in rows] == [
        ["Design · Live", "not scored", "always"],
        ["0: Near · 4: Far", "impact points", "always"],
        ["Several may be chosen. 2: Readers · 1: Staff", "impact points", "effect is “Far”"],
        ["Free text", "not scored", "harms is not “Staff” and library is “Yes”"],
        ["3: A", "impact points", "never: It was taken out."],
    ]
    rows = read_sections.questions_table(framework, designing).to_numpy().tolist()
    assert rows[0][2:4] == ["mitigation points", "with its section"]
    rows = read_sections.questions_table(framework, living).to_numpy().tolist()
    assert rows[1][1] == "A date"


def test_how_answers_become_a_result(app):
    """The decision table and the tiers; or the levels and the reduction."""
    app.offer(SMALL, IMPACT)
    page = show(framework="small@2026.1")
    found = tables(page)
    assert ["Low", "0\u00a0%", "Proceed", "Proceed"] in found[2]
    assert ["High", "60\u00a0%", "Proceed with conditions", "Do not proceed"] in found[2]
    assert ["Tier I", "Little can go wrong.", "Team leader", "Every year"] in found[3]

    page = show(framework="small-impact@1")
    assert "Mitigation points from 80\u00a0% of one phase's take 15\u00a0% off" in said(page)
    assert tables(page)[-1] == [
        ["Level I", "25\u00a0%", "Little"],
        ["Level II", "50\u00a0%", ""],
        ["Level III", "the rest", ""],
    ]


def test_its_file_and_the_schema_of_its_answers_can_be_taken_along(app):
    app.offer(SMALL)
    schema = json.loads(frameworks_read._schema(framework_from_document(SMALL)))

    assert downloads(show()) == [
        "Download the YAML file",
        WORKBOOK,
        "Download the JSON Schema of its answers",
    ]
    assert "answers" in schema["properties"]


def test_a_preview_asks_everything_and_keeps_nothing(app):
    app.offer(SMALL)
    page = press(show(), "Preview as the officer will see it")

    assert said(page).startswith("Questions Preview\n")
    assert "nothing of it is kept" in said(page)
    assert "Full pack" in said(page)
    assert app.store.summaries() == []


# --- Conditions -----------------------------------------------------------------------------


def graph(document, **how):
    framework = framework_from_document(document)
    return dot(framework, condition_words.edges(framework), **how)


def test_shapes_tell_facts_questions_and_sections_apart():
    """An ellipse, a box and a folder; an arrow for each thing that rests on another."""
    lines = graph(IMPACT).splitlines()

    assert '  "library" [shape=ellipse label="Is it a library?"];' in lines
    assert '  "words" [shape=box label="words"];' in lines
    assert '  "designing" [shape=tab label="Mitigation while designing"];' in lines
    assert '  "library" -> "words";' in lines
    assert '  "phase" -> "designing";' in lines
    assert not any("tested-design" in line for line in lines)
    assert len([line for line in lines if "->" in line]) == 5
    assert lines[0] == "digraph conditions {"
    assert lines[-1] == "}"


def test_each_name_is_drawn_once():
    shaped = [line for line in graph(SMALL).splitlines() if "shape=" in line]

    assert len(shaped) == len(set(shaped)) == 6


def test_the_ink_is_that_of_the_theme():
    assert "#1a1a1a" in graph(SMALL)
    assert "#e8edef" in graph(SMALL, dark=True)
    assert "#1a1a1a" not in graph(SMALL, dark=True)


def test_what_stands_in_the_graph_cannot_leave_its_quotes():
    """A question is there by its id; the words of a fact are one text, as is any name."""
    framework = framework_from_document(changed(("sections", 1, "questions", 1, "ask"), HOSTILE))
    assert "evil" not in dot(framework, condition_words.edges(framework))

    framework = framework_from_document(
        changed(("facts", 1, "ask"), 'A "quoted\\" name"]; evil [URL="https://evil.example"')
    )
    lines = dot(framework, condition_words.edges(framework)).splitlines()
    (line,) = [line for line in lines if "evil" in line]
    assert (line.count('"'), line.count("\\")) == (4, line.count("\\n"))

    (_head, _rank, _node, _edge, one, other, arrow, _end) = dot(
        framework, [('a"]; x', "b\\ -> c\n")]
    ).splitlines()
    assert one == '  "ax" [shape=box label="a\']; x"];'
    assert other == '  "b-c" [shape=box label="b -> c"];'
    assert arrow == '  "ax" -> "b-c";'


def test_the_table_says_the_same_in_words():
    table = conditions_table(framework_from_document(IMPACT)).to_numpy().tolist()

    assert table == [
        ["harms Whom could it harm?", "effect is “Far”"],
        ["words Describe it.", "harms is not “Staff” and library is “Yes”"],
        ["gone What was asked once?", "never: It was taken out."],
        ["Section Mitigation while designing", "phase is “Design”"],
        ["Section Mitigation in service", "phase is “Live”"],
    ]


def test_a_section_can_be_drawn_alone(app):
    app.offer(SMALL)
    page = show("Conditions")
    assert "4 arrows." in said(page)
    assert box(page, "Draw").options == ["The whole questionnaire", "Data privacy", "Transparency"]

    page = box(page, "Draw").select("DP").run()
    assert "1 arrow. The table below holds the same in words." in said(page)


def test_without_conditions_there_is_nothing_to_draw(app):
    document = deepcopy(SMALL)
    for section in document["sections"]:
        for question in section["questions"]:
            question.pop("when", None)
    app.offer(document)
    page = show("Conditions")

    assert "Every question is always asked: there are no conditions." in said(page)
    assert not page.get("graphviz_chart")


# --- Comparing ------------------------------------------------------------------------------


def test_with_one_framework_there_is_nothing_to_compare(app):
    app.offer(SMALL)

    assert "There is only one questionnaire here." in said(show("Compare versions"))


def test_with_no_two_versions_the_second_is_chosen_by_hand(app):
    app.offer(SMALL, IMPACT)
    page = show("Compare versions")
    assert "No questionnaire here has two versions yet." in said(page)
    assert box(page, "New version").value is None

    page = box(page, "New version").select_index(1).run()
    assert "These are two different questionnaires." in said(page)


def test_the_version_in_the_file_is_compared_with_the_one_in_use(app):
    """What changed, from what to what, and whether it could move a result."""
    app.create(SMALL)
    app.offer(newer(), IMPACT)
    page = show("Compare versions")

    assert box(page, "Old version").value == "small@2026.1"
    assert box(page, "New version").value == "small@2026.2"
    assert "1 change: 1 reweighted. 1 could move a result." in said(page)
    assert tables(page) == [[["DP-2", "reweighted (weight)", "3", "5", "yes"]]]


def test_only_what_could_move_a_result(app):
    app.create(SMALL)
    app.offer(newer(title="Reworded"))
    page = show("Compare versions")
    assert len(tables(page)[0]) == 2

    page = page.toggle[0].set_value(True).run()
    assert [row[-1] for row in tables(page)[0]] == ["yes"]


def test_a_content_changed_under_its_version_is_an_error(app):
    app.create({**SMALL, "title": "Another content"})
    app.offer(SMALL)

    assert "The content changed and the version did not" in said(show("Compare versions"))


def test_the_same_twice_has_no_differences(app):
    app.offer(SMALL, IMPACT)
    page = show("Compare versions")
    page = box(page, "New version").select_index(0).run()

    assert "No differences." in said(page)


# --- Checking a file ------------------------------------------------------------------------


def dropped(name, data):
    page = show("Check a file")
    kind = "application/json" if name.endswith("json") else "application/yaml"
    page.file_uploader[0].set_value((name, data, kind)).run()
    assert not page.exception
    return page


def test_problems_stand_beside_their_lines(app):
    """Every one at once, with the line of the file and those around it."""
    bad = TEXT.replace("weight: 5", "weight: 500", 1).replace("role: context", "role: cotext", 1)
    page = dropped("mine.yaml", bad.encode())
    problems = check_text(bad)[1]

    assert "2 problems. Put them right and drop the file again." in said(page)
    for problem in problems:
        assert f"**Line {problem.line}.** {problem.message}" in said(page)
    assert [code.value for code in page.code] == [
        excerpt(bad.splitlines(), problem.line) for problem in problems
    ]


def test_a_good_file_can_be_tried_out(app):
    page = dropped("mine.yaml", TEXT.encode())

    assert "No problems: Small invented check, version 2026.1." in said(page)
    assert "Read it" in folded(page)
    page = press(page, "Preview as the officer will see it")
    assert "nothing of it is kept" in said(page)
    assert list(app.folder.iterdir()) == []


def test_a_newer_version_shows_what_changed(app):
    app.offer(SMALL)
    page = dropped("mine.yaml", write_yaml(newer()).encode())

    assert "What changed since version 2026.1" in folded(page)
    assert ["DP-2", "reweighted (weight)", "3", "5", "yes"] in tables(page)[0]


def test_a_file_under_a_version_in_use_is_refused(app):
    app.create(SMALL)
    page = dropped("mine.yaml", write_yaml({**SMALL, "title": "Another"}).encode())

    assert "small 2026.1 is already in use with another content" in said(page)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe\x00",
        b"- " * 5_000,
        b"a: &x [*x]",
        b"x" * 1_000_001,
        b"%YAML 1.2\n---\n",
        "id: \u202e\x00".encode(),
        b"[" * 10_000,
    ],
)
def test_any_file_is_answered_with_problems(app, data):
    """Never a traceback."""
    page = dropped("mine.yaml", data)

    assert "Put" in page.error[0].value
    assert "Something went wrong" not in said(page)


SURVEY = {
    "title": "Small survey",
    "pages": [
        {
            "name": "first",
            "title": "First",
            "elements": [
                {
                    "type": "radiogroup",
                    "name": "reach-RS",
                    "title": "How far does it reach?",
                    "isRequired": True,
                    "choices": [
                        {"value": "near-0", "text": "Near"},
                        {"value": "far-4", "text": "Far"},
                    ],
                },
                {
                    "type": "checkbox",
                    "name": "harms-NS",
                    "title": "Whom?",
                    "visibleIf": "{reach-RS} = 'far-4'",
                    "choices": ["a", "b"],
                },
            ],
        }
    ],
}


def test_a_survey_becomes_a_framework(app):
    """With the file to take along, what was left out, and the framework read."""
    page = dropped("small.json", json.dumps(SURVEY).encode())

    assert "Download the YAML file" in downloads(page)
    assert "No problems: Small survey, version 1." in said(page)
    (notes,) = [title for title in folded(page) if "to look at" in title]
    assert notes.startswith("2 things to look at")
    assert "SurveyJS asks for an answer here" in said(page)


def test_a_survey_that_cannot_become_one_says_every_reason(app):
    survey = deepcopy(SURVEY)
    one, other = survey["pages"][0]["elements"]
    one["choices"][0]["value"] = "near-5000"
    one["valueName"] = "shared"
    other["name"] = "reach-RS"
    page = dropped("small.json", json.dumps(survey).encode())

    assert "This file cannot be turned into a questionnaire:" in said(page)
    words = said(page)
    assert "gives 5000 points" in words
    assert "delete valueName" in words
    assert words.count("pages[0].elements[0].valueName") == 1
    assert "Several questions are named" in words
    assert "Download the YAML file" not in downloads(page)


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"null", b"\xff", b"[" * 100_000, b'{"pages":3}']
)
def test_any_json_is_answered_with_reasons(app, data):
    page = dropped("small.json", data)

    assert page.error
    assert "Something went wrong" not in said(page)


def test_hostile_text_is_shown_as_text(app):
    """Titles, questions, labels and problems: nothing a file holds becomes markup."""
    document = changed(("sections", 0, "questions", 0, "ask"), HOSTILE)
    document |= {"title": HOSTILE, "description": HOSTILE, "id": "small"}
    document["sections"][0]["intro"] = HOSTILE
    document["sections"][0]["title"] = HOSTILE
    document["sections"][0]["questions"][0]["options"][0]["label"] = HOSTILE
    document["policy"]["tiers"][0]["label"] = HOSTILE
    document["policy"]["adopted_by"] = HOSTILE
    document["facts"][1]["options"][0]["label"] = HOSTILE
    app.offer(document, IMPACT)
    app.create({**document, "version": "0", "title": f"{HOSTILE}!"})
    bad = changed(("facts", 0, "id"), HOSTILE, document)

    pages = [show(tab, framework="small@2026.1") for tab in frameworks_page.TABS]
    pages += [
        dropped("mine.yaml", write_yaml({**document, "version": "3"}).encode()),
        dropped("mine.yaml", write_yaml(bad).encode()),
        dropped("mine.json", json.dumps({**SURVEY, "title": HOSTILE}).encode()),
    ]
    seen = 0
    for page in pages:
        kinds = (page.markdown, page.caption, page.error, page.success, page.info, page.header)
        shown = [str(element.value) for kind in kinds for element in kind]
        shown += [expander.label for expander in page.expander]
        shown += [str(c) for t in page.table for row in t.value.to_numpy().tolist() for c in row]
        seen += sum("evil" in each for each in shown)
        for each in shown:
            assert "<b>" not in each
            assert "](https" not in each
            assert ":red[" not in each
    assert seen > 10


# --- Excerpts -------------------------------------------------------------------------------

LINES = [f"line {number}" for number in range(1, 13)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (1, "> 1 line 1\n  2 line 2\n  3 line 3"),
        (9, "   7 line 7\n   8 line 8\n>  9 line 9\n  10 line 10\n  11 line 11"),
        (12, "  10 line 10\n  11 line 11\n> 12 line 12"),
    ],
)
def test_an_excerpt_is_the_line_with_two_on_either_side(line, expected):
    assert excerpt(LINES, line) == expected


def test_a_line_behind_the_end_is_no_fault():
    """A problem may be about what is missing at the end."""
    assert excerpt(["one"], 2) == "  1 one"
    assert excerpt([], 1) == ""


def test_a_long_line_is_cut_short():
    assert len(excerpt(["x" * 10_000], 1)) == frameworks_check.LONGEST_LINE + len("> 1 ")


def draw_many():
    import streamlit as st

    from procurement_risk.views.frameworks.check import draw_problems

    draw_problems(st.session_state["problems"], st.session_state["data"])


def test_of_many_problems_the_first_sixty_are_shown():
    page = AppTest.from_function(draw_many)
    page.session_state["problems"] = [Problem("x", f"Number {n}.", n, 1) for n in range(1, 63)]
    page.session_state["data"] = b"a\n" * 70
    page.run()

    assert len(page.code) == 60
    assert "And 2 more problems. Put those above right first." in said(page)


def test_a_problem_without_a_line_is_shown_without_an_excerpt():
    page = AppTest.from_function(draw_many)
    page.session_state["problems"] = [Problem("", "Too large.")]
    page.session_state["data"] = b"a"
    page.run()

    assert "Too large." in said(page)
    assert not page.code


# --- On offer -------------------------------------------------------------------------------


def test_what_is_in_use_under_another_content_is_not_on_offer(app):
    app.offer(SMALL, IMPACT)
    assert [each.id for each in offered.frameworks(app.store)] == ["small-impact", "small"]
    assert offered.refusal(framework_from_document(SMALL), app.store) == ""

    app.create({**SMALL, "title": "Another content"})
    assert [each.id for each in offered.frameworks(app.store)] == ["small-impact"]
    refusal = offered.refusal(framework_from_document(SMALL), app.store)
    assert "small 2026.1 is already in use with another content" in refusal
    assert '"2026.2"' in refusal


def test_the_very_framework_in_use_is_on_offer(app):
    app.offer(SMALL)
    app.create(SMALL)

    assert [each.id for each in offered.frameworks(app.store)] == ["small"]


def test_a_changed_file_is_read_anew_and_an_unchanged_one_is_not(app):
    app.offer(SMALL)
    before = offered.files()
    assert offered.files() is before

    app.offer({**SMALL, "title": "Another title"})
    assert [file.framework.title for file in offered.files()] == ["Another title"]


def test_a_framework_in_a_language_is_the_same_object_each_time():
    """What is kept for a framework is found again; and from any language one gets back."""
    framework = framework_from_document(IMPACT)
    french = offered.in_language(framework, "fr")

    assert french.title == "Petite évaluation inventée"
    assert offered.in_language(framework, "fr") is french
    assert offered.in_language(french, "fr") is french
    assert offered.in_language(french, "en") is framework
    assert offered.in_language(framework, "en") is framework


def test_a_language_serves_every_region_and_a_region_its_language():
    framework = framework_from_document(IMPACT)
    assert offered.in_language(framework, "fr-CA").language == "fr"
    regional = json.loads(json.dumps(IMPACT).replace('"fr"', '"fr-CA"'))
    for wanted in ("fr", "fr-CA", "fr_ca", "fr-FR"):
        shown = offered.in_language(framework_from_document(regional), wanted)
        assert shown.by_id["phase"].ask == "Quelle phase?", wanted


@pytest.mark.parametrize("code", ["de", "", "../fr"])
def test_a_language_it_has_not_is_its_first(code):
    framework = framework_from_document(IMPACT)

    assert offered.in_language(framework, code) is framework
    assert offered.in_language(offered.in_language(framework, "fr"), code) is framework


def test_the_languages_on_offer_are_those_of_the_files(app):
    app.offer(SMALL, IMPACT)
    (app.folder / "broken.yaml").write_text("languages: [de]\n")

    assert set(offered.languages()) == {"en", "fr"}


def test_the_page_speaks_the_language_of_the_visit(app):
    """The framework's texts change; the app's own words have no French."""
    app.offer(IMPACT)
    page = draw("frameworks", {"language": "fr"}, **{"frameworks-show": "Read"})

    assert box(page, "Questionnaire").options == ["Petite évaluation inventée, version 1"]
    assert "Huit questions." in said(page)
    assert page.title[0].value == "Questionnaires"


# --- Tabs -----------------------------------------------------------------------------------


def draw_tabs():
    import streamlit as st

    from procurement_risk.views.shared import tabs

    for tab, name in zip(tabs.draw(["One", "Two"], "tab"), ["One", "Two"], strict=True):
        if tab.open:
            with tab:
                st.text(f"inside {name}")


def test_only_the_open_tab_is_worked_out_and_the_address_names_it():
    """The first, where the address names none; a tab that is not there opens none of its own."""
    for address, inside in (({}, "One"), ({"tab": "Two"}, "Two"), ({"tab": "Three"}, "One")):
        page = AppTest.from_function(draw_tabs)
        for name, value in address.items():
            page.query_params[name] = value
        page.run()

        assert not page.exception
        assert [text.value for text in page.text] == [f"inside {inside}"]
