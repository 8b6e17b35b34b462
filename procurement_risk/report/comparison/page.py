"""The page of a comparison: the law's note, how firm the order is, and what it turns on.

Nothing on it adds suppliers up to one figure that decides: each has its recommendation, its
sections and its open answers beside the figure that orders.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from procurement_risk.assessment.words import answer_text
from procurement_risk.comparison import Candidate, Comparison, words
from procurement_risk.framework.shipped import SOFTWARE
from procurement_risk.framework.words import as_asked, decision, short_title
from procurement_risk.language import _, current
from procurement_risk.language.numbers import decimal, grouped
from procurement_risk.language.phrases import counted, day, listed
from procurement_risk.profile import words as profile_words
from procurement_risk.report.page import (
    EVERYTHING,
    ROOMS,
    Bar,
    BarRow,
    Bars,
    Block,
    Extent,
    Line,
    Page,
    Paragraph,
    Part,
    Plot,
    Points,
    Room,
    Series,
    Side,
    Table,
    shortened,
)


def comparison_page(comparison: Comparison, digest: str, *, room: Room = ROOMS[0]) -> Page:
    """Return the page. There have to be two candidates.

    Args:
        comparison: The suppliers compared.
        digest: The SHA-256 over the records of all that was looked at.
        room: How much fits; what is left out is counted.
    """
    purchase = comparison.candidates[0].assessment.purchase
    firmness = comparison.firmness
    suppliers = counted(len(comparison.candidates), "{n} supplier", "{n} suppliers")
    return Page(
        kind=_("Comparison"),
        title=shortened(purchase.title, room.text),
        subtitle=f"{shortened(purchase.buyer, room.name)} · {suppliers}",
        notice=_notice(comparison),
        headline=shortened(words.verdict(firmness).rstrip("."), room.text),
        headline_lead=_("How firm the order is"),
        meaning=shortened(words.order_sentences(firmness), 2 * room.text),
        top=tuple(Line(shortened(said, room.text), lead) for lead, said in _said(comparison)),
        parts=tuple(_parts(comparison, room)),
        foot=_foot(comparison, digest),
        language=current(),
        day=max(each.result.answer_set.as_of for each in comparison.candidates),
    )


def _notice(comparison: Comparison) -> str:
    """Return the law's note, and that some of it is made up."""
    notes = [_(profile_words.DUE_DILIGENCE)]
    if any(each.assessment.fictional for each in comparison.candidates):
        notes.insert(0, _("Some or all of this is fictional demonstration data."))
    return " ".join(filter(None, notes))


def _said(comparison: Comparison) -> Iterator[tuple[str, str]]:
    """Yield what counts for the order, what may not, and what else is to be known of it."""
    found = (
        (_("In a tender"), [words.view_note(comparison), words.ranking_warning(comparison)]),
        (_("Open answers"), [words.may_turn(comparison)]),
        (
            _("Section by section"),
            [words.dominated(comparison, each) for each in comparison.candidates],
        ),
        (_("Stops pending"), words.pending_stops(comparison)),
    )
    for lead, sentences in found:
        if said := " ".join(filter(None, sentences)):
            yield lead, said


def _parts(comparison: Comparison, room: Room) -> Iterator[Part]:
    yield from _not_ordered(comparison, room)
    yield _suppliers(comparison, room)
    yield _turning(comparison, room)
    yield _sections(comparison, room)
    yield _differences(comparison, room)
    yield _weights(comparison, room)


# --- Side by side -------------------------------------------------------------------------


def _suppliers(comparison: Comparison, room: Room) -> Part:
    bars = Bars(
        title=_("The suppliers side by side"),
        columns=(
            _("Supplier"),
            _("First in, of 100"),
            _("First in, of 100"),
            _("Ordering figure"),
            _("Recommendation"),
            _("Open answers"),
        ),
        rows=tuple(_row(comparison, place, room) for place in range(len(comparison.candidates))),
        legend=" ".join(
            (
                _("Outlined bar: in how many of 100 ways of weighting a supplier comes first."),
                _("Filled: in how many at the least, however the open answers come out."),
                _("Striped: up to how many."),
                _(words.INDEX_MEANING),
            )
        ),
    )
    return Part(
        title=_("The suppliers side by side"),
        side="whole",
        blocks=(bars,),
        finding=shortened(words.verdict(comparison.firmness).rstrip("."), room.text),
        plot=_ranks(comparison, room),
    )


def _row(comparison: Comparison, place: int, room: Room) -> BarRow:
    candidate, firmness = comparison.candidates[place], comparison.firmness
    share = firmness.first_shares[place]
    low, high = firmness.joint.intervals[place] if firmness.joint else (share, share)
    name, first = shortened(candidate.label, room.name), words.interval(firmness, place)
    alt = _("{name}: first in {n} of 100").format(name=name, n=first)
    return BarRow(
        name=name,
        bar=Bar(
            outlined=Extent(100 * Fraction(share), 100 * Fraction(share)),
            filled=Extent(100 * Fraction(low), 100 * Fraction(high)),
            shade=Fraction(0),
            cuts=(Fraction(25), Fraction(50), Fraction(75)),
            alt=alt,
        ),
        cells=(
            first,
            words.index_words(candidate),
            shortened(profile_words.recommendation(candidate.result), room.name),
            grouped(len(candidate.result.open)),
        ),
    )


def _ranks(comparison: Comparison, room: Room) -> Plot:
    """Return how often each supplier takes each rank, within ±50 % of our weights."""
    ranks = comparison.firmness.near.ranks
    names = [shortened(each.label, room.name) for each in comparison.candidates]
    rows = tuple(
        _("{name}, first in {n}").format(name=name, n=words.interval(comparison.firmness, place))
        for place, name in enumerate(names)
    )
    return Plot(
        title=_("Rank of each supplier, in how many of 100 ways of weighting"),
        rows=rows,
        series=tuple(
            Series(
                name=_("Rank {n}").format(n=rank + 1),
                values=tuple(100 * Fraction(float(row[rank])) for row in ranks),
            )
            for rank in range(len(ranks))
        ),
        alt="; ".join(rows),
        stacked=True,
    )


def _sections(comparison: Comparison, room: Room) -> Part:
    found = words.scored_sections(comparison)
    names = [shortened(each.label, room.name) for each in comparison.candidates]
    table = Table(
        title=_("Residual risk by section and supplier"),
        columns=(_("Section"), *names),
        rows=tuple(
            (
                _section_name(comparison, section.id, short_title(section)),
                *(
                    profile_words.section_words(each.result, each.section(section.id))
                    for each in comparison.candidates
                ),
            )
            for section in found[: room.bars]
        ),
        widths=(5, *(5 for __ in names)),
        more=_more(len(found) - room.bars),
    )
    plot = Plot(
        title=_("Residual risk by section, 0 no risk found to 100 the worst"),
        rows=tuple(row[0] for row in table.rows),
        series=tuple(
            Series(
                name=name,
                values=tuple(_central(candidate, section.id) for section in found[: room.bars]),
            )
            for name, candidate in zip(names, comparison.candidates, strict=True)
        ),
        alt="; ".join(": ".join((row[0], ", ".join(row[1:]))) for row in table.rows),
    )
    leader = comparison.candidates[0]
    worst = [short_title(leader.result.framework.section(each)) for each in leader.worst]
    finding = _("The worst of {name}: {sections}").format(name=names[0], sections=listed(worst))
    title = _("How the sections compare")
    return Part(title=title, side="whole", blocks=(table,), finding=finding, plot=plot)


def _section_name(comparison: Comparison, name: str, title: str) -> str:
    if name in comparison.weights:
        return title
    return _("{section} (outside the order)").format(section=title)


def _central(candidate: Candidate, section: str) -> Fraction | None:
    scored = candidate.section(section)
    return scored.residual.central if scored else None


# --- What stands apart --------------------------------------------------------------------


def _not_ordered(comparison: Comparison, room: Room) -> Iterator[Part]:
    stopped = tuple(
        Line(shortened(" ".join(words.stop_words(entry, result)), room.text), name)
        for entry, result in comparison.stopped[: room.rows]
        for name in (shortened(entry.assessment.supplier.name, room.name),)
    )
    if stopped:
        more = _more(len(comparison.stopped) - len(stopped))
        found = counted(
            len(comparison.stopped),
            "{n} supplier is stopped, and not ordered",
            "{n} suppliers are stopped, and not ordered",
        )
        yield _part(
            _("Stopped, and not ordered"), "whole", (Points(items=stopped, more=more),), found
        )
    apart = tuple(
        Line(
            shortened(words.apart_reason(each), room.text),
            shortened(each.entry.assessment.supplier.name, room.name),
        )
        for each in comparison.apart[: room.rows]
    )
    if apart:
        more = _more(len(comparison.apart) - len(apart))
        title = _("Not comparable with the others")
        yield _part(title, "whole", (Points(items=apart, more=more),))


# --- What it turns on ---------------------------------------------------------------------


def _turning(comparison: Comparison, room: Room) -> Part:
    joint = comparison.firmness.joint
    found = joint.turning if joint else ()
    leader = comparison.firmness.leader
    items = tuple(
        Line(
            _("{asked} Of 100, {leader} then comes first in {least} to {most}.").format(
                asked=shortened(as_asked(each.question), room.text),
                leader=shortened(leader, room.name),
                least=words.of_hundred(each.least),
                most=words.of_hundred(each.most),
            ),
            shortened(each.whose, room.name),
        )
        for each in found[: room.rows]
    )
    nothing = Paragraph(line=Line(_("No open answer moves the lead.")))
    points = Points(items=items, more=_more(len(found) - len(items)))
    finding = counted(
        len(found), "{n} open answer moves the lead", "{n} open answers move the lead"
    )
    title = _("What the open answers could turn")
    return _part(title, "whole", (points if items else nothing,), finding if items else "")


def _weights(comparison: Comparison, room: Room) -> Part:
    never = _("never, whatever the weights")
    table = Table(
        title=_("How far weights must move"),
        columns=(_("Supplier"), _("Draws level once weights move by")),
        rows=tuple(
            (
                shortened(name, room.name),
                never if moved is None else _("{n} %").format(n=words.share_percent(moved)),
            )
            for name, moved in comparison.firmness.rivals.items()
        ),
        widths=(5, 5),
    )
    finding = shortened(words.until(comparison.firmness).rstrip("."), room.text)
    return _part(_("How far weights must move"), "whole", (table,), finding)


def _differences(comparison: Comparison, room: Room) -> Part:
    found = comparison.differences
    shown = found[: room.rows]
    table = Table(
        title=_("The questions on which they differ, the widest effect first"),
        columns=(
            _("Question"),
            _("Effect"),
            *(shortened(each.label, room.name) for each in comparison.candidates),
        ),
        rows=tuple(
            (
                shortened(as_asked(each.question), room.text),
                decimal(each.effect),
                *(shortened(answer_text(each.question, a), room.name) for a in each.answers),
            )
            for each in shown
        ),
        widths=(8, 2, *(5 for __ in comparison.candidates)),
        more=_more(len(found) - len(shown)),
    )
    nothing = Paragraph(line=Line(_("They give the same answers to every question.")))
    finding = counted(
        len(found),
        "They answer {n} question differently",
        "They answer {n} questions differently",
    )
    title = _("Where they differ")
    return _part(title, "whole", (table if shown else nothing,), finding if shown else "")


def _part(title: str, side: Side, blocks: tuple[Block, ...], finding: str = "") -> Part:
    return Part(title=title, side=side, blocks=blocks, finding=finding)


def _more(left_out: int) -> str:
    if left_out < 1:
        return ""
    return counted(
        left_out, "and {n} more on the page Compare", "and {n} more on the page Compare"
    )


def _foot(comparison: Comparison, digest: str) -> tuple[str, ...]:
    first = comparison.candidates[0]
    framework = first.result.framework
    each = [
        _("{supplier} as of {date}: {decision}").format(
            supplier=shortened(candidate.label, EVERYTHING.name),
            date=day(candidate.result.answer_set.as_of),
            decision=decision(candidate.result.recommendation),
        )
        for candidate in comparison.candidates
    ]
    basis = _(
        "{each}. {framework}, version {version}. Weights drawn from {seed}. {software}."
    ).format(
        each="; ".join(each),
        framework=shortened(framework.title, EVERYTHING.name),
        version=framework.version,
        seed=comparison.seed,
        software=SOFTWARE,
    )
    sealed = _("SHA-256 over the records compared: {digest}").format(digest=digest)
    return (_(profile_words.LIMITS), shortened(basis, 600), sealed)
