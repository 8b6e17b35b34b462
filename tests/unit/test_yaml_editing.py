"""One value of a questionnaire changed: every other line, comment and order stays as it was."""

import difflib

import pytest

from procurement_risk.errors import UsageError
from procurement_risk.framework.shipped import FRAMEWORKS
from procurement_risk.framework.strict_yaml import read_yaml
from procurement_risk.framework.yaml_editing import lines_of, value_at, with_value

TEXT = """\
# Ours.
id: acme
version: "1"   # raise it
sections:
  - id: A
    questions:
      # About data.
      - id: A-1
        ask: Where is it?   # plain words
        weight: 3           # agreed in May
        options:
          - {id: a, label: "Here", risk: 0}
          # the usual answer
          - {id: b, label: There, risk: 4}   # worst

      # About people.
      - id: A-2
        ask: >-
          A longer text that was
          written on two lines
        why: |
          # this is no comment
          but a text
        options: [{id: "yes", label: "Yes"}, {id: "no", label: "No"}]
      - {id: A-3, ask: In brackets?, weight: 1}
"""
FIRST, SECOND, THIRD = (("sections", 0, "questions", number) for number in range(3))


def changed(path, value, text=TEXT):
    """The lines that went and those that came; all others are the same, to the letter."""
    after = with_value(text, path, value)
    found = difflib.ndiff(text.splitlines(), after.splitlines())
    return [line for line in found if line[0] in "+-"], value_at(read_yaml(after).data, path)


@pytest.mark.parametrize(
    ("path", "value", "came"),
    [
        ((*FIRST, "weight"), 5, ["        weight: 5           # agreed in May"]),
        ((*FIRST, "ask"), "Where, exactly?", None),
        ((*FIRST, "ask"), "no", None),
        ((*FIRST, "ask"), "1:30", None),
        ((*FIRST, "ask"), "", None),
        (("version",), "2", ['version: "2"   # raise it']),
        ((*SECOND, "ask"), "Short now: yes", None),
        ((*SECOND, "why"), "Other text", None),
        ((*SECOND, "help"), "New here", ["        help: New here"]),
        ((*THIRD, "weight"), 2, ["      - {id: A-3, ask: In brackets?, weight: 2}"]),
    ],
)
def test_one_value_changes_one_entry(path, value, came):
    lines, stands = changed(path, value)

    assert stands == value
    assert len([line for line in lines if line[0] == "+"]) <= 2
    if came is not None:
        assert [line[2:] for line in lines if line[0] == "+"] == came


def test_a_long_text_is_folded_and_reads_the_same():
    words = "A sentence with a colon: and more. " * 9
    lines, stands = changed((*SECOND, "ask"), words.strip())

    assert stands == words.strip()
    assert max(map(len, lines)) <= 102
    (one_line,) = [line for line in changed((*FIRST, "ask"), words.strip())[0] if line[0] == "+"]
    assert one_line.endswith("# plain words")


def test_an_entry_is_taken_away():
    lines, stands = changed((*SECOND, "why"), None)

    assert stands is None
    assert [line[0] for line in lines] == ["-", "-", "-"]


def test_options_are_changed_added_and_taken_away_with_their_comments():
    path = (*FIRST, "options")
    options = [
        {"id": "a", "label": "Here: in the building", "risk": 0},
        {"id": "c", "label": "Near", "risk": 2},
        {"id": "b", "label": "There", "risk": 4},
    ]
    after = with_value(TEXT, path, options)

    assert value_at(read_yaml(after).data, path) == options
    assert "# the usual answer" in after
    assert "{id: b, label: There, risk: 4}   # worst" in after
    assert changed(path, options[:1])[1] == options[:1]
    assert (
        value_at(
            read_yaml(with_value(TEXT, (*SECOND, "options"), options)).data, (*SECOND, "options")
        )
        == options
    )


def test_what_no_file_may_hold_is_left_out():
    _lines, stands = changed((*FIRST, "ask"), "a\x00b\u2028c\r\nd")

    assert stands == "abc\nd"


def test_what_cannot_be_read_is_refused():
    with pytest.raises(UsageError, match="cannot be read yet"):
        with_value("id: [", ("id",), "x")
    with pytest.raises(UsageError, match="cannot be read yet"):
        with_value(TEXT, ("sections", 9, "ask"), "x")


@pytest.mark.parametrize("path", sorted(FRAMEWORKS.glob("*.yaml")), ids=lambda path: path.stem)
def test_in_a_shipped_questionnaire_one_question_is_one_place(path):
    """Of the second question of each file; the rest of the file is not touched."""
    text = path.read_text("utf-8")
    place = ("sections", 1, "questions", 1)
    first, last = lines_of(text, read_yaml(text), place)

    after = with_value(text, (*place, "ask"), "Is this another text?")

    before, now = text.splitlines(), after.splitlines()
    assert before[: first - 1] == now[: first - 1]
    assert before[last:] == now[len(now) - len(before) + last :]
