"""What the leadership page says where sections are scored: bars, and what would stop it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from procurement_risk.language import _, ngettext
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import counted
from procurement_risk.methods.weakest_section import Result
from procurement_risk.profile import advice, findings, words as profile_words
from procurement_risk.report import red_flags
from procurement_risk.report.conditions import conditions
from procurement_risk.report.evidence import evidence
from procurement_risk.report.page import Line, Part, Points
from procurement_risk.report.parts import and_more, part, said
from procurement_risk.report.section_bars import bars
from procurement_risk.report.subject import Found, Subject

BARRIERS = 3


def found(subject: Subject, result: Result) -> Found:
    """Return what the leadership page says of the result."""
    top = (
        Line(tier(subject, result), _("How much is at stake")),
        Line(_worst(subject, result), _("Worst section")),
        Line(_counts(result), _("Stops and flags")),
    )
    parts = (bars(subject, result), _barriers(subject, result), _conditions(subject, result))
    headline = subject.sentence(profile_words.recommendation(result))
    return Found(headline, meaning(result), top, parts, (evidence(subject, result),))


def meaning(result: Result) -> str:
    """Return what the recommendation means, and what is open."""
    sentence = profile_words.decision_meaning(result)
    if result.open:
        number = len(result.open)
        open_words = ngettext("{n} question is open.", "{n} questions are open.", number)
        sentence = f"{sentence} {open_words.format(n=grouped(number))}"
    if result.challenge:
        call, challenge = _("Challenge the purchase."), _(profile_words.CHALLENGE)
        sentence = f"{sentence} {call} {challenge}"
    return sentence


def tier(subject: Subject, result: Result) -> str:
    """Return how much is at stake, and who signs at that tier."""
    framework = result.framework
    gravest = framework.tier(result.tier.high)
    words = subject.label(profile_words.tier_range(framework, result.tier))
    if result.tier.low == result.tier.high and gravest.meaning:
        words = f"{words}: {subject.text(gravest.meaning)}"
    if gravest.sign_off:
        signers = subject.text(gravest.sign_off.rstrip("."))
        end = "" if words.endswith(("…", ".")) else "."
        signed = _("To be signed by: {signers}.").format(signers=signers)
        words = f"{words}{end} {signed}"
    return words


def _worst(subject: Subject, result: Result) -> str:
    return subject.sentence(profile_words.worst_section_sentence(result))


def _counts(result: Result) -> str:
    flags = result.red_flags
    acting = set(flags.acting)
    may_stop = [name for name in flags.stops_pending if name not in acting]
    flagged = len(flags.flags_fired) + len(acting)
    fired = _("No stop and no flag fired")
    if flags.stops_fired or flagged:
        fired = _("{stops} and {flags} fired").format(
            stops=counted(len(flags.stops_fired), "{n} stop", "{n} stops"),
            flags=counted(flagged, "{n} flag", "{n} flags"),
        )
    if not may_stop and not flags.flags_pending:
        return fired
    pending = _("{stops} and {flags} may still fire").format(
        stops=counted(len(may_stop), "{n} stop", "{n} stops"),
        flags=counted(len(flags.flags_pending), "{n} flag", "{n} flags"),
    )
    return f"{fired}; {pending}"


# --- 2: what would stop it ----------------------------------------------------------------


def _barriers(subject: Subject, result: Result) -> Part:
    flags = result.red_flags
    everything = [*_fired(subject, result), *_pending(subject, result)]
    stopped = result.recommendation == "do_not_proceed"
    if stopped and not flags.stops_fired:
        everything.insert(0, Line(_worst(subject, result)))
    title = _("What stops this") if stopped else _("What would stop this")
    if everything:
        shown = everything[:BARRIERS]
        more = and_more(len(everything) - len(shown))
    else:
        shown, more = list(islice(_resting(subject, result), BARRIERS)), ""
    nothing = _("No stop or flag fired, and no single answer, one step worse, would change that.")
    return part(
        title,
        said("" if result.pack_decides else pack_words(subject, result)),
        Points(items=tuple(shown), more=more) if shown else said(nothing),
        finding=_counts(result),
    )


def _fired(subject: Subject, result: Result) -> Iterator[Line]:
    stops, *flags = red_flags.fired(result)
    for name in stops.questions:
        yield red_flags.line(subject, name, stops.lead, subject.assessment.overrides)
    for group in flags:
        yield from (red_flags.line(subject, name, group.lead) for name in group.questions)


def _pending(subject: Subject, result: Result) -> Iterator[Line]:
    for group in red_flags.pending(result):
        for name in group.questions:
            asked = subject.text(result.framework.by_id[name].ask)
            yield Line(asked, group.lead.format(question=name))


def _resting(subject: Subject, result: Result) -> Iterator[Line]:
    """Yield the answers that the recommendation rests on: one step worse, and it is graver.

    Where more would be asked then, it says so: that is no stop yet.
    """
    for change in advice.resting_on(result):
        question = change.question
        said = _("{asked} If it were “{option}”: {decision}.").format(
            asked=subject.text(question.ask),
            option=subject.text(change.option.label),
            decision=profile_words.then(change),
        )
        yield Line(said, question.id)


def pack_words(subject: Subject, result: Result) -> str:
    """Return that the pack taken is too small to decide, and which to take next."""
    highest = result.framework.tier(result.tier.high)
    taken = result.framework.pack(result.answer_set.pack)
    enough = result.framework.pack(highest.packs[0])
    return _(
        "The {taken} pack is too small to decide at {tier}. Take the {enough} pack next."
    ).format(
        taken=subject.name(taken.title) if taken else "",
        tier=subject.name(highest.label),
        enough=subject.name(enough.title) if enough else "",
    )


# --- 3: conditions ------------------------------------------------------------------------


def _conditions(subject: Subject, result: Result) -> Part:
    found = conditions(subject)
    untreated = [f for f in findings.find(result) if f.kind != "evidence" and not f.treated]
    if not untreated:
        return found
    words = ngettext(
        "{n} serious answer has no agreed or verified treatment.",
        "{n} serious answers have no agreed or verified treatment.",
        len(untreated),
    ).format(n=grouped(len(untreated)))
    return replace(found, blocks=(*found.blocks, said(words)))
