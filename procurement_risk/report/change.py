"""What changed since the look before, split into the answers' part and the method's."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from procurement_risk.errors import UsageError
from procurement_risk.framework.words import decision
from procurement_risk.language import _
from procurement_risk.language.numbers import decimal, grouped
from procurement_risk.profile.trend import Number, SectionTrend, Shift, Trend, trend
from procurement_risk.report.page import Part, Table
from procurement_risk.report.parts import and_more, part, said
from procurement_risk.report.subject import Subject


def change(subject: Subject) -> list[Part]:
    """Return the part about change; none where this is the first look."""
    title = _("Change since the last look")
    if subject.earlier is None:
        if not subject.assessment.replaces:
            return []
        words = _("This follows an earlier assessment that was not at hand for this page.")
        return [part(title, said(words), side="right")]
    framework, answers = subject.earlier
    try:
        found = trend(framework, answers, subject.framework, subject.assessment.answer_set)
    except UsageError:
        words = _("The look before used another method, so the two cannot be compared.")
        return [part(title, said(words), side="right")]
    since = _("Since {date}").format(date=subject.date(answers.as_of))
    moved = sorted(_moved(subject, found), key=lambda each: -abs(Fraction(each[1].whole or 0)))
    most = min(4, subject.room.rows)
    figure = _("Figure") if found.totals else _("Residual of")
    table = Table(
        title=_("What moved, and through what"),
        columns=(figure, _("Before"), _("Now"), _("By the answers"), _("By the method")),
        rows=tuple((name, *_cells(shift)) for name, shift in moved[:most]),
        widths=(9, 3, 3, 4, 4),
        more=and_more(len(moved) - most),
    )
    recommended = _recommended(subject, found)
    blocks = said(recommended, since), table if moved else said(_("No figure moved."))
    finding = f"{since}: {recommended.rstrip('.:')}"
    return [part(title, *blocks, side="right", finding=finding)]


def _recommended(subject: Subject, found: Trend) -> str:
    if found.recommendation is None:
        return _("what the points come to:")
    before, after = found.recommendation.before, found.recommendation.after
    if before == after:
        words = _("the recommendation stays: {after}.")
    else:
        words = _("the recommendation goes from {before} to {after}.")
    return words.format(before=subject.name(decision(before)), after=subject.name(decision(after)))


def _moved(subject: Subject, found: Trend) -> Iterator[tuple[str, Shift]]:
    for name, shift in found.totals.items():
        if shift.whole:
            yield _total_name(name), shift
    for section in found.sections:
        residual = section.figures.get("residual")
        if residual is not None and residual.central.whole:
            yield subject.name(section.title), residual.central


def _cells(shift: Shift) -> tuple[str, ...]:
    ends = [_figure(each) for each in (shift.before, shift.after)]
    return (*ends, _signed(shift.by_answers), _signed(shift.by_method))


def _figure(value: Number | None) -> str:
    if value is None:
        return ""
    return decimal(value) if isinstance(value, Fraction) else grouped(value)


def _signed(value: Number | None) -> str:
    if value is None:
        return ""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{_figure(-value if value < 0 else value)}"


# --- Every figure -------------------------------------------------------------------------


def table(found: Trend) -> Table:
    """Return a row for each section, and for the totals where points are counted.

    Sections show the central residual score in per cent; points are whole.
    """
    rows = [(_total_name(name), *_cells(shift), "") for name, shift in found.totals.items()]
    for section in found.sections:
        rows += _section(section)
    return Table(
        title=_("The change, section by section"),
        columns=(
            _("Figure"),
            _("Before"),
            _("After"),
            _("Effect of the answers"),
            _("Effect of the method"),
            _("Note"),
        ),
        rows=tuple(rows),
        widths=(9, 3, 3, 4, 4, 9),
    )


def _total_name(name: str) -> str:
    return {
        "raw": _("Impact points"),
        "mitigation": _("Mitigation points"),
        "current": _("After the reduction"),
        "level": _("Level"),
    }[name]


def _section(section: SectionTrend) -> list[tuple[str, ...]]:
    rows = []
    residual = section.figures.get("residual")
    if residual is not None:
        rows.append((section.title, *_cells(residual.central), section.note))
    kinds = {"raw": _("impact"), "mitigation": _("mitigation")}
    for kind, shift in section.points.items():
        name = _("{section}: {kind}").format(section=section.title, kind=kinds[kind])
        rows.append((name, *_cells(shift), section.note))
    return rows or [(section.title, "", "", "", "", section.note)]
