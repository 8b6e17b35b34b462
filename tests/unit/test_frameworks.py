"""Every framework we ship loads; every file in ``broken_frameworks`` is refused for its reason."""

import json
import re

import pytest
from hypothesis import given, settings, strategies as st

from procurement_risk.errors import InvalidDocument, NotFound, UsageError
from procurement_risk.framework import file_checks
from procurement_risk.framework.document import SCHEMA
from procurement_risk.framework.file_checks import MAX_LISTED
from procurement_risk.framework.files import (
    FRAMEWORKS,
    FURTHER_FOLDERS,
    check_file,
    check_text,
    list_frameworks,
    load_framework,
    read_framework,
)
from tests.support.places import TESTS

SHIPPED = sorted(FRAMEWORKS.glob("*.yaml"))
BROKEN = sorted((TESTS / "broken_frameworks").glob("*.yaml"))
SMALL = TESTS / "frameworks" / "small.yaml"
TEXT = SMALL.read_text("utf-8")
LINES = TEXT.splitlines(keepends=True)


@pytest.fixture
def _registered(monkeypatch):
    """The broken files stand in a framework folder, where names and ids must agree."""
    monkeypatch.setenv(FURTHER_FOLDERS, str(TESTS / "broken_frameworks"))


def test_there_are_files_to_check():
    """Guards the tests below against an empty folder."""
    assert SHIPPED
    assert len(BROKEN) > 130


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_framework_loads(path):
    assert load_framework(path).id == path.stem


@pytest.mark.usefixtures("_registered")
@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_broken_framework_is_refused(path):
    """The first line, ``# expect: LINE: TEXT``, gives the line at fault and what is said of it."""
    first = path.read_text("utf-8").split("\n", 1)[0]
    line, expected = re.fullmatch(r"# expect: (\d+): (.+)", first).groups()

    with pytest.raises(InvalidDocument) as caught:
        load_framework(path)

    said = [problem.message for problem in caught.value.problems if problem.line == int(line)]
    assert any(expected in message for message in said), str(caught.value)


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_one_fault_is_not_said_many_times(path):
    """What follows from a fault may be said too, but no more than a screenful."""
    assert len(check_file(path)) <= 8


def test_every_sentence_about_a_rule_is_shown_by_a_broken_file():
    """A message that no file brings forth is a rule that nobody has seen work."""
    checks = FRAMEWORKS.parent / "procurement_risk" / "framework" / "checks"
    about_shape = {"shape.py", "shape_words.py", "faults.py"}
    names = sorted({path.name for path in checks.glob("*.py")} - about_shape)
    source = "".join((checks / name).read_text("utf-8") for name in names)
    source = re.sub(r'"{3}.*?"{3}', "", source, flags=re.DOTALL)
    beginnings = re.findall(r'f?"((?:[A-Z][a-z]+|not_in) [^"{]{8,})', source)
    said = "\n".join(problem.message for path in BROKEN for problem in check_file(path))

    assert len(beginnings) > 20
    assert [text for text in beginnings if text[:25].strip() not in said] == []


def test_a_located_problem():
    """``file:line:column: what is wrong``, to which editors can jump."""
    path = TESTS / "broken_frameworks" / "flag-band-missing.yaml"

    with pytest.raises(InvalidDocument) as caught:
        load_framework(path)

    assert str(caught.value) == (f'{path}:16:3: There is no band "hihg": did you mean "high"?')
    assert caught.value.problems[0].where == "policy.flag_band"


def test_problems_come_in_the_order_of_the_file():
    """Whether YAML, shape or meaning is at fault."""
    text = (
        TEXT.replace("flag_band: high", "flag_band: hihg")
        .replace("title: Triage", "title: 5")
        .replace("label: Not bad", "label: no")
    )

    with pytest.raises(InvalidDocument) as caught:
        read_framework(text, "small.yaml")

    lines = [problem.line for problem in caught.value.problems]
    assert len(lines) == 3
    assert lines == sorted(lines)


def test_a_refused_value_is_spoken_about_once():
    """A weight of 2.5 is refused as YAML; that it is no whole number need not be said again."""
    with pytest.raises(InvalidDocument) as caught:
        read_framework(TEXT.replace("weight: 4", "weight: 2.5"), "small.yaml")

    assert len(caught.value.problems) == 1


def test_a_repeated_id_names_the_line_of_the_first():
    with pytest.raises(InvalidDocument, match=r"The first is on line \d+\."):
        read_framework(TEXT.replace("id: VO-2", "id: VO-1"), "small.yaml")


def spelt(number: int) -> str:
    """A word for a number: what differs by digits alone is told together."""
    return "".join("abcdefghij"[int(digit)] for digit in str(number))


def test_at_most_five_hundred_problems_are_listed(tmp_path):
    """One more line says how many there are besides."""
    path = tmp_path / "many.yaml"
    path.write_text("".join(f"- !{spelt(i)} x\n" for i in range(MAX_LISTED + 100)))
    problems = check_file(path)

    assert len(problems) == MAX_LISTED + 1
    assert problems[-1].message.startswith("From here on there are 101 more problems")
    assert problems[-1].line == MAX_LISTED


def test_where_checking_stopped_the_count_is_a_lower_bound(tmp_path):
    path = tmp_path / "many.yaml"
    path.write_text("".join(f"qqqq-{spelt(i)}: x\n" for i in range(5_000)))

    assert "at least 1,50" in check_file(path)[-1].message


def test_a_missing_file_names_those_that_are_there():
    with pytest.raises(NotFound, match=r"There is no file .*absent\.yaml\. .*ai-supplier-core"):
        load_framework("absent.yaml")

    assert "There is no file" in check_file("absent.yaml")[0].message


def test_a_folder_is_not_a_framework(tmp_path):
    with pytest.raises(UsageError, match="is a folder"):
        load_framework(tmp_path)


def test_what_is_no_file_is_not_read():
    with pytest.raises(UsageError, match="is not a file"):
        load_framework("/dev/zero")


def test_a_huge_file_is_refused_before_it_is_read(tmp_path, monkeypatch):
    """500 MB on disk (no bytes written), of which only a little more than the limit is read."""
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(500_000_000)
    taken = []
    original = file_checks.read_yaml
    monkeypatch.setattr(
        file_checks, "read_yaml", lambda text: (taken.append(len(text)), original(text))[1]
    )

    assert "larger than 1,000,000 bytes" in check_file(path)[0].message
    assert taken == [1_000_001]


def test_a_file_in_a_framework_folder_is_named_for_its_framework(tmp_path, monkeypatch):
    """Only there: elsewhere, and for text without a file, any name will do."""
    path = tmp_path / "other.yaml"
    path.write_text(TEXT)
    assert check_file(path) == []
    assert read_framework(TEXT, "other.yaml").id == "small"

    monkeypatch.setenv(FURTHER_FOLDERS, str(tmp_path))
    (problem,) = check_file(path)

    assert problem.where == "id"
    assert "write id: other, or rename the file" in problem.message


def test_further_folders(tmp_path, monkeypatch):
    """They add frameworks, replace ours of the same id, and broken ones are left out."""
    (tmp_path / "small.yaml").write_text(TEXT)
    (tmp_path / "broken.yaml").write_text("a: no")
    later = tmp_path / "later"
    later.mkdir()
    (later / "small.yaml").write_text(TEXT.replace('"2026.1"', '"2026.2"'))
    monkeypatch.setenv(FURTHER_FOLDERS, f"{tmp_path}:{later}: ")

    found = {framework.id: framework.version for framework in list_frameworks()}
    assert found["small"] == "2026.2"
    assert found.keys() >= {path.stem for path in SHIPPED}
    assert "broken" not in found


def test_without_further_folders(monkeypatch):
    monkeypatch.delenv(FURTHER_FOLDERS, raising=False)

    assert [framework.id for framework in list_frameworks()] == [path.stem for path in SHIPPED]


def lines_at_fault(text):
    """The lines of all problems; none where the text is a framework."""
    try:
        read_framework(text, "mutated.yaml")
    except InvalidDocument as error:
        return [problem.line for problem in error.problems]
    return []


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("dcis"), st.integers(0), st.integers(0)), max_size=8))
def test_mutated_files_never_raise_anything_else(edits):
    """Lines deleted, copied, indented or put elsewhere: a framework, or problems with lines."""
    lines = list(LINES)
    for what, one, other in edits:
        i, j = one % len(lines), other % len(lines)
        if what == "d" and len(lines) > 1:
            del lines[i]
        elif what == "c":
            lines.insert(i, lines[j])
        elif what == "i":
            lines[i] = " " * (other % 5) + lines[i].lstrip()
        else:
            lines[i], lines[j] = lines[j], lines[i]

    assert all(1 <= line <= len(lines) + 1 for line in lines_at_fault("".join(lines)))


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(TEXT)), st.integers(0, 30), st.text(max_size=6))
def test_text_replaced_anywhere_never_raises_anything_else(start, length, new):
    assert 0 not in lines_at_fault(TEXT[:start] + new + TEXT[start + length :])


def schema_keys(part):
    if isinstance(part, list):
        for each in part:
            yield from schema_keys(each)
    elif isinstance(part, dict):
        for key, value in part.items():
            if key == "properties":
                yield from value
                yield from schema_keys(list(value.values()))
            elif key not in ("if", "then", "else"):
                yield from schema_keys(value)


def test_the_readme_explains_every_key():
    """A key stands in a table's first column, and its choices somewhere in the file."""
    schema = json.loads(SCHEMA.read_text("utf-8"))
    overlay = json.loads((SCHEMA.parent / "overlay.schema.json").read_text("utf-8"))
    readme = (FRAMEWORKS / "README.md").read_text("utf-8")
    rows = set(re.findall(r"^\| `([^`]+)`", readme, re.MULTILINE))
    choices = {
        word
        for each in re.findall(r'"enum": (\[.*?\])', json.dumps(schema))
        for word in json.loads(each)
    }

    keys = {*schema_keys(schema), *schema_keys(overlay)}
    assert sorted(keys - rows) == []
    assert sorted(rows - keys) == []
    assert sorted(word for word in choices if word not in readme) == []


def test_the_example_in_the_readme_loads():
    """The README ends with a whole framework to copy; before it stands an overlay of the core."""
    readme = (FRAMEWORKS / "README.md").read_text("utf-8")
    overlay, example = re.findall(r"```yaml\n(schema_version.*?)```", readme, re.DOTALL)
    ours, problems = check_text(overlay)

    assert problems == []
    assert ours.by_id["DP-02"].weight == 9
    assert ours.based_on.id == "ai-supplier-core"
    assert read_framework(example, "README.md").id == "my-first-check"


def test_every_key_of_the_schema_says_what_it_is():
    """The schema's own words are shown where a key is missing."""
    schema = json.loads(SCHEMA.read_text("utf-8"))

    def properties(part):
        if isinstance(part, list):
            for each in part:
                yield from properties(each)
        elif isinstance(part, dict):
            for key, value in part.items():
                if key == "properties":
                    yield from value.items()
                    yield from properties(list(value.values()))
                elif key not in ("if", "then", "else"):
                    yield from properties(value)

    for key, value in properties(schema):
        assert value.get("title"), key
        assert value.get("description"), key
