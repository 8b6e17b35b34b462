"""The draft transparency record: what it fills, leaves to a person, and never says."""

import json
from copy import deepcopy

import pytest
from jsonschema import Draft202012Validator

from procurement_risk.assessment import Answer
from procurement_risk.errors import UsageError
from procurement_risk.exports import EXPORTS
from procurement_risk.exports.atrs import literal, template
from procurement_risk.exports.atrs.template import VERSIONS, fields, metadata, topics, whole
from procurement_risk.framework.files import FRAMEWORKS, load_framework
from procurement_risk.framework.shipped_data import shipped_data
from tests.support.exchange_examples import HOSTILE, IMPACT, example, hostile, replace, small

PREFIX = "algorithmic_transparency_record_"
LISTS = metadata()["lists"]
# The shape of a published record's metadata, in a few lines of our own.
PUBLISHED = {
    "type": "object",
    "required": [f"{PREFIX}{name}" for name in metadata()["required"]],
    "additionalProperties": False,
    "properties": {
        f"{PREFIX}organisation": {"type": "string", "minLength": 1},
        f"{PREFIX}organisation_type": {
            "type": "array",
            "minItems": 1,
            "items": {"enum": LISTS["organisation_type"]},
        },
        f"{PREFIX}phase": {"enum": LISTS["phase"]},
        f"{PREFIX}date_published": {"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
        f"{PREFIX}atrs_version": {"enum": LISTS["atrs_version"]},
        f"{PREFIX}function": {"type": "array", "items": {"enum": LISTS["function"]}},
        f"{PREFIX}capability": {"type": "array", "items": {"enum": LISTS["capability"]}},
        f"{PREFIX}region": {"type": "array", "items": {"enum": LISTS["region"]}},
    },
}
CHOSEN = {
    f"{PREFIX}organisation": "example-borough",
    f"{PREFIX}organisation_type": ["local-authority"],
    f"{PREFIX}phase": "public-beta",
    f"{PREFIX}date_published": "2027-01-31",
    f"{PREFIX}atrs_version": "3.0",
}
FRAUD = example("p05-claims-fraud-scoring")


def drafted(exported):
    return json.loads(EXPORTS["atrs-json"].write([exported]))


def by_name(document):
    return {field["name"]: field for field in document["fields"]}


def markdown(exported):
    return EXPORTS["atrs"].write([exported]).decode()


def answering(**answers):
    """Return the fraud assessment with some answers changed."""
    answer_set = FRAUD.assessment.answer_set
    changed = {**answer_set.answers, **{k.replace("_", "-"): v for k, v in answers.items()}}
    assessment = replace(FRAUD.assessment, answer_set=replace(answer_set, answers=changed))
    return replace(FRAUD, assessment=assessment)


# --- The template ---------------------------------------------------------------------------


def test_every_field_of_a_version_is_one_of_the_draft():
    names = [field.name for field in fields()]
    assert len(names) == len(set(names)) == 36
    for version in VERSIONS:
        assert any(version in field.numbers for field in fields()), version
    name = fields()[0]
    assert (name.name, name.numbers) == ("Name", {"3.0": "1", "4.0": "1"})
    assert name.names == {"2.1": "name"}


def test_a_version_names_no_field_that_the_draft_lacks():
    names = {field.name for field in fields()}
    for version in VERSIONS:
        held = shipped_data(template.__file__, f"v{version.replace('.', '_')}")
        assert set(held["fields"]) <= names


def test_every_topic_names_questions_there_are():
    core = load_framework(FRAMEWORKS / "ai-supplier-core.yaml")
    known = topics(core.id)
    wanted = {field.topic for field in fields() if field.source == "answers"}

    assert set(known) == wanted
    assert all(core.by_id[name].options for names in known.values() for name in names)


def test_the_plain_text_has_every_field_of_the_template_it_names_and_no_backslash():
    text = EXPORTS["atrs-text"].write([small()]).decode()
    lines = text.split("\n")
    names = [name for _section, fields in whole().sections for name, _source in fields]

    assert "Template 3.0, every field in its order." in text
    assert [line for line in lines if line in names] == names
    assert "\\" not in text
    assert not {"\x00", "\u202e", "#", "*"} & {line[:1] for line in lines}
    assert "<b>x</b> [a](javascript:b)" in text


def test_every_field_that_the_draft_fills_stands_in_the_plain_text():
    drafted_names = {field.name for field in fields() if field.source != "yours"}
    sources = {source for _section, named in whole().sections for _name, source in named}
    assert drafted_names <= sources
    text = EXPORTS["atrs-text"].write([FRAUD]).decode()
    for field in drafted(FRAUD)["fields"]:
        assert all(line in text for line in field["lines"]), field["name"]


# --- What is filled -------------------------------------------------------------------------


def test_facts_and_answers_are_filled():
    found = by_name(drafted(FRAUD))

    assert found["Name"]["lines"] == ["Claims fraud scoring"]
    assert found["Companies House number"]["lines"] == ["ZZ000105"]
    assert found["Procurement procedure type"]["lines"] == [FRAUD.assessment.purchase.route]
    assert found["Models"]["lines"] == ["Ironvale CaseScore 4, made by Ironvale Analytics plc"]
    assert found["Frequency and scale of usage"]["lines"] == [
        "How many people could be affected in a year? — Over 250,000"
    ]
    assert found["Name"]["numbers"] == {"3.0": "1", "4.0": "1"}
    risks = found["Risks and mitigations"]["lines"]
    assert risks[0] == "Risk: Data privacy."
    assert [line for line in risks if line.startswith("Mitigation, agreed: ")] != []


def test_what_is_not_known_is_left_to_the_officer():
    document = drafted(FRAUD)
    for name in ("Team", "Contact email", "Scope", "System architecture", "Previous process"):
        assert by_name(document)[name]["state"] == "to_be_written"
        assert by_name(document)[name]["lines"] == []
    text = markdown(FRAUD)
    assert "### Team\n\n[to be written by you]\n" in text


def test_it_says_that_it_is_a_draft():
    document, text = drafted(FRAUD), markdown(FRAUD)

    assert (document["is_draft"], document["is_compliant"]) == (True, False)
    assert text.startswith("# Draft transparency record: Claims fraud scoring\n")
    assert "not compliant" in text.split("\n")[2]
    assert "must not be published as it stands" in text.split("\n")[2]
    assert "everything in this draft is invented" in text


def test_a_framework_that_is_not_mapped_fills_facts_only():
    """An id may mean something else there."""
    for document in (None, IMPACT):
        assessment = hostile()
        answers = replace(assessment.answer_set, answers={}, mitigations=())
        exported = small(replace(assessment, answer_set=answers), document)
        found = by_name(drafted(exported))
        filled = {name for name, field in found.items() if field["state"] == "filled"}
        assert filled - {"Risks and mitigations"} == {
            "Name", "Description", "Organisation", "Third party involvement", "Third party name",
            "Procurement procedure type", "Models",
        }  # fmt: skip


# --- What is never said ---------------------------------------------------------------------


def test_no_person_and_no_note_is_in_it():
    assessment = FRAUD.assessment
    answers = assessment.answer_set.answers.values()
    people = {a.by for a in answers} | {m.owner for m in assessment.answer_set.mitigations}
    people |= {assessment.created_by, assessment.decision.by}
    notes = {a.note for a in answers if a.note} | {assessment.decision.reason}

    for data in (markdown(FRAUD), json.dumps(drafted(FRAUD), ensure_ascii=False)):
        assert [text for text in people | notes if text in data] == []


def test_what_the_supplier_would_not_say_is_not_repeated():
    """It reads like what nobody has asked yet."""
    withheld = answering(TR_04=Answer(state="withheld", note="They refused"))
    open_still = answering(TR_04=Answer(state="unanswered"))

    found = by_name(drafted(withheld))
    assert found["Model performance"]["state"] == "to_be_written"
    assert drafted(withheld)["fields"] == drafted(open_still)["fields"]
    assert "refused" not in markdown(withheld).lower()


def test_hostile_text_is_shown_and_never_is_markup():
    text = markdown(small())
    assert "\\<b\\>x\\</b\\> \\[a\\](javascript:b)" in text
    assert "\x00" not in text
    assert "\u202e" not in text
    headings = [line for line in text.split("\n") if line.startswith("#")]
    assert len([line for line in headings if line.startswith("### ")]) == 36


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# no heading", r"\# no heading"),
        ("- no list", r"\- no list"),
        ("1. no list", r"1\. no list"),
        ("![no](image)", r"\!\[no\](image)"),
        ("<b>", r"\<b\>"),
        ("a | b", r"a \| b"),
        ("two\nlines", "two lines"),
        ("http://a.example, www.b.example", r"http\://a.example, www\.b.example"),
        ("at 9:00, part a.b", "at 9:00, part a.b"),
    ],
)
def test_markdown_signs_lose_their_meaning(text, expected):
    assert literal(text) == expected


# --- Metadata -------------------------------------------------------------------------------


def refusals(tags):
    return [error.message for error in Draft202012Validator(PUBLISHED).iter_errors(tags)]


def test_the_draft_s_metadata_with_what_a_person_chose_is_publishable():
    document = drafted(FRAUD)
    assert document["metadata"] == {f"{PREFIX}region": ["england"]}
    assert refusals({**document["metadata"], **CHOSEN}) == []


def test_the_draft_s_metadata_by_itself_is_refused():
    missing = refusals(drafted(FRAUD)["metadata"])
    assert len(missing) == 5
    assert set(drafted(FRAUD)["metadata_to_choose"]) >= set(CHOSEN)


@pytest.mark.parametrize(
    "wrong",
    [
        {f"{PREFIX}date_published": "31/01/2027"},
        {f"{PREFIX}phase": "beta"},
        {f"{PREFIX}region": ["Atlantis"]},
        {f"{PREFIX}score": 80},
    ],
)
def test_wrong_metadata_is_refused(wrong):
    tags = {**deepcopy(CHOSEN), **wrong}
    assert len(refusals(tags)) == 1


@pytest.mark.parametrize(
    ("jurisdiction", "region"),
    [
        ("England", ["england"]),
        ("england and wales", ["england-and-wales"]),
        ("United Kingdom", ["uk"]),
        ("Ontario", None),
        ("", None),
        (HOSTILE, None),
    ],
)
def test_only_a_sure_region_is_tagged(jurisdiction, region):
    assessment = hostile()
    purchase = replace(assessment.purchase, jurisdiction=jurisdiction)
    document = drafted(small(replace(assessment, purchase=purchase)))
    assert document["metadata"].get(f"{PREFIX}region") == region


@pytest.mark.parametrize("name", ["atrs", "atrs-json"])
def test_two_assessments_are_refused(name):
    with pytest.raises(UsageError, match="exactly one assessment"):
        EXPORTS[name].write([FRAUD, FRAUD])
