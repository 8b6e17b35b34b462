"""What the leadership page says where sections are scored: bars, and what would stop it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import islice

from procurement_risk.framework import Section
from procurement_risk.framework.words import grade_label, grade_meaning, short_title
from procurement_risk.language import _, ngettext
from procurement_risk.language.numbers import decimal, grouped, per_cent
from procurement_risk.language.phrases import counted
from procurement_risk.methods.sections import SectionScore, band_rank
from procurement_risk.methods.values import Range
from procurement_risk.methods.weakest_section import Result
from procurement_risk.methods.worst import worst_section
from procurement_risk.profile import advice, findings
from procurement_risk.profile import words as profile_words
from procurement_risk.profile.evidence import (
    OPEN,
    STRONG,
    STRONGEST_FIRST,
    all_weights_by_grade,
    weights_by_grade,
)
from procurement_risk.profile.looks import band_look
from procurement_risk.report import red_flags
from procurement_risk.report.page import (
    Bar,
    BarRow,
    Bars,
    Block,
    Extent,
    Facts,
    Line,
    Paragraph,
    Part,
    Plot,
    Points,
    Series,
)
from procurement_risk.report.parts import and_more
from procurement_risk.report.subject import (
    BENEFIT,
    Found,
    Subject,
    answers_on,
    conditions,
)

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
    return Found(headline, meaning(subject, result), top, parts, (_evidence(subject, result),))


def meaning(subject: Subject, result: Result) -> str:
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


# --- 1: the sections ----------------------------------------------------------------------


def bars(subject: Subject, result: Result) -> Part:
    """Return every section's bars, with its ranges, its band and how much is answered."""
    pairs = [
        (s, result.sections[s.id]) for s in result.framework.sections if s.id in result.sections
    ]
    kept = _gravest(pairs, subject.room.bars)
    worst = worst_section(result)
    rows = tuple(_bar_row(subject, result, *pair, worst) for pair in kept)
    bands = result.framework.policy.bands
    cuts = ", ".join(
        _("{band} from {score}").format(band=subject.label(band.label), score=band.start)
        for band in bands[1:6]
    )
    legend = _(
        "Each row runs from 0, no risk found, to 100, the worst. Outlined bar: inherent, as "
        "found given the evidence. Filled bar: residual, after mitigations. Dashed or striped: "
        "may still move. Lines: {cuts}."
    )
    chart = Bars(
        title=_("Inherent and residual risk by section"),
        columns=(
            _("Section"),
            _("0 to 100"),
            _("Inherent"),
            _("Residual"),
            _("Answered"),
            _("Strong evidence"),
        ),
        rows=rows,
        legend=legend.format(cuts=cuts),
        more=and_more(len(pairs) - len(kept)),
    )
    return Part(
        title=_("How each section stands"),
        side="whole",
        blocks=(chart,),
        finding=_worst(subject, result),
        plot=_plot(subject, result, kept, rows),
    )


Pair = tuple[Section, SectionScore | None]


def _gravest(pairs: list[Pair], most: int) -> list[Pair]:
    """Return up to ``most`` sections, the gravest, in reading order."""

    def badness(place: int) -> tuple[bool, bool, Fraction, int]:
        section, scored = pairs[place]
        residual = scored.residual.central if scored else Fraction(-1)
        return section.role == "decisive", scored is not None, residual, -place

    kept = sorted(sorted(range(len(pairs)), key=badness, reverse=True)[:most])
    return [pairs[place] for place in kept]


def _bar_row(
    subject: Subject,
    result: Result,
    section: Section,
    scored: SectionScore | None,
    worst: Pair | tuple[Section, SectionScore] | None,
) -> BarRow:
    name = subject.label(short_title(section))
    if scored is None:
        return BarRow(name=name, bar=None, cells=("", _("not scored"), "", ""))
    is_worst = worst is not None and worst[0] is section and scored.complete > 0
    if is_worst:
        name = _("{section} (worst)").format(section=name)
    elif section.role == "challenge":
        name = _("{section} (challenge)").format(section=name)
    inherent = profile_words.percent_range(scored.inherent)
    residual = subject.label(profile_words.section_words(result, scored))
    weights = weights_by_grade(result, scored)
    strong = Fraction(100 * sum(weights[grade] for grade in STRONG), sum(weights.values()) or 1)
    policy = result.framework.policy
    last = max(len(policy.bands) - 1, 1)
    bar = Bar(
        outlined=_extent(scored.inherent),
        filled=_extent(scored.residual),
        shade=Fraction(band_rank(policy, scored.band.central), last),
        cuts=tuple(Fraction(band.start) for band in policy.bands[1:]),
        alt=_("{section}: inherent {inherent}, residual {residual}").format(
            section=name, inherent=inherent, residual=residual
        ),
    )
    cells = (inherent, residual, _whole(100 * scored.complete), _whole(strong))
    return BarRow(name=name, bar=bar, cells=cells, strong=is_worst)


def _plot(subject: Subject, result: Result, kept: list[Pair], rows: tuple[BarRow, ...]) -> Plot:
    return Plot(
        title=_(
            "Claimed, inherent and residual risk by section, 0 no risk found to 100 the worst"
        ),
        rows=tuple(
            _("{section}: {words}").format(
                section=subject.label(short_title(section)),
                words=subject.label(profile_words.section_words(result, scored)),
            )
            for section, scored in kept
        ),
        series=tuple(_series(result, kept)),
        alt="; ".join(row.bar.alt for row in rows if row.bar),
    )


def _series(result: Result, kept: list[Pair]) -> Iterator[Series]:
    """Yield the claimed, inherent and residual risk of each section, as its mark shows it."""
    policy = result.framework.policy
    for figure in ("claimed", "inherent", "residual"):
        ends = [getattr(scored, figure) if scored else None for __, scored in kept]
        looks = [band_look(policy, scored.band.central) if scored else None for __, scored in kept]
        yield Series(
            name=profile_words.figure_label(figure),
            values=tuple(each.central if each else None for each in ends),
            looks=tuple(looks) if figure == "residual" else (),
        )


def _extent(figure: Range[Fraction]) -> Extent:
    return Extent(figure.low, figure.high)


def _whole(value: Fraction) -> str:
    """Return whole per cent, rounded down, so that only what is whole reads 100."""
    return per_cent(str(value.numerator // value.denominator))


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
    blocks: list[Block] = []
    if not result.pack_decides:
        blocks.append(Paragraph(line=Line(pack_words(subject, result))))
    if shown:
        blocks.append(Points(items=tuple(shown), more=more))
    else:
        nothing = _(
            "No stop or flag fired, and no single answer, one step worse, would change that."
        )
        blocks.append(Paragraph(line=Line(nothing)))
    return Part(title=title, side="whole", blocks=tuple(blocks), finding=_counts(result))


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
    part = conditions(subject)
    untreated = [f for f in findings.find(result) if f.kind != "evidence" and not f.treated]
    if not untreated:
        return part
    words = ngettext(
        "{n} serious answer has no agreed or verified treatment.",
        "{n} serious answers have no agreed or verified treatment.",
        len(untreated),
    ).format(n=grouped(len(untreated)))
    said = Paragraph(line=Line(words))
    return replace(part, blocks=(*part.blocks, said))


# --- 7: evidence --------------------------------------------------------------------------


def _evidence(subject: Subject, result: Result) -> Part:
    """Return how much of the weight is well supported, and how the benefit is to be shown."""
    weights = all_weights_by_grade(result)
    total = sum(weights.values())
    lines = []
    if total:
        shares = [
            f"{grade}\u00a0{per_cent(decimal(Fraction(100 * weight, total)))}"
            for grade, weight in weights.items()
            if weight and grade != OPEN
        ]
        if weights[OPEN]:
            share = per_cent(decimal(Fraction(100 * weights[OPEN], total)))
            shares.append(_("open {share}").format(share=share))
        lines.append(Line(", ".join(shares), _("Share of weight by grade")))
    if total > weights[OPEN]:
        grades = [f"{grade} {grade_meaning(grade)}" for grade in ("E4", "E3", "E1")]
        lines.append(Line("; ".join(grades), _("Grades")))
    expired = sum(
        bool(answer.valid_until) and answer.valid_until < result.answer_set.as_of
        for answer in result.answer_set.answers.values()
    )
    if expired:
        words = ngettext("{n} answer, counts as E0", "{n} answers, count as E0", expired)
        lines.append(Line(words.format(n=grouped(expired)), _("Evidence that ran out")))
    lines += answers_on(subject, BENEFIT)
    if not lines:
        nothing = Paragraph(line=Line(_("No section is scored, so there is no evidence to show")))
        return Part(title=_("How strong the evidence is"), side="right", blocks=(nothing,))
    facts = Facts(items=tuple(lines))
    strong = sum(weights[grade] for grade in STRONG)
    finding = _("{share} of the weight rests on independent or checked evidence").format(
        share=per_cent(decimal(Fraction(100 * strong, total or 1)))
    )
    return Part(
        title=_("How strong the evidence is"),
        side="right",
        blocks=(facts,),
        finding=finding,
        plot=_evidence_plot(subject, result),
    )


def _evidence_plot(subject: Subject, result: Result) -> Plot:
    """Return each scored section's shares of weight by grade."""
    scored = [
        (subject.label(short_title(section)), weights_by_grade(result, found))
        for section in result.framework.sections
        if (found := result.sections.get(section.id)) is not None
    ]
    names = {g: _("Open, no answer yet") if g == OPEN else grade_label(g) for g in STRONGEST_FIRST}
    shares = {
        grade: [Fraction(100 * each[grade], sum(each.values()) or 1) for __, each in scored]
        for grade in STRONGEST_FIRST
    }
    said = [
        f"{name}: "
        + ", ".join(f"{names[g]} {decimal(shares[g][place])}" for g in names if shares[g][place])
        for place, (name, __) in enumerate(scored)
    ]
    return Plot(
        title=_("Share of weight by evidence grade, per cent"),
        rows=tuple(name for name, __ in scored),
        series=tuple(Series(name=names[g], values=tuple(shares[g])) for g in names),
        alt="; ".join(said),
        stacked=True,
    )
