"""The words for a comparison: one place, so that the page and the command cannot disagree."""

from __future__ import annotations

from fractions import Fraction

from procurement_risk.assessment.words import answer_text
from procurement_risk.comparison.candidates import Candidate, Entry
from procurement_risk.comparison.comparable import Apart
from procurement_risk.comparison.compare import Comparison
from procurement_risk.framework import Section
from procurement_risk.framework.words import short_title
from procurement_risk.language import N_, _
from procurement_risk.language.numbers import decimal, shown
from procurement_risk.language.percent import one_decimal
from procurement_risk.language.phrases import counted, listed, percent
from procurement_risk.methods.weakest_section import Result
from procurement_risk.profile import words as profile_words

INDEX_MEANING = N_(
    "The ordering figure is half the worst decisive section and half the mean of all decisive "
    "sections, from 0 (no risk found) to 100. It orders and draws; it never decides."
)
DRAWN = N_("From 10,000 sets of weights: each share is right to within about one point.")
PUBLISHED_ONLY = N_(
    "Bids compete for this purchase and nothing is awarded yet, so questions that are internal or "
    "for information only are left out of this order and of the section scores that make it."
)
EVERYTHING = N_(
    "This is the whole due diligence. It counts questions that are internal or for information "
    "only, which may never be used to rank bidders in a tender."
)
NEAR = N_("±50 %")  # apart, since a tool for translators would take "% o" for a place
NAMED = 5  # questions named in a warning before the others are counted

REASONS = {
    "foreign": N_(
        "not comparable: it rests on another questionnaire of the same name, or on one that is "
        "not known here"
    ),
    "method": N_("its questionnaire counts points, and has no section scores to compare"),
    "subject": N_("it is about the supplier as an organisation, not about a purchase"),
    "unscored": N_("it has no decisive section that is scored"),
    "none_ranks": N_(
        "it has no decisive section left once the questions that may not rank bids are left out"
    ),
    "purchase": N_("it is for another purchase"),
    "framework": N_("it is answered against another version of the questionnaire: {theirs}"),
    "pack": N_("it is answered in another pack: {theirs}"),
    "gate": N_("it is made for another gate: {theirs}"),
    "sections": N_("other sections apply to it: {theirs}"),
}


# --- Numbers ------------------------------------------------------------------------------


def share_percent(share: float) -> str:
    """Return a share of weight vectors as per cent with one decimal: ``77.1``."""
    return decimal(Fraction(round(share * 1_000_000), 10_000))


def about(share: float) -> str:
    """Return a share in whole per cent: ``77 %``; never a rounded 0 or 100."""
    if 0 < share < 0.005:
        return _("under 1 %")
    if 0.995 <= share < 1:
        return _("over 99 %")
    return percent(int(100 * share + 0.5))


def signed(value: Fraction) -> str:
    """Return a number that may be below nought, with one decimal: ``−1.2``."""
    text = one_decimal(abs(value))
    return shown(f"−{text}" if value < 0 and text != "0.0" else text)


def index_words(candidate: Candidate) -> str:
    """Return ``38.8``, or ``40.2 (36.1 to 40.2)`` where open answers can move it."""
    index = candidate.index
    central = decimal(index.central)
    if index.low == index.high:
        return central
    return _("{central} ({range})").format(
        central=central, range=profile_words.percent_range(index)
    )


# --- Sentences ----------------------------------------------------------------------------


def may_turn(comparison: Comparison) -> str:
    """Return which suppliers the open answers could still bring level; empty where none.

    By version 2 the sentence on the order says it.
    """
    if comparison.draws_open_answers:
        return ""
    names = [candidate.label for candidate in comparison.may_turn]
    if not names:
        return ""
    return _(
        "Open answers could still turn this: the range of {leader} meets that of {names}."
    ).format(leader=comparison.candidates[0].label, names=listed(names))


def dominated(comparison: Comparison, candidate: Candidate) -> str:
    """Return by whom a candidate is dominated, as one sentence; empty where by nobody."""
    surely = comparison.dominated(candidate, surely=True)
    middle = [c for c in comparison.dominated(candidate, surely=False) if c not in surely]
    in_any_case = _(
        "{name} is in no section better than {others} and in at least one worse, however "
        "the open answers come out."
    )
    in_the_middle = _(
        "{name} is in no section better than {others} and in at least one worse, in the "
        "middle of the ranges."
    )
    return " ".join(
        sentence.format(name=candidate.label, others=listed([c.label for c in others], "or"))
        for sentence, others in ((in_any_case, surely), (in_the_middle, middle))
        if others
    )


def ranking_warning(comparison: Comparison) -> str:
    """Return the warning that some differences may not rank bidders; empty where none."""
    names = [each.question.id for each in comparison.not_for_ranking]
    if not names:
        return ""
    shown, rest = names[:NAMED], len(names) - NAMED
    if rest > 0:
        shown.append(counted(rest, "{n} more", "{n} more"))
    return _(
        "Part of what sets these suppliers apart rests on questions that are internal or for "
        "information only: {questions}. They may never be used to rank bidders in a tender."
    ).format(questions=listed(shown))


def pending_stops(comparison: Comparison) -> list[str]:
    """Return a sentence for each supplier that a stop may yet fire for."""
    return [
        _("Not yet certain for {supplier}, and would stop it: {questions}.").format(
            supplier=candidate.label, questions=listed(list(names))
        )
        for candidate in comparison.candidates
        if (names := candidate.result.red_flags.stops_pending)
    ]


def view_note(comparison: Comparison) -> str:
    """Return what counts for this order where bids compete, or counts against the rule."""
    if not comparison.ranks_bids:
        return ""
    note = PUBLISHED_ONLY if comparison.view == "order" else EVERYTHING
    return _(note)


# --- Those that are not ordered -----------------------------------------------------------


def stop_words(entry: Entry, result: Result) -> list[str]:
    """Return a line for each stop that has fired, with what was answered."""
    overridden = {override.question: override for override in entry.assessment.overrides}
    lines = []
    for name in result.red_flags.stops_fired:
        question = result.framework.by_id[name]
        answer = answer_text(question, result.answer_set.answers.get(name))
        line = _("Stop {question}: {asked} Answer: “{answer}”.").format(
            question=name, asked=question.ask, answer=answer
        )
        if name in overridden:
            by = overridden[name].by
            line += " " + _("Overridden by {name}, and still a stop.").format(name=by)
        lines.append(line)
    return lines


def apart_reason(apart: Apart) -> str:
    """Return why an assessment cannot be compared with the others, without a full stop."""
    return _(REASONS[apart.reason]).format(theirs=_theirs(apart))


def _theirs(apart: Apart) -> str:
    framework, outcome = apart.entry.framework, apart.entry.outcome
    if apart.reason == "framework":
        return f"{framework.title}, {framework.version}"
    if apart.reason == "pack":
        pack = framework.pack(outcome.answer_set.pack)
        return pack.title if pack else outcome.answer_set.pack
    if apart.reason == "gate":
        gate = framework.gate(outcome.answer_set.gate)
        return gate.label if gate else outcome.answer_set.gate
    if apart.reason == "sections" and isinstance(outcome, Result):
        return listed([short_title(framework.section(name)) for name in apart.sections])
    return ""


# --- Sections -----------------------------------------------------------------------------


def scored_sections(comparison: Comparison) -> list[Section]:
    """Return the sections of which something is shown for a candidate, in reading order."""
    framework = comparison.candidates[0].result.framework
    return [
        section
        for section in framework.sections
        if any(c.section(section.id) for c in comparison.candidates)
    ]
