"""Known risks in words that may be published: a draft for a notice, and the lines of OCDS.

Both name what an officer has marked as a known risk, with why it qualifies, and nothing else: no
score, no answer, no supplier. What the contract itself can deal with stands in the conditions.
Source: Procurement Act 2023, section 74 and Schedule 8, paragraph 5.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from procurement_risk.assessment import KnownRisk
from procurement_risk.assessment.published import Published
from procurement_risk.errors import UsageError
from procurement_risk.exports.export import Export, Exported
from procurement_risk.exports.published.risk_topics import (
    ABOUT_OURSELVES,
    at_risk,
    topic_of,
    topic_title,
)
from procurement_risk.exports.published.today import named, published
from procurement_risk.framework import Framework
from procurement_risk.language import N_, _
from procurement_risk.language.phrases import counted
from procurement_risk.language.text import one_line
from procurement_risk.methods import evaluate

FICTIONAL = N_("Fictional demonstration data: everything in this text is invented.")


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
                "of one questionnaire. Export each purchase by itself."
            )
        )
    shown = [published(each) for each in assessments]
    found, ours, hidden = _found(assessments, shown)
    framework = assessments[0].framework
    kept_back = set().union(*(_withheld(framework, each) for each in shown))
    hidden |= kept_back & {topic for each in shown for topic in each.assessment.known_risks}
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


def _withheld(framework: Framework, shown: Published) -> set[str]:
    """Return the topics of which an answer is withheld, good or bad: what is left out tells."""
    return {topic_of(each) for each in framework.questions() if each.id in shown.answers}


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
            "[This questionnaire counts points and names no findings: write known risks from its "
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


def risk_details(exported: Exported) -> str:
    """Return the known risks, a line each, as they stand in the text for a notice; or empty.

    What has to be known of them comes first: that all is invented, or whose the questionnaire is.
    """
    shown = published(exported)
    chosen = _chosen([shown], _withheld(exported.framework, shown))
    lines = [_(FICTIONAL)] if exported.assessment.fictional else []
    lines += [exported.foreign_notice] if exported.foreign_notice else []
    lines += [_paragraph(exported.framework, topic, risk) for topic, risk in chosen.items()]
    return "\n".join(map(one_line, lines))


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
