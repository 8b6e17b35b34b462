"""A place where a name stands is told in words that people use."""

import pytest

from procurement_risk.storage.place_words import where
from procurement_risk.storage.places import Place


def place(table, column, path, part="", **key):
    """A place in one row."""
    return Place(
        table=table,
        key=key,
        column=column,
        path=path,
        text="Ana",
        assessment_id="case",
        part=part,
        at="",
        fixed=False,
    )


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (
            place("history", "after", "by", "answer:CX-01", seq=9),
            "history, line 9 (CX-01): who, after the change",
        ),
        (
            place("history", "before", "", "owner", seq=2),
            "history, line 2 (the owner): before the change",
        ),
        (place("history", "by", "", "answer:CX-01", seq=1), "history, line 1 (CX-01): who"),
        (place("part", "value", "[3].note", "known_risks"), "the known risks: note"),
        (place("part", "value", "", "owner"), "the owner"),
        (place("assessment", "created_by", "", id="case"), "the assessment itself: who began it"),
        (place("person", "name", "", id="p-1"), "the list of people: name"),
        (place("part", "value", "else.thing", "purchase"), "the purchase: else.thing"),
    ],
)
def test_where_it_is_in_words(found, words):
    assert where(found) == words
