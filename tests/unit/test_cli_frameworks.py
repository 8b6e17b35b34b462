"""The commands for whoever keeps a framework: convert and check; and scoring what they made."""

import json
import os
from copy import deepcopy
from pathlib import Path

import pytest
from click.testing import CliRunner

from procurement_risk.cli.main import main
from procurement_risk.framework.document import framework_from_document
from procurement_risk.framework.files import FURTHER_FOLDERS, load_framework
from procurement_risk.framework.strict_yaml import read_yaml
from procurement_risk.framework.yaml_writing import write_yaml
from procurement_risk.storage import open_store
from tests.support.framework_documents import IMPACT, SMALL, TEXT
from tests.support.small_app import assessment

REFERENCE = os.environ.get("PROCUREMENT_RISK_REFERENCE", "")
SURVEY = {
    "title": "Small survey",
    "version": "3",
    "pages": [
        {
            "name": "first",
            "title": "First",
            "elements": [
                {
                    "type": "radiogroup",
                    "name": "reach-RS",
                    "title": "How far does it reach?",
                    "choices": [
                        {"value": "near-0", "text": "Near"},
                        {"value": "far-4", "text": "Far"},
                    ],
                },
                {
                    "type": "checkbox",
                    "name": "tested-MS",
                    "title": "How was it tested?",
                    "visibleIf": "{reach-RS} = 'far-4'",
                    "choices": [
                        {"value": "once-1", "text": "Once"},
                        {"value": "often-2", "text": "Often"},
                    ],
                },
            ],
        }
    ],
}
POLICY_NOTE = "The policy counts mitigation as if its questions stood twice"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a command in an empty folder, with a database that is not there yet."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PROCUREMENT_RISK_DATABASE", f"sqlite:///{tmp_path / 'store.sqlite3'}")
    monkeypatch.delenv(FURTHER_FOLDERS, raising=False)

    def run(*arguments, stdin=None):
        result = CliRunner().invoke(main, [str(a) for a in arguments], input=stdin)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    return run


def convert(run, file, output, *more):
    return run("convert", "surveyjs", file, "-o", output, *more)


def survey(name="survey.json", **changes):
    path = Path(name)
    path.write_text(json.dumps({**deepcopy(SURVEY), **changes}), encoding="utf-8")
    return path


def broken_survey():
    """A survey with three faults, each of which would change a score."""
    document = deepcopy(SURVEY)
    one, other = document["pages"][0]["elements"]
    one["choices"].append({"value": "more-5000", "text": "More"})
    one["valueName"] = "shared"
    other["visibleIf"] = "today() > 3"
    Path("broken.json").write_text(json.dumps(document), encoding="utf-8")
    return Path("broken.json")


# --- From SurveyJS --------------------------------------------------------------------------


def test_a_survey_becomes_a_framework_that_passes_the_check(run):
    """Its id is the name of the file it is written to."""
    result = convert(run, survey(), "my-survey.yaml")
    framework = load_framework("my-survey.yaml")

    assert result.exit_code == 0
    assert (
        result.stdout == "my-survey.yaml: written. One note says what was left out or changed.\n"
    )
    assert (framework.id, framework.version, framework.title) == (
        "my-survey",
        "3",
        "Small survey",
    )
    assert framework.method == "impact-mitigation"
    assert [q.scores for q in framework.questions()] == ["raw", "mitigation"]
    assert run("check", "my-survey.yaml").exit_code == 0


def test_title_and_version_can_be_given(run):
    convert(run, survey(), "x.yaml", "--title", "Ours: new", "--framework-version", "2026.1")
    framework = load_framework("x.yaml")

    assert (framework.title, framework.version) == ("Ours: new", "2026.1")


def test_a_title_that_no_framework_may_have_is_refused(run):
    result = convert(run, survey(), "x.yaml", "--title", "t" * 1_001)

    assert result.exit_code == 1
    assert "title" in result.stderr
    assert not Path("x.yaml").exists()


def test_a_title_and_a_version_that_are_given_are_not_missed(run):
    bare = survey(title="", version=None)
    noted = convert(run, bare, "x.yaml").stderr
    given = convert(run, bare, "y.yaml", "--title", "Ours", "--framework-version", "3").stderr

    assert "The survey has no title" in noted
    assert "A survey carries no version" in noted
    assert "no title" not in given
    assert "no version" not in given


def test_a_name_in_a_note_adds_nothing_to_the_file(run):
    elements = deepcopy(SURVEY["pages"])
    elements[0]["elements"][0]["odd\revil: 1"] = 1
    convert(run, survey(pages=elements), "x.yaml")

    assert "evil" not in read_yaml(Path("x.yaml").read_bytes()).data
    assert any("evil" in line for line in Path("x.yaml").read_text().splitlines())


def test_notes_stand_on_standard_error_and_in_the_file(run):
    """So that what was left out is known to whoever reads the file later."""
    elements = deepcopy(SURVEY["pages"])
    elements[0]["elements"][0]["isRequired"] = True
    result = convert(run, survey(pages=elements), "x.yaml")
    header = [line for line in Path("x.yaml").read_text().splitlines() if line.startswith("#")]
    notes = result.stderr.splitlines()

    assert len(notes) == 2
    assert result.stdout == "x.yaml: written. 2 notes say what was left out or changed.\n"
    assert any(
        note.startswith("survey.json: pages[0].elements[0].isRequired: SurveyJS asks")
        for note in notes
    )
    assert header[0] == "# Made from the SurveyJS questionnaire survey.json."
    for note in notes:
        assert f"# - {note.removeprefix('survey.json: ')}" in header


def test_without_notes_everything_was_carried_over(run):
    """A survey that is not scored twice over needs no note about it."""
    pages = deepcopy(SURVEY["pages"])
    pages[0]["elements"].pop()
    result = convert(run, survey(pages=pages), "x.yaml")

    assert result.stdout == "x.yaml: written. Everything was carried over.\n"
    assert result.stderr == ""
    assert "left out" not in Path("x.yaml").read_text()


def test_what_would_change_a_score_is_refused_with_every_reason(run):
    result = convert(run, broken_survey(), "x.yaml")

    assert result.exit_code == 1
    assert result.stdout == ""
    one, two, three = result.stderr.splitlines()
    assert '"more-5000" gives 5000 points' in one + two
    assert "delete valueName" in one + two
    assert "it calls the function today" in three
    assert not Path("x.yaml").exists()


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_survey_is_refused(run, data):
    Path("x.json").write_bytes(data)
    result = convert(run, "x.json", "x.yaml")

    assert result.exit_code == 1
    assert result.stderr
    assert "fault in the toolkit" not in result.stderr
    assert not Path("x.yaml").exists()


@pytest.mark.parametrize("name", ["x.txt", "x", "json", "x.yaml.bak"])
def test_another_ending_is_refused(run, name):
    Path(name).write_text("{}")
    result = convert(run, name, "out.yaml")

    assert result.exit_code == 1
    assert f"{name}: name a .json file (SurveyJS) or a .yaml file (a framework)." in result.stderr
    assert not Path("out.yaml").exists()


@pytest.mark.parametrize("output", ["out.json", "out", "survey.json"])
def test_what_is_written_has_the_ending_of_what_it_is(run, output):
    """Otherwise the survey itself could be written over with YAML."""
    before = Path(survey()).read_text()
    result = convert(run, "survey.json", output)

    assert result.exit_code == 1
    assert "name the file to write so that it ends in .yaml" in result.stderr
    assert Path("survey.json").read_text() == before


def test_a_file_that_is_there_is_not_written_over(run):
    """Unless one says so."""
    survey()
    Path("out.yaml").write_text("mine")

    assert "out.yaml is there already" in convert(run, "survey.json", "out.yaml").stderr
    assert Path("out.yaml").read_text() == "mine"
    assert run("convert", "surveyjs", "survey.json", "-o", "out.yaml", "--force").exit_code == 0
    assert Path("out.yaml").read_text() != "mine"


@pytest.mark.parametrize(
    ("file", "output"),
    [("survey.json", "nowhere/x.yaml"), ("small.yaml", "nowhere/x.json")],
)
def test_where_nothing_can_be_written_it_says_so(run, file, output):
    """In words, and without the sentence that it was written."""
    survey()
    Path("small.yaml").write_text(TEXT)
    result = convert(run, file, output)

    assert result.exit_code == 1
    assert f"{output}: " in result.stderr
    assert "Choose another place." in result.stderr
    assert "written" not in result.stdout


def test_a_file_that_is_not_there_is_named(run):
    for name, output in (("nothing.json", "x.yaml"), ("nothing.yaml", "x.json")):
        result = convert(run, name, output)

        assert result.exit_code == 1
        assert name in result.stderr


def test_it_needs_to_be_said_where_to(run):
    """A mistyped command has exit code 2."""
    assert run("convert", "surveyjs", survey()).exit_code == 2


# --- To SurveyJS ----------------------------------------------------------------------------


def test_a_framework_becomes_a_survey(run):
    """Names, options and conditions stay; what has no place there is said once each."""
    Path("mine.yaml").write_text(write_yaml(IMPACT))
    result = convert(run, "mine.yaml", "out.json")
    written = json.loads(Path("out.json").read_text(encoding="utf-8"))

    assert result.exit_code == 0
    assert written["title"] == {
        "default": "Small invented impact check",
        "fr": "Petite évaluation inventée",
    }
    assert [page["name"] for page in written["pages"]] == ["facts", "about", "designing", "living"]
    assert "policy: The policy was left out" in result.stderr
    assert "out.json: written." in result.stdout
    notes = [line for line in result.stderr.splitlines() if line.startswith("mine.yaml: ")]
    assert len(notes) == len(set(notes)) == len(result.stderr.splitlines())


def test_there_and_back_gives_the_same_framework(run):
    """Titles, questions, options, points and conditions: all but notes about the policy."""
    convert(run, survey(), "one.yaml")
    convert(run, "one.yaml", "back.json")
    convert(run, "back.json", "two.yaml")
    one, two = load_framework("one.yaml").document, load_framework("two.yaml").document

    assert {**two, "id": "one"} == one


def test_a_framework_with_problems_is_not_converted(run):
    Path("bad.yaml").write_text(TEXT.replace("weight: 5", "weight: 500", 1))
    result = convert(run, "bad.yaml", "out.json")

    assert result.exit_code == 1
    assert "bad.yaml:" in result.stderr
    assert not Path("out.json").exists()


# --- Checking beside assessments ------------------------------------------------------------


def answered(document):
    """Put an assessment against this framework into the store of the commands."""
    store = open_store(os.environ["PROCUREMENT_RISK_DATABASE"])
    store.create(assessment(), framework_from_document(document), "Ana")
    store.close()


def test_a_file_changed_under_a_version_in_use_is_refused(run):
    """With what changed, and the version to write."""
    answered(SMALL)
    Path("small.yaml").write_text(TEXT.replace("weight: 3", "weight: 4"))
    result = run("check", "small.yaml")

    assert result.exit_code == 1
    assert result.stdout == (
        "small.yaml: small 2026.1 is already in use with another content: it has 1 change: "
        "1 reweighted. 1 could move a result. DP-2 reweighted: 3 -> 4. Write a new version, such "
        'as "2026.2".\n'
    )


@pytest.mark.parametrize(
    "replaced",
    [("", ""), ('version: "2026.1"', 'version: "2026.2"'), ("id: small\n", "id: tiny\n")],
)
def test_the_same_content_another_version_or_another_framework_is_fine(run, replaced):
    answered(SMALL)
    Path("x.yaml").write_text(TEXT.replace(*replaced, 1))

    assert run("check", "x.yaml").stdout == "x.yaml: no problems found\n"


def test_each_file_is_looked_at(run):
    """One refused, one broken, one fine."""
    answered(SMALL)
    Path("a.yaml").write_text(TEXT.replace("weight: 3", "weight: 4"))
    Path("b.yaml").write_text(TEXT.replace("weight: 3", "weight: 400"))
    Path("c.yaml").write_text(write_yaml(IMPACT))
    result = run("check", "a.yaml", "b.yaml", "c.yaml")

    assert result.exit_code == 1
    refused, broken, fine = result.stdout.splitlines()
    assert "a.yaml: small 2026.1 is already in use" in refused
    assert broken.startswith("b.yaml:")
    assert fine == "c.yaml: no problems found"


def test_checking_never_makes_a_database(run, tmp_path):
    Path("x.yaml").write_text(TEXT)

    assert run("check", "x.yaml").exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["x.yaml"]


@pytest.mark.parametrize("url", ["sqlite:///{}/no/such/store.sqlite3", "nonsense", "sqlite:///"])
def test_without_a_database_of_any_use_the_file_itself_is_checked(run, tmp_path, monkeypatch, url):
    Path("x.yaml").write_text(TEXT)
    monkeypatch.setenv("PROCUREMENT_RISK_DATABASE", url.format(tmp_path))

    assert run("check", "x.yaml").stdout == "x.yaml: no problems found\n"
    assert [path.name for path in tmp_path.iterdir()] == ["x.yaml"]


def test_a_database_that_cannot_be_read_does_not_keep_a_file_from_being_checked(run, tmp_path):
    """It is about the file; the app says what is wrong with the database."""
    (tmp_path / "store.sqlite3").write_bytes(b"not a database at all" * 100)
    Path("x.yaml").write_text(TEXT)

    assert run("check", "x.yaml").stdout == "x.yaml: no problems found\n"


# --- Scoring --------------------------------------------------------------------------------

WORST = {
    "as_of": "2026-11-23",
    "answers": {
        "phase": "design",
        "effect": "far-4",
        "harms": ["readers-2", "staff-1"],
        "tested-design": "yes-5",
    },
}


def test_a_framework_in_a_further_folder_is_found_by_its_id(run, monkeypatch, tmp_path):
    """The last folder's, where several have it; from any working directory."""
    for name, version in (("one", "1"), ("two", "2")):
        (tmp_path / name).mkdir()
        text = write_yaml({**SMALL, "id": "ours", "version": version})
        (tmp_path / name / "ours.yaml").write_text(text)
    monkeypatch.setenv(FURTHER_FOLDERS, os.pathsep.join(str(tmp_path / n) for n in ("one", "two")))
    line = json.dumps({"as_of": "2026-11-23", "answers": {"CX-1": "a"}})
    result = run("score", "--framework", "ours", "-", stdin=line)

    assert result.exit_code == 0
    assert json.loads(result.stdout)["version"] == "2"


def test_an_id_that_no_folder_has_is_named(run, monkeypatch, tmp_path):
    monkeypatch.setenv(FURTHER_FOLDERS, str(tmp_path))
    result = run("score", "--framework", "ours", "-", stdin="")

    assert result.exit_code == 1
    assert "ours" in result.stderr


def test_points_are_written_with_these_keys_and_no_others(run):
    Path("mine.yaml").write_text(write_yaml(IMPACT))
    result = run("score", "--framework", "mine.yaml", "-", stdin=json.dumps(WORST))

    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "framework": "small-impact",
        "raw": 7,
        "max_raw": 10,
        "mitigation": 5,
        "max_mitigation": 10,
        "current": 6,
        "level": 3,
    }
    keys = ["framework", "raw", "max_raw", "mitigation", "max_mitigation", "current", "level"]
    assert list(json.loads(result.stdout)) == keys


def test_a_converted_survey_scores(run):
    """From SurveyJS to a level without anything written by hand."""
    convert(run, survey(), "x.yaml")
    answers = {"reach-RS": "far-4", "tested-MS": ["once-1", "often-2"]}
    line = json.dumps({"as_of": "2026-11-23", "answers": answers})
    scored = json.loads(run("score", "--framework", "x.yaml", "-", stdin=line).stdout)

    assert (scored["raw"], scored["max_raw"]) == (4, 4)
    assert (scored["mitigation"], scored["max_mitigation"]) == (3, 3)
    assert (scored["current"], scored["level"]) == (3, 3)


@pytest.mark.skipif(
    not REFERENCE,
    reason="PROCUREMENT_RISK_REFERENCE is not set to the folder with the reference data",
)
def test_canada_s_questionnaire_gives_the_published_scores(run):
    """By the two commands alone: convert, then score every published case."""
    folder = Path(REFERENCE) / "aia"
    assert convert(run, folder / "survey-enfr.json", "aia.yaml").exit_code == 0
    cases = [json.loads(line) for line in (folder / "cases.jsonl").read_text("utf-8").splitlines()]
    lines = [json.dumps({"as_of": "2026-11-23", "answers": case["answers"]}) for case in cases]
    result = run("score", "--framework", "aia.yaml", "-", stdin="\n".join(lines))

    assert (result.exit_code, result.stderr) == (0, "")
    scored = [json.loads(line) for line in result.stdout.splitlines()]
    names = ("raw", "max_raw", "mitigation", "max_mitigation", "current", "level")
    assert len(scored) == len(cases) == 42
    for number, (found, case) in enumerate(zip(scored, cases, strict=True)):
        assert (number, {name: found[name] for name in names}) == (number, case["expected"])


# --- Lists of questions ---

LIST = "Ref,Question,Options,Score\nA-1,Is it kept?,Yes; No,4\nA-2,Who may see it?,,\n"


def convert_list(run, file, output, *more):
    return run("convert", "spreadsheet", file, "-o", output, *more)


def test_a_list_of_questions_becomes_a_framework_that_can_be_checked(run):
    Path("list.csv").write_text(LIST)
    result = convert_list(
        run, "list.csv", "our-list.yaml", "--title", "Ours", "--framework-version", "3"
    )

    assert result.exit_code == 0
    assert "list.csv: list!D1: Score: this column was not read." in result.stderr
    assert "list.csv: list!B3: Nothing to choose from stands here" in result.stderr
    assert "our-list.yaml: written." in result.stdout
    framework = load_framework("our-list.yaml")
    assert (framework.id, framework.title, framework.version) == ("our-list", "Ours", "3")
    checked = run("check", "our-list.yaml")
    assert checked.exit_code == 0
    assert "warning: Something is still to be set in 2 questions" in checked.stderr


def test_the_mapping_is_shown_changed_and_taken_from_a_file_that_was_made(run):
    Path("list.csv").write_text(LIST)
    shown = run("convert", "spreadsheet", "list.csv", "--show-mapping").stdout
    assert "columns: {A: id, B: question, C: options}" in shown

    Path("map.yaml").write_text(shown + "numbers: marks\n")
    assert convert_list(run, "list.csv", "one.yaml", "--mapping", "map.yaml").exit_code == 0
    assert convert_list(run, "list.csv", "two.yaml", "--mapping", "one.yaml").exit_code == 0
    assert "numbers: marks" in Path("two.yaml").read_text()

    Path("map.yaml").write_text("sheets: []\n")
    refused = convert_list(run, "list.csv", "three.yaml", "--mapping", "map.yaml")
    assert refused.exit_code == 1
    assert "map.yaml: Write under sheets which sheets are read" in refused.stderr


def test_a_framework_becomes_a_workbook_and_comes_back_equal(run):
    Path("small.yaml").write_text(TEXT)
    assert convert_list(run, "small.yaml", "small.xlsx").exit_code == 0
    assert convert_list(run, "small.xlsx", "back.yaml").exit_code == 0

    assert load_framework("back.yaml").document == load_framework("small.yaml").document


@pytest.mark.parametrize(
    ("file", "output", "message"),
    [
        ("list.doc", "x.yaml", "name an .xlsx, .ods or .csv file, or a .yaml file"),
        ("list.csv", "x.xlsx", "so that it ends in .yaml"),
        ("small.yaml", "x.yaml", "so that it ends in .xlsx"),
        ("gone.csv", "x.yaml", "gone.csv: No such file"),
        ("list.csv", "there.yaml", "there.yaml is there already"),
        ("locked.xls", "x.yaml", "an old .xls file"),
    ],
)
def test_convert_spreadsheet_says_what_is_wrong(run, file, output, message):
    Path("list.csv").write_text(LIST)
    Path("small.yaml").write_text(TEXT)
    Path("there.yaml").write_text("x")
    Path("list.doc").write_text("x")
    Path("locked.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(9))
    result = convert_list(run, file, output)

    assert result.exit_code == 1
    assert message in result.stderr
    assert Path("there.yaml").read_text() == "x"
