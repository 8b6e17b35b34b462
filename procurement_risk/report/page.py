"""A report in words and figures, before anybody decides how it looks.

    Page ─┬─ headline, top          what a reader sees first
          ├─ parts ── blocks        Paragraph, Points, Facts, Table, Bars
          └─ foot                   what it rests on

Every export draws the same page, so that no two can disagree. Text is plain: nothing in it is
markup, and whoever draws it has to see to that.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from procurement_risk.language.text import shortened
from procurement_risk.profile.looks import Look

Side = Literal["whole", "left", "right"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How much fits.

    Attributes:
        rows: The most items of a list, and rows of a table.
        bars: The most rows of a chart.
        text: The most characters of a sentence or two.
        name: The most characters of a name or a cell.
    """

    rows: int
    bars: int
    text: int
    name: int

    def said(self, text: str) -> str:
        """Return a sentence or two on one line, shortened to what fits."""
        return shortened(text, self.text)

    def called(self, name: str) -> str:
        """Return a name or a cell on one line, shortened to what fits."""
        return shortened(name, self.name)


# From the roomiest to the tightest: an export takes the first in which its page fits.
ROOMS = (
    Room(rows=6, bars=9, text=260, name=110),
    Room(rows=5, bars=9, text=190, name=80),
    Room(rows=4, bars=8, text=140, name=60),
    Room(rows=3, bars=8, text=100, name=44),
    Room(rows=2, bars=7, text=70, name=32),
    Room(rows=1, bars=5, text=45, name=22),
    Room(rows=1, bars=4, text=30, name=14),
)
# Nothing is shortened: what is drawn here takes as much room as it needs.
EVERYTHING = Room(rows=10_000, bars=1_000, text=6_000, name=600)


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence or two, perhaps after a few words that stand out."""

    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One line by itself."""

    line: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """A bulleted list; ``more`` says how many stand elsewhere, or is empty."""

    items: tuple[Line, ...]
    more: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Names, each with what is known of it."""

    items: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Cells under headings; the first cell of a row names it.

    Attributes:
        title: What the table shows, for those who cannot see it.
        widths: How wide each column is, beside the others.
        strong: Which rows stand out, by their place.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    strong: frozenset[int] = frozenset()
    more: str = ""


@dataclass(frozen=True, slots=True)
class Extent:
    """From where to where a figure may lie, per cent."""

    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A picture in one row of a chart, on a scale from 0 to 100.

    Attributes:
        outlined: The upper, hollow bar, or None.
        filled: The lower, filled bar.
        shade: How dark the fill is, 0 to 1.
        cuts: Where lines stand.
        alt: The picture in words.
    """

    outlined: Extent | None
    filled: Extent
    shade: Fraction
    cuts: tuple[Fraction, ...]
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One figure of every row of a plot.

    Attributes:
        name: What the figure is.
        values: One for each row; None where it has none.
        looks: How each is judged; empty where nothing is.
    """

    name: str
    values: tuple[Fraction | None, ...]
    looks: tuple[Look | None, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """The figures of a part as numbers, for what draws a chart with its data inside.

    Attributes:
        title: What it shows, with its unit: a chart may be copied out.
        rows: The names of the rows, with words beside what a colour says.
        series: What is drawn of each.
        alt: The chart in words.
        stacked: Whether the figures of a row make one bar.
        most: Where the scale ends; None where it ends with the data.
        decimals: How many decimals the figures are shown with.
    """

    title: str
    rows: tuple[str, ...]
    series: tuple[Series, ...]
    alt: str
    stacked: bool = False
    most: int | None = 100
    decimals: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class BarRow:
    """One row: its name, its picture, and its figures as text; None where nothing is scored."""

    name: str
    bar: Bar | None
    cells: tuple[str, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """A chart whose every row is a name, a picture and figures.

    Attributes:
        title: What it shows, for those who cannot see it.
        columns: Headings: of the names, the pictures, and each column of figures.
        legend: How the pictures are read.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[BarRow, ...]
    legend: str
    more: str = ""


Block = Paragraph | Points | Facts | Table | Bars


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Blocks under a heading.

    Attributes:
        side: Where they stand if there is room for two columns.
        finding: What they come to, as the title of a slide; empty where ``title`` says it.
        plot: Their figures as numbers, where a slide draws them.
    """

    title: str
    side: Side = "whole"
    blocks: tuple[Block, ...]
    finding: str = ""
    plot: Plot | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page.

    Attributes:
        kind: What sort of page this is.
        title: What it is about.
        subtitle: More about that.
        notice: What has to be known before reading on, such as that all is made up; or empty.
        headline: The answer, in a few words.
        headline_lead: What sort of answer that is.
        meaning: What it means, in a sentence or two.
        top: What a reader needs to know first.
        language: The code of the language of its words.
        day: The day it is about, as an ISO date.
        foot: Its limits, and what it rests on; the last is the digest of that.
        look: How the answer looks, or None where it judges nothing.
    """

    kind: str
    title: str
    subtitle: str
    notice: str
    headline: str
    headline_lead: str
    meaning: str
    top: tuple[Line, ...]
    parts: tuple[Part, ...]
    foot: tuple[str, ...]
    language: str
    day: str
    look: Look | None = None
