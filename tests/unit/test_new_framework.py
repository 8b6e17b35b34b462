"""A framework to start from: it passes every check, whatever it is called, and harms no file."""

from itertools import product
from pathlib import Path
from string import ascii_lowercase

import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings, strategies as st

from procurement_risk.cli.main import main
from procurement_risk.errors import InvalidDocument, UsageError
from procurement_risk.framework.files import (
    FURTHER_FOLDERS,
    check_file,
    load_framework,
    read_framework,
)
from procurement_risk.framework.starter import starter
from procurement_risk.methods import METHODS
from tests.support.places import ROOT

LANGUAGES = (("en",), ("fr",), ("en", "fr"), ("fr-CA", "en", "de"))
HOSTILE = {
    "He said \"no\" \\ 'yes'": "He said \"no\" \\ 'yes'",
    "a: b # c": "a: b # c",
    "one\ntwo\r\n\tthree\u2028four\x00\x1b\x7f\x85": "one two three four",
    "- {[*&!|>%@`": "- {[*&!|>%@`",
    "$id ${title} [[x]] {en: y}": "$id ${title} [[x]] {en: y}",
    "👩\u200d👩\u200d👧 é \ufeff\ufffe": "👩\u200d👩\u200d👧 é \ufeff",
    "yes": "yes",
    "2026-01-02": "2026-01-02",
    "x" * 1_000: "x" * 1_000,
    "😀" * 1_000: "😀" * 1_000,
    " \n ": "My check",
}


def starts(method, languages, title="A title"):
    return read_framework(starter("my-check", title, method, languages), "my-check.yaml")


@pytest.mark.parametrize(("method", "languages"), [*product(METHODS, LANGUAGES)])
def test_it_is_a_framework(method, languages):
    framework = starts(method, languages)

    assert (framework.id, framework.version, framework.method) == ("my-check", "1", method)
    assert (framework.languages, framework.title) == (languages, "A title")


@pytest.mark.parametrize("title", HOSTILE)
@pytest.mark.parametrize(("method", "languages"), [*product(METHODS, LANGUAGES[::2])])
def test_any_title_is_read_as_it_was_meant(method, languages, title):
    assert starts(method, languages, title).title == HOSTILE[title]


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(), max_size=40))
@example("\ud800")
def test_any_text_can_be_a_title(title):
    starts("impact-mitigation", ("en", "fr"), title)


def test_every_code_of_two_letters_can_be_a_language():
    """Also "no", which YAML takes for false."""
    codes = ["".join(pair) for pair in product(ascii_lowercase, repeat=2)] + ["yes", "off"]
    for start in range(0, len(codes), 20):
        some = tuple(codes[start : start + 20])
        assert starts("impact-mitigation", some).languages == some


@pytest.mark.parametrize("name", ["true", "no", "null", "1", "1-2", "2026-01-02", "0x1", "a" * 60])
def test_any_allowed_id_is_read_as_text(name):
    assert read_framework(starter(name, ""), "x.yaml").id == name


@pytest.mark.parametrize(
    "name", ["", "A", "a b", "a--b", "-a", "a_b", "a.b", "é", "a\n", "a" * 61]
)
def test_an_id_is_refused_exactly_where_the_format_refuses_it(name):
    """The message says what is allowed."""
    with pytest.raises(UsageError, match="small letters, digits and single hyphens"):
        starter(name, "A title")

    text = starter("my-check", "A title").replace("id: my-check", f'id: "{name}"')
    with pytest.raises(InvalidDocument):
        read_framework(text, "x.yaml")


@pytest.mark.parametrize(
    ("title", "languages", "said"),
    [
        ("x" * 1_001, ("en",), "1,001 characters: shorten it to at most 1,000"),
        ("x", ("french",), '"french" is no code of a language'),
        ("x", ("en", "en"), "named twice"),
        ("x", (), "at least"),
        ("x", tuple(f"a{c}" for c in ascii_lowercase[:21]), "20 at most"),
    ],
)
def test_what_the_format_does_not_allow_is_refused(title, languages, said):
    with pytest.raises(UsageError, match=said):
        starter("my-check", title, "weakest-section", languages)


@pytest.mark.parametrize("method", METHODS)
def test_a_second_language_shows_what_is_still_to_be_written(method):
    """Only the title is there in both; nothing pretends to be translated."""
    text = starter("my-check", "A title", method, ("en", "fr"))
    document = read_framework(text, "x.yaml").document

    assert document["title"] == {"en": "A title", "fr": "A title"}
    assert document["sections"][0]["title"].keys() == {"en"}
    assert "write a text as {en: Fairness, fr: Équité}" in text


def test_the_first_one_shows_what_is_promised():
    """A tier from context, a red flag, a condition on a fact, packs, a clause, a source."""
    framework = starts("weakest-section", ("en",))
    questions = [
        q for q in framework.questions() if framework.section(q.section).role != "context"
    ]

    assert [bool(q.red_flag) for q in questions] == [True, False]
    assert [bool(q.when) for q in questions] == [False, True]
    assert len(framework.policy.tiers) == 4
    assert all((framework.facts, framework.packs, framework.clauses, framework.sources))


def test_its_policy_is_that_of_the_core_framework():
    """House defaults are the same wherever they are called so."""
    core = load_framework(ROOT / "frameworks" / "ai-supplier-core.yaml")
    ours = starts("weakest-section", ("en",))

    assert ours.policy.bands == core.policy.bands
    assert ours.policy.agreed_mitigation_helps == core.policy.agreed_mitigation_helps
    for mine, its in zip(ours.policy.tiers, core.policy.tiers, strict=True):
        assert (mine.start, mine.floors, mine.decisions) == (its.start, its.floors, its.decisions)


@pytest.mark.parametrize("method", METHODS)
def test_it_is_short_and_explains_itself(method):
    lines = starter("my-check", "A title", method, ("en",)).splitlines()

    assert len(lines) <= 130
    assert sum("# " in line for line in lines) * 4 >= len(lines)
    assert max(map(len, lines)) <= 99


# --- The command


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run ``new-framework`` in an empty folder whose ``mine`` is the first further folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").mkdir()
    monkeypatch.setenv(FURTHER_FOLDERS, "mine")
    return lambda *arguments: CliRunner().invoke(main, ["new-framework", *arguments])


def test_the_methods_are_those_there_are():
    (option,) = (p for p in main.commands["new-framework"].params if p.name == "method")
    assert tuple(option.type.choices) == tuple(METHODS)


def test_the_command_writes_a_file_that_passes(run):
    """Into the first further folder, with what to do next."""
    result = run("my-check", "--title", "Ours: new", "--language", "en", "--language", "fr")
    path = Path("mine") / "my-check.yaml"

    assert result.exit_code == 0
    assert result.stdout.endswith(f"python -m procurement_risk check {path}\n")
    assert check_file(path) == []
    assert load_framework(path).languages == ("en", "fr")


def test_without_further_folders_it_goes_where_ours_are(run, monkeypatch, tmp_path):
    monkeypatch.delenv(FURTHER_FOLDERS)
    monkeypatch.setattr("procurement_risk.framework.files.FRAMEWORKS", tmp_path)

    assert run("my-check").exit_code == 0
    assert check_file(tmp_path / "my-check.yaml") == []


@pytest.mark.parametrize("place", [(), ("-o", "mine/my-check.yaml")])
def test_a_file_that_is_there_is_never_written_over(run, place):
    path = Path("mine") / "my-check.yaml"
    path.write_text("mine")

    result = run("my-check", *place)

    assert result.exit_code == 1
    assert result.stderr.startswith(f"{path} is there already, and was left as it is. Choose")
    assert path.read_text() == "mine"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("My Check",), "write small letters"),
        (("ai-supplier-core",), "is there already"),
        (("my-check", "-o", "mine/other.yaml"), "write id: other"),
        (("my-check", "-o", "my-check.txt"), "end it in .yaml"),
        (("my-check", "-o", "nowhere/my-check.yaml"), "Make its folder"),
        (("my-check", "-o", f"{'x' * 300}.yaml"), "choose another file"),
    ],
)
def test_what_cannot_be_written_is_refused_and_leaves_nothing(run, arguments, said):
    result = run(*arguments)

    assert result.exit_code == 1
    assert said in result.stderr
    assert [path for path in Path().rglob("*") if path.is_file()] == []
