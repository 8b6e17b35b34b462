"""A third reading of the method, written from its description alone, agrees with the package."""

from dataclasses import replace
from random import Random

import pytest
import yaml

from procurement_risk.assessment.answers import check_answers
from procurement_risk.framework.document import framework_from_document
from procurement_risk.methods.weakest_section import output, score
from tests.support.overlays import document as overlaid
from tests.support.places import ROOT, TESTS
from tests.support.third_scoring import third_score

FILES = [*(ROOT / "frameworks").glob("*.yaml"), *(TESTS / "frameworks").glob("small*.yaml")]
DAYS = ("2026-01-01", "2026-11-23", "2026-11-24", "2027-06-30")
GRADES = ("E0", "E1", "E2", "E3", "E4")


def _documents():
    for path in sorted(FILES):
        document = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
        if "extends" in document:
            document = overlaid(path.read_text("utf-8"))
        if document["method"] == "weakest-section":
            yield pytest.param(document, id=path.stem)


DOCUMENTS = list(_documents())


def _named(part):
    """Every question and fact that a condition somewhere in the part names."""
    if isinstance(part, list):
        return set().union(*map(_named, part))
    if isinstance(part, dict):
        own = {part["question"]} if "question" in part else set()
        return own.union(*map(_named, part.values()))
    return set()


def _line(rng, document, gate):
    """One valid line, from a form nobody has touched to one that is all but settled."""
    sections = document["sections"]
    whens = [part["when"] for s in sections for part in (s, *s["questions"]) if "when" in part]
    needed = _named([whens, document["policy"]["tier_rule"]])
    p_open, p_na = rng.choice([0, 0.02, 0.2, 0.6, 1]), rng.choice([0, 0.3])
    lean = rng.choice([-1, 0, 0, 1, 3, 12])
    answers, mitigations = {}, []
    for fact in document.get("facts", ()):
        if rng.random() >= p_open:
            answers[fact["id"]] = rng.choice(fact["options"])["id"]
    for section in sections:
        for q in section["questions"]:
            free = not ("red_flag" in q or q["id"] in needed or section["role"] == "context")
            na = free and rng.random() < p_na
            for given in _answer(rng, q, p_open, lean, na=na):
                answers[q["id"]] = given
            if not na and q.get("type", "single") == "single" and rng.random() < 0.3:
                mitigations.append(_mitigation(rng, q))
    line = {"as_of": rng.choice(DAYS), "answers": answers, "mitigations": mitigations}
    return line | ({"gate": gate} if gate else {})


def _answer(rng, q, p_open, lean, *, na):
    if na:
        yield {"state": "not_applicable", "reason": "Does not arise"}
    elif rng.random() < p_open:
        if state := rng.choice(["", "unknown", "withheld", "unanswered"]):
            yield {"state": state}
    elif (kind := q.get("type", "single")) != "single":
        ids = [one["id"] for one in q.get("options", ())]
        yield {
            "text": "Some words",
            "number": {"text": "12"},
            "date": {"text": "2027-01-01"},
            "multiple": {"options": rng.sample(ids, rng.randint(1, len(ids) or 1)) if ids else []},
        }[kind]
    else:
        weights = [(1 + place) ** -lean for place in range(len(q["options"]))]
        yield {
            "option": rng.choices(q["options"], weights)[0]["id"],
            "evidence": rng.choice(GRADES),
        } | ({"valid_until": rng.choice(DAYS)} if rng.random() < 0.3 else {})


def _mitigation(rng, q):
    status = rng.choice(["proposed", "agreed", "agreed", "verified"])
    more = {
        "proposed": {},
        "agreed": {"owner": "Head of data", "due": rng.choice(DAYS), "clause": "As agreed"},
        "verified": {"evidence": "E4"},
    }[status]
    return {"question": q["id"], "status": status, "target": rng.choice(q["options"])["id"]} | more


def _drawn(document, number=1):
    """Lines in every pack and at every gate, always the same."""
    rng = Random(document["id"])
    gates = ["", *(gate["id"] for gate in document.get("gates", ()))]
    for pack in [one["id"] for one in document["packs"]]:
        for gate in gates:
            for _ in range(number):
                yield _line(rng, document, gate), pack


@pytest.mark.parametrize("document", DOCUMENTS)
def test_agrees_in_every_pack_and_at_every_gate(document):
    framework = framework_from_document(document)
    for line, pack in _drawn(document):
        answers = replace(check_answers(framework, line), pack=pack)

        assert output(score(framework, answers)) == third_score(document, line, pack)


@pytest.mark.parametrize("left_out", ["core_pack", "agreed_mitigation_helps"])
def test_a_rule_left_out_is_seen(left_out):
    """Guards the test above: what it draws tells a reading of the rules from another."""
    document = next(one.values[0] for one in DOCUMENTS if one.id == "small-gates")
    policy = document["policy"] | {left_out: 0}
    drawn = list(_drawn(document, 20))

    assert any(
        third_score(document, line, pack) != third_score(document | {"policy": policy}, line, pack)
        for line, pack in drawn
    )
