"""Small frameworks as documents: one to reckon by hand, and others drawn by chance."""

from __future__ import annotations

from copy import deepcopy
from random import Random
from typing import Any

from tests.support.reference_scoring import DECISIONS, GRADES

Document = dict[str, Any]

BAND_IDS = ("low", "moderate", "high", "critical")
FACTS = ("public", "hosted")
GATE_IDS = ("idea", "award", "go_live", "in_life")

# The house policy as it is published: worst band, then tier I to IV; floors from E0 to E4.
TABLE = {
    "low": ("proceed", "proceed", "proceed", "proceed"),
    "moderate": ("proceed", "conditions", "conditions", "conditions"),
    "high": ("conditions", "escalate", "escalate", "do_not_proceed"),
    "critical": ("escalate", "do_not_proceed", "do_not_proceed", "do_not_proceed"),
}
FLOORS = ((0, 0, 0, 0, 0), (1, 0, 0, 0, 0), (2, 2, 1, 0, 0), (2, 2, 1, 0, 0))
PACKS = (["core", "full"], ["core", "full"], ["full"], ["full"])
CUTS = {"low": 0, "moderate": 25, "high": 50, "critical": 75}


def fact(name: str) -> Document:
    """A fact: yes or no."""
    options = [{"id": "yes", "label": "Yes"}, {"id": "no", "label": "No"}]
    return {"id": name, "ask": f"Is it {name}?", "why": "Small.", "options": options}


def question(name: str, risks: tuple[int, ...] = (0, 1, 2, 3, 4), **rest: Any) -> Document:
    """A question whose options a, b, c, ... carry ``risks``; weight 1 unless given."""
    options = [
        {"id": letter, "risk": risk, "label": f"As bad as {risk}"}
        for letter, risk in zip("abcde", risks, strict=False)
    ]
    return {
        "id": name,
        "ask": f"How is {name}?",
        "why": "Small.",
        "good": "Small.",
        "options": options,
        "weight": 1,
        "answered_by": "buyer",
        "first_gate": "G0",
        "procurement_use": "internal",
        "evidence": "None.",
        "sources": ["Own question"],
        **rest,
    }


def section(name: str, role: str, *questions: Document) -> Document:
    """A section under the id ``name``."""
    return {
        "id": name,
        "title": f"Section {name}",
        "short_title": name,
        "role": role,
        "intro": "Small.",
        "questions": list(questions),
    }


def small_framework(*sections: Document, facts: tuple[str, ...] = FACTS) -> Document:
    """A framework under the house policy, with these sections after a context of one question.

    The tier is the risk value of CX-1 (a or b: I, c: II, d: III, e: IV). The pack ``core`` asks
    what is marked core and is enough for tiers I and II; ``some`` decides nothing.
    """
    context = section("CX", "context", question("CX-1", core=True))
    sections = (context, *sections)
    return {
        "schema_version": 1,
        "id": "small",
        "version": "1",
        "title": "A small framework",
        "description": "To reckon by hand.",
        "method": "weakest-section",
        "scale_max": 4,
        "policy": {
            "adopted_by": "Nobody",
            "bands": [{"id": b, "label": b.capitalize(), "from": cut} for b, cut in CUTS.items()],
            "flag_band": "high",
            "agreed_mitigation_helps": 2,
            "tier_rule": {"base": [{"question": "CX-1"}], "adjustments": []},
            "tiers": [
                _tier(number, number, PACKS[number - 1], FLOORS[number - 1])
                for number in range(1, 5)
            ],
        },
        "packs": _packs([q["id"] for q in sections[-1]["questions"]]),
        "facts": [fact(name) for name in facts],
        "sections": list(sections),
    }


def _packs(some: list[str]) -> list[Document]:
    return [
        {"id": "full", "title": "Full", "description": "All.", "questions": "all"},
        {"id": "core", "title": "Core", "description": "Marked.", "questions": "core"},
        {"id": "some", "title": "Some", "description": "Listed.", "questions": some},
    ]


def _tier(number: int, start: int, packs: list[str], floors: tuple[int, ...]) -> Document:
    tier: Document = {
        "tier": number,
        "label": f"Tier {number}",
        "meaning": "Small.",
        "sign_off": "Somebody.",
        "review": "Often.",
        "packs": packs,
        "evidence_floor": dict(zip(GRADES, floors, strict=True)),
        "decisions": {band: row[number - 1] for band, row in TABLE.items()},
    }
    return tier if number == 1 else {**tier, "from": start}


def random_framework(rng: Random, p_red_flag: float = 0.3) -> Document:
    """A small framework in which everything that may differ does.

    It has a context section and one to three others, conditions that rest on conditional
    questions, red flags of every class, and its own weights, floors, packs and policy.
    """
    scale_max = rng.randint(1, 5)
    facts = [fact(name) for name in FACTS[: rng.randint(1, 2)]]
    roles = ["context", "decisive", *(rng.choice(["decisive", "challenge"]) for _ in range(2))]
    sections = [
        section(
            f"S{place}",
            role,
            *(
                _random_question(rng, f"S{place}-{number}", scale_max)
                for number in range(1, rng.randint(1, 3) + 1)
            ),
        )
        for place, role in enumerate(roles[: rng.randint(2, 4)])
    ]
    questions = [q for s in sections for q in s["questions"]]
    policy = _random_policy(rng, scale_max, facts, sections[0]["questions"])
    _add_conditions(rng, facts, questions)
    for q in questions:
        if rng.random() < p_red_flag:
            q["red_flag"] = _random_red_flag(rng, q, len(policy["tiers"]))
    questions[0]["core"] = True
    names = [q["id"] for q in questions]
    some = [name for name in names if rng.random() < 0.6] or names[:1]
    return {
        "schema_version": 1,
        "id": "small",
        "version": "1",
        "title": "A small framework",
        "description": "Drawn by chance.",
        "method": "weakest-section",
        "scale_max": scale_max,
        "policy": policy,
        "packs": _packs(some),
        "facts": facts,
        "sections": sections,
    }


def resting_on_many(rng: Random, document: Document) -> Document:
    """The framework with ``MANY``, of several choices, on which some of its questions rest."""
    document = deepcopy(document)
    for each in (q for part in document["sections"] for q in part["questions"]):
        if "when" not in each and rng.random() < 0.6:
            each["when"] = {"question": "MANY", "in": rng.sample("abc", rng.randint(1, 2))}
    document["sections"][-1]["questions"].append(question("MANY", type="multiple"))
    return document


def by_version_2(rng: Random, document: Document) -> Document:
    """The framework by version 2 of its method, with all that it adds, drawn by chance."""
    document = deepcopy(document)
    gates = list(GATE_IDS[: rng.randint(1, len(GATE_IDS))])
    tiers = len(document["policy"]["tiers"])
    document["method_version"] = 2
    document["gates"] = [{"id": gate, "label": gate.capitalize()} for gate in gates]
    if rng.random() < 0.8:
        document["policy"]["core_pack"] = rng.choice(document["packs"])["id"]
    for part in document["sections"]:
        for each in part["questions"]:
            each["first_gate"] = rng.choice(gates)
            flag = each.get("red_flag")
            if flag and rng.random() < 0.6:
                flag["from_tier"] = rng.randint(1, flag.get("stop_from_tier", tiers))
    return document


def at_a_gate(rng: Random, document: Document, line: Document) -> Document:
    """The line for one of the framework's gates, or for none by name."""
    gates = [gate["id"] for gate in document.get("gates", [])]
    return {**line, "gate": rng.choice(gates)} if gates and rng.random() < 0.8 else line


def _random_question(rng: Random, name: str, scale_max: int) -> Document:
    risks = sorted(rng.sample(range(scale_max + 1), rng.randint(2, min(3, scale_max + 1))))
    return question(name, tuple(risks), weight=rng.randint(1, 5), core=rng.random() < 0.5)


def _add_conditions(rng: Random, facts: list[Document], questions: list[Document]) -> None:
    """Make some questions conditional on facts and others, never in a circle.

    What a condition may rest on is what comes before it in an order of its own, so that it may
    also rest on a question that is read later.
    """
    order = list(questions)
    rng.shuffle(order)
    earlier = list(facts)
    for q in order:
        if rng.random() < 0.5:
            q["when"] = _random_condition(rng, earlier, depth=2)
        earlier.append(q)


def _random_condition(rng: Random, earlier: list[Document], depth: int) -> Document:
    if depth and rng.random() < 0.5:
        parts = [_random_condition(rng, earlier, depth - 1) for _ in range(rng.randint(1, 3))]
        return {rng.choice(["any", "all"]): parts}
    rests_on = rng.choice(earlier)
    ids = [option["id"] for option in rests_on["options"]]
    return {"question": rests_on["id"], "in": rng.sample(ids, rng.randint(1, len(ids) - 1))}


def _random_red_flag(rng: Random, flagged: Document, tiers: int) -> Document:
    ids = [option["id"] for option in flagged["options"]]
    worst = ids[-rng.randint(1, len(ids)) :]
    kind = rng.choice(["flag", "stop", "legal", "from_tier"])
    red_flag: Document = {"options": worst, "class": "flag" if kind == "flag" else "stop"}
    if kind == "legal":
        red_flag["legal_duty"] = True
    if kind == "from_tier":
        red_flag["stop_from_tier"] = rng.randint(2, tiers)
    return red_flag


def _random_policy(
    rng: Random, scale_max: int, facts: list[Document], context: list[Document]
) -> Document:
    cuts = [0, *sorted(rng.sample([10, 25, 40, 50, 60, 75, 90, 100], 3))]
    names = [q["id"] for q in context]
    base = rng.sample(names, rng.randint(1, len(names)))
    starts = sorted(rng.sample(range(1, scale_max + 2), rng.randint(1, min(3, scale_max))))
    return {
        "adopted_by": "Nobody",
        "bands": [
            {"id": band, "label": band.capitalize(), "from": cut}
            for band, cut in zip(BAND_IDS, cuts, strict=True)
        ],
        "flag_band": rng.choice(BAND_IDS[1:]),
        "agreed_mitigation_helps": rng.randint(1, min(3, scale_max)),
        "tier_rule": {
            "base": [{"question": name, "subtract": rng.randint(0, 1)} for name in base],
            "adjustments": [
                _random_adjustment(rng, scale_max, facts, names) for _ in range(rng.randint(0, 2))
            ],
        },
        "tiers": _random_tiers(rng, scale_max, starts),
    }


def _random_adjustment(
    rng: Random, scale_max: int, facts: list[Document], names: list[str]
) -> Document:
    """A step up or down, also one that more risk makes unlikelier or likelier the wrong way."""
    bounds = rng.choice([["risk_at_least"], ["risk_at_most"], ["risk_at_least", "risk_at_most"]])
    values = sorted(rng.randint(0, scale_max) for _ in bounds)
    risk = {"question": rng.choice(names), **dict(zip(bounds, values, strict=True))}
    public = {"question": rng.choice(facts)["id"], "not_in": [rng.choice(["yes", "no"])]}
    other = {"question": rng.choice(names), "risk_at_least": rng.randint(0, scale_max)}
    parts = rng.choice([[risk], [risk, public], [public], [public, {"any": [risk, other]}]])
    add = rng.choice([1, -1, 2])
    return {"add": add, "because": "Chance.", "when": {rng.choice(["all", "any"]): parts}}


def _random_tiers(rng: Random, scale_max: int, starts: list[int]) -> list[Document]:
    """Tiers whose floors and decisions rise with the tier; floors fall with the grade."""
    floors, ranks = [0] * len(GRADES), [0] * len(BAND_IDS)
    found = []
    for number in range(1, len(starts) + 2):
        if number > 1:
            drawn = sorted((rng.randint(0, scale_max) for _ in GRADES), reverse=True)
            floors = [max(pair) for pair in zip(floors, drawn, strict=True)]
        drawn = sorted(rng.randint(0, 3) for _ in BAND_IDS)
        ranks = [max(pair) for pair in zip(ranks, drawn, strict=True)]
        packs = ["full", *(pack for pack in ("core", "some") if rng.random() < 0.4)]
        decisions = {b: DECISIONS[rank] for b, rank in zip(BAND_IDS, ranks, strict=True)}
        tier = _tier(number, ([0, *starts])[number - 1], packs, tuple(floors))
        found.append({**tier, "decisions": decisions})
    return found
