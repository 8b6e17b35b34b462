"""A third method is a module and a line in each table: one made up here goes all the way."""

import csv
import importlib
import inspect
import io
import json
import pkgutil
import re
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import get_args

import pytest

import procurement_risk
from procurement_risk.assessment import Assessment, Purchase, Supplier
from procurement_risk.assessment.answers import check_answers
from procurement_risk.assessment.conditions import applicability, order_conditions
from procurement_risk.assessment.record import read_record, verify_record
from procurement_risk.exports import EXPORTS, verify
from procurement_risk.exports.export import Wanted
from procurement_risk.exports.gather import gather
from procurement_risk.exports.published.risk_topics import at_risk
from procurement_risk.exports.sealed import matter
from procurement_risk.formats.workbook.questionnaire.written import MethodColumns
from procurement_risk.framework import MethodPolicy
from procurement_risk.framework.checks import shape
from procurement_risk.framework.document import check_framework, framework_from_document
from procurement_risk.framework.starter import starter
from procurement_risk.framework.versions.compare import compare
from procurement_risk.methods import METHODS, AnyResult, Method, evaluate, score_to_document
from procurement_risk.portfolio.item_documents import item_from_document, item_to_document
from procurement_risk.portfolio.items import item_of
from procurement_risk.profile.looks import UNSETTLED, Verdict
from procurement_risk.profile.method_words import MethodWords, headline, stakes, verdict
from procurement_risk.profile.trend import Trend, trend
from procurement_risk.report.page import ROOMS
from procurement_risk.report.subject import Found
from procurement_risk.storage import open_memory_store
from tests.support.framework_documents import IMPACT, changed

# --- A method that counts how often the answer is yes -------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Count(AnyResult):
    yes: int

    def figures(self):
        return {"raw": self.yes}


def score(framework, answer_set):
    answers = answer_set.answers
    return Count(
        framework=framework,
        answer_set=answer_set,
        applies=applicability(order_conditions(framework), answers),
        open=tuple(name for name in framework.by_id if name not in answers),
        yes=sum("yes" in each.options for each in answers.values()),
    )


def score_document(framework, assessment, _pack):
    """The same for ``verify``, which reads the documents themselves and nothing of ours."""
    as_of = date.fromisoformat(assessment["as_of"])
    answers = verify.read_answers(framework, assessment, as_of).values()
    yes = sum("yes" in each.get("options", ()) for each in answers)
    return {"framework": framework["id"], "yes": yes}


def words(result):
    return f"{result.yes} times yes"


NAME = "count-of-yes"
# What it needs on every floor, by the table that it stands in.
LINES = {
    "methods.METHODS": Method(
        score=score,
        output=lambda result: {"framework": result.framework.id, "yes": result.yes},
        recommends=False,
        graded=False,
        tried=("single",),
    ),
    "framework.document.POLICIES": lambda raw, _: MethodPolicy(adopted_by=raw["adopted_by"]),
    "framework.checks.rules.METHOD_RULES": lambda _: iter(()),
    "framework.versions.policy.POLICIES": (),
    "framework.starter.BODIES": "policy: {adopted_by: Us}\nsections: []\n",
    "profile.method_words.METHOD_WORDS": MethodWords(
        "yes is counted",
        "a number",
        words,
        words,
        lambda result: Verdict(words(result), UNSETTLED),
    ),
    "profile.effect_words.MOVES": lambda _before, _after, _effect: iter(()),
    "profile.trend.TRENDS": lambda move, _: Trend(move=move, sections=()),
    "portfolio.items.OF_ONE_METHOD": lambda _: {},
    "report.leadership.FOUND": lambda _, result: Found(words(result), "Yes counts.", (), ()),
    "report.public_summary.FOUND": lambda _, result, __: Found(words(result), "Yes.", (), ()),
    "exports.oscal.risks.RISKS": lambda *_: iter(()),
    "exports.oscal.findings.VERDICTS": lambda _result, _question: None,
    "exports.published.risk_topics.AT_RISK": lambda result: iter(
        [next(iter(result.framework.questions()))]
    ),
    "exports.verify.METHODS": score_document,
    "views.answer.panel.PANELS": lambda _: None,
    "views.frameworks.read.POLICIES": lambda _: None,
    "views.profile.page.BODIES": (lambda _: None, {}),
    "views.profile.trial_result.ROWS": lambda _before, _after: iter(()),
    "formats.workbook.questionnaire.written.METHOD_COLUMNS": MethodColumns("points", frozenset()),
}


MODULES = {
    each.name.removeprefix("procurement_risk."): importlib.import_module(each.name)
    for each in pkgutil.walk_packages(procurement_risk.__path__, "procurement_risk.")
    if not each.name.endswith("__main__") and "migrations" not in each.name  # these run
}


def found_tables():
    """Return every table of the package that is kept by the names of methods, by where it is."""
    return {
        f"{place}.{name}": value
        for place, module in MODULES.items()
        for name, value in vars(module).items()
        if isinstance(value, Mapping) and METHODS.keys() & value.keys()
        if re.search(rf"(?m)^{name}\b.*= ", inspect.getsource(module))
    }


TABLES = found_tables()


def forgotten():
    """Return which floor has forgotten which method, or knows one that there is not."""
    return [
        f"{place} {'has forgotten' if name in METHODS else 'made up'} {name}"
        for place, table in TABLES.items()
        for name in sorted(METHODS.keys() ^ table.keys())
    ]


def test_no_floor_has_forgotten_a_method():
    assert forgotten() == []


def test_the_schema_knows_every_method():
    schema = json.loads(shape.SCHEMA.read_text("utf-8"))
    assert schema["properties"]["method"]["enum"] == list(METHODS)


def test_a_third_method_needs_these_lines_and_no_others():
    assert TABLES.keys() == LINES.keys()


@pytest.mark.parametrize("place", LINES)
def test_a_method_that_forgot_a_floor_is_refused(place, monkeypatch):
    """Without its line in one table; or, without the method itself, in every other one."""
    for other in LINES.keys() - {place}:
        monkeypatch.setitem(TABLES[other], NAME, LINES[other])
    if place == "methods.METHODS":
        assert len(forgotten()) == len(LINES) - 1
        assert all(each.endswith(f" made up {NAME}") for each in forgotten())
    else:
        assert forgotten() == [f"{place} has forgotten {NAME}"]


def test_no_module_above_asks_which_method_it_is():
    """No other place compares the name of a method, or asks for the kind of an impact result."""
    branch = re.compile(
        rf"isinstance\([^)]*\bImpactResult\)|[!=]= \"(?:{'|'.join(METHODS)})\"|\bis_impact\b"
    )
    assert [name for name, each in MODULES.items() if branch.search(inspect.getsource(each))] == []


# --- All the way --------------------------------------------------------------------------

DOCUMENT = changed(["method"], NAME, changed(["policy"], {"adopted_by": "Us"}, IMPACT))
DOCUMENT = changed(["sections", 0, "questions", 1, "answered_by"], "supplier", DOCUMENT)
ANSWERS = {"library": "yes", "phase": "design", "effect": "near-0"}
SCORED = {"framework": "small-impact", "yes": 1}
SAID = "1 times yes"


@pytest.fixture
def third(monkeypatch, tmp_path):
    """Return an assessment by the third method, out of a store, once every floor knows it."""
    for place, line in LINES.items():
        monkeypatch.setitem(TABLES[place], NAME, line)
    schema = json.loads(shape.SCHEMA.read_text("utf-8"))
    schema["properties"]["method"]["enum"].append(NAME)
    counting = {"properties": {"policy": {"required": ["adopted_by"]}}}
    own = {"properties": {"method": {"const": NAME}}, "required": ["method"]}
    both = {key: schema.pop(key) for key in ("if", "then", "else")}
    schema |= {"if": own, "then": counting, "else": both}
    (tmp_path / "schema.json").write_text(json.dumps(schema), encoding="utf-8")
    monkeypatch.setattr(shape, "SCHEMA", tmp_path / "schema.json")
    shape.shape_validator.cache_clear()
    framework = framework_from_document(DOCUMENT)
    answers = check_answers(framework, {"as_of": "2026-11-23", "answers": ANSWERS})
    assessment = Assessment(
        id="a-1",
        purchase=Purchase(id="p-1", title="A chat", buyer="Us", ocid="ocds-h6vhtk-012345"),
        supplier=Supplier(name="Them"),
        answer_set=answers,
    )
    with closing(open_memory_store()) as store:
        store.create(assessment, framework, "Ada")
        (exported,) = gather(store, ["a-1"], get_args(Wanted))
    yield exported
    shape.shape_validator.cache_clear()


def test_its_framework_is_checked_read_and_compared(third):
    assert check_framework(DOCUMENT) == []
    assert third.framework.method_policy == MethodPolicy(adopted_by="Us")
    assert third.framework.adopted_by == "Us"
    with pytest.raises(TypeError, match="knows no levels"):
        _ = third.framework.impact_policy
    newer = framework_from_document(changed(["packs", 1, "title"], "Brief", DOCUMENT))
    assert [each.kind for each in compare(third.framework, newer).changes] == ["pack"]
    assert NAME in starter("my-check", "", NAME)


def test_it_is_scored_worded_and_compared_with_itself(third):
    result = evaluate(third.framework, third.assessment.answer_set)

    assert score_to_document(third.framework, result.answer_set) == SCORED
    assert (headline(result), stakes(result)) == (SAID, SAID)
    assert verdict(result) == Verdict(SAID, UNSETTLED)
    assert (result.recommendation, result.sections, result.red_flags.stops_fired) == ("", {}, [])
    assert trend(third.framework, result.answer_set, third.framework).sections == ()


def test_its_record_is_written_read_and_verified(third):
    data = EXPORTS["json"].write([third])
    record = read_record(data, score_to_document)

    assert record.result == SCORED
    assert verify_record(data, score_to_document) == []
    assert list(verify.check_result(json.loads(data))) == []
    wrong = data.replace(b'"yes":1', b'"yes":2')
    assert verify_record(wrong, score_to_document) != []
    assert list(verify.check_result(json.loads(wrong))) != []


@pytest.mark.parametrize("name", EXPORTS)
def test_every_export_is_written(name, third):
    assert EXPORTS[name].write([third])


def test_its_row_has_what_it_says_and_is_empty_elsewhere(third):
    (row,) = csv.DictReader(io.StringIO(EXPORTS["assessments-csv"].write([third]).decode()[1:]))

    assert (row["framework"], row["raw"], row["open_questions"]) == ("small-impact", "1", "6")
    assert row["level"] == row["tier_low"] == row["recommendation"] == row["stops_fired"] == ""


def test_it_stands_in_reports_and_portfolios(third):
    made = matter(third)
    page = made.page(ROOMS[0])
    item = item_of(third.assessment, third.framework, made.outcome)

    assert (page.headline_lead, page.headline, page.meaning) == ("Result", SAID, "Yes counts.")
    assert next(at_risk(made.outcome)).ask == "Which phase?"
    assert (item.tier, item.level, item.recommendation, item.open) == (None, None, "", 6)
    assert item_from_document(item_to_document(item), third.framework) == item
