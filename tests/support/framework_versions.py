"""Versions of the small frameworks drawn by chance, and answers to every type of question."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from functools import cache
from random import Random
from typing import Any

from procurement_risk.assessment import Answer, AnswerSet, Mitigation
from procurement_risk.framework import Framework, Question
from procurement_risk.framework.document import check_framework, framework_from_document
from tests.support.answer_sets import AS_OF, BEFORE, ON_OR_AFTER
from tests.support.framework_documents import IMPACT, SMALL
from tests.support.reference_scoring import GRADES, OPEN_STATES

Document = dict[str, Any]

BASES = {"small": SMALL, "small-impact": IMPACT}
TEXTS = {"text": "As before", "number": "12.5", "date": "2027-03-31"}


def random_answer_set(rng: Random, framework: Framework) -> AnswerSet:
    """Valid answers, with notes, and mitigations where there may be some."""
    answers = {}
    for question in framework.by_id.values():
        if rng.random() < 0.8:
            answers[question.id] = _random_answer(rng, framework, question)
    names = list(answers)
    rng.shuffle(names)
    mitigations = [
        _random_mitigation(rng, q, answers.get(q.id))
        for q in framework.questions()
        if q.type == "single" and rng.random() < 0.5
    ]
    return AnswerSet(
        as_of=AS_OF,
        pack=rng.choice(framework.packs).id,
        answers={name: answers[name] for name in names},
        mitigations=tuple(mitigations),
    )


def _random_answer(rng: Random, framework: Framework, question: Question) -> Answer:
    notes = {
        "evidence": rng.choice(GRADES),
        "valid_until": rng.choice(["", *BEFORE, *ON_OR_AFTER]),
        "link": rng.choice(["", "https://example.org/contract"]),
        "note": rng.choice(["", "Said on the telephone"]),
        "by": "Ana",
    }
    if rng.random() < 0.3:
        notes = {}
    if rng.random() < 0.2:
        return Answer(state=rng.choice(OPEN_STATES), **notes)
    if framework.may_be_inapplicable(question) and rng.random() < 0.4:
        return Answer(state="not_applicable", reason="Does not arise here", **notes)
    ids = [option.id for option in question.options]
    if question.type == "single":
        return Answer(options=(rng.choice(ids),), **notes)
    if question.type == "multiple":
        return Answer(options=tuple(rng.sample(ids, rng.randint(1, len(ids)))), **notes)
    return Answer(text=TEXTS[question.type], **notes)


def _random_mitigation(rng: Random, question: Question, answer: Answer | None) -> Mitigation:
    target = rng.choice(question.options).id
    counts = answer is None or answer.state != "not_applicable"
    status = rng.choice(["proposed", "agreed", "verified"]) if counts else "proposed"
    needed = {
        "proposed": {},
        "agreed": {"owner": "Ben", "due": rng.choice(BEFORE + ON_OR_AFTER), "clause": "4"},
        "verified": {"evidence": "E4"},
    }
    return Mitigation(question=question.id, status=status, target=target, **needed[status])


def chosen(*options: str, **rest: Any) -> Answer:
    """An answer that chooses these options."""
    return Answer(options=options, **rest)


# --- Versions -----------------------------------------------------------------------------


def version(document: Document) -> Framework:
    """The framework of a document that has no fault, at the version after."""
    document = {**document, "version": "2026.2"}
    assert check_framework(document) == []
    return framework_from_document(document)


@cache
def base(name: str) -> Framework:
    """One of the small frameworks as it stands."""
    return framework_from_document(BASES[name])


def random_version(rng: Random, document: Document, most: int = 15) -> Framework:
    """The framework after one to ``most`` changes that leave it valid, at a new version."""
    wanted = rng.randint(1, most)
    for _ in range(4 * most):
        if not wanted:
            break
        tried = deepcopy(document)
        rng.choice(MUTATIONS)(rng, tried)
        if not check_framework(tried):
            document, wanted = tried, wanted - 1
    return framework_from_document({**document, "version": "next"})


def _section(rng: Random, document: Document) -> Document:
    section: Document = rng.choice(document["sections"])
    return section


def _question(rng: Random, document: Document) -> Document:
    question: Document = rng.choice(_section(rng, document)["questions"])
    return question


def _remove_question(rng: Random, document: Document) -> None:
    questions = _section(rng, document)["questions"]
    questions.pop(rng.randrange(len(questions)))


def _add_question(rng: Random, document: Document) -> None:
    added = deepcopy(_question(rng, document))
    added["id"] = f"NEW-{rng.randrange(1000)}"
    _section(rng, document)["questions"].append(added)


def _move_question(rng: Random, document: Document) -> None:
    questions = _section(rng, document)["questions"]
    _section(rng, document)["questions"].append(questions.pop(rng.randrange(len(questions))))


def _reweight(rng: Random, document: Document) -> None:
    question = _question(rng, document)
    if "weight" in question:
        question["weight"] = rng.randint(1, 9)
    elif "scores" in question:
        question["scores"] = rng.choice(["raw", "mitigation"])


def _reword(rng: Random, document: Document) -> None:
    question = _question(rng, document)
    option = rng.choice(question.get("options", [{}]))
    if option and rng.random() < 0.5:
        option["label"] = "Reworded"
    else:
        question["ask"] = "Reworded?"


def _retype(rng: Random, document: Document) -> None:
    question = _question(rng, document)
    question["type"] = rng.choice(["single", "multiple", "text", "number", "date"])
    if question["type"] in TEXTS:
        for key in ("options", "red_flag", "scores"):
            question.pop(key, None)
    elif "options" not in question:
        option = {"id": "a", "label": "A"}
        if "weight" in question:
            question["options"] = [{**option, "risk": 0}, {**option, "id": "b", "risk": 2}]
        else:
            question["options"] = [option]


def _remove_option(rng: Random, document: Document) -> None:
    asked = rng.choice([*document["facts"], _question(rng, document)])
    if "options" in asked:
        options = asked["options"]
        options.pop(rng.randrange(len(options)))


def _add_option(rng: Random, document: Document) -> None:
    question = _question(rng, document)
    if "options" in question:
        last = question["options"][-1]
        added = {**last, "id": "zz", "label": "More"}
        for key in ("risk", "points"):
            if key in added:
                added[key] += 1
        question["options"].append(added)


def _reorder(rng: Random, document: Document) -> None:
    rng.shuffle(document[rng.choice(["sections", "facts", "packs"])])


def _recondition(rng: Random, document: Document) -> None:
    question = _question(rng, document)
    fact = rng.choice(document["facts"])
    if not question.pop("when", None):
        question["when"] = {"question": fact["id"], "in": [rng.choice(fact["options"])["id"]]}


def _flag(rng: Random, document: Document) -> None:
    question = _question(rng, document)
    if not question.pop("red_flag", None) and "options" in question:
        question["red_flag"] = {"options": [question["options"][-1]["id"]], "class": "stop"}


def _remove_pack(rng: Random, document: Document) -> None:
    document["packs"].pop(rng.randrange(len(document["packs"])))


def _repolicy(rng: Random, document: Document) -> None:
    policy = document["policy"]
    if "bands" in policy:
        policy["bands"][-1]["from"] = rng.randint(26, 90)
    else:
        policy["mitigation_from"] = rng.randint(10, 100)


def _become_context(rng: Random, document: Document) -> None:
    section = _section(rng, document)
    if "role" in section:
        section["role"] = "context"


MUTATIONS: tuple[Callable[[Random, Document], None], ...] = (
    _remove_question, _add_question, _move_question, _reweight, _reword, _retype, _remove_option,
    _add_option, _reorder, _recondition, _flag, _remove_pack, _repolicy, _become_context,
)  # fmt: skip
