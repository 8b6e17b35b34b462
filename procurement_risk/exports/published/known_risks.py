"""Known risks in words that may be published: a draft for a notice, and the lines of OCDS.

The text for a notice names what an officer has marked as a known risk, with why it qualifies: no
score, no answer, no supplier. What the contract itself can deal with stands in the conditions.
Source: Procurement Act 2023, section 74 and Schedule 8, paragraph 5.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from procurement_risk.assessment import KnownRisk
from procurement_risk.assessment.publication import Published
from procurement_risk.errors import UsageError
from procurement_risk.exports.export import Export, Exported
from procurement_risk.exports.published.today import named, published
from procurement_risk.framework import Framework, Question
from procurement_risk.framework.words import short_title
from procurement_risk.language import N_, _
from procurement_risk.language.phrases import counted
from procurement_risk.language.text import one_line
from procurement_risk.methods import AnyResult, evaluate
from procurement_risk.methods.impact_mitigation import ImpactResult
from procurement_risk.methods.values import acting_status
from procurement_risk.methods.weakest_section import Result
from procurement_risk.profile import findings

ABOUT_OURSELVES = "internal"

NONE_KNOWN = N_("No risk was found that could keep the contract from being performed well.")
FICTIONAL = N_("Fictional demonstration data: everything in this text is invented.")
MORE = N_("Not every question is answered yet, so further risks may become known.")
SHORT = N_("Falls short: {question}")
# Worded alike whether nobody asked, nobody knew, or the supplier would not say.
OPEN = N_("Not settled yet: {question}")
PLACED = N_("{section}. {text}")
TREATED = N_("Treated by: {treatment}.")
UNTREATED = N_("A treatment is still to be agreed.")


def at_risk(result: AnyResult, *, conditions: bool = False) -> Iterator[Question]:
    """Yield the questions that name a known risk, each once, the gravest first.

    Those with an open condition are among them only where these are wanted as well.
    """
    return AT_RISK[result.framework.method](result, conditions)


def _short_measures(result: ImpactResult, _conditions: bool) -> Iterator[Question]:
    """Yield each measure against harm that is asked about and gives no points."""
    for question in result.framework.questions():
        if question.scores == "mitigation" and result.asked[question.id]:
            answer = result.answer_set.answers.get(question.id)
            chosen = [question.option(name) for name in answer.options] if answer else []
            if not any(option.points for option in chosen if option is not None):
                yield question


def _found_wanting(result: Result, conditions: bool) -> Iterator[Question]:
    """Yield where a finding has weight, a condition is open, or a stop or flag may still fire."""
    framework, answers = result.framework, result.answer_set
    found = [each.question.id for each in findings.find(result) if each.kind != "evidence"]
    if conditions:
        found += [each.question for each in answers.mitigations if each.status != "verified"]
    found += (*result.red_flags.stops_pending, *result.red_flags.flags_pending)
    known = (framework.by_id[name] for name in dict.fromkeys(found))
    yield from (question for question in known if not question.is_fact)


# By the name of the method.
AT_RISK: Mapping[str, Callable[[Any, bool], Iterator[Question]]] = {
    "weakest-section": _found_wanting,
    "impact-mitigation": _short_measures,
}


# --- The text for a notice ----------------------------------------------------------------


def write(assessments: Sequence[Exported]) -> bytes:
    """Return the text for one purchase, from one assessment or from several bids for it.

    Raises:
        UsageError: If they are not of one purchase against one framework version.
    """
    purchases = {each.assessment.purchase.id for each in assessments}
    versions = {(each.framework.id, each.framework.version) for each in assessments}
    if len(purchases) != 1 or len(versions) != 1:
        raise UsageError(
            _(
                "Known risks are written for one purchase, from assessments against one version "
                "of one framework. Export each purchase by itself."
            )
        )
    shown = [published(each) for each in assessments]
    found, ours, hidden = _found(assessments, shown)
    framework = assessments[0].framework
    chosen = _chosen(shown, hidden)
    others = len(found - chosen.keys())
    paragraphs = [_paragraph(framework, topic, risk) for topic, risk in chosen.items()]
    lines = [*_for_the_officer(assessments, ours, len(hidden), others), ""]
    purchase = shown[0].assessment.purchase
    title = _("Known risks: {title}, {buyer}").format(
        title=one_line(purchase.title), buyer=one_line(purchase.buyer)
    )
    lines += [title, ""]
    if paragraphs:
        lines.append(
            _(
                "The authority considers that these risks could keep the contract from being "
                "performed satisfactorily and, because of their nature, cannot be dealt with in "
                "the contract as awarded. If one arises, the contract may have to be changed."
            )
        )
    else:
        lines.append(_("The assessment names no known risk that can stand in a notice."))
    for number, paragraph in enumerate(paragraphs, 1):
        lines += ["", f"{number}. {one_line(paragraph)}"]
    return ("\n".join(lines) + "\n").encode()


def _found(
    assessments: Iterable[Exported], shown: Iterable[Published]
) -> tuple[set[str], int, set[str]]:
    """Return the topics that findings call for, how many are about the buyer, and the withheld.

    A topic is withheld where the answer to one of its questions is: to name it would tell.
    """
    topics: set[str] = set()
    ours: set[str] = set()
    withheld: set[str] = set()
    for exported, what_is_shown in zip(assessments, shown, strict=True):
        outcome = evaluate(exported.framework, exported.assessment.answer_set)
        for question in at_risk(outcome) if exported.framework.scored_sections else ():
            if question.id in what_is_shown.answers:
                withheld.add(topic_of(question))
            elif question.procurement_use == ABOUT_OURSELVES:
                ours.add(question.id)
            else:
                topics.add(topic_of(question))
    return topics - withheld, len(ours), withheld


def topic_of(question: Question) -> str:
    """Return what a known risk is marked by: the question's first clause, else the question."""
    return question.clauses[0] if question.clauses else question.id


def topics_of(framework: Framework, result: AnyResult) -> dict[str, tuple[Question, ...]]:
    """Return the topics that can be marked as known risks, in order, each with its questions.

    Those are what findings call for and what may still stop the purchase, but for questions about
    the buyer itself.
    """
    at_stake = {q.id for q in at_risk(result)} if framework.scored_sections else set()
    found: dict[str, tuple[Question, ...]] = {}
    for question in framework.questions():
        if question.id in at_stake and question.procurement_use != ABOUT_OURSELVES:
            topic = topic_of(question)
            found[topic] = (*found.get(topic, ()), question)
    return found


def topic_title(framework: Framework, topic: str) -> str:
    """Return the heading of a topic's clause, else what its question asks."""
    clause = framework.clause(topic)
    if clause is not None:
        return one_line(clause.heading)
    question = framework.by_id.get(topic)
    return one_line(question.ask) if question is not None else topic


def _chosen(shown: Iterable[Published], hidden: Collection[str]) -> dict[str, KnownRisk]:
    """Return what is marked as a known risk in any bid, but for topics that are withheld."""
    found: dict[str, KnownRisk] = {}
    for each in shown:
        for topic, risk in each.assessment.known_risks.items():
            if topic not in hidden:
                found.setdefault(topic, risk)
    return found


def _paragraph(framework: Framework, topic: str, risk: KnownRisk) -> str:
    """Return a known risk in words: its heading, what may happen, and why it qualifies."""
    clause = framework.clause(topic)
    happens = one_line(risk.risk)
    if not happens and clause is not None and clause.outcome:
        words = _("This may not hold throughout the contract: “{outcome}”")
        happens = words.format(outcome=one_line(clause.outcome))
    why = _("By its nature it cannot be dealt with in the contract: {why}")
    said = [_stopped(topic_title(framework, topic)), _stopped(happens) if happens else ""]
    return " ".join(filter(None, [*said, why.format(why=one_line(risk.why))]))


def _stopped(text: str) -> str:
    return text if text[-1:] in ".?!”" else f"{text}."


def _for_the_officer(
    assessments: Sequence[Exported], ours: int, hidden: int, others: int
) -> Iterator[str]:
    """Yield what the officer has to know, in brackets: none of it is part of the notice."""
    yield _(
        "[DRAFT. An officer must edit this text and remove every line in square brackets before "
        "it is published. It is not legal advice.]"
    )
    yield _(
        "[A known risk could jeopardise satisfactory performance of the contract but, because of "
        "its nature, could not be addressed in the contract as awarded (Procurement Act 2023, "
        "Schedule 8, paragraph 5). Whatever a clause can deal with is none. Mark those that "
        "qualify, each with why, under Details, Known risks.]"
    )
    if others:
        words = counted(
            others,
            "{n} other topic is for the contract and stands in Conditions and clauses.",
            "{n} other topics are for the contract and stand in Conditions and clauses.",
        )
        yield f"[{words}]"
    if any(each.assessment.fictional for each in assessments):
        yield _("[Fictional demonstration data: all of it is invented.]")
    for notice in dict.fromkeys(each.foreign_notice for each in assessments):
        if notice:
            yield f"[{notice}]"
    if any(each.assessment.purchase.chosen_supplier for each in assessments):
        yield _(
            "[A supplier is recorded as chosen. A risk counts as known only if it was named in "
            "the tender or transparency notice before award.]"
        )
    if not all(each.framework.scored_sections for each in assessments):
        yield _(
            "[This framework counts points and names no findings: write known risks from its "
            "answers yourself.]"
        )
    if ours:
        yield (
            "["
            + counted(
                ours,
                "{n} finding about the buyer itself is left out.",
                "{n} findings about the buyer itself are left out.",
            )
            + "]"
        )
    if hidden:
        yield (
            "["
            + counted(
                hidden,
                "{n} topic is left out because an answer on it is withheld.",
                "{n} topics are left out because answers on them are withheld.",
            )
            + "]"
        )


# --- The text for OCDS --------------------------------------------------------------------


def risk_details(
    result: AnyResult, *, fictional: bool, notice: str = "", hidden: frozenset[str] = frozenset()
) -> str:
    """Return the risks a line each, gravest first, in the language in use.

    Args:
        result: What the method made of the answers.
        fictional: Whether it is made up, which the text then says first.
        notice: What has to be known of the result before anything else, or empty.
        hidden: Questions whose answer is withheld; all reads as though nobody had answered them.
    """
    if hidden:
        result = _without(result, hidden)
    lines = [_(FICTIONAL)] if fictional else []
    lines += [notice] if notice else []
    found = [_line(result, question) for question in at_risk(result, conditions=True)]
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


def _line(result: AnyResult, question: Question) -> str:
    answer = result.answer_set.answers.get(question.id)
    is_open = answer is None or not answer.option
    words = (_(OPEN) if is_open else _(SHORT)).format(question=one_line(question.ask))
    if not is_open and question.scores is None:
        words = f"{words} {_treatment(result, question)}"
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


EXPORT = Export(
    name="known-risks",
    title=N_("Known risks for the notice (text draft)"),
    purpose=N_(
        "For the tender or transparency notice, before a supplier is chosen; to be edited."
    ),
    ending="txt",
    media_type="text/plain",
    use="contract",
    one_each=True,
    write=write,
    wants=frozenset({"words"}),
    named=named,
)
