"""What is let through without the schema, the schema lets through as well."""

from hypothesis import given, settings
from hypothesis import strategies as st

from procurement_risk.assessment.shape import check_assessment, check_shape, without_plain_answers
from tests.support.stored_examples import BARE

SCHEMA = "assessment.schema.json"
VALUES = (
    "a", "", "x" * 100, "x" * 101, "E0", "E4", "E5", "answered", "unanswered", "unknown",
    "withheld", "not_applicable", "2026-11-23", "2026-02-30", "2026-11-23\n", "２026-11-23",
    "2026-11-23T09:30:00Z", "2026-11-23T09:30:00", "2026-11-23T24:00Z", "y" * 200, "y" * 201,
    "z" * 2000, "z" * 2001, "n" * 5000, "n" * 5001, "naïve 🙂", None, 7, True, [], ["a"], {},
)  # fmt: skip
KEYS = (
    "state", "option", "options", "text", "evidence", "valid_until", "link", "note", "reason",
    "by", "at", "other",
)  # fmt: skip
NAMES = ("DP-1", "a.b_c-d", "", "-a", "a b", "é", "a\n", "q" * 100, "q" * 101)


def document(answers):
    from procurement_risk.assessment.document import assessment_to_document

    return {**assessment_to_document(BARE), "answers": answers}


def answers():
    fitting = st.fixed_dictionaries(
        {"option": st.just("a")},
        optional={
            "evidence": st.sampled_from(("E0", "E4", "E5")),
            "valid_until": st.sampled_from(VALUES[12:16]),
            "at": st.sampled_from(VALUES[12:19]),
            "note": st.sampled_from(("n" * 5000, "n" * 5001, "")),
            "state": st.sampled_from(VALUES[7:12]),
        },
    )
    any_kind = st.dictionaries(st.sampled_from(KEYS), st.sampled_from(VALUES), max_size=4)
    return st.dictionaries(st.sampled_from(NAMES), fitting | any_kind, max_size=3)


@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@given(answers())
def test_the_verdict_is_the_schema_s(given_answers):
    whole = document(given_answers)
    by_schema = check_shape(SCHEMA, whole, "assessment")
    assert check_shape(SCHEMA, without_plain_answers(whole), "assessment") == by_schema


def test_plain_answers_are_left_out_and_others_are_not():
    kept = {
        "NA": {"state": "not_applicable", "reason": "None"},
        "TEXT": {"text": "Words"},
        "MANY": {"options": ["a"]},
        "LONG": {"option": "a", "note": "n" * 5001},
    }
    plain = {"A": {"option": "a", "evidence": "E2"}, "B": {"state": "unknown", "note": "Asked"}}
    assert without_plain_answers(document({**plain, **kept})) == document(kept)


def test_too_many_answers_are_still_refused():
    many = {f"q{number}": {"option": "a"} for number in range(1001)}
    assert check_assessment(document(many))


def test_what_is_no_assessment_is_left_to_the_schema():
    for value in (None, [], "x", {}, {"answers": []}):
        assert without_plain_answers(value) == value
