"""Markings: kept in record and store, unseen by the score, and what they withhold on a day."""

from dataclasses import replace

import pytest

from procurement_risk.assessment import Answer, Marking, Mitigation
from procurement_risk.assessment.document import assessment_from_document, assessment_to_document
from procurement_risk.assessment.parts import check_part
from procurement_risk.assessment.publication import publish
from procurement_risk.assessment.publication_fields import (
    BY_QUESTION,
    FIELDS,
    field_title,
    is_a_post,
    values_of,
)
from procurement_risk.assessment.record import read_record
from procurement_risk.errors import InvalidDocument
from procurement_risk.exports import EXPORTS, Exported
from procurement_risk.imports.demonstration import EXAMPLES
from procurement_risk.methods import score_to_document
from procurement_risk.storage import open_memory_store
from tests.support.leadership_examples import FRAUD, NAMES, pair, record
from tests.support.publication_examples import DAY, FRAMEWORK, exported, marked, planted

SECRET = Marking(ground="security", reason="It helps an attacker")
PRICE = Marking(ground="commercial", reason="Prices", until="2026-11-25")
OPEN = Marking(ground="public")


def with_markings(**markings):
    """The planted assessment; ``purchase__title`` stands for the field ``purchase.title``."""
    named = {name.replace("__", ".").replace("_dash_", "-"): m for name, m in markings.items()}
    return replace(planted(), markings=named)


def published(day=DAY, assessment=None, **markings):
    return publish(assessment or with_markings(**markings), day)


def grounds(found):
    return {each.path: each.ground for each in found.withheld}


# --- In the record and the store ---


def test_without_markings_nothing_is_written():
    assert "markings" not in assessment_to_document(planted())
    assert b'"markings"' not in EXPORTS["json"].write([exported(planted())])


@pytest.mark.parametrize("name", NAMES)
def test_records_made_before_there_were_markings_are_the_same_byte_for_byte(name):
    assert (
        EXPORTS["json"].write([Exported(*pair(name))]) == (EXAMPLES / f"{name}.json").read_bytes()
    )


def test_markings_survive_a_record():
    data = sealed(**{"supplier.name": PRICE, "answers.DP-02.note": OPEN, "decision.by": SECRET})
    read = read_record(data, score_to_document)

    assert read.assessment.markings == {
        "supplier.name": PRICE,
        "answers.DP-02.note": OPEN,
        "decision.by": SECRET,
    }
    assert EXPORTS["json"].write([Exported(read.assessment, read.framework)]) == data


def sealed(**markings):
    """The record of a demonstration with these markings."""
    about, framework = pair(FRAUD)
    return EXPORTS["json"].write([Exported(replace(about, markings=markings), framework)])


def test_a_marking_changed_in_a_record_is_found():
    data = sealed(**{"supplier.name": SECRET})

    with pytest.raises(InvalidDocument, match="something was changed after"):
        read_record(
            data.replace(b'"ground":"security"', b'"ground":"personal"'), score_to_document
        )


def test_the_score_never_looks_at_them():
    plain, with_them = planted(), marked("security")

    assert score_to_document(FRAMEWORK, plain.answer_set) == score_to_document(
        FRAMEWORK, with_them.answer_set
    )


def test_the_store_keeps_them_with_their_history():
    store = open_memory_store()
    store.create(planted(), FRAMEWORK, "Ana")
    value = {"supplier.name": {"ground": "security", "reason": "It helps an attacker"}}

    assert store.save("one", "markings", value, 0, "Ana") == 1
    assert store.load("one").assessment.markings == {"supplier.name": SECRET}
    assert store.history("one")[-1].part == "markings"
    assert store.verify_history("one") == []
    assert store.save("one", "markings", None, 1, "Ana") == 2
    assert store.load("one").assessment == replace(planted(), **origin(store))
    store.close()


def origin(store):
    loaded = store.load("one").assessment
    return {"created_at": loaded.created_at, "created_by": loaded.created_by}


def every_field():
    for part, names in FIELDS.items():
        for name in names:
            yield f"{part}.S-1.{name}" if part in BY_QUESTION else f"{part}.{name}"


def test_the_schema_knows_every_field_there_is_a_name_for():
    assert check_part("markings", {path: {"ground": "public"} for path in every_field()}) == []
    assert set(map(field_title, every_field()))  # none without a title


def test_every_field_can_be_planted():
    """So that the tests of what is withheld leave no field out."""
    place = {
        path.replace("S-2", "S-1").replace("S-4", "S-1").replace("S-6", "S-1")
        for path in values_of(planted())
    }
    assert set(every_field()) <= place


@pytest.mark.parametrize(
    ("path", "marking", "fault"),
    [
        ("purchase.id", {"ground": "public"}, "Name a field that can be marked"),
        ("purchase.title.x", {"ground": "public"}, "Name a field that can be marked"),
        ("answers.note", {"ground": "public"}, "Name a field that can be marked"),
        ("answers.S-1.at", {"ground": "public"}, "Name a field that can be marked"),
        ("supplier.name", {"ground": "secret"}, "Write one of: public, commercial"),
        ("supplier.name", {"ground": "personal"}, "lacks 'reason'"),
        ("supplier.name", {"ground": "security"}, "lacks 'reason'"),
        ("supplier.name", {"ground": "commercial", "reason": "x"}, "lacks 'until'"),
        ("supplier.name", {"ground": "commercial", "until": "2027-01-01"}, "lacks 'reason'"),
        (
            "supplier.name",
            {"ground": "commercial", "reason": "x", "until": "2027-02-30"},
            "Write a date of the calendar",
        ),
        (
            "supplier.name",
            {"ground": "personal", "reason": "x", "until": "2027-01-01"},
            "Only the ground commercial has an end date",
        ),
        ("supplier.name", {"ground": "public", "until": "2027-01-01"}, "has an end date"),
        ("supplier.name", {}, "lacks 'ground'"),
        ("supplier.name", {"ground": "public", "reason": ""}, "is empty"),
        ("supplier.name", "public", "Write an object"),
    ],
)
def test_a_marking_that_says_too_little_or_too_much_is_refused(path, marking, fault):
    problems = check_part("markings", {path: marking})

    assert [fault in each.message for each in problems] == [True]
    document = {**assessment_to_document(planted()), "markings": {path: marking}}
    with pytest.raises(InvalidDocument, match=r"assessment\.markings"):
        assessment_from_document(document)


# --- What is withheld ---


def test_the_rules_withhold_notes_links_and_names_of_persons_and_nothing_else():
    assert grounds(published()) == {
        "answers.S-1.note": "colleagues",
        "answers.S-1.link": "colleagues",
        "answers.S-1.by": "personal",
        "mitigations.S-2.owner": "personal",
        "mitigations.S-2.note": "colleagues",
        "decision.by": "personal",
        "overrides.S-1.by": "personal",
        "triggers.note": "colleagues",
    }


def test_what_is_marked_public_is_shown_whatever_the_rules_say():
    assert grounds(published(assessment=marked("public"))) == {}


def test_a_marking_withholds_with_its_ground_its_reason_and_its_end():
    found = published(supplier__name=PRICE)
    (held,) = [each for each in found.withheld if each.path == "supplier.name"]

    assert (held.ground, held.reason, held.until) == ("commercial", "Prices", "2026-11-25")
    assert found.assessment.supplier.name == "[withheld: commercial]"
    assert found.ended == ()


@pytest.mark.parametrize(("day", "is_withheld"), [("2026-11-25", True), ("2026-11-26", False)])
def test_a_commercial_marking_holds_through_its_last_day(day, is_withheld):
    found = published(day, supplier__name=PRICE)

    assert ("supplier.name" in grounds(found)) is is_withheld
    assert [each.path for each in found.ended] == ([] if is_withheld else ["supplier.name"])
    name = found.assessment.supplier.name
    assert name == ("[withheld: commercial]" if is_withheld else "Plumseller")


def test_once_a_marking_has_ended_the_rules_apply_again():
    found = published("2027-01-01", **{"answers__S_dash_1__note": PRICE, "decision__by": PRICE})

    assert {each.path for each in found.ended} == {"answers.S-1.note", "decision.by"}
    assert grounds(found)["answers.S-1.note"] == "colleagues"
    assert grounds(found)["decision.by"] == "personal"


def test_the_record_itself_is_not_touched():
    assessment = marked("security")
    before = assessment_to_document(assessment)
    publish(assessment, DAY)

    assert assessment_to_document(assessment) == before


def test_a_value_of_nothing_can_be_withheld_and_is_not_told_from_another():
    free = replace(
        planted(),
        purchase=replace(planted().purchase, committed_value=0, embedded=False),
        markings={"purchase.committed_value": PRICE, "purchase.embedded": SECRET},
    )
    found = publish(free, DAY)

    assert found.shown("purchase.committed_value", "£0") == "[withheld: commercial]"
    assert found.shown("purchase.embedded", "no") == "[withheld: security]"
    assert found.shown("purchase.title", "Plumtitle") == "Plumtitle"


@pytest.mark.parametrize("state", ["unanswered", "unknown", "withheld", None])
def test_that_a_question_is_not_answered_can_be_withheld(state):
    answers = dict(planted().answer_set.answers)
    answers.pop("S-3")
    if state:
        answers["S-3"] = Answer(state=state)
    about = replace(
        planted(),
        answer_set=replace(planted().answer_set, answers=answers),
        markings={"answers.S-3.answer": SECRET},
    )
    found = publish(about, DAY)

    assert found.answers == {"S-3"}
    answer = found.assessment.answer_set.answers["S-3"]
    assert (answer.state, answer.text) == ("answered", "[withheld: security]")


def test_a_withheld_answer_takes_its_grade_and_dates_with_it():
    found = published(answers__S_dash_2__answer=SECRET)
    answer = found.assessment.answer_set.answers["S-2"]

    assert (answer.options, answer.text) == ((), "[withheld: security]")
    assert (answer.evidence, answer.valid_until) == ("", "")


def test_a_withheld_maker_does_not_show_that_it_is_the_supplier():
    upstream = replace(planted().upstreams[0], maker="", own=True)
    found = publish(
        replace(planted(), upstreams=(upstream,), markings={"upstreams.maker": SECRET}), DAY
    )

    (shown,) = found.assessment.upstreams
    assert (shown.own, shown.maker) == (False, "[withheld: security]")


def test_a_withheld_name_is_left_out_of_other_texts_too():
    about = replace(
        planted(),
        supplier=replace(planted().supplier, name="Plum Seller Ltd"),
        purchase=replace(planted().purchase, title="A chatbot by PLUM  seller ltd, and plums"),
        markings={
            "supplier.name": SECRET,
            "supplier.group": Marking(ground="security", reason="As with Plum Seller Ltd"),
        },
    )
    found = publish(about, DAY)

    assert found.assessment.purchase.title == "A chatbot by [withheld], and plums"
    assert grounds(found)["purchase.title"] == "inside"
    (group,) = [each for each in found.withheld if each.path == "supplier.group"]
    assert group.reason == "As with [withheld]"


def test_a_post_that_answered_is_not_left_out_of_every_text():
    answers = {**planted().answer_set.answers, "S-1": Answer(options=("e",), by="Procurement")}
    about = replace(
        planted(),
        answer_set=replace(planted().answer_set, answers=answers),
        purchase=replace(planted().purchase, description="Procurement of a tool"),
    )

    assert publish(about, DAY).assessment.purchase.description == "Procurement of a tool"


@pytest.mark.parametrize(
    ("owner", "is_post"),
    [
        ("Data protection officer", True),
        ("Head of procurement (fictional)", True),
        ("The supplier's contract manager", True),
        ("IT", True),
        ("Jane Smith", False),
        ("Jane Smith, head of procurement", False),
        ("J. Smith", False),
        ("Chef de projet", False),
        ("", False),
        ("-", False),
    ],
)
def test_an_owner_is_a_person_unless_every_word_names_posts_and_teams(owner, is_post):
    assert is_a_post(owner) is is_post
    mitigation = Mitigation(question="S-2", status="proposed", target="a", owner=owner)
    about = replace(planted(), answer_set=replace(planted().answer_set, mitigations=(mitigation,)))
    assert ("mitigations.S-2.owner" in grounds(publish(about, DAY))) is (
        bool(owner) and not is_post
    )


def test_owners_of_the_demonstration_are_posts():
    owners = {m.owner for name in NAMES for m in pair(name)[0].answer_set.mitigations if m.owner}

    assert len(owners) > 10
    assert [owner for owner in owners if not is_a_post(owner)] == []


def test_a_marking_of_a_question_that_is_gone_does_no_harm():
    about = replace(record(FRAUD).assessment, markings={"answers.XX-99.note": SECRET})

    assert "answers.XX-99.note" not in grounds(publish(about, DAY))
