"""A deck in words and figures, before anything is drawn.

    Page, charts ─> deck_of ─> Deck ── slides ── lines, a chart, a table

Every part of a page becomes a slide, whose title is what the part comes to. The figures of its
pictures stand in a table, beside a chart where the part has one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from procurement_risk.language import _
from procurement_risk.language.phrases import day
from procurement_risk.profile.looks import Look
from procurement_risk.report import Page, Room
from procurement_risk.report.page import (
    Bars,
    Block,
    Facts,
    Line,
    Paragraph,
    Part,
    Plot,
    Points,
    Table,
)

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

ROOM = Room(rows=7, bars=9, text=200, name=70)
"""How much of a page is told on slides; what is left out is counted on them."""

LONGEST_ASIDE = 90
"""A part of one sentence no longer than this stands on the last slide beside the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slide:
    """One slide, or several where it does not fit.

    Attributes:
        title: What it comes to.
        kicker: What it is about, above the title.
        lines: Sentences.
        plot: The chart, beside the rest where that fits.
        table: Figures in words.
        look: How what the title says is judged, or None.
    """

    title: str
    kicker: str = ""
    lines: tuple[Line, ...] = ()
    plot: Plot | None = None
    table: Table | None = None
    look: Look | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deck:
    """Slides with what stands on each of them.

    Attributes:
        title: What they are about, for the file's properties.
        notice: What has to be known of all of it, such as that it is made up; or empty.
        foot: What they rest on, the digest at the end.
        language: The code of the language of their words.
        day: The day they are about, as an ISO date.
    """

    title: str
    notice: str
    foot: tuple[str, str]
    language: str
    day: str
    slides: tuple[Slide, ...]


def deck_of(page: Page, charts: Iterable[Slide] = ()) -> Deck:
    """Return the deck of a page; ``charts`` stand behind those of the page itself."""
    slides, asides = [_first(page)], []
    further = list(charts)
    for part in page.parts:
        if aside := _aside(part):
            asides.append(aside)
            continue
        slides += _slides(part)
        if further and any(isinstance(block, Bars) for block in part.blocks):
            slides += further
            further = []
    slides += further
    basis = tuple(Line(words) for words in page.foot)
    colleagues = Line(_("For colleagues: nothing is withheld from these slides."))
    last = (*asides, *basis, colleagues)
    slides.append(Slide(title=_("What this rests on"), kicker=page.kind, lines=last))
    about = _("{kind}: {title}. As of {day}.")
    return Deck(
        title=f"{page.kind}: {page.title}",
        notice=page.notice,
        foot=(about.format(kind=page.kind, title=page.title, day=day(page.day)), page.foot[-1]),
        language=page.language,
        day=page.day,
        slides=tuple(slides),
    )


def _first(page: Page) -> Slide:
    return Slide(
        title=f"{page.title}: {page.headline}",
        kicker=f"{page.kind} · {page.subtitle}",
        lines=(Line(page.meaning, page.headline_lead), *page.top),
        look=page.look,
    )


def _aside(part: Part) -> Line | None:
    """Return a part that is one short sentence as a line; None where it is more."""
    match part.blocks:
        case (Paragraph(line=line),) if not line.lead and len(line.text) <= LONGEST_ASIDE:
            return Line(line.text, part.title)
    return None


def _slides(part: Part) -> Iterator[Slide]:
    """Yield a slide for a part; where it has several tables, one for each, the words last."""
    title, kicker = part.finding or part.title, part.title if part.finding else ""
    lines = tuple(line for block in part.blocks for line in _lines(block))
    tables = [table for block in part.blocks if (table := _table(block))]
    alone = len(tables) < 2
    yield Slide(
        title=title,
        kicker=kicker,
        plot=part.plot,
        table=tables[0] if tables else None,
        lines=lines if alone else (),
    )
    for table in tables[1:]:
        yield Slide(title=title, kicker=kicker, table=table)
    if lines and not alone:
        yield Slide(title=title, kicker=kicker, lines=lines)


def _lines(block: Block) -> Sequence[Line]:
    match block:
        case Paragraph():
            return (block.line,)
        case Points():
            return (*block.items, *_more(block.more))
        case Facts():
            return block.items
        case Table() | Bars():
            return _more(block.more)


def _more(words: str) -> tuple[Line, ...]:
    return (Line(words),) if words else ()


def _table(block: Block) -> Table | None:
    """Return a table, or the figures beside pictures as one."""
    match block:
        case Table():
            return block
        case Bars():
            return Table(
                title=block.title,
                columns=(block.columns[0], *block.columns[2:]),
                rows=tuple((row.name, *row.cells) for row in block.rows),
                widths=(5, *(3 for __ in block.columns[2:])),
                strong=frozenset(place for place, row in enumerate(block.rows) if row.strong),
            )
    return None
