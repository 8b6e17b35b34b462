"""YAML is read so that a file means what it looks like; all else is refused with its line."""

import subprocess
import sys

import pytest
import yaml
from hypothesis import given, settings, strategies as st

from procurement_risk.framework import strict_yaml
from procurement_risk.framework.strict_yaml import MAX_KEY, MAX_NODES, MAX_TEXT, read_yaml
from procurement_risk.framework.yaml_source import MAX_BYTES


def messages(text):
    return [problem.message for problem in read_yaml(text).problems]


def places(text):
    return [(problem.line, problem.column) for problem in read_yaml(text).problems]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1", {"a": 1}),
        ("a: -12", {"a": -12}),
        ("a: 0", {"a": 0}),
        ("a: true\nb: false", {"a": True, "b": False}),
        ("a: \"no\"\nb: '3.10'", {"a": "no", "b": "3.10"}),
        ("a: no more", {"a": "no more"}),
        ("a: 1.2.3", {"a": "1.2.3"}),
        ("a: G0", {"a": "G0"}),
        ("a: 3-5 days", {"a": "3-5 days"}),
        ("a: >-\n  one\n  two", {"a": "one two"}),
        ("a: |\n  no", {"a": "no"}),
        ("- [x, {k: z}]", [["x", {"k": "z"}]]),
        ("[a: b]", [{"a": "b"}]),
        ("a: {}\nb: []\nc: ''", {"a": {}, "b": [], "c": ""}),
        ("\ufeffa: b", {"a": "b"}),
        (b"\xef\xbb\xbfa: b", {"a": "b"}),
        ("a: Übung 😀", {"a": "Übung 😀"}),
        ("a\r\n", "a"),
        ("--- \na: 1\n...\n", {"a": 1}),
        ('"true": 1', {"true": 1}),
    ],
)
def test_plain_documents_mean_what_they_look_like(text, expected):
    """Only whole numbers, true and false are more than text."""
    parsed = read_yaml(text)

    assert parsed.problems == []
    assert parsed.is_complete
    assert parsed.data == expected
    assert repr(parsed.data) == repr(expected)  # 1 and True are equal


SPELLINGS = [
    form for w in ("y", "n", "yes", "no", "on", "off") for form in (w, w.title(), w.upper())
]


@pytest.mark.parametrize("word", [*SPELLINGS, "True", "TRUE", "False", "FALSE"])
def test_words_that_yaml_reads_as_true_or_false_are_refused(word):
    """The text stays in the data, so that nothing later trips over it."""
    parsed = read_yaml(f"a:\n  - {word}")

    assert parsed.data == {"a": [word]}
    assert parsed.refused == {("a", 0)}
    assert places(f"a:\n  - {word}") == [(2, 5)]
    assert (
        f'Write this in quotes, "{word}": YAML reads a bare {word} as ' in messages(f"- {word}")[0]
    )


NUMBERS = [
    "010",
    "0o10",
    "0x1F",
    "0X1F",
    "-010",
    "0b11",
    "1:30",
    "12:30:45",
    "-1:30",
    "1_000",
    "+5",
    "-0",
    "00",
    "3.10",
    ".5",
    "1.",
    "1e3",
    "1E3",
    "1.5e-3",
    "-3.5",
    "6.8523015e+5",
    "685_230.15",
    ".inf",
    "-.inf",
    "+.INF",
    ".Inf",
    ".nan",
    ".NaN",
    ".NAN",
    "190:20:30.15",
]
DATES = [
    "2026-01-02",
    "2026-1-2",
    "2026-01-02T10:00:00Z",
    "2026-01-02t10:00:00.5-05:00",
    "2026-01-02 10:00:00 +1",
]


@pytest.mark.parametrize("text", [*NUMBERS, *DATES])
def test_numbers_and_dates_that_are_not_plain_are_refused(text):
    """Octal, sixtieths, decimals and the like must stand in quotes."""
    parsed = read_yaml(f"a: {text}")

    assert parsed.data == {"a": text}
    assert len(parsed.problems) == 1
    assert parsed.problems[0].message.startswith(f'Write this in quotes, "{text}": YAML reads')


@settings(max_examples=500)
@given(st.text("0123456789+-_.:eExXoObBnNyYtTaAiIfF~=<ul ", min_size=1, max_size=12))
def test_whatever_pyyaml_would_turn_into_something_else_is_refused(text):
    """An independent reader agrees: either it is text or the same number, or we refuse it."""
    try:
        theirs = yaml.safe_load(f"- {text}")
    except (yaml.YAMLError, ValueError):
        return
    parsed = read_yaml(f"- {text}")
    if not parsed.problems:
        assert parsed.data == theirs
        assert repr(parsed.data) == repr(theirs)


@pytest.mark.parametrize("text", ["~", "null", "Null", "NULL", ""])
def test_nothing_is_refused(text):
    parsed = read_yaml(f"a: {text}\nb: c")

    assert parsed.data == {"a": text, "b": "c"}
    assert 'Write a value here, or "" for an empty text' in parsed.problems[0].message


@pytest.mark.parametrize(
    ("text", "data", "expected"),
    [
        ("a: 1\nb: 2\na: 3", {"a": 1, "b": 2}, '"a" stands here twice, first on line 1'),
        ("x: &a 1", {"x": 1}, "Delete the anchor &a"),
        ("&a x: 1", {"x": 1}, "Delete the anchor &a"),
        ("x: *a", {"x": ""}, "Write out what *a stands for"),
        ("*a : 1", {}, "Write out what *a stands for"),
        ("a: !!str 3", {"a": "3"}, "Delete the tag !!str"),
        ("a: !x [b]", {"a": ["b"]}, "Delete the tag !x"),
        ("<<: {a: 1}\nb: 2", {"b": 2}, "merge keys (<<) are not used"),
        ("a: <<", {"a": "<<"}, "special meaning"),
        ("a: =", {"a": "="}, "special meaning"),
        ("1: a", {"1": "a"}, 'Write this key in quotes, "1"'),
        ("true: a", {"true": "a"}, 'Write this key in quotes, "true"'),
        ("no: a", {"no": "a"}, 'Write this in quotes, "no"'),
        ("2026-01-02: a", {"2026-01-02": "a"}, "YAML reads it as a date"),
        ("? [a]\n: b\nc: d", {"c": "d"}, "Write a text as the key here"),
        ("? {a: b}\n: b\nc: d", {"c": "d"}, "Write a text as the key here"),
        ("a: 1\n---\nb: 2", {"a": 1}, "Put what follows --- in a file of its own"),
        ("%YAML 1.1\n---\na: 1", {"a": 1}, "directives are not used"),
        ("a: 1234567890123456", {"a": "1234567890123456"}, "write at most 15 digits"),
    ],
)
def test_what_yaml_offers_beyond_plain_data_is_refused(text, data, expected):
    """What can be kept is kept, so that the rest of the file can still be checked."""
    parsed = read_yaml(text)

    assert [expected in problem.message for problem in parsed.problems] == [True]
    assert parsed.is_complete
    assert parsed.data == data


def test_all_problems_come_at_once():
    """A duplicate key, a bare no, a date and a broken line, in the order of the file."""
    text = "a: no\nb: 2026-01-02\na: 1\nc: [\n"

    assert places(text) == [(1, 4), (2, 4), (3, 1), (4, 5)]
    assert not read_yaml(text).is_complete


def test_a_refused_key_takes_its_value_with_it():
    """The second value neither replaces the first nor marks its path as refused."""
    parsed = read_yaml("a: [1]\na: {b: no}\n")

    assert parsed.data == {"a": [1]}
    assert parsed.refused == set()
    assert len(parsed.problems) == 2


def test_positions():
    """Keys by path, list items by index; the nearest for what is missing."""
    parsed = read_yaml("a:\n  - b: c\n    d: [e]\n")

    assert parsed.positions == {
        (): (1, 1),
        ("a",): (1, 1),
        ("a", 0): (2, 5),
        ("a", 0, "b"): (2, 5),
        ("a", 0, "d"): (3, 5),
        ("a", 0, "d", 0): (3, 9),
    }
    assert parsed.value_positions["a", 0, "b"] == (2, 8)
    assert parsed.place(("a", 0, "missing", 3)) == (2, 5)
    assert parsed.problems == []
    assert read_yaml("a: {b: no}").problems[0].where == "a.b"


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        ("[1,", (1, 4), "A value is missing"),
        ("a: [b, c", (1, 9), "A comma or the closing ] is missing"),
        ("a: {b: c, d: e", (1, 15), "A comma or the closing } is missing"),
        ('a: 1\nb: "c\nd: e', (2, 4), "The quote opened here is never closed"),
        ("a: 'b\n---\n", (1, 4), "The quote opened here is never closed"),
        ("a: 1\n\tb: 2", (2, 1), "A tab is used as an indent"),
        ("a: b: c", (1, 5), "There is a colon too many here"),
        ("a: @b", (1, 4), "A text may not begin with @"),
        ("a: `b", (1, 4), "A text may not begin with `"),
        ("a: %b", (1, 4), "A text may not begin with %"),
        ("a:\n  - b\n c: d", (3, 2), "This line does not fit"),
        ("- a\nb: c", (2, 1), "This line does not belong to the list"),
        ("a: - b", (1, 4), "A list item cannot begin here"),
        ('a: "\\q"', (1, 5), "This backslash means nothing"),
        ('a: "\\xZZ"', (1, 7), "Digits are missing after this backslash"),
        ('a: "\\ud800"', (1, 7), "This backslash stands for no character"),
        ("a: |x\n  b", (1, 5), "begin the text on the next line"),
        ("a: *", (1, 5), "Write a text that begins with * or &"),
        ("a: !x!y z", (1, 4), "Write a text that begins with !"),
        ("%x\n---\na: 1", (1, 3), "A line may not begin with %"),
        ("a: 1\nb\nc: 1", (3, 1), "A colon is missing after this key"),
        ('a: b\n"c"\n', (3, 1), "A colon is missing after this key"),
    ],
)
def test_syntax_errors_are_said_in_plain_words(text, place, expected):
    """One problem with the place to look at."""
    (problem,) = read_yaml(text).problems

    assert expected in problem.message
    assert abs(problem.line - place[0]) <= 1
    assert not read_yaml(text).is_complete


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (b"a: 1\nb: \xff", (2, 4, "Byte 0xff is not UTF-8")),
        ("a: b".encode("utf-16"), (1, 1, "is not UTF-8")),
        ("a: b\x00", (1, 5, "unprintable character U+0000")),
        ("a: 1\nb: \x07\x07", (2, 4, "U+0007 here. The file holds 1 more")),
        ("a: \ud800", (1, 4, "U+D800")),
        ("", (1, 1, "This file is empty")),
        ("# only a comment", (1, 1, "This file is empty")),
        ("x" * (MAX_BYTES + 1), (1, 1, "larger than 1,000,000 bytes")),
        ("ü" * (MAX_BYTES // 2 + 1), (1, 1, "larger than 1,000,000 bytes")),
        (b"x" * (MAX_BYTES + 1), (1, 1, "larger than 1,000,000 bytes")),
        (f"a: {'x' * (MAX_TEXT + 1)}", (1, 4, "longer than 20,000 characters")),
        (f"{'x' * (MAX_KEY + 1)}: 1", (1, 1, "Shorten this key")),
        ("- a\n" * MAX_NODES, (MAX_NODES, 3, "more than 100,000 values")),
        ("[" * 50_000, (1, 21, "nested deeper than 20 levels")),
        ("- " * 400_000, (1, 41, "nested deeper than 20 levels")),
    ],
)
def test_limits(source, expected):
    """What cannot be read at all is one problem, and nothing is raised."""
    line, column, message = expected
    problem = read_yaml(source).problems[-1]

    assert (problem.line, problem.column) == (line, column)
    assert message in problem.message


HOSTILE = {
    "nested brackets": "[" * 900_000,
    "nested braces": "{a: " * 200_000,
    "keys twice": "a: 1\n" * 190_000,
    "list": "- a\n" * 240_000,
    "refused list": "-\n" * 490_000,
    "anchors": "- &a x\n" * 140_000,
    "aliases": "a: &a [x]\n" + "".join(f"k{i}: [{'*a,' * 9}]\n" for i in range(20_000)),
    "one text": f"a: {'x' * 990_000}",
    "one key": f"? {'x' * 990_000}\n: 1",
    "keys": "".join(f"k{i}: x\n" for i in range(49_000)),
    "tag directives": "".join(f"%TAG !a{i}! x\n" for i in range(50_000)) + "---\na",
    "tag directives later": "a\n...\n" + "".join(f"%TAG !a{i}! x\n" for i in range(50_000)),
    "control characters": "\x07" * 990_000,
    "bare no": "- no\n" * 49_000,
}


MEASURED = """
import re, resource, sys
from pathlib import Path
from tests.unit.test_strict_yaml import HOSTILE, read_yaml
if "hungry" in sys.argv:
    HOSTILE = {"hungry": "x" * 300_000_000}
for name, text in HOSTILE.items():
    print(name, bool(read_yaml(text).problems), sep="=")
status = Path("/proc/self/status")
if status.exists():  # what getrusage says begins with the memory of whoever started this
    peak = int(re.search(r"VmHWM:\\s+(\\d+) kB", status.read_text())[1]) * 1024
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print("peak", peak, sep="=")
"""


def read_all(*arguments: str) -> tuple[dict[str, str], int]:
    """Return what another process says of every hostile file, and how much memory it took."""
    command = [sys.executable, "-c", MEASURED, *arguments]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    said = dict(line.split("=") for line in lines)
    return said, int(said.pop("peak"))


def test_hostile_files_end_in_problems_within_bounded_memory():
    """Whatever the file, reading it ends, in less than 300 MB; times are in the benchmarks."""
    said, peak = read_all()

    assert said == {name: str(name != "keys") for name in HOSTILE}
    assert peak < 300_000_000


def test_too_much_memory_would_be_seen():
    said, peak = read_all("hungry")

    assert said == {"hungry": "True"}
    assert peak > 300_000_000


def test_without_the_c_parser_the_answers_are_the_same(monkeypatch):
    """Where PyYAML came without its C part, the Python parser stands in."""
    text = "a: no\nb: [1, {c: &x d}]\na: 2\n"
    with_c = read_yaml(text)
    monkeypatch.setattr(strict_yaml, "_LOADER", yaml.SafeLoader)

    assert read_yaml(text) == with_c
    assert read_yaml("a: [b").problems[0].line == 1


@settings(max_examples=300)
@given(st.one_of(st.text(max_size=200), st.binary(max_size=200)))
def test_nothing_is_ever_raised(source):
    read_yaml(source)


YAML_PIECES = st.sampled_from([
    "a", "b", ": ", "\n", "  ", "- ", "[", "]", "{", "}", ",", '"', "'", "&x ", "*x", "!t ", "? ",
    "no", "1", "#", "%", "@", "---\n", "...\n", "\t", "<<", "~", "\\", "\x00", "\ud800", "|", ">",
])  # fmt: skip


@settings(max_examples=700)
@given(st.lists(YAML_PIECES, max_size=40).map("".join))
def test_pieces_of_yaml_never_raise(text):
    """Every problem has a line of the file, and there is data unless there is a problem."""
    parsed = read_yaml(text)

    assert all(1 <= problem.line <= text.count("\n") + 2 for problem in parsed.problems)
    assert parsed.problems or parsed.is_complete


@settings(max_examples=150)
@given(st.lists(YAML_PIECES, max_size=30).map("".join))
def test_pieces_of_yaml_never_raise_without_the_c_parser(text):
    original = strict_yaml._LOADER
    strict_yaml._LOADER = yaml.SafeLoader
    try:
        read_yaml(text)
    finally:
        strict_yaml._LOADER = original
