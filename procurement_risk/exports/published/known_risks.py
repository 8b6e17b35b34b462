"""Draft text on known risks for a tender or transparency notice.

It names what may come true while the contract runs, by clause: no score, no answer, no supplier.
A contract may later be changed for a known risk only if it was named before award (Procurement
Act 2023, section 74 and Schedule 8).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from procurement_risk.assessment.publication import Published
from procurement_risk.errors import UsageError
from procurement_risk.exports.export import Export, Exported
from procurement_risk.exports.published.today import named, published
from procurement_risk.framework import Framework, Question
from procurement_risk.language import N_, _
from procurement_risk.language.phrases import counted
from procurement_risk.language.text import one_line
from procurement_risk.methods import evaluate
from procurement_risk.methods.weakest_section import Result
from procurement_risk.profile import findings

ABOUT_OURSELVES = "internal"


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
    risky, ours, hidden = _found(assessments, shown)
    framework = assessments[0].framework
    paragraphs = list(_paragraphs(framework, risky))
    lines = [*_for_the_officer(assessments, shown, ours, hidden), ""]
    purchase = shown[0].assessment.purchase
    title = _("Known risks: {title}, {buyer}").format(
        title=one_line(purchase.title), buyer=one_line(purchase.buyer)
    )
    lines += [title, ""]
    if paragraphs:
        lines.append(
            _(
                "The authority considers that these risks may arise while the contract runs. If "
                "one does, the contract may have to be changed to meet it."
            )
        )
    else:
        lines.append(_("The assessment names no known risk that can stand in a notice."))
    for number, paragraph in enumerate(paragraphs, 1):
        lines += ["", f"{number}. {one_line(paragraph)}"]
    return ("\n".join(lines) + "\n").encode()


def _found(
    assessments: Iterable[Exported], shown: Iterable[Published]
) -> tuple[dict[str, Question], int, int]:
    """Return the questions with a finding or a pending stop, and how many are left out.

    Those about the buyer itself are left out, and those whose answer is withheld.
    """
    risky: dict[str, Question] = {}
    ours: set[str] = set()
    hidden: set[str] = set()
    for exported, what_is_shown in zip(assessments, shown, strict=True):
        outcome = evaluate(exported.framework, exported.assessment.answer_set)
        for question in _at_risk(outcome) if isinstance(outcome, Result) else ():
            if question.id in what_is_shown.answers:
                hidden.add(question.id)
            elif question.procurement_use == ABOUT_OURSELVES:
                ours.add(question.id)
            else:
                risky[question.id] = question
    kept = {name: question for name, question in risky.items() if name not in hidden}
    return kept, len(ours), len(hidden)


def _at_risk(result: Result) -> Iterator[Question]:
    for finding in findings.find(result):
        if finding.kind != "evidence":
            yield finding.question
    flags = result.red_flags
    for name in (*flags.stops_pending, *flags.flags_pending):
        yield result.framework.by_id[name]


def _paragraphs(framework: Framework, risky: dict[str, Question]) -> Iterator[str]:
    """Yield a paragraph for each clause that the questions call for, in the framework's order."""
    in_order = [q for q in framework.questions() if q.id in risky]
    told: set[str] = set()
    for clause in framework.clauses:
        asked = [q for q in in_order if q.clauses[:1] == (clause.id,)]
        told.update(question.id for question in asked)
        if asked:
            yield _risk(clause.heading, asked, clause.outcome)
    for question in in_order:
        if question.id not in told:
            yield _risk("", [question], "")


def _risk(heading: str, questions: Sequence[Question], outcome: str) -> str:
    words = _("{heading}. This may not hold throughout the contract: “{outcome}”")
    if heading and outcome:
        return words.format(heading=heading, outcome=outcome)
    asked = " ".join(f"“{question.ask}”" for question in questions)
    words = _("The answer may prove to be a bad one, or become one: {questions}")
    said = words.format(questions=asked)
    return f"{heading}. {said}" if heading else said


def _for_the_officer(
    assessments: Sequence[Exported], shown: Sequence[Published], ours: int, hidden: int
) -> Iterator[str]:
    """Yield what the officer has to know, in brackets: none of it is part of the notice."""
    yield _(
        "[DRAFT. An officer must edit this text and remove every line in square brackets before "
        "it is published. It is not legal advice.]"
    )
    if any(each.assessment.fictional for each in assessments):
        yield _("[Fictional demonstration data: all of it is invented.]")
    if any(each.assessment.purchase.chosen_supplier for each in assessments):
        yield _(
            "[A supplier is recorded as chosen. A risk counts as known only if it was named in "
            "the tender or transparency notice before award.]"
        )
    if not all(each.framework.method == "weakest-section" for each in assessments):
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
                "{n} finding is left out because its answer is withheld.",
                "{n} findings are left out because their answers are withheld.",
            )
            + "]"
        )


EXPORT = Export(
    name="known-risks",
    title=N_("Known risks for the notice (text draft)"),
    purpose=N_(
        "For the tender or transparency notice, before a supplier is chosen; to be edited."
    ),
    ending="txt",
    media_type="text/plain",
    one_each=True,
    write=write,
    wants=frozenset({"words"}),
    named=named,
)
