"""Assessments out to JSON and back, and records that show every later change."""

import json
import time
from collections.abc import Iterator
from dataclasses import fields, replace
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from procurement_risk import assessment as nouns
from procurement_risk.assessment import Answer, AnswerSet, Mitigation
from procurement_risk.assessment.document import (
    answer_from_document,
    answer_to_document,
    assessment_from_document,
    assessment_to_document,
)
from procurement_risk.assessment.parts import (
    assessment_from_parts,
    assessment_to_parts,
    check_part,
    normal_part,
)
from procurement_risk.assessment.record import make_record, read_record, verify_record
from procurement_risk.canonical import canonical_bytes, digest_of, read_json
from procurement_risk.errors import InvalidDocument
from procurement_risk.framework.shipped import SCHEMAS
from procurement_risk.methods import score_to_document
from tests.support.stored_examples import (
    ANSWERS,
    BARE,
    FULL,
    RECORD,
    SOFTWARE,
    answers,
    assessments,
    framework,
    record_of,
    record_with,
)


def problems_of(data):
    return [problem.message for problem in verify_record(data, score_to_document)]


# --- Nouns and documents ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "document"),
    [
        (Answer(options=("c",), evidence="E2"), {"option": "c", "evidence": "E2"}),
        (Answer(options=("yes",)), {"option": "yes"}),
        (Answer(options=("a", "c")), {"options": ["a", "c"]}),
        (Answer(options=()), {"options": []}),
        (Answer(text="42"), {"text": "42"}),
        (Answer(options=("z",), text="Other"), {"option": "z", "text": "Other"}),
        (Answer(state="unknown"), {"state": "unknown"}),
        (Answer(state="unanswered", note="Later"), {"state": "unanswered", "note": "Later"}),
        (
            Answer(state="not_applicable", reason="None", by="Ada", at="2026-11-23"),
            {"state": "not_applicable", "reason": "None", "by": "Ada", "at": "2026-11-23"},
        ),
    ],
)
def test_answers_are_written_in_their_long_form(answer, document):
    """The form other programs rely on; what is empty is left out."""
    assert answer_to_document(answer) == document
    assert answer_from_document(document) == answer
    assert check_part("answer:DP-02", document) == []


def test_one_option_of_a_multiple_choice_question_stays_a_list():
    """Its shape follows the question, not how many were chosen."""
    assert answer_to_document(Answer(options=("a",)), multiple=True) == {"options": ["a"]}


@settings(deadline=None)
@given(assessments)
def test_an_assessment_survives_out_and_back(assessment):
    """Law: no field is lost, through JSON text, and the document has a canonical form."""
    document = json.loads(canonical_bytes(assessment_to_document(assessment)))

    assert assessment_from_document(document) == assessment


@settings(deadline=None)
@given(assessments)
def test_an_assessment_survives_being_cut_into_parts(assessment):
    """Law: the parts, each of which holds its check, give the same assessment again."""
    parts = assessment_to_parts(assessment)

    assert [problem for item in parts.items() for problem in check_part(*item)] == []
    assert parts == {name: normal_part(name, value) for name, value in parts.items()}
    again = assessment_from_parts(
        parts,
        id=assessment.id,
        fictional=assessment.fictional,
        created_at=assessment.created_at,
        created_by=assessment.created_by,
    )
    assert again == assessment


def test_what_is_empty_is_left_out():
    """A bare assessment has the seven fields that are always there."""
    assert assessment_to_document(BARE) == {
        "id": "bare",
        "purchase": {"id": "p", "title": "T", "buyer": "B"},
        "supplier": {"name": "S"},
        "as_of": "2026-11-23",
        "pack": "full",
        "state": "draft",
        "answers": {},
    }


def test_no_money_is_not_unknown_money():
    """A committed value of 0 is written; None is left out."""
    none = replace(FULL, purchase=replace(FULL.purchase, committed_value=None))

    assert assessment_to_document(FULL)["purchase"]["committed_value"] == 0
    assert "committed_value" not in assessment_to_document(none)["purchase"]


def test_mitigations_stand_in_order_of_their_question():
    """So that the same assessment always has the same bytes."""
    proposed = [Mitigation(question=q, status="proposed", target="a") for q in ("B", "C", "A")]
    unsorted = replace(BARE, answer_set=AnswerSet(as_of="2026-11-23", mitigations=(*proposed,)))

    found = [each["question"] for each in assessment_to_document(unsorted)["mitigations"]]

    assert found == ["A", "B", "C"]


def test_a_document_that_is_no_assessment_is_refused_with_every_problem():
    """Each problem says where, what, and what to do."""
    document = assessment_to_document(FULL)
    document["purchase"]["tilte"] = document["purchase"].pop("title")
    document["answers"]["DP-01"] |= {"evidence": "E9", "valid_until": "2026-02-30"}

    with pytest.raises(InvalidDocument) as caught:
        assessment_from_document(document)

    assert {problem.where: problem.message for problem in caught.value.problems} == {
        "assessment.answers.DP-01.evidence": (
            "assessment.answers.DP-01.evidence cannot be 'E9'. Write one of: E0, E1, E2, E3, E4."
        ),
        "assessment.answers.DP-01.valid_until": (
            "assessment.answers.DP-01.valid_until cannot be '2026-02-30'. Write a date of the "
            "calendar as year, month and day, such as 2026-11-23."
        ),
        "assessment.purchase.tilte": (
            "assessment.purchase has no field 'tilte'. Did you mean 'title'?"
        ),
        "assessment.purchase": "assessment.purchase lacks 'title'. Add it.",
    }


# --- Parts --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("answers", {}, "An assessment has no part 'answers'. Its parts are: purchase, "),
        ("answer:", {"option": "a"}, "has no part"),
        ("answer:DP 02", {"option": "a"}, "has no part"),
        ("answer:DP-02\n", {"option": "a"}, "has no part"),
        ("answer:DP-02", "a", "cannot be 'a'. Write an object in braces."),
        ("answer:DP-02", {}, "An answer in the state answered carries 'option'"),
        ("answer:DP-02", {"option": "a", "options": ["b"]}, "never 'option' and 'options'"),
        ("answer:DP-02", {"option": ""}, "answer:DP-02.option is empty."),
        ("answer:DP-02", {"option": 1}, "answer:DP-02.option cannot be 1. Write a text"),
        ("answer:DP-02", {"options": ["a", "a"]}, "names the same thing twice"),
        ("answer:DP-02", {"state": "unknown", "option": "a"}, "only with the state 'answered'"),
        ("answer:DP-02", {"state": "maybe"}, "cannot be 'maybe'. Write one of: answered, "),
        ("answer:DP-02", {"text": "x" * 5001}, "has 5,001 characters. Shorten it to 5,000."),
        ("answer:DP-02", {"text": "x", "valid_until": "2026-11-23\n"}, "Write a date"),
        ("answer:DP-02", {"text": "x", "valid_until": "２０２６-11-23"}, "Write a date"),
        ("answer:DP-02", {"text": "x", "at": "2026-11-23T25:00:00Z"}, "or a time in UTC"),
        ("answer:DP-02", {"option": "a", "notes": "x"}, "Did you mean 'note'?"),
        ("answer:DP-02", {"option": "a", "risk": 1.5}, "is a float"),
        ("mitigation:DP-02", {"question": "DP-03", "status": "proposed", "target": "a"}, "DP-02"),
        ("purchase", None, "purchase cannot be emptied."),
        ("purchase", {"id": "p", "title": "T"}, "purchase lacks 'buyer'. Add it."),
        ("purchase", {"id": "p", "title": "T", "buyer": "B", "committed_value": -1}, "least"),
        ("purchase", {"id": "p", "title": "T", "buyer": "B", "committed_value": True}, "whole"),
        ("as_of", "23/11/2026", "as_of cannot be '23/11/2026'. Write a date"),
        (
            "state",
            "done",
            "Write one of: draft, in_review, decided, live, closed, withdrawn, not_chosen.",
        ),
        ("upstreams", [{"kind": "chip", "name": "N"}], "upstreams[0].kind cannot be 'chip'."),
        ("triggers", [{"what": "x" * 5000, "at": "2026-11-23"}] * 25, "takes 125"),
    ],
)
def test_a_part_that_does_not_fit_is_refused(name, value, expected):
    """Each fault is named in words that say what to write."""
    found = check_part(name, value)

    assert found
    assert expected in " ".join(problem.message for problem in found)


def test_an_optional_part_may_be_emptied():
    """None takes an answer back."""
    assert check_part("answer:DP-02", None) == []
    assert check_part("decision", None) == []


@settings(deadline=None)
@given(answers)
def test_writing_out_a_default_changes_nothing(answer):
    """Law: an answer that spells out its defaults is stored as one that does not."""
    document = answer_to_document(answer)
    spelt_out = {"state": "answered", "evidence": "E0"} | document

    assert normal_part("answer:DP-02", spelt_out) == document


# --- Canonical bytes ----------------------------------------------------------------------


def test_canonical_bytes_can_be_made_with_the_standard_library_alone():
    """Sorted keys, no spaces, UTF-8, no newline at the end."""
    document = {"b": [True, None, 2**53 - 1, -5], "a": "Zoë \U0001f600\u2028"}

    assert canonical_bytes(document) == (
        '{"a":"Zoë \U0001f600\u2028","b":[true,null,9007199254740991,-5]}'.encode()
    )


def nested(depth):
    value = "bottom"
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1.0, "document.key is a float, which a record cannot hold. Write a text."),
        (float("nan"), "document.key is a float"),
        (2**53, "document.key is too large a number."),
        (-(2**53), "document.key is too large a number."),
        ("\ud83d", "document.key holds half a character."),
        ({"é": 1}, "document.key has the key 'é'."),
        ({1: 1}, "document.key has the key 1."),
        ({"a", "b"}, "document.key is a set"),
        ((1, 2), "document.key is a tuple"),
        (b"bytes", "document.key is a bytes"),
        (nested(30), "is nested deeper than 30. Flatten it."),
        ([1, 2.5], "document.key[1] is a float"),
    ],
)
def test_what_has_no_canonical_form_is_refused(value, expected):
    """The message says where it stands."""
    with pytest.raises(InvalidDocument) as caught:
        canonical_bytes({"key": value})

    assert expected in str(caught.value)


def test_depth_thirty_is_still_allowed():
    """29 lists within one object are 30 deep, written and read."""
    document = {"key": nested(29)}

    assert read_json(canonical_bytes(document)) == document


# --- Records ------------------------------------------------------------------------------


def test_a_record_holds_everything_and_proves_it():
    """Its digest is the SHA-256 of everything else, by the standard library alone."""
    document = json.loads(RECORD)
    digest = document.pop("digest")
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    assert digest == sha256(text.encode()).hexdigest() == digest_of(document)
    assert sorted(document) == [
        "assessment",
        "framework",
        "kind",
        "method",
        "method_version",
        "result",
        "schema_version",
        "software",
    ]
    assert document["framework"] == framework().document
    assert document["assessment"]["as_of"] == "2026-11-23"
    assert document["software"] == SOFTWARE
    assert not RECORD.endswith(b"\n")


def test_a_record_reads_back_as_what_it_was_made_from():
    """Assessment, framework and result come back, and hold."""
    record = read_record(RECORD, score_to_document)

    assert verify_record(RECORD, score_to_document) == []
    assert record.assessment == FULL
    assert record.framework.id == "small"
    assert record.result == score_to_document(framework(), FULL.answer_set)
    assert record.digest == json.loads(RECORD)["digest"]
    assert canonical_bytes(record.document) == RECORD


def test_a_record_read_back_and_written_again_gives_the_same_bytes():
    """Law 9 of the method."""
    record = read_record(RECORD, score_to_document)
    result = score_to_document(record.framework, record.assessment.answer_set)

    assert make_record(record.assessment, record.framework, result, SOFTWARE) == RECORD


def test_a_bare_assessment_has_a_record_too():
    """Nothing answered is a state worth keeping."""
    assert verify_record(record_of(BARE), score_to_document) == []


def test_a_record_that_could_not_be_read_back_is_not_made():
    """Too long a note, or an answer the framework does not know, is found on the way out."""
    long_note = {**ANSWERS, "DP-01": replace(ANSWERS["DP-01"], note="x" * 5001)}
    unknown = {**ANSWERS, "DP-01": Answer(options=("z",))}
    for wrong, expected in ((long_note, "Shorten it to 5,000"), (unknown, "has no option 'z'")):
        assessment = replace(FULL, answer_set=replace(FULL.answer_set, answers=wrong))

        with pytest.raises(InvalidDocument, match=expected):
            make_record(assessment, framework(), {}, SOFTWARE)


def test_every_byte_counts():
    """Each byte of a record changed in one bit: none goes unnoticed."""
    record = record_of(BARE)
    for index in range(len(record)):
        changed = bytearray(record)
        changed[index] ^= 1 << (index % 8)

        assert verify_record(bytes(changed), score_to_document), index


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_no_byte_can_be_changed_put_in_or_taken_out(data):
    """Law: whatever is done to one byte, the record is refused, and never with a crash."""
    index = data.draw(st.integers(0, len(RECORD) - 1))
    byte = bytes([data.draw(st.integers(0, 255))])
    how = data.draw(st.sampled_from(["change", "insert", "delete"]))
    rest = RECORD[index + (how != "insert") :]
    changed = RECORD[:index] + (b"" if how == "delete" else byte) + rest
    if changed == RECORD:
        return

    assert verify_record(changed, score_to_document)
    with pytest.raises(InvalidDocument):
        read_record(changed, score_to_document)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "This is not JSON"),
        (b"{", "This is not JSON"),
        (b"[]", "record cannot be []. Write an object in braces."),
        (b"null", "Write an object"),
        (b"{}", "record lacks 'digest'"),
        (b"\xef\xbb\xbf" + RECORD, "byte-order mark"),
        (RECORD.decode().encode("utf-16"), "not UTF-8"),
        (b'{"a":"\xff"}', "not UTF-8 text at byte 6"),
        (RECORD + b"\n", "not in its canonical form"),
        (b" " + RECORD, "not in its canonical form"),
        (json.dumps(json.loads(RECORD), indent=2).encode(), "not in its canonical form"),
        (json.dumps(json.loads(RECORD)).encode(), "not in its canonical form"),
        (b'{"a":1,"a":1}', "The key 'a' is written twice in one object. Keep one of the two."),
        (b'{"a":1.0}', "The number 1.0 is not a whole number."),
        (b'{"a":1e3}', "The number 1e3 is not a whole number."),
        (b'{"a":NaN}', "The number NaN is not a whole number."),
        (b'{"a":-Infinity}', "The number -Infinity is not a whole number."),
        (b'{"a":' + b"9" * 5000 + b"}", "is too large"),
        (b'{"a":9007199254740992}', "record.a is too large a number."),
        (b'{"a":"\\ud800"}', "record.a holds half a character."),
        ('{"é":1}'.encode(), "record has the key 'é'."),
        (b"[" * 1_000_000, "nested deeper than 30"),
        (b'{"a":' * 31 + b"1" + b"}" * 31, "nested deeper than 30"),
        (b"x" * 5_000_001, "The file has 5,000,001 bytes. At most 5,000,000 are read."),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)
def test_a_file_that_is_no_record_is_refused(data, expected):
    """Whatever arrives, the answer is a sentence."""
    assert expected in " ".join(problems_of(data))


@pytest.mark.parametrize("piece", [b'"', b'\\"', b'"\\', b"[]", b'{"a":', b'"a",'])
def test_a_hostile_file_is_refused_quickly(piece):
    """Five megabytes made to be slow take no longer than others."""
    data = b"[" + piece * (4_900_000 // len(piece))
    started = time.perf_counter()

    assert problems_of(data)
    assert time.perf_counter() - started < 10


def test_brackets_within_texts_do_not_count_as_depth():
    """Only structure nests, not what people write."""
    document = {"a": '[[["\\[[' * 40}

    assert read_json(canonical_bytes(document)) == document


A, R = "assessment", "result"


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (["schema_version"], 2, "record.schema_version cannot be 2. This version of the toolkit"),
        (["schema_version"], True, "record.schema_version cannot be True."),
        (["kind"], "other", "record.kind cannot be 'other'. It has to be 'ai-procurement-risk"),
        (
            ["method"],
            "mine",
            "record.method is 'mine', but its questionnaire names 'weakest-section'",
        ),
        (["method_version"], "3", "recomputes method_version '1' and '2'"),
        (["method_version"], "2", "record.method_version is '2', but its questionnaire names '1'"),
        (["software"], None, "record lacks 'software'. Add it."),
        (["extra"], 1, "record has no field 'extra'."),
        (["framework"], [], "record.framework cannot be []. Write an object"),
        (["framework", "sections"], None, "framework"),
        ([A, "extra"], 1, "assessment has no field 'extra'."),
        ([A, "as_of"], None, "lacks 'as_of'"),
        ([A, "purchase", "title"], "x" * 301, "has 301 characters. Shorten it to 300."),
        ([A, "answers", "DP-01", "option"], "z", "DP-01' has no option 'z'"),
        ([A, "answers", "DP-99"], {"option": "a"}, "no question 'DP-99'"),
        ([A, "answers", "DP-01", "state"], "answered", "would write as left out"),
        ([A, "answers", "generative", "evidence"], "E0", "would write as left out"),
        ([A, "upstreams"], [], "would write as left out"),
        ([A, "mitigations", 1, "question"], "DP-01", "holds 2 for 'DP-01'. Keep one a question."),
        ([A, "mitigations"], json.loads(RECORD)[A]["mitigations"][::-1], "would write as"),
        ([A, "answers", "DP-01", "option"], "a", "result.sections.DP.claimed.high is '"),
        ([R, "recommendation"], "proceed", "result.recommendation is 'proceed' in the record"),
        ([R, "challenge"], 0, "result.challenge is 0 in the record, but recomputing it gives"),
        ([R, "extra"], 1, "result.extra is 1 in the record, but recomputing it gives left out"),
        ([R, "tier"], None, "result.tier is left out in the record"),
        ([R], {}, "result.decision is left out"),
    ],
)
def test_a_change_sealed_anew_is_refused_all_the_same(path, value, expected):
    """With canonical bytes and a right digest, shape, meaning and result still have to hold."""
    assert expected in " ".join(problems_of(record_with(path, value)))


def test_a_missing_or_wrong_digest_is_refused():
    """Whatever else holds."""
    document = json.loads(RECORD)
    for digest, expected in (
        (None, "record lacks 'digest'"),
        ("0" * 64, "something was changed after the record was made"),
        (document["digest"].upper(), "64 hexadecimal digits in lower case"),
        (1, "record.digest cannot be 1"),
    ):
        wrong = {**document, "digest": digest}
        if digest is None:
            del wrong["digest"]

        assert expected in " ".join(problems_of(canonical_bytes(wrong)))


def places(value, path=()) -> Iterator[tuple]:
    if path:
        yield path
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(item, (*path, key))


PATHS = sorted((p for p in places(json.loads(RECORD)) if p != ("digest",)), key=repr)
VALUES = [None, True, 0, -1, "", "a", "2026-13-01", [], [[]], {}, {"a": {}}, ["a"], "yes", "E9"]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PATHS), st.sampled_from(VALUES))
def test_a_forged_record_never_crashes_the_check(path, value):
    """Law: anything put anywhere, sealed anew, gives problems or a record that holds."""
    data = record_with(list(path), value)

    if data != RECORD and not problems_of(data):
        assert read_record(data, score_to_document).digest != json.loads(RECORD)["digest"]


# --- Schemas ------------------------------------------------------------------------------


def schema(name):
    return json.loads((SCHEMAS / name).read_text(encoding="utf-8"))


def test_the_schemas_are_closed_and_limit_every_text_and_list():
    """No unknown key, no endless text, no endless list, anywhere but in what others check."""
    open_ended = []
    for name in ("assessment.schema.json", "record.schema.json"):
        for path in places(schema(name)):
            place = schema(name)
            for key in path:
                place = place[key]
            if not isinstance(place, dict):
                continue
            needed = {"object": "additionalProperties", "string": "maxLength", "array": "maxItems"}
            if place.get("type") in needed and needed[place["type"]] not in place:
                open_ended.append(path)

    assert open_ended == [("properties", "framework"), ("properties", "result")]


@pytest.mark.parametrize(
    ("noun", "place", "other"),
    [
        (nouns.Purchase, "purchase", set()),
        (nouns.Supplier, "supplier", set()),
        (nouns.Answer, "answer", {"option"}),
        (nouns.Mitigation, "mitigation", set()),
        (nouns.RecordedDecision, "decision", set()),
        (nouns.Marking, "marking", set()),
        (nouns.EvidenceFile, "file", set()),
    ],
)
def test_the_schema_knows_every_field(noun, place, other):
    """A field added to a noun and not to the schema could be stored and never read again."""
    properties = set(schema("assessment.schema.json")["$defs"][place]["properties"])

    assert properties == {field.name for field in fields(noun)} | other
