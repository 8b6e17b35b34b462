"""What a page about one assessment is made from, and what it says whatever the method.

What is asked of the reader, the conditions, money, what the purchase depends on, what is
public, and what the page rests on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from procurement_risk.assessment import OVER_STATES, AnswerSet, Assessment, Mitigation, Upstream
from procurement_risk.assessment.overdue import counts, in_order, is_overdue, standing
from procurement_risk.assessment.vocabulary import UPSTREAM_KINDS, in_words
from procurement_risk.assessment.words import answer_text
from procurement_risk.framework import Framework, Question
from procurement_risk.framework.proposals import proposal_words
from procurement_risk.framework.shipped import SOFTWARE
from procurement_risk.framework.words import decision
from procurement_risk.language import N_, _, current
from procurement_risk.language.numbers import decimal, grouped, per_cent
from procurement_risk.language.phrases import counted, day, from_to, listed
from procurement_risk.methods import AnyResult
from procurement_risk.profile import gates, signers
from procurement_risk.profile import words as profile_words
from procurement_risk.profile.carrying import not_confirmed
from procurement_risk.report.page import (
    Block,
    Facts,
    Line,
    Paragraph,
    Part,
    Points,
    Room,
    Table,
    shortened,
)
from procurement_risk.report.parts import and_more, pounds
from procurement_risk.report.portfolio.figures import PortfolioFacts, UpstreamShare

# Questions are found by the clause that a poor answer pulls in, whatever the framework.
EXIT = ("exit-schedule", "exit-assistance")
PUBLIC_RECORD = ("transparency-record",)
BENEFIT = ("evaluation",)

MOST_ANSWERS = 3
OVER: Mapping[str, str] = {
    "closed": N_("None: this assessment is closed."),
    "withdrawn": N_("None: the purchase was withdrawn."),
    "not_chosen": N_("None: this supplier was not chosen."),
}
LABEL, SENTENCE = 34, 130  # characters that are left to what matters most, however little room


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Everything a page about one assessment is made from.

    Attributes:
        assessment: The assessment.
        framework: Its framework, in the language to be shown.
        outcome: What the framework's method makes of its answers.
        digest: The SHA-256 of its record.
        foreign: What has to be known of a result on a foreign questionnaire, or empty.
        earlier: The framework and answers of the look before this one, or None.
        portfolio: What the portfolio says about this purchase, or None.
        room: How much fits.
    """

    assessment: Assessment
    framework: Framework
    outcome: AnyResult
    digest: str
    foreign: str = ""
    earlier: tuple[Framework, AnswerSet] | None
    portfolio: PortfolioFacts | None
    room: Room

    @property
    def as_of(self) -> str:
        """The day on which the assessment looks at evidence and due dates."""
        return self.assessment.answer_set.as_of

    @property
    def is_purchase(self) -> bool:
        """Whether it is about a purchase, rather than about a supplier as an organisation."""
        return self.framework.subject == "purchase"

    def text(self, text: str) -> str:
        """Return somebody's sentence or two on one line, shortened to what fits."""
        return shortened(text, self.room.text)

    def name(self, text: str) -> str:
        """Return somebody's name for something on one line, shortened to what fits."""
        return shortened(text, self.room.name)

    def label(self, text: str) -> str:
        """Return a framework's own short words, such as a band's; these are cut last."""
        return shortened(text, max(self.room.name, LABEL))

    def sentence(self, text: str) -> str:
        """Return a sentence of ours around a framework's own short words; cut last as well."""
        return shortened(text, max(self.room.text, SENTENCE))

    def date(self, date: str) -> str:
        """Return a date in words; one that is no date as it stands, shortened."""
        return self.name(day(date))


class Found(NamedTuple):
    """What a page says of a result; the evidence stands further down."""

    headline: str
    meaning: str
    top: tuple[Line, ...]
    parts: tuple[Part, ...]
    evidence: tuple[Part, ...] = ()


# --- The top ------------------------------------------------------------------------------


def title(subject: Subject) -> str:
    """Return what the page is about."""
    about = subject.assessment
    return subject.text(about.purchase.title if subject.is_purchase else about.supplier.name)


def subtitle(subject: Subject) -> str:
    """Return who buys from whom."""
    buyer = subject.name(subject.assessment.purchase.buyer)
    if not subject.is_purchase:
        return _("The supplier as an organisation, looked at by {buyer}").format(buyer=buyer)
    supplier = subject.name(subject.assessment.supplier.name)
    return _("{buyer}, from {supplier}").format(buyer=buyer, supplier=supplier)


def notice(subject: Subject) -> str:
    """Return that all is made up, the questionnaire foreign, or only proposed, where it is so."""
    made_up = ""
    if subject.assessment.fictional:
        made_up = _(
            "Fictional demonstration data. The buyer, the supplier, the numbers and the "
            "identifiers are invented."
        )
    proposed = proposal_words(subject.framework, subject.assessment.answer_set.pack)
    return " ".join(filter(None, (made_up, subject.foreign, proposed)))


def headline_lead(subject: Subject) -> str:
    """Return what the headline is: a recommendation, or a result without one."""
    return _("Recommendation") if subject.outcome.recommendation else _("Result")


def asked(subject: Subject) -> Line:
    """Return what is asked of the reader, or what was decided already."""
    about = subject.assessment
    decided = about.decision
    open_triggers = [trigger for trigger in about.triggers if not trigger.resolved_at]
    if about.state in OVER_STATES:
        text = _(OVER[about.state])
    elif open_triggers:
        what = listed([subject.name(in_words(trigger.what)) for trigger in open_triggers[:2]])
        text = _("Whether this may go on as it is, because of: {what}.").format(what=what)
    elif decided is not None:
        text = _("None now.")
    elif about.state == "live":
        text = _("None now: it is in use, and no reason to look again is recorded.")
    elif subject.is_purchase:
        text = _("Whether to go ahead with this purchase.")
    else:
        text = _("Whether to rely on this supplier as an organisation.")
    if decided is not None:
        text += " " + _("Decided on {date} by {name}: {decision}.").format(
            date=subject.date(decided.at),
            name=subject.name(decided.by),
            decision=subject.name(gates.decided(subject.framework, decided)),
        )
        if subject.outcome.recommendation not in ("", decided.decision):
            text += " " + _("This differs from what is recommended now.")
        text += " " + signers.signed_off(about, subject.framework, subject.name)
    return Line(text, _("Decision asked for"))


def deadline(subject: Subject) -> Line:
    """Return by when it is asked, or by when to look again."""
    about = subject.assessment
    if about.decision is not None:
        date, lead = about.decision.review_by, _("Look again by")
    else:
        date, lead = about.purchase.decision_due, _("Deadline")
    if not date:
        return Line(_("not recorded"), lead)
    words = _("{date}, which has passed") if date < subject.as_of else "{date}"
    return Line(words.format(date=subject.date(date)), lead)


# --- Conditions ---------------------------------------------------------------------------


def conditions(subject: Subject) -> Part:
    """Return the mitigations as conditions with owner, date and status, the overdue first."""
    found = subject.assessment.answer_set.mitigations
    if not found:
        nothing = Paragraph(line=Line(_("No condition is recorded.")))
        return Part(title=_("Conditions"), side="whole", blocks=(nothing,))
    as_of = subject.as_of
    ordered = in_order(found, as_of)
    shown = ordered[: subject.room.rows]
    table = Table(
        title=_("Conditions with owner, due date and status"),
        columns=(_("Condition"), _("Owner"), _("Due"), _("Status")),
        rows=tuple(condition_row(subject, each) for each in shown),
        widths=(10, 6, 4, 4),
        strong=frozenset(n for n, each in enumerate(shown) if is_overdue(each, as_of)),
        more=and_more(len(ordered) - len(shown)),
    )
    words = [_("Conditions: {n}").format(n=len(found)), counts(found, as_of)]
    recorded = counted(len(found), "{n} condition is recorded", "{n} conditions are recorded")
    return Part(
        title=", ".join(filter(None, words)),
        side="whole",
        blocks=(table,),
        finding=", ".join(filter(None, (recorded, counts(found, as_of)))),
    )


def condition_row(subject: Subject, each: Mitigation) -> tuple[str, ...]:
    """Return one condition, its owner, its due date and where it stands."""
    question = subject.framework.by_id.get(each.question)
    words = each.clause or (question.treatment if question else "") or each.note
    return (
        _("{question}: {words}").format(question=each.question, words=subject.name(words)),
        subject.name(each.owner) or _("nobody yet"),
        subject.date(each.due) if each.due else _("no date"),
        standing(each, subject.as_of),
    )


# --- Money, exit, dependency, public position ---------------------------------------------


def money(subject: Subject) -> Part:
    """Return what is committed, when it ends, and what the answers say about leaving."""
    purchase = subject.assessment.purchase
    lines = [Line(pounds(purchase.committed_value), _("Committed"))]
    if purchase.value_if_scaled is not None:
        lines.append(Line(pounds(purchase.value_if_scaled), _("If it grows to full use")))
    start, end = purchase.contract_start, purchase.contract_end
    if start or end:
        ends = [subject.date(each) if each else _("not recorded") for each in (start, end)]
        lines.append(Line(from_to(*ends), _("Contract")))
    breaks = [subject.date(each) for each in purchase.break_dates]
    shown = listed(breaks[:3])
    if len(breaks) > 3:
        shown = f"{shown} {and_more(len(breaks) - 3)}"
    lines.append(Line(shown or _("none recorded"), _("Can be left on")))
    lines += answers_on(subject, EXIT)
    committed = purchase.committed_value
    finding = _("How much is committed is not known")
    if committed is not None:
        finding = _("{value} is committed").format(value=pounds(committed))
    return Part(
        title=_("Money and the way out"),
        side="left",
        blocks=(Facts(items=tuple(lines)),),
        finding=finding,
    )


def answers_on(subject: Subject, clauses: Sequence[str]) -> Iterator[Line]:
    """Yield what was answered to the first questions that pull in one of the ``clauses``."""
    found = (
        question
        for question in subject.framework.questions()
        if subject.outcome.counts(question.id) and not set(clauses).isdisjoint(question.clauses)
    )
    for question in islice(found, MOST_ANSWERS):
        answer = subject.assessment.answer_set.answers.get(question.id)
        said = asked_and_answered(subject, question)
        if answer is not None and answer.option:
            said = f"{said} ({answer.evidence})"
        yield Line(said, question.id)


def asked_and_answered(subject: Subject, question: Question) -> str:
    """Return what a question asks, what was answered, and what waits to be confirmed."""
    answer = subject.assessment.answer_set.answers.get(question.id)
    words = subject.text(answer_text(question, answer))
    answered = _("Answer: “{answer}”.").format(answer=words)
    waits = not_confirmed(subject.assessment, question.id)
    return " ".join(filter(None, (subject.text(question.ask), answered, waits)))


def dependency(subject: Subject) -> Part:
    """Return what stands underneath, who makes it, and how much else hangs on it."""
    room, upstreams = subject.room, subject.assessment.upstreams
    items = [upstream_line(subject, each) for each in upstreams[: room.rows]]
    blocks: list[Block] = [
        Points(items=tuple(items), more=and_more(len(upstreams) - len(items)))
        if items
        else Paragraph(line=Line(_("No model, host or cloud underneath is recorded.")))
    ]
    said = [*_shares(subject), *_similar(subject), *_organisation(subject)]
    if said:
        blocks.append(Points(items=tuple(said)))
    named = [upstream_line(subject, each).text for each in upstreams[:1]]
    finding = _("It rests on {name}").format(name=named[0]) if named else ""
    if len(upstreams) > 1:
        more = counted(len(upstreams) - 1, "{n} more", "{n} more")
        finding = _("{words}, and on {more}").format(words=finding, more=more)
    return Part(title=_("What it depends on"), side="left", blocks=tuple(blocks), finding=finding)


def upstream_line(subject: Subject, each: Upstream) -> Line:
    """Return one model, host or cloud: its name, who makes it, whose law holds there."""
    kind = _(UPSTREAM_KINDS[each.kind])
    parts = [subject.name(each.name)]
    if each.own:
        parts.append(_("the supplier's own"))
    elif each.maker:
        parts.append(_("made by {maker}").format(maker=subject.name(each.maker)))
    if each.jurisdiction:
        parts.append(subject.name(each.jurisdiction))
    return Line(", ".join(parts), kind)


def _shares(subject: Subject) -> Iterator[Line]:
    facts = subject.portfolio
    for share in facts.upstreams[: subject.room.rows] if facts else ():
        yield Line(_share(subject, share), _("In the portfolio"))


def _share(subject: Subject, share: UpstreamShare) -> str:
    said = _("{n} of {all} purchases rest on {model}").format(
        n=grouped(share.purchases), all=grouped(share.of), model=subject.name(share.model)
    )
    parts = [said]
    if share.of_value is not None:
        part = _("{share} of committed value").format(
            share=per_cent(decimal(100 * share.of_value))
        )
        parts.append(part)
    if share.of_value_if_scaled is not None:
        scaled = per_cent(decimal(100 * share.of_value_if_scaled))
        parts.append(_("{share} if the pilots scale").format(share=scaled))
    return ", ".join(parts)


def _similar(subject: Subject) -> Iterator[Line]:
    similar = subject.portfolio.similar if subject.portfolio else ()
    shown = [subject.name(each) for each in similar[: min(3, subject.room.rows)]]
    if shown:
        words = "; ".join(shown)
        if len(similar) > len(shown):
            words = f"{words}; {and_more(len(similar) - len(shown))}"
        yield Line(words, _("Bought already for the same need"))


def _organisation(subject: Subject) -> Iterator[Line]:
    found = subject.assessment.organisation
    if found is not None:
        yield Line(
            _("{recommendation}, as of {date}").format(
                recommendation=subject.name(decision(found.recommendation)),
                date=subject.date(found.as_of),
            ),
            _("The supplier as an organisation"),
        )


def public_position(subject: Subject) -> Part:
    """Return what is on the public record, and what the answers say about publishing."""
    purchase = subject.assessment.purchase
    lines = [
        Line(subject.name(purchase.notice_id) or _("none recorded"), _("Notice")),
        Line(subject.name(purchase.ocid) or _("none recorded"), _("Contracting process (OCID)")),
        *answers_on(subject, PUBLIC_RECORD),
    ]
    finding = _("No notice is recorded")
    if purchase.notice_id:
        finding = _("Notice {name} is on record").format(name=subject.name(purchase.notice_id))
    return Part(
        title=_("Public position"),
        side="left",
        blocks=(Facts(items=tuple(lines)),),
        finding=finding,
    )


# --- The foot -----------------------------------------------------------------------------


def foot(subject: Subject) -> tuple[str, ...]:
    """Return the limits, and what the page rests on, down to the record's digest."""
    framework = subject.framework
    pack = framework.pack(subject.assessment.answer_set.pack)
    limits = [_(profile_words.LIMITS), _(profile_words.DUE_DILIGENCE)]
    if framework.adopted_by:
        policy = subject.sentence(framework.adopted_by).rstrip(".")
        limits.insert(0, _("Policy: {policy}.").format(policy=policy))
    basis = _("As of {date}. {framework}, version {version}, {pack} pack. {software}.").format(
        date=subject.date(subject.as_of),
        framework=subject.sentence(framework.title),
        version=subject.label(framework.version),
        pack=subject.label(pack.title) if pack else "",
        software=SOFTWARE,
    )
    sealed = _("SHA-256 of the record: {digest}").format(digest=subject.digest)
    return (" ".join(limits), basis, sealed)


def language() -> str:
    """Return the code of the language that the page's words are in."""
    return current()
