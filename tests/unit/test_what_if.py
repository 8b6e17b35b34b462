"""What if something underneath goes: added up by hand and a second way, and nothing guessed."""

import csv
import io
import json
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings

from procurement_risk.exports import printed
from procurement_risk.exports.what_if import table as table_of
from procurement_risk.framework import BasedOn
from procurement_risk.framework.document import framework_from_document
from procurement_risk.framework.files import load_framework
from procurement_risk.portfolio import what_if_words as words
from procurement_risk.portfolio.census import chosen_items
from procurement_risk.portfolio.concentration import concentration
from procurement_risk.portfolio.exits import LEAVING, MARKS, Exit, bound_of, marks_of
from procurement_risk.portfolio.what_if import HAPPENINGS, annual, group_named, what_if
from procurement_risk.report.what_if_page import what_if_page
from tests.support import tagged_pdf
from tests.support.answer_sets import CORE, seeded_rngs
from tests.support.places import ROOT
from tests.support.portfolio_examples import demonstration, item, model

DAY = "2026-11-23"
SHIPPED = {each.stem: load_framework(each) for each in (ROOT / "frameworks").glob("*.yaml")}
DEMO = chosen_items(demonstration())


def asked(happening="withdrawn", items=DEMO, name="Halcyon-3"):
    return what_if(group_named(concentration(items, "model"), name), happening, DAY)


def test_the_questions_are_found_by_the_clauses_that_they_call_for():
    core = SHIPPED["ai-supplier-core"]
    found = {(mark, question.id) for question in core.questions() for mark in marks_of(question)}

    assert found == {
        ("substitute", "LI-10"), ("leaving", "LI-05"), ("plan", "LI-04"),
        ("prices", "LI-08"), ("location", "DP-06"), ("watched", "SR-11"),
    }  # fmt: skip
    for framework in SHIPPED.values():
        named = {name for question in framework.questions() for name in question.clauses}
        assert named & set(MARKS), framework.id


@pytest.mark.parametrize(
    ("option", "said"), [("a", (10, 3)), ("b", (25, 6)), ("c", (50, 9)), ("d", None), ("e", None)]
)
def test_only_an_option_that_bounds_both_cost_and_time_gives_figures(option, said):
    core = SHIPPED["ai-supplier-core"]

    assert bound_of(core, "LI-05", option) == said
    assert bound_of(core, "LI-06", option) is None
    # The version before says "or" from its second line on, which bounds neither.
    assert bound_of(CORE, "LI-05", option) == ((10, 3) if option == "a" else None)


def test_what_leaving_takes_is_the_same_under_french_labels_and_not_known_of_others():
    core = SHIPPED["ai-supplier-core"]
    document = json.loads(json.dumps(core.document))
    document["languages"] = ["fr"]
    options = [q for s in document["sections"] for q in s["questions"] if q["id"] == "LI-05"]
    for each in options[0]["options"]:
        each["label"] = f"Jusqu'à {each['id']}"

    assert bound_of(framework_from_document(document), "LI-05", "b") == (25, 6)
    based = BasedOn(id=core.id, version=core.version, digest="")
    assert bound_of(replace(core, id="ours", based_on=based), "LI-05", "b") == (25, 6)
    assert bound_of(replace(core, id="ours"), "LI-05", "b") is None
    assert bound_of(replace(core, version="2026.9"), "LI-05", "b") is None


def forgotten(frameworks):
    """Return what asks what leaving takes, and has no line that says how much that is."""
    return {
        (each.id, each.version, question.id)
        for each in frameworks
        for question in each.questions()
        if "leaving" in marks_of(question)
    } - LEAVING.keys()


def test_every_shipped_version_has_a_line_on_what_leaving_takes():
    core = SHIPPED["ai-supplier-core"]

    assert forgotten([CORE, *SHIPPED.values()]) == set()
    newer = replace(core, version="2027.1")
    assert forgotten([core, newer]) == {("ai-supplier-core", "2027.1", "LI-05")}


def test_the_loss_of_the_model_that_six_purchases_rest_on():
    found = asked()

    assert words.title(found) == "Halcyon-3: Withdrawn in 60 days"
    assert words.headline(found) == "1 service stops, as far as is on file"
    assert words.sentences(found) == [
        "6 purchases rest on it, £6.925m committed; 1 in life.",
        "Of what is in life: 1 with no answer that it goes on, 0 with one.",
        "5 purchases that are not in life yet have no such answer either.",
        "Leaving costs at most £1.34m for the 4 of which it is known. "
        "Not known, and in no sum: 2.",
        "Leaving takes: 1 within 6 months; 3 within 9 months. Not known: 2.",
        "5 have no exit plan, or a clause only.",
        "3 measure quality so that a worse result would be seen.",
        "The next break date or contract end is 1 March 2027.",
    ]
    assert (
        "Schedule 7: second model evaluated within six months, switch in 90 days: 1 purchase"
        in (words.clauses(found))
    )


def test_what_is_charged_a_year_rests_on_value_and_dates():
    dated = {"contract_start": "2026-01-01", "contract_end": "2027-12-31"}

    assert annual(item("a", committed_value=200, **dated)) == 100
    assert annual(item("a", committed_value=0, **dated)) == 0
    assert annual(item("a", committed_value=200)) is None
    assert annual(item("a", **dated)) is None
    assert (
        annual(
            item("a", committed_value=2, contract_start="2026-01-02", contract_end="2026-01-01")
        )
        is None
    )


def test_what_nobody_answered_is_counted_apart_and_in_no_sum():
    rests = (model("Moss"),)
    silent = item("a", state="live", upstreams=rests, committed_value=10)
    found = asked(items=[silent], name="Moss")

    assert [each.stands for each in found.affected] == ["not_known"]
    assert "Of what is in life: 0 with no answer that it goes on, 0 with one. Not known: 1." in (
        words.sentences(found)
    )
    assert "What leaving costs is known of none of them." in words.sentences(found)
    (row,) = csv.DictReader(io.StringIO(table_of(found).decode("utf-8-sig")))
    assert (row["committed_value_gbp"], row["annual_charge_gbp"]) == ("10", "")
    assert (row["stands"], row["leaving_cost_at_most_gbp"]) == ("not_known", "")


@given(rng=seeded_rngs())
@settings(max_examples=40, deadline=None)
def test_a_second_way_of_adding_up_agrees(rng: Random):
    items = [_answered(rng, each) for each in DEMO]
    happening = rng.choice(HAPPENINGS)
    mark, question = {
        "withdrawn": ("substitute", "LI-10"), "price": ("prices", "LI-08"),
        "location": ("location", "DP-06"),
    }[happening]  # fmt: skip
    found = asked(happening, items)
    mine = [i for i in items if any(up.name == "Halcyon-3" for up in i.upstreams)]
    told = {i.id: {each.question: each.option for each in i.exits if each.option} for i in mine}

    assert {each.item.id for each in found.affected} == {i.id for i in mine}
    assert {e.item.id for e in found.of("not_known")} == {
        i.id for i in mine if question not in told[i.id]
    }
    assert {e.item.id for e in found.of("holds")} == {
        i.id for i in mine if told[i.id].get(question) == "a"
    }
    per_cent = {"a": 10, "b": 25, "c": 50}
    known = [each.cost for each in found.affected if each.cost is not None]
    assert len(known) == sum(told[i.id].get("LI-05") in per_cent for i in mine)
    assert all(
        abs(each.cost - each.annual * per_cent[told[each.item.id]["LI-05"]] / 100) <= 1
        for each in found.affected
        if each.cost is not None
    )
    assert {e.item.id for e in found.without_plan} == {
        i.id for i in mine if told[i.id].get("LI-04") in ("d", "e")
    }
    assert mark in MARKS.values()


def _answered(rng, one):
    exits = tuple(
        Exit(mark, question, rng.choice(options), "E2")
        for mark, question, options in (
            ("substitute", "LI-10", ["", "a", "b", "g"]),
            ("leaving", "LI-05", ["", "a", "b", "c", "d", "e"]),
            ("plan", "LI-04", ["", "a", "b", "c", "d", "e"]),
            ("prices", "LI-08", ["", "a", "b", "e"]),
            ("location", "DP-06", ["", "a", "b", "e"]),
        )
    )
    return replace(one, exits=exits)


def test_the_page_to_print_and_the_table_have_every_purchase():
    found = asked()
    page = printed.html(what_if_page(found, "model", DAY)).decode()
    sheets = printed.pdf(what_if_page(found, "model", DAY))

    for each in found.affected:
        assert each.item.purchase.title in page
    assert tagged_pdf.faults(sheets) == []
    assert "1 service stops, as far as is on file" in tagged_pdf.text(sheets)
    table = table_of(found).decode("utf-8-sig")
    assert len(table.splitlines()) == 7
