"""What a page about one assessment is made from, and what it says whatever the method.

What is asked of the reader, and what the page rests on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from procurement_risk.assessment import OVER_STATES, AnswerSet, Assessment
from procurement_risk.assessment.vocabulary import in_words
from procurement_risk.assessment.words import answer_text
from procurement_risk.framework import Framework, Question
from procurement_risk.framework.proposals import proposal_words
from procurement_risk.framework.shipped import SOFTWARE
from procurement_risk.language import N_, _
from procurement_risk.language.phrases import day, listed
from procurement_risk.language.text import shortened
from procurement_risk.methods import AnyResult
from procurement_risk.profile import gates, signers, words as profile_words
from procurement_risk.profile.carrying import not_confirmed
from procurement_risk.report.page import Line, Part, Room
from procurement_risk.report.portfolio.facts import PortfolioFacts

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


# --- Money, exit, dependency, public position ---------------------------------------------


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
