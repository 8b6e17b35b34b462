"""The known risks of a purchase in words that may be published with a notice.

Only the framework's own words are used: no score, no answer, no note and no name of a person,
so that nothing a supplier said in confidence, or refused to say, can be read out of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from procurement_risk.framework import Question
from procurement_risk.framework.words import short_title
from procurement_risk.language import N_, _
from procurement_risk.language.text import one_line
from procurement_risk.methods import AnyResult, evaluate
from procurement_risk.methods.impact_mitigation import ImpactResult
from procurement_risk.methods.values import acting_status
from procurement_risk.methods.weakest_section import Result
from procurement_risk.profile.findings import find

NONE_KNOWN = N_("No risk was found that could keep the contract from being performed well.")
FICTIONAL = N_("Fictional demonstration data: everything in this text is invented.")
MORE = N_("Not every question is answered yet, so further risks may become known.")
SHORT = N_("Falls short: {question}")
# Worded alike whether nobody asked, nobody knew, or the supplier would not say.
OPEN = N_("Not settled yet: {question}")
PLACED = N_("{section}. {text}")
TREATED = N_("Treated by: {treatment}.")
UNTREATED = N_("A treatment is still to be agreed.")


def known_risks(
    result: AnyResult, *, fictional: bool, hidden: frozenset[str] = frozenset()
) -> str:
    """Return the risks a line each, gravest first, in the language in use.

    Args:
        result: What the method made of the answers.
        fictional: Whether it is made up, which the text then says first.
        hidden: Questions whose answer is withheld; all reads as though nobody had answered them.
    """
    if hidden:
        result = _without(result, hidden)
    lines = [_(FICTIONAL)] if fictional else []
    found = list(_impact(result) if isinstance(result, ImpactResult) else _weakest(result))
    lines += found
    if result.open or hidden:
        lines.append(_(MORE))
    elif not found:
        lines.append(_(NONE_KNOWN))
    return "\n".join(lines)


def _without(result: AnyResult, hidden: frozenset[str]) -> AnyResult:
    """Return what the method makes of the other answers: which lines there are tells as well."""
    given = result.answer_set
    kept = {name: answer for name, answer in given.answers.items() if name not in hidden}
    return evaluate(result.framework, replace(given, answers=kept))


def _weakest(result: Result) -> Iterator[str]:
    """Yield a line for each finding of weight, open condition, and stop or flag that may fire."""
    by_id, flags = result.framework.by_id, result.red_flags
    found = [each.question.id for each in find(result) if each.kind != "evidence"]
    found += [
        each.question
        for each in result.answer_set.mitigations
        if each.status != "verified" and not by_id[each.question].is_fact
    ]
    pending = [name for name in (*flags.stops_pending, *flags.flags_pending) if name not in found]
    for name in dict.fromkeys([*found, *pending]):
        question = by_id[name]
        if _is_open(result, name):
            yield _line(result, question, _(OPEN).format(question=one_line(question.ask)))
        else:
            words = _(SHORT).format(question=one_line(question.ask))
            yield _line(result, question, f"{words} {_treatment(result, question)}")


def _is_open(result: AnyResult, name: str) -> bool:
    answer = result.answer_set.answers.get(name)
    return answer is None or not answer.option


def _impact(result: ImpactResult) -> Iterator[str]:
    """Yield a line for each measure against harm that is asked about and gives no points."""
    for question in result.framework.questions():
        if question.scores != "mitigation" or not result.asked[question.id]:
            continue
        answer = result.answer_set.answers.get(question.id)
        chosen = [question.option(name) for name in answer.options] if answer else []
        if not any(option.points for option in chosen if option is not None):
            words = _(OPEN) if _is_open(result, question.id) else _(SHORT)
            yield _line(result, question, words.format(question=one_line(question.ask)))


def _line(result: AnyResult, question: Question, words: str) -> str:
    section = one_line(short_title(result.framework.section(question.section)))
    return f"- {_(PLACED).format(section=section, text=words)}"


def _treatment(result: AnyResult, question: Question) -> str:
    """Return how the risk is treated: by clause headings, where a mitigation counts."""
    headings = [
        one_line(clause.heading)
        for clause in map(result.framework.clause, question.clauses)
        if clause is not None
    ]
    words = "; ".join(headings) or one_line(question.treatment)
    for mitigation in result.answer_set.mitigations:
        agreed = acting_status(mitigation, result.answer_set.as_of) != "proposed"
        if mitigation.question == question.id and agreed and words:
            return _(TREATED).format(treatment=words)
    return _(UNTREATED)
