"""What is marked as withheld stands in no format that is made for others to publish."""

import json
from dataclasses import replace

import pytest

from procurement_risk.assessment import Answer, KnownRisk, Marking
from procurement_risk.errors import UsageError
from procurement_risk.exports import EXPORTS
from procurement_risk.exports.published.risk_topics import topic_of
from tests.support.exchange_examples import example

SECRET = Marking(ground="security", reason="It helps an attacker")
FRAUD = example("p05-claims-fraud-scoring")


def marked(path):
    return replace(FRAUD, assessment=replace(FRAUD.assessment, markings={path: SECRET}))


def written(name, exported):
    return EXPORTS[name].write([exported]).decode()


@pytest.mark.parametrize("name", ["ocds", "atrs", "atrs-json"])
@pytest.mark.parametrize("path", ["supplier.name", "purchase.title", "purchase.buyer"])
def test_a_withheld_fact_is_not_written(name, path):
    noun, field = path.split(".")
    said = getattr(getattr(FRAUD.assessment, noun), field)

    assert said in written(name, FRAUD)
    assert said not in written(name, marked(path))


@pytest.mark.parametrize("name", ["atrs-json"])
def test_a_withheld_answer_is_not_said_to_fall_short(name):
    said = f"Falls short: {FRAUD.framework.by_id['SR-04'].ask}"
    before, after = written(name, FRAUD), written(name, marked("answers.SR-04.answer"))

    assert said in before
    assert said not in after
    assert before.count("Falls short: ") - after.count("Falls short: ") == before.count(said)


@pytest.mark.parametrize("name", ["ocds", "known-risks"])
@pytest.mark.parametrize("question", ["SR-04", "DP-01"])
def test_a_known_risk_is_left_out_where_an_answer_to_it_is_withheld_good_or_bad(name, question):
    asked, given = FRAUD.framework.by_id[question], FRAUD.assessment.answer_set
    known = {topic_of(asked): KnownRisk(why="Nobody controls it")}
    in_order = sorted(asked.options, key=lambda option: option.risk)

    def details(option, markings):
        answers = {**given.answers, question: Answer(options=(option.id,), evidence="E3")}
        about = replace(FRAUD.assessment, markings=markings, known_risks=known)
        about = replace(about, answer_set=replace(given, answers=answers))
        return written(name, replace(FRAUD, assessment=about))

    withheld = {f"answers.{question}.answer": SECRET}
    for option in (in_order[0], in_order[-1]):
        assert "Nobody controls it" in details(option, {})
        assert "Nobody controls it" not in details(option, withheld)
    if name == "ocds":
        told = {_risks(details(option, withheld)) for option in (in_order[0], in_order[-1])}
        assert len(told) == 1


def _risks(fragment):
    return json.loads(fragment)["releases"][0]["tender"].get("riskDetails")


def test_of_two_withheld_names_it_is_not_said_that_they_are_one():
    def roles(chosen, *paths):
        purchase = replace(FRAUD.assessment.purchase, chosen_supplier=chosen)
        markings = dict.fromkeys(paths, SECRET)
        about = replace(FRAUD.assessment, purchase=purchase, markings=markings)
        document = json.loads(written("ocds", replace(FRAUD, assessment=about)))
        return document["releases"][0]["parties"][1]["roles"]

    names = ("supplier.name", "purchase.chosen_supplier")
    assert roles("Another Ltd", *names) == ["tenderer"]
    assert roles(FRAUD.assessment.supplier.name, *names) == ["tenderer"]
    assert roles(FRAUD.assessment.supplier.name) == ["tenderer", "supplier"]


def test_an_answer_that_is_withheld_fills_no_field_of_the_draft():
    question = FRAUD.framework.by_id["SR-01"]

    assert question.ask in written("atrs-json", FRAUD)
    assert question.ask not in written("atrs-json", marked("answers.SR-01.answer"))


def test_without_the_ocid_there_is_nothing_to_join_on():
    with pytest.raises(UsageError, match="marked as withheld"):
        written("ocds", marked("purchase.ocid"))
