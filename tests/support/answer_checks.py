"""A line of answers to a small framework, and every problem the check of answers has with it."""

from procurement_risk.assessment.answers import check_answers
from procurement_risk.errors import InvalidAnswers
from procurement_risk.framework.document import framework_from_document
from tests.support.answer_sets import AS_OF
from tests.support.small_frameworks import question, section, small_framework

FLAG = {"options": ["e"], "class": "flag"}
SMALL = framework_from_document(
    small_framework(
        section(
            "Q",
            "decisive",
            question("Q-1"),
            question("Q-2", red_flag=FLAG),
            question("Q-3", when={"question": "Q-4", "in": ["a"]}),
            question("Q-4"),
            {**question("MANY"), "type": "multiple"},
            {**question("TEXT"), "type": "text", "options": []},
            {**question("NUMBER"), "type": "number", "options": []},
            {**question("DATE"), "type": "date", "options": []},
        )
    )
)


def problems_with(document, framework=SMALL, pack="full"):
    """Every problem as (where, message); empty where the answers are allowed."""
    try:
        check_answers(framework, document, pack)
    except InvalidAnswers as error:
        return [(problem.where, problem.message) for problem in error.problems]
    return []


def line(answers=(), mitigations=()):
    return {"as_of": AS_OF, "answers": dict(answers), "mitigations": list(mitigations)}
