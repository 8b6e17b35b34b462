"""Conditions and clauses as a Word document, for the team that writes the contract.

It is for colleagues and carries what is withheld elsewhere: it says so at its top.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from procurement_risk.assessment import Mitigation
from procurement_risk.assessment.overdue import in_order, standing
from procurement_risk.assessment.words import answer_text
from procurement_risk.exports.docx_writing import MEDIA_TYPE, Writer
from procurement_risk.exports.export import Export, Exported
from procurement_risk.exports.published.risk_topics import topic_title
from procurement_risk.exports.published.today import the_only
from procurement_risk.exports.sealed import Matter, matter
from procurement_risk.framework import Clause, Framework, Question, words as framework_words
from procurement_risk.language import N_, _
from procurement_risk.language.heard import listening
from procurement_risk.language.phrases import counted, day
from procurement_risk.methods.weakest_section import Result
from procurement_risk.profile import benefit_words, findings, words as profile_words

NOTHING = "–"


def write(assessments: Sequence[Exported]) -> bytes:
    """Return the document of one assessment.

    Raises:
        UsageError: If there is not exactly one.
    """
    made = matter(the_only(assessments))
    about = made.exported.assessment
    title = _("Conditions and clauses: {title}").format(title=about.purchase.title)
    with listening() as heard:
        writer = Writer(title, about.supplier.name, wide=True)
        _write_top(writer, made)
        _write_decision(writer, made)
        _write_conditions(writer, made)
        _write_benefits(writer, made)
        _write_findings(writer, made)
        _write_known_risks(writer, made)
        writer.heading(_("What this rests on"))
        writer.paragraph(_basis(made))
        writer.paragraph(_("SHA-256 of the record: {digest}").format(digest=made.digest))
    return writer.bytes(heard, made.exported.framework.language)


def _write_top(writer: Writer, made: Matter) -> None:
    about = made.exported.assessment
    if about.fictional:
        writer.paragraph(_("Fictional demonstration data: all of it is invented."), strong=True)
    if notice := made.exported.foreign_notice:
        writer.paragraph(notice, strong=True)
    writer.paragraph(
        _("{buyer}, from {supplier}").format(
            buyer=about.purchase.buyer, supplier=about.supplier.name
        )
    )
    writer.paragraph(
        _(
            "For colleagues, not for publication: names and confidential answers can stand in it. "
            "The headings name clauses and the outcomes say what each should achieve. None of it "
            "is legal wording: ask your legal adviser."
        ),
        strong=True,
    )


def _write_decision(writer: Writer, made: Matter) -> None:
    """Say what was decided, by whom and why, and which stops were overridden."""
    about = made.exported.assessment
    writer.heading(_("What was decided"))
    decision = about.decision
    if decision is None:
        writer.paragraph(_("Nothing is recorded as decided yet."))
    else:
        words = _("{decision}, by {name}, {date}.")
        label = framework_words.decision(decision.decision)
        writer.paragraph(words.format(decision=label, name=decision.by, date=day(decision.at)))
        if made.outcome.recommendation not in ("", decision.decision):
            writer.paragraph(_("This differs from what is recommended."))
        if decision.reason:
            writer.paragraph(_("Reason: {reason}").format(reason=decision.reason))
        if decision.review_by:
            words = _("Look again by {date}.")
            writer.paragraph(words.format(date=day(decision.review_by)))
    if about.purchase.chosen_supplier:
        words = _("Chosen supplier: {name}")
        writer.paragraph(words.format(name=about.purchase.chosen_supplier))
    words = _("The stop on {question} was overridden by {name}, {date}, until {until}: {reason}")
    writer.points(
        words.format(
            question=each.question,
            name=each.by,
            date=day(each.at),
            until=day(each.until),
            reason=each.reason,
        )
        for each in about.overrides
    )


def _write_known_risks(writer: Writer, made: Matter) -> None:
    """List what the contract cannot deal with; where nothing is marked, nothing is said."""
    marked = made.exported.assessment.known_risks
    if marked:
        writer.heading(_("Known risks, which the contract cannot deal with"))
        framework = made.exported.framework
        writer.points(
            _("{topic}: {why}").format(topic=topic_title(framework, topic), why=risk.why)
            for topic, risk in marked.items()
        )


def _write_benefits(writer: Writer, made: Matter) -> None:
    """List what was promised beside what was found: the contract has to hold it as well."""
    found = made.exported.assessment.benefits
    if found:
        writer.heading(_("Promised and found"))
        rows = [benefit_words.cells(each) for each in found]
        writer.table(benefit_words.columns(), rows, (6, 6, 6, 4, 6))


def _basis(made: Matter) -> str:
    about, framework = made.exported.assessment, made.exported.framework
    return _("As of {date}. {framework}, version {version}.").format(
        date=day(about.answer_set.as_of), framework=framework.title, version=framework.version
    )


# --- Conditions ---------------------------------------------------------------------------


def open_conditions(made: Matter) -> list[Mitigation]:
    """Return the conditions that are not verified, those due first at the top."""
    scored = made.exported.assessment.answer_set
    return in_order((m for m in scored.mitigations if m.status != "verified"), scored.as_of)


def _write_conditions(writer: Writer, made: Matter) -> None:
    unmet = open_conditions(made)
    framework, answer_set = made.exported.framework, made.exported.assessment.answer_set
    writer.heading(_("Open conditions"))
    if unmet:
        writer.table(
            (
                _("Question"),
                _("Clause heading"),
                _("Outcome sought"),
                _("Owner"),
                _("Due"),
                _("Status"),
            ),
            [_condition(framework, each, answer_set.as_of) for each in unmet],
            (9, 7, 9, 5, 4, 4),
        )
    else:
        writer.paragraph(_("No condition is open."))
    if met := len(answer_set.mitigations) - len(unmet):
        writer.paragraph(
            counted(
                met, "{n} condition is verified as met.", "{n} conditions are verified as met."
            )
        )


def _condition(framework: Framework, each: Mitigation, as_of: str) -> tuple[str, ...]:
    question = framework.by_id.get(each.question)
    asked = _asked(question) if question else each.question
    clauses = clauses_of(framework, each)
    outcomes = " ".join(clause.outcome for clause in clauses if clause.outcome)
    return (
        asked,
        each.clause or ("; ".join(clause.heading for clause in clauses) or NOTHING),
        outcomes or _("Not in the framework: to be written"),
        each.owner or _("nobody yet"),
        day(each.due) if each.due else _("no date"),
        standing(each, as_of),
    )


def clauses_of(framework: Framework, mitigation: Mitigation) -> list[Clause]:
    """Return the framework's clauses that a condition names, else those of its question.

    A condition with a clause in words of its own has none of the framework's.
    """
    if not mitigation.clause:
        question = framework.by_id.get(mitigation.question)
        return _clauses(framework, question) if question else []
    # Longest first: a heading may stand in another, as "Training" does in "No-training".
    headings = sorted({_plain(each.heading) for each in framework.clauses}, key=len, reverse=True)
    said, named = _plain(mitigation.clause), set()
    for heading in headings:
        said, count = re.subn(rf"(?<!\w){re.escape(heading)}(?!\w)", "\n", said)
        if count:
            named.add(heading)
    return [each for each in framework.clauses if _plain(each.heading) in named]


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _clauses(framework: Framework, question: Question) -> list[Clause]:
    return [c for c in map(framework.clause, question.clauses) if c is not None]


def _asked(question: Question) -> str:
    return _("{question}: {words}").format(question=question.id, words=question.ask)


# --- Findings -----------------------------------------------------------------------------


def _write_findings(writer: Writer, made: Matter) -> None:
    writer.heading(_("Findings whose clause is no condition yet"))
    if not made.outcome.framework.scored_sections:
        writer.paragraph(
            _(
                "This questionnaire counts points and names no findings. Look at its "
                "answers instead."
            )
        )
        return
    rows = list(_findings(made))
    if not rows:
        writer.paragraph(_("None: each clause that a finding calls for is a condition."))
        return
    writer.table(
        (_("Question"), _("Finding"), _("Answer"), _("Clause heading"), _("Outcome sought")),
        rows,
        (9, 4, 8, 7, 9),
    )


def _findings(made: Matter) -> Iterator[tuple[str, ...]]:
    """Yield each clause of a finding that no condition names, verified ones included.

    So that no topic is lost, the clauses of stops and flags that may still fire are among them;
    what is marked as a known risk is not, since no clause can deal with it.
    """
    framework, result = made.exported.framework, made.outcome
    taken = {
        clause.id
        for each in result.answer_set.mitigations
        for clause in clauses_of(framework, each)
    }
    taken |= made.exported.assessment.known_risks.keys()
    found = list(findings.find(result))
    for finding in found:
        for clause in finding.clauses:
            if clause.id not in taken:
                yield (
                    _asked(finding.question),
                    profile_words.finding_kind(finding.kind),
                    answer_text(finding.question, finding.answer),
                    clause.heading,
                    clause.outcome or NOTHING,
                )
    told = {finding.question.id for finding in found}
    flags = result.red_flags if isinstance(result, Result) else None
    pending = (*flags.stops_pending, *flags.flags_pending) if flags else ()
    for question in (framework.by_id[name] for name in dict.fromkeys(pending) if name not in told):
        for clause in _clauses(framework, question):
            if clause.id not in taken:
                answer = result.answer_set.answers.get(question.id)
                said = answer_text(question, answer)
                outcome = clause.outcome or NOTHING
                yield _asked(question), _("May still fire"), said, clause.heading, outcome


EXPORT = Export(
    name="conditions",
    title=N_("Conditions and clauses (Word)"),
    purpose=N_("For the contract team: what the contract has to settle. Not for publication."),
    ending="docx",
    media_type=MEDIA_TYPE,
    use="contract",
    one_each=True,
    write=write,
    wants=frozenset({"words"}),
)
