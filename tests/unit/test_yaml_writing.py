"""Documents as YAML: read back as they were, and pleasant to read."""

from hypothesis import example, given, settings, strategies as st

from procurement_risk.framework.strict_yaml import read_yaml
from procurement_risk.framework.yaml_writing import write_yaml

TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=120
) | st.text("ab '\"\\\n:#-?!,[]{}&*%@`|>~=.0129éœ\u2028\ufeff\t", max_size=150)
KEYS = st.text("ab-_ :#'\"yné1", min_size=1, max_size=12)
VALUES = st.recursive(
    TEXTS | st.booleans() | st.integers(-(10**13), 10**14),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=10,
)


@settings(max_examples=120, deadline=None)
@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=5))
@example({"a": "yes", "b": "No", "c": "null", "d": "~", "e": "1", "f": "1:30", "g": "1.0"})
@example({"a": "x\n\n\ny", "b": "\nx", "c": "x\n", "d": " x", "e": "x ", "f": "x\n y"})
@example({"a": [[], {}, [[]], [{}], {"b": [{"c": []}]}], "d": {"e": {}}})
@example({"a": "word " * 60 + "end", "b": ("word " * 60).strip() + "\n" + "- item: # x", "c": "é"})
@example({"y": {"on": "off"}, "": "empty key", "1": "one", "a b": "c"})
def test_what_is_written_is_read_back_as_the_identical_document(document):
    parsed = read_yaml(write_yaml(document, ["One line", "and: another # one"]))
    assert parsed.problems == []
    assert parsed.data == document


def test_short_things_stand_on_one_line_and_texts_without_quotes_where_they_can():
    document = {
        "title": {"en": "Risk profile", "fr": "Profil de risque"},
        "languages": ["en", "fr"],
        "short": "Is it safe? Yes, quite.",
        "colon": "Why: because",
        "version": "1.0",
        "options": [
            {"id": "yes", "points": 0, "label": "Yes"},
            {"id": "item1-3", "points": 3, "label": "A long label, with a comma " * 3},
        ],
    }
    assert write_yaml(document, ["About this"]).splitlines() == [
        "# About this",
        "title: {en: Risk profile, fr: Profil de risque}",
        "languages: [en, fr]",
        "short: Is it safe? Yes, quite.",
        'colon: "Why: because"',
        'version: "1.0"',
        "options:",
        '  - {id: "yes", points: 0, label: "Yes"}',
        '  - {id: item1-3, points: 3, label: "' + "A long label, with a comma " * 3 + '"}',
    ]


def test_long_texts_are_folded_and_paragraphs_keep_their_lines():
    document = {"long": ("word " * 40).strip(), "lines": "First\n\n- second\n- third"}
    lines = write_yaml(document).splitlines()
    assert lines[0] == "long: >-"
    assert max(map(len, lines)) <= 99
    assert lines[-5:] == ["lines: |-", "  First", "", "  - second", "  - third"]


def test_a_comment_cannot_become_a_part_of_the_document():
    assert write_yaml({"a": "b"}, ["x\ny: 1"]) == "# x\n# y: 1\na: b\n"


@given(st.text())
@example("x\ry: 1")
@example("x\x85y: 1")
@example("x\u2028y: 1\u2029z: 1")
@example("x\x00\x07\ufeff\ud800\u202ey: 1")
def test_no_character_ends_a_comment(comment):
    """A note may quote a name from somebody else's file."""
    parsed = read_yaml(write_yaml({"a": "b"}, [comment]))
    assert parsed.problems == []
    assert parsed.data == {"a": "b"}
