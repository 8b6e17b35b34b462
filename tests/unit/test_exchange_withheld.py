"""What is marked as withheld stands in no format that is made for others to publish."""

import json
from dataclasses import replace

import pytest

from procurement_risk.assessment import Answer, Marking
from procurement_risk.errors import UsageError
from procurement_risk.exports import EXPORTS
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


@pytest.mark.parametrize("name", ["ocds", "atrs-json"])
def test_a_withheld_answer_is_not_said_to_fall_short(name):
    said = f"Falls short: {FRAUD.framework.by_id['SR-04'].ask}"
    before, after = written(name, FRAUD), written(name, marked("answers.SR-04.answer"))

    assert said in before
    assert said not in after
    assert before.count("Falls short: ") - after.count("Falls short: ") == before.count(said)


def test_it_reads_as_though_nobody_had_answered():
    """So that what is withheld cannot be told from what is open."""
    details = json.loads(written("ocds", marked("answers.SR-04.answer")))
    lines = details["releases"][0]["tender"]["riskDetails"].splitlines()

    assert sum("Not settled yet: " + FRAUD.framework.by_id["SR-04"].ask in x for x in lines) == 1
    assert lines[-1].startswith("Not every question is answered yet")


@pytest.mark.parametrize("name", ["SR-04", "DP-01"])
def test_no_line_tells_a_good_answer_that_is_withheld_from_a_bad_one(name):
    question, given = FRAUD.framework.by_id[name], FRAUD.assessment.answer_set
    in_order = sorted(question.options, key=lambda option: option.risk)

    def details(option, markings):
        answers = {**given.answers, name: Answer(options=(option.id,), evidence="E3")}
        about = replace(FRAUD.assessment, markings=markings)
        about = replace(about, answer_set=replace(given, answers=answers))
        document = json.loads(written("ocds", replace(FRAUD, assessment=about)))
        return document["releases"][0]["tender"]["riskDetails"]

    withheld = {f"answers.{name}.answer": SECRET}
    assert details(in_order[0], withheld) == details(in_order[-1], withheld)
    assert details(in_order[0], {}) != details(in_order[-1], {})


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
