"""Random answers and their completions, for the tests of the method.

Everything is drawn from the ``random.Random`` handed in, so that a seed names a case (and
Hypothesis, which can play a ``Random``, can make it smaller). Whatever comes out is valid: "not
applicable" only where it may be declared, one mitigation a question, every needed field there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from math import prod
from random import Random
from typing import Any

from hypothesis import strategies as st

from procurement_risk.assessment import AnswerSet, Mitigation
from procurement_risk.assessment.answers import answer_from
from procurement_risk.framework import Framework
from procurement_risk.framework.document import framework_from_document
from tests.support.places import ROOT
from tests.support.reference_scoring import GRADES, OPEN_STATES, may_be_not_applicable, option_ids

Document = dict[str, Any]
Line = dict[str, Any]

AS_OF = "2026-11-23"
BEFORE = ("2026-11-22", "2026-01-31", "2025-12-31")
ON_OR_AFTER = ("2026-11-23", "2026-11-24", "2027-06-30")
# The core questionnaire at its first version, as an example carried it while it was in use.
EXAMPLE = ROOT / "tests" / "records" / "p01-core-2026-1.json"


def core_document() -> Document:
    """The core framework as its file held it, as a copy of one's own."""
    document: Document = json.loads(_core_text())
    return document


@cache
def _core_text() -> str:
    """The framework alone as JSON, which is read many times faster."""
    return json.dumps(json.loads(EXAMPLE.read_text("utf-8"))["framework"])


CORE = framework_from_document(core_document())  # once for all tests: a framework never changes


# ---------------------------------------------------------------------------------------------
# Answers
# ---------------------------------------------------------------------------------------------


def random_answers(
    rng: Random,
    framework: Document,
    *,
    p_open: float = 0.3,
    p_na: float = 0.05,
    p_mitigation: float = 0.25,
    p_worst: float = 0.05,
    lean: float = 0.0,
    short_forms: bool = True,
) -> Line:
    """One valid line of answers.

    Args:
        rng: Where chance comes from.
        framework: What is asked.
        p_open: Chance that a question or fact is open, in one of the four ways.
        p_na: Chance of "not applicable" where it may be declared.
        p_mitigation: Chance that a question carries a mitigation.
        p_worst: Chance of the worst option, where the red flags are.
        lean: 0 draws options evenly; towards 1 the best one, towards -1 the worst.
        short_forms: Whether an answer may be written as a plain text.
    """
    facts = {fact["id"] for fact in framework["facts"]}
    allowed_na = may_be_not_applicable(framework)
    answers: dict[str, Any] = {}
    for name, options in option_ids(framework).items():
        if rng.random() < p_open:
            state = rng.choice(["missing", *OPEN_STATES])
            if state != "missing":
                answers[name] = {"state": state}
        elif name in allowed_na and rng.random() < p_na:
            answers[name] = {"state": "not_applicable", "reason": "Does not arise here"}
        elif name in facts:
            answers[name] = {"option": rng.choice(options)}
        else:
            option = random_option(rng, options, p_worst, lean)
            answers[name] = random_answer(rng, option, short_forms=short_forms)
    mitigations = [
        random_mitigation(
            rng, name, options, counts=state_of(answers.get(name)) != "not_applicable"
        )
        for name, options in option_ids(framework).items()
        if name not in facts and rng.random() < p_mitigation
    ]
    rng.shuffle(mitigations)
    shuffled = list(answers.items())
    rng.shuffle(shuffled)
    return {"as_of": AS_OF, "answers": dict(shuffled), "mitigations": mitigations}


def taken_as_valid(framework: Framework, line: Line, pack: str) -> AnswerSet:
    """What ``check_answers`` gives for a valid line, without asking whether it is one."""
    kinds = {name: question.type for name, question in framework.by_id.items()}
    long_form = {
        name: raw
        if isinstance(raw, dict)
        else {"options": raw}
        if isinstance(raw, list)
        else {"option" if kinds[name] == "single" else "text": raw}
        for name, raw in line["answers"].items()
    }
    return AnswerSet(
        as_of=line["as_of"],
        pack=pack,
        gate=line.get("gate", ""),
        answers={name: answer_from(framework.by_id[name], raw) for name, raw in long_form.items()},
        mitigations=tuple(Mitigation(**raw) for raw in line["mitigations"]),
    )


def varied_answers(rng: Random, framework: Document) -> Line:
    """One valid line, from a form nobody has touched to one that is all but settled."""
    return random_answers(
        rng,
        framework,
        p_open=rng.choice([0, 0.01, 0.03, 0.1, 0.3, 0.6, 1.0]),
        p_na=rng.choice([0, 0.05, 0.5]),
        p_mitigation=rng.choice([0, 0.2, 0.8]),
        p_worst=rng.choice([0, 0, 0.02, 0.2]),
        lean=rng.choice([-0.8, 0, 0.5, 0.8, 0.95, 1]),
    )


def random_option(rng: Random, options: list[str], p_worst: float, lean: float) -> str:
    """One option id, leaning as ``random_answers`` says."""
    if rng.random() < p_worst:
        return options[-1]
    if rng.random() < abs(lean):
        return options[0] if lean > 0 else options[-1]
    return rng.choice(options)


def random_answer(rng: Random, option: str, *, short_forms: bool = True) -> Any:
    """The option with or without evidence, which may have run out."""
    if short_forms and rng.random() < 0.1:
        return option
    answer = {"option": option}
    if rng.random() < 0.8:
        answer["evidence"] = rng.choice(GRADES)
        if rng.random() < 0.4:
            answer["valid_until"] = rng.choice(BEFORE + ON_OR_AFTER)
    return answer


def random_mitigation(rng: Random, name: str, options: list[str], *, counts: bool) -> Document:
    """One mitigation with every field its status needs; only proposed where none may count."""
    status = rng.choice(["proposed", "agreed", "overdue", "verified"]) if counts else "proposed"
    target = rng.choice(options)
    if status == "verified":
        return verified(name, target)
    if status in ("agreed", "overdue"):
        return agreed(name, target, rng.choice(BEFORE if status == "overdue" else ON_OR_AFTER))
    return proposed(name, target)


def proposed(question: str, target: str) -> Document:
    """A mitigation somebody has thought of."""
    return {"question": question, "status": "proposed", "target": target}


def agreed(question: str, target: str, due: str = "2027-03-01") -> Document:
    """A mitigation that is promised in the contract."""
    return {
        "question": question,
        "status": "agreed",
        "target": target,
        "owner": "Head of data",
        "due": due,
        "clause": "As agreed",
    }


def verified(question: str, target: str) -> Document:
    """A mitigation that has been checked."""
    return {"question": question, "status": "verified", "target": target, "evidence": "E4"}


# ---------------------------------------------------------------------------------------------
# Completions
# ---------------------------------------------------------------------------------------------


def state_of(given: Any) -> str:
    """The state of a stored answer; what is missing is unanswered."""
    if given is None:
        return "unanswered"
    return "answered" if isinstance(given, str) else given.get("state", "answered")


def open_names(framework: Document, line: Line) -> list[str]:
    """Everything nobody has answered, facts first; of any pack, hidden or not."""
    return [
        name
        for name in option_ids(framework)
        if state_of(line["answers"].get(name)) in OPEN_STATES
    ]


def with_answers(line: Line, chosen: Mapping[str, str], grade: str) -> Line:
    """The line with these options answered at one grade, everything else left as it is."""
    added = {name: {"option": option, "evidence": grade} for name, option in chosen.items()}
    return {**line, "answers": {**line["answers"], **added}}


def random_completion(
    rng: Random, framework: Document, line: Line, grade: str, lean: float = 0.0
) -> Line:
    """The line with an option for every open fact and question, all at one grade."""
    options = option_ids(framework)
    chosen = {
        name: random_option(rng, options[name], 0, lean) for name in open_names(framework, line)
    }
    return with_answers(line, chosen, grade)


def every_completion(framework: Document, line: Line, grade: str) -> Iterator[Line]:
    """The line with every choice of options for its open facts and questions, in turn."""
    options = option_ids(framework)
    names = open_names(framework, line)
    for chosen in product(*(options[name] for name in names)):
        yield with_answers(line, dict(zip(names, chosen, strict=True)), grade)


def with_few_completions(rng: Random, framework: Document, line: Line, most: int) -> Line:
    """The line with open questions answered, one by one, until few completions are left."""
    options = option_ids(framework)
    names = open_names(framework, line)
    rng.shuffle(names)
    while prod(len(options[name]) for name in names) > most:
        name = names.pop()
        line = with_answers(line, {name: rng.choice(options[name])}, rng.choice(GRADES))
    return line


def rngs() -> st.SearchStrategy[Random]:
    """A source of chance that Hypothesis steers, and makes smaller when a test fails."""
    return st.randoms(use_true_random=False)


def seeded_rngs() -> st.SearchStrategy[Random]:
    """A source of chance by its seed: faster, for big cases that are not made smaller anyway."""
    return st.integers(0, 2**32 - 1).map(Random)
