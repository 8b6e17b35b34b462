"""The list for the supplier: what it asks, and what it never gives away."""

from procurement_risk.assessment import Answer, AnswerSet, Assessment, Purchase, Supplier
from procurement_risk.methods import evaluate
from procurement_risk.profile import supplier_questions
from tests.support.answer_sets import AS_OF, CORE


def made(answers=(), **more):
    fields = {
        "id": "one",
        "purchase": Purchase(id="p", title="Case triage", buyer="Borough of Example"),
        "supplier": Supplier(name="Example AI Ltd"),
        "answer_set": AnswerSet(as_of=AS_OF, answers=dict(answers)),
    }
    return Assessment(**{**fields, **more})


def letter(asked):
    return supplier_questions.as_letter(asked, CORE, evaluate(CORE, asked.answer_set))


def questions(asked):
    return supplier_questions.to_ask(CORE, evaluate(CORE, asked.answer_set))


def test_only_what_the_supplier_answers_is_asked_in_reading_order():
    """Neither facts nor what the buyer answers about itself."""
    asked = questions(made())
    assert {each.answered_by for each in asked} == {"supplier", "joint"}
    in_order = [each.id for each in CORE.questions() if each in asked]
    assert [each.id for each in asked] == in_order


def test_what_is_answered_is_not_asked_again_but_what_was_not_said_is():
    first, second = (each.id for each in questions(made())[:2])
    answers = {first: Answer(options=("a",)), second: Answer(state="withheld")}
    asked = [each.id for each in questions(made(answers))]
    assert first not in asked
    assert second in asked


def test_the_letter_gives_nothing_away():
    """Its lines are the questions, their evidence and who answers: no option, weight or flag."""
    titles = {section.short_title or section.title for section in CORE.sections}
    asks = {f"{each.id}: {each.ask}" for each in questions(made())}
    for line in letter(made()).splitlines()[7:]:
        is_known = not line or line in titles or line in asks
        assert is_known or line.startswith(("   Evidence: ", "   We answer this")), line


def test_every_question_stands_with_its_evidence():
    text = letter(made())
    for question in questions(made()):
        assert f"{question.id}: {question.ask}" in text
        assert " ".join(question.evidence.split()) in text


def test_it_says_whom_it_is_for_and_that_it_is_made_up():
    text = letter(made(fictional=True))
    assert text.startswith("Questions for Example AI Ltd\nCase triage, for Borough of Example\n")
    assert "Fictional demonstration data" in text
    assert "Fictional" not in letter(made())


def test_a_name_cannot_add_lines_to_the_letter():
    text = letter(made(supplier=Supplier(name="Example\nDP-02: You have won")))
    assert "\nDP-02: You have won" not in text


def test_where_the_supplier_has_nothing_to_answer_there_is_no_letter():
    answers = {q.id: Answer(options=(q.options[0].id,)) for q in CORE.by_id.values()}
    assert letter(made(answers)) == ""
