"""Answers that do not fit are named with what would be allowed; nothing is guessed."""

import json
from collections import Counter
from random import Random

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from procurement_risk.assessment import Answer, Mitigation
from procurement_risk.assessment.answers import check_answer, check_answers, check_answers_fit
from procurement_risk.assessment.answers_schema import answers_schema
from procurement_risk.assessment.shape import check_assessment
from procurement_risk.errors import Problem
from tests.support.answer_checks import SMALL, line, problems_with
from tests.support.answer_sets import (
    AS_OF,
    CORE,
    agreed,
    core_document,
    proposed,
    varied_answers,
    verified,
)

INAPPLICABLE = {"state": "not_applicable", "reason": "It does not arise"}
KEYS = (
    "Allowed: option, state, evidence, valid_until, reason, note, link, by, at, files, alone, "
    "agreed."
)


# --- What is allowed ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("Q-1", "c", Answer(options=("c",))),
        ("Q-1", {"option": "c"}, Answer(options=("c",))),
        ("Q-1", {"state": "answered", "option": "c"}, Answer(options=("c",))),
        ("Q-1", {"state": "withheld"}, Answer(state="withheld")),
        (
            "Q-1",
            {"state": "unanswered", "note": "Later"},
            Answer(state="unanswered", note="Later"),
        ),
        ("Q-1", INAPPLICABLE, Answer(state="not_applicable", reason="It does not arise")),
        (
            "Q-1",
            {
                "option": "a",
                "evidence": "E2",
                "valid_until": "2027-01-31",
                "link": "x",
            },
            Answer(options=("a",), evidence="E2", valid_until="2027-01-31", link="x"),
        ),
        ("public", "yes", Answer(options=("yes",))),
        ("MANY", ["a", "c"], Answer(options=("a", "c"))),
        ("MANY", {"options": ["b"]}, Answer(options=("b",))),
        ("TEXT", "Some words.", Answer(text="Some words.")),
        ("TEXT", {"text": "Some words."}, Answer(text="Some words.")),
        ("NUMBER", "-12.5", Answer(text="-12.5")),
        ("DATE", "2026-02-28", Answer(text="2026-02-28")),
    ],
)
def test_allowed_answers(name, given, expected):
    """Short and long forms come out as the same noun."""
    assert check_answers(SMALL, line({name: given})).answers == {name: expected}


@pytest.mark.parametrize(
    "mitigation", [proposed("Q-1", "a"), agreed("Q-2", "b"), verified("CX-1", "c")]
)
def test_allowed_mitigations(mitigation):
    found = check_answers(SMALL, line(mitigations=[mitigation])).mitigations

    assert found == (Mitigation(**mitigation),)


def test_only_the_date_is_required():
    """Nothing answered is a valid document, in the pack asked for."""
    found = check_answers(SMALL, {"as_of": AS_OF}, "core")

    assert (found.as_of, found.pack, found.answers, found.mitigations) == (AS_OF, "core", {}, ())


def test_a_proposed_mitigation_may_stand_on_an_inapplicable_question():
    assert problems_with(line({"Q-1": INAPPLICABLE}, [proposed("Q-1", "a")])) == []


# --- What is refused, and what is said ----------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "where", "message"),
    [
        (None, "the line", "The line should be an object {…}, not None."),
        (5, "the line", "The line should be an object {…}, not 5."),
        ([], "the line", "The line should be an object {…}, not []."),
        ({}, "the line", "The line lacks 'as_of'. Add it."),
        ({"as_of": 20261123}, "as_of", "as_of should be text in quotes, not 20261123."),
        ({"as_of": "23/11/2026"}, "as_of", "as_of '23/11/2026' is not a date. Write 2026-11-23."),
        (
            {"as_of": "2026-02-30"},
            "as_of",
            "as_of '2026-02-30' is not a day in the calendar. Write 2026-11-23.",
        ),
        (
            {"as_of": "2026-11-23\n"},
            "as_of",
            "as_of '2026-11-23\\n' is not a date. Write 2026-11-23.",
        ),
        (
            {"as_of": AS_OF, "answer": {}},
            "the line",
            "The line has no key 'answer'. Did you mean 'answers'?"
            " Allowed: as_of, answers, mitigations.",
        ),
        ({"as_of": AS_OF, "answers": []}, "answers", "answers should be an object {…}, not []."),
        (
            {"as_of": AS_OF, "mitigations": {}},
            "mitigations",
            "mitigations should be a list […], not {}.",
        ),
        (
            {"as_of": AS_OF, "mitigations": 1},
            "mitigations",
            "mitigations should be a list […], not 1.",
        ),
    ],
)
def test_documents_of_the_wrong_shape(document, where, message):
    assert problems_with(document) == [(where, message)]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Q-9", " Did you mean 'Q-4'?"),
        ("q-1", " Did you mean 'Q-1'?"),
        ("publik", " Did you mean 'public'?"),
        ("something else", ""),
        ("", ""),
    ],
)
def test_an_unknown_question_is_named_with_what_may_be_meant(name, hint):
    """Capital letters aside; and every question and fact that there is."""
    allowed = "public, hosted, CX-1, Q-1, Q-2, Q-3, Q-4, MANY, TEXT, NUMBER, DATE"

    assert problems_with(line({name: "a"})) == [
        ("answers", f"small 1 has no question {name!r}.{hint} Allowed: {allowed}.")
    ]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("z", "has no option 'z'. Choose one of: a, b, c, d, e."),
        ("", "has no option ''. Choose one of: a, b, c, d, e."),
        ("A", "has no option 'A'. Choose one of: a, b, c, d, e."),
        ({"option": None}, "has no option None. Choose one of: a, b, c, d, e."),
        ({"option": ["a"]}, "has no option ['a']. Choose one of: a, b, c, d, e."),
        (None, 'should be answered as {"option": "…"} or with a state.'),
        (0, 'should be answered as {"option": "…"} or with a state.'),
        (True, 'should be answered as {"option": "…"} or with a state.'),
        (["a"], 'should be answered as {"option": "…"} or with a state.'),
        ({}, 'has no value. Answer it as {"option": "…"} or give a state.'),
        ({"state": "answered"}, 'has no value. Answer it as {"option": "…"} or give a state.'),
        ({"state": "unknown", "option": "a"}, "has both a state and a value. Keep one."),
        (
            {"state": "dunno"},
            "has no state 'dunno'."
            " Choose one of: answered, unanswered, unknown, withheld, not_applicable.",
        ),
        (
            {"option": "a", "evidence": "E9"},
            "has no grade 'E9'. Choose one of: E0, E1, E2, E3, E4.",
        ),
        ({"option": "a", "evidence": 3}, "has no grade 3. Choose one of: E0, E1, E2, E3, E4."),
        (
            {"option": "a", "evidense": "E1"},
            f"has no key 'evidense'. Did you mean 'evidence'? {KEYS}",
        ),
        ({"option": "a", "score": 3}, f"has no key 'score'. {KEYS}"),
        (
            {"state": "not_applicable"},
            "is declared not applicable without a reason. Add a reason.",
        ),
    ],
)
def test_wrong_answers(given, message):
    assert problems_with(line({"Q-1": given})) == [("Q-1", f"Question 'Q-1' {message}")]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"valid_until": "soon"}, "valid_until 'soon' is not a date. Write 2026-11-23."),
        ({"valid_until": ""}, "valid_until '' is not a date. Write 2026-11-23."),
        ({"valid_until": "2026-1-1"}, "valid_until '2026-1-1' is not a date. Write 2026-11-23."),
        (
            {"valid_until": "2026-02-30"},
            "valid_until '2026-02-30' is not a day in the calendar. Write 2026-11-23.",
        ),
        ({"valid_until": 2027}, "valid_until should be text in quotes."),
        ({"note": 5}, "note should be text in quotes."),
        ({"note": "x" * 5001}, "note is longer than 5,000 characters. Shorten it."),
        ({"link": None}, "link should be text in quotes."),
        ({"reason": ""}, "reason is empty. Write it, or leave it out."),
    ],
)
def test_wrong_evidence_and_notes(more, message):
    given = {"option": "a", **more}

    assert problems_with(line({"Q-1": given})) == [("Q-1", f"Question 'Q-1': {message}")]


@pytest.mark.parametrize("reason", ["", " ", "\n\t "])
def test_a_blank_reason_is_no_reason(reason):
    given = {"state": "not_applicable", "reason": reason}

    assert problems_with(line({"Q-1": given})) == [
        ("Q-1", "Question 'Q-1': reason is empty. Write it, or leave it out.")
    ]


@pytest.mark.parametrize("name", ["public", "CX-1", "Q-2", "Q-4"])
def test_what_the_method_rests_on_cannot_be_inapplicable(name):
    """A fact, a context question, one with a red flag, one that a condition names."""
    assert problems_with(line({name: INAPPLICABLE})) == [
        (
            name,
            f"Question '{name}' cannot be declared not applicable: the method rests on it."
            " Answer it, or leave it open.",
        )
    ]


@pytest.mark.parametrize("mitigation", [agreed("Q-1", "a"), verified("Q-1", "a")])
def test_a_question_with_a_mitigation_that_counts_cannot_be_inapplicable(mitigation):
    assert problems_with(line({"Q-1": INAPPLICABLE}, [mitigation])) == [
        (
            "Q-1",
            f"Question 'Q-1' has a mitigation that is {mitigation['status']}, so it cannot be"
            " declared not applicable. Answer it, or take the mitigation away.",
        )
    ]


@pytest.mark.parametrize(
    ("name", "given", "message"),
    [
        ("MANY", "a", ' should be answered as {"options": ["…"]} or with a state.'),
        ("MANY", ["a", "z"], " has no option 'z'. Choose one of: a, b, c, d, e."),
        ("MANY", ["a", "a"], " names the same option twice. Keep one."),
        ("MANY", [], ": options is empty. Choose at least one, or leave the question open."),
        ("MANY", {"options": "a"}, ": options should be a list […]."),
        ("TEXT", "", ": text is empty. Write it, or leave it out."),
        ("TEXT", {"text": 5}, ": text should be text in quotes."),
        ("TEXT", ["a"], ' should be answered as {"text": "…"} or with a state.'),
        ("NUMBER", "twelve", ": text 'twelve' is not a number. Write 12.5."),
        ("NUMBER", "1e5", ": text '1e5' is not a number. Write 12.5."),
        ("NUMBER", "12\n", ": text '12\\n' is not a number. Write 12.5."),
        ("NUMBER", "１２", ": text '１２' is not a number. Write 12.5."),
        ("NUMBER", 12, ' should be answered as {"text": "…"} or with a state.'),
        ("DATE", "tomorrow", ": text 'tomorrow' is not a date. Write 2026-11-23."),
        (
            "DATE",
            "2026-13-01",
            ": text '2026-13-01' is not a day in the calendar. Write 2026-11-23.",
        ),
    ],
)
def test_wrong_answers_of_other_types(name, given, message):
    assert problems_with(line({name: given})) == [(name, f"Question '{name}'{message}")]


@pytest.mark.parametrize(
    ("mitigation", "where", "message"),
    [
        (5, "mitigations[0]", "Mitigation 1 should be an object {…}, not 5."),
        ({}, "mitigations[0]", "Mitigation 1 lacks 'question', 'status', 'target'. Add them."),
        (
            proposed("Q-9", "a"),
            "mitigations[0]",
            "Mitigation 1: question cannot be 'Q-9'. Choose one of: CX-1, Q-1, Q-2, Q-3, Q-4.",
        ),
        (
            proposed("public", "yes"),
            "public",
            "The mitigation of 'public': question cannot be 'public'."
            " Choose one of: CX-1, Q-1, Q-2, Q-3, Q-4.",
        ),
        (
            {"question": "Q-1", "status": "done", "target": "a"},
            "Q-1",
            "The mitigation of 'Q-1': status cannot be 'done'."
            " Choose one of: proposed, agreed, verified.",
        ),
        (
            proposed("Q-1", "z"),
            "Q-1",
            "The mitigation of 'Q-1' aims at 'z', which it does not offer."
            " Choose one of: a, b, c, d, e.",
        ),
        (
            {"question": "Q-1", "status": "agreed", "target": "a"},
            "Q-1",
            "The mitigation of 'Q-1' lacks 'owner', 'due', 'clause'. Add them.",
        ),
        (
            agreed("Q-1", "a") | {"owner": " "},
            "Q-1",
            "The mitigation of 'Q-1': owner is empty. Write it, or leave the key out.",
        ),
        (
            agreed("Q-1", "a", due="next year"),
            "Q-1",
            "The mitigation of 'Q-1': due 'next year' is not a date. Write 2026-11-23.",
        ),
        (
            agreed("Q-1", "a", due="2026-11-31"),
            "Q-1",
            "The mitigation of 'Q-1': due '2026-11-31' is not a day in the calendar."
            " Write 2026-11-23.",
        ),
        (
            {"question": "Q-1", "status": "verified", "target": "a"},
            "Q-1",
            "The mitigation of 'Q-1' is verified, so it needs evidence at grade E4 of its own.",
        ),
        (
            verified("Q-1", "a") | {"evidence": "E3"},
            "Q-1",
            "The mitigation of 'Q-1' is verified, so it needs evidence at grade E4 of its own.",
        ),
        (
            proposed("Q-1", "a") | {"evidence": "E5"},
            "Q-1",
            "The mitigation of 'Q-1': evidence cannot be 'E5'. Choose one of: E0, E1, E2, E3, E4.",
        ),
        (
            proposed("Q-1", "a") | {"ovner": "Ada"},
            "Q-1",
            "The mitigation of 'Q-1' has no key 'ovner'. Did you mean 'owner'?"
            " Allowed: question, status, target, owner, due, clause, evidence, note.",
        ),
        (
            proposed("Q-1", "a") | {"note": 5},
            "Q-1",
            "The mitigation of 'Q-1': note should be text in quotes, not 5.",
        ),
        (
            proposed("Q-1", "a") | {"note": "x" * 5001},
            "Q-1",
            "The mitigation of 'Q-1': note is longer than allowed, which is 5,000. Shorten it.",
        ),
    ],
)
def test_wrong_mitigations(mitigation, where, message):
    assert problems_with(line(mitigations=[mitigation])) == [(where, message)]


def test_two_mitigations_of_one_question_are_refused():
    assert problems_with(line(mitigations=[proposed("Q-1", "a"), agreed("Q-1", "b")])) == [
        ("Q-1", "Question 'Q-1' has two mitigations. Keep one.")
    ]


def test_an_unknown_pack_is_named_with_the_packs_there_are():
    assert problems_with({"as_of": AS_OF}, pack="tiny") == [
        ("pack", "There is no pack 'tiny'. Choose one of: full, core, some.")
    ]


def test_every_problem_is_told_at_once():
    """Five faults, five problems, in order of place."""
    found = problems_with(
        {
            "as_of": "soon",
            "answers": {"Q-9": "a", "Q-1": "z", "public": "maybe"},
            "mitigations": [proposed("Q-2", "z")],
        }
    )

    assert [where for where, _ in found] == ["Q-1", "Q-2", "answers", "as_of", "public"]


def test_a_misspelt_key_of_many_is_not_searched_for_ever():
    """Ten of ten thousand unknown questions are named."""
    (problem,) = problems_with(line({f"X-{n}": "a" for n in range(10_000)}))

    assert "'X-1005' and 9990 more." in problem[1]


def test_deep_nesting_is_refused_in_words():
    deep = []
    for _ in range(5_000):
        deep = [deep]

    assert problems_with(line({"Q-1": deep})) == [("the line", "The line is nested too deeply.")]


@pytest.mark.parametrize(
    ("given", "messages"),
    [
        ({"option": "a"}, []),
        ({"option": "z"}, ["Question 'Q-1' has no option 'z'. Choose one of: a, b, c, d, e."]),
        (
            {"option": "a", "valid_until": "2026-02-30"},
            [
                "Question 'Q-1': valid_until '2026-02-30' is not a day in the calendar."
                " Write 2026-11-23."
            ],
        ),
    ],
)
def test_one_answer_alone(given, messages):
    """As it is checked while somebody is filling a form."""
    problems = check_answer(SMALL, SMALL.by_id["Q-1"], given)

    assert [problem.message for problem in problems] == messages


# --- The schema ---------------------------------------------------------------------------------

SCHEMA = answers_schema(SMALL)
CORE_SCHEMA = jsonschema.Draft202012Validator(answers_schema(CORE))
CORE_DOCUMENT = core_document()
REFUSED_BY_SHAPE = [
    None,
    [],
    {},
    {"as_of": 5},
    {"as_of": "soon"},
    {"as_of": AS_OF, "extra": 1},
    {"as_of": AS_OF, "answers": []},
    {"as_of": AS_OF, "mitigations": {}},
    line({"Q-9": {"option": "a"}}),
    line({"Q-1": "a"}),  # short forms are written out before the schema sees them
    line({"Q-1": None}),
    line({"Q-1": {}}),
    line({"Q-1": {"option": "z"}}),
    line({"Q-1": {"options": ["a"]}}),
    line({"Q-1": {"state": "dunno"}}),
    line({"Q-1": {"state": "unknown", "option": "a"}}),
    line({"Q-1": {"state": "not_applicable"}}),
    line({"Q-1": {"state": "not_applicable", "reason": " "}}),
    line({"Q-2": INAPPLICABLE}),
    line({"public": INAPPLICABLE}),
    line({"Q-1": {"option": "a", "evidence": "E5"}}),
    line({"Q-1": {"option": "a", "valid_until": "soon"}}),
    line({"Q-1": {"option": "a", "note": 5}}),
    line({"Q-1": {"option": "a", "note": "x" * 5001}}),
    line({"MANY": {"options": []}}),
    line({"MANY": {"options": ["a", "a"]}}),
    line({"NUMBER": {"text": "x"}}),
    line({"DATE": {"text": "x"}}),
    line({"TEXT": {"text": ""}}),
    line(mitigations=[5]),
    line(mitigations=[{}]),
    line(mitigations=[proposed("public", "yes")]),
    line(mitigations=[{"question": "Q-1", "status": "done", "target": "a"}]),
    line(mitigations=[{"question": "Q-1", "status": "agreed", "target": "a"}]),
    line(mitigations=[agreed("Q-1", "a") | {"due": "soon"}]),
    line(mitigations=[agreed("Q-1", "a") | {"clause": ""}]),
    line(mitigations=[{"question": "Q-1", "status": "verified", "target": "a"}]),
    line(mitigations=[verified("Q-1", "a") | {"evidence": "E3"}]),
    line(mitigations=[proposed("Q-1", "a") | {"extra": 1}]),
]


@pytest.mark.parametrize("framework", [SMALL, CORE], ids=["small", "core"])
def test_the_answers_schema_is_a_schema(framework):
    """Valid JSON Schema 2020-12, and plain JSON."""
    schema = json.loads(json.dumps(answers_schema(framework)))

    jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("document", REFUSED_BY_SHAPE, ids=str)
def test_the_schema_alone_refuses_every_fault_of_shape(document):
    """Any validator can check answers; ``check_answers`` refuses what it refuses, in words.

    A short form is the exception: it is allowed, and only its long form is in the schema.
    """
    short = document == line({"Q-1": "a"})

    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid(document)
    assert bool(problems_with(document)) is not short


@pytest.mark.parametrize("seed", range(30))
def test_the_schema_alone_accepts_what_is_allowed(seed):
    answers = varied_answers(Random(seed), CORE_DOCUMENT)
    answers["answers"] = {
        name: {"option": given} if isinstance(given, str) else given
        for name, given in answers["answers"].items()
    }

    assert problems_with(answers, CORE) == []
    assert [error.message for error in CORE_SCHEMA.iter_errors(answers)] == []


# --- Of an assessment whose shape holds ---------------------------------------------------------

SAID = {
    "option": "a",
    "options": ["a"],
    "text": "Some words.",
    "state": "answered",
    "evidence": "E2",
    "valid_until": "2027-01-31",
    "link": "x",
    "note": "Later",
    "reason": " ",
    "by": "A. Tester",
    "at": "2026-11-23",
    "files": ["sha256:" + "0" * 64],
    "alone": [{"option": "z"}],
    "agreed": " ",
}
WRONG_ANSWERS = ({"option": "z"}, {"option": "a", "state": "withheld"}, {"options": ["z"]})


def test_answers_in_shape_are_refused_as_by_the_whole_schema():
    """Most are told without it: not one that it refuses."""
    seen = Counter()
    for name in (*SMALL.by_id, "Q-9"):
        for key, value in SAID.items():
            for raw in ({"option": "a"}, {"text": "1"}, {"state": "unknown"}, *WRONG_ANSWERS):
                raw = {**raw, key: value}
                document = {**SHAPE, **line({name: raw}, [proposed("Q-1", "e")])}
                if check_assessment(document):
                    continue
                found = check_answers_fit(document, SMALL)
                whole = problems_with(line({name: raw}, [proposed("Q-1", "e")]))
                assert [(each.where, each.message) for each in found] == [
                    (each.where, each.message)
                    for each in (Problem(*one).inside("assessment") for one in whole)
                ]
                seen[bool(found)] += 1
    assert min(seen[True], seen[False]) > 100


SHAPE = {
    "id": "some",
    "purchase": {"id": "some", "title": "Case triage", "buyer": "A council"},
    "supplier": {"name": "A supplier"},
    "pack": "full",
    "state": "draft",
}


# --- Anything at all ----------------------------------------------------------------------------

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(max_size=8),
    st.sampled_from(["a", "e", "E4", "unknown", "not_applicable", "agreed", "2026-02-30", "Q-1"]),
)
KNOWN_KEYS = [
    *("as_of", "answers", "mitigations", "Q-1", "MANY", "TEXT", "DATE", "public"),
    *("option", "options", "text", "state", "evidence", "valid_until", "reason", "note"),
    *("question", "status", "target", "owner", "due", "clause"),
]
keys = st.one_of(st.text(max_size=5), st.sampled_from(KNOWN_KEYS))
anything = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4)
)
answer_like = st.dictionaries(
    st.sampled_from(["option", "options", "state", "evidence", "valid_until", "reason", "note"]),
    anything,
    max_size=4,
)
answers_like = st.dictionaries(
    st.sampled_from(["Q-1", "Q-2", "MANY", "TEXT", "NUMBER", "DATE", "public", "Q-9"]),
    st.one_of(anything, answer_like),
    max_size=4,
)
mitigation_like = st.fixed_dictionaries(
    {},
    optional={
        key: st.one_of(anything, st.sampled_from([AS_OF, "Q-1", "a", "agreed", "verified", "E4"]))
        for key in ("question", "status", "target", "owner", "due", "clause", "evidence", "extra")
    },
)
documents = st.one_of(
    anything,
    st.fixed_dictionaries(
        {},
        optional={
            "as_of": st.just(AS_OF) | anything,
            "answers": answers_like | anything,
            "mitigations": st.lists(mitigation_like, max_size=3) | anything,
        },
    ),
)


@settings(
    max_examples=600,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(documents)
def test_any_json_is_accepted_or_refused_in_words(document):
    """Never a traceback; and allowed is only what the schema, shown everything, allows."""
    problems = problems_with(document)

    for where, message in problems:
        assert where
        assert message.endswith((".", "?"))
    if not problems:
        long_form = {
            **document,
            "answers": {
                name: written_out(SMALL.by_id[name], given)
                for name, given in document.get("answers", {}).items()
            },
        }
        assert jsonschema.Draft202012Validator(SCHEMA).is_valid(long_form)


def written_out(asked, given):
    if isinstance(given, str):
        return {"option" if asked.type == "single" else "text": given}
    return {"options": given} if isinstance(given, list) else given
