"""Native charts: bars that PowerPoint draws from a sheet of numbers inside the file.

The sheet is written anew by us: what somebody wrote stands in it as text and never as a formula.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from procurement_risk.charts.palettes import LIGHT
from procurement_risk.exports.csv_cells import may_run
from procurement_risk.exports.docx_writing import text_of
from procurement_risk.exports.slides.layout import Box
from procurement_risk.exports.zips import same_each_time
from procurement_risk.report.page import Plot, Series

LETTERS = 11
SHEET = "Sheet1"  # as python-pptx names it in what the chart refers to


def add_chart(slide: Any, box: Box, plot: Plot, language: str) -> Any:  # noqa: ANN401
    """Draw a chart on a slide and return its shape."""
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Inches

    kept, of = _kept(plot), len(plot.series)
    plot = replace(plot, series=tuple(series for __, series in kept))
    data = CategoryChartData(number_format="0." + "0" * plot.decimals if plot.decimals else "0")
    data.categories = [text_of(row) for row in plot.rows]
    for series in plot.series:
        data.add_series(text_of(series.name), [_number(value) for value in series.values])
    kind = XL_CHART_TYPE.BAR_STACKED if plot.stacked else XL_CHART_TYPE.BAR_CLUSTERED
    shape = slide.shapes.add_chart(kind, *map(Inches, box), data)
    chart = shape.chart
    chart.part.chart_workbook.update_from_xlsx_blob(_sheet(plot))
    _dress(chart, plot, language)
    fills = _fills(of)
    for drawn, (place, series) in zip(chart.plots[0].series, kept, strict=True):
        _colour(drawn, series, fills[place][0])
        _label(drawn, plot, "#ffffff" if series.looks else fills[place][1])
    return shape


def _kept(plot: Plot) -> list[tuple[int, Series]]:
    """Return the figures by their place, without those that are nothing in every bar."""
    found = list(enumerate(plot.series))
    if not plot.stacked:
        return found
    return [each for each in found if any(each[1].values)] or found[:1]


def _fills(of: int) -> list[tuple[str, str]]:
    """Return the colour of each of so many figures, with that of words on it; all differ."""
    steps = [*zip(LIGHT.ramp, LIGHT.on_ramp, strict=True)]
    if of > len(steps):
        more = [("#ffffff", LIGHT.text)] * (of - len(steps))
        return [*steps, *more]
    return [steps[round(place * (len(steps) - 1) / max(of - 1, 1))] for place in range(of)]


def _number(value: Fraction | None) -> float | None:
    return None if value is None else round(float(value), 6)


def _sheet(plot: Plot) -> bytes:
    """Return the numbers as a workbook: a row for each group, a column for each figure."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    _cells(sheet, 1, [" ", *(series.name for series in plot.series)])
    for place, row in enumerate(plot.rows):
        values = [_number(series.values[place]) for series in plot.series]
        _cells(sheet, place + 2, [row, *values])
    file = io.BytesIO()
    book.save(file)
    return same_each_time(file.getvalue())


def _cells(sheet: Any, row: int, values: Sequence[str | float | None]) -> None:  # noqa: ANN401
    for place, value in enumerate(values, start=1):
        cell = sheet.cell(row, place)
        if not isinstance(value, str):
            cell.value = value
            continue
        text = text_of(value)
        # Set as a text and then marked as one: what begins with = is no formula.
        cell.value, cell.data_type = text, "s"
        cell.quotePrefix = may_run(text)


def _dress(chart: Any, plot: Plot, language: str) -> None:  # noqa: ANN401
    from pptx.enum.chart import XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
    from pptx.util import Pt

    chart.font.size = Pt(LETTERS)
    chart.has_title = True
    chart.chart_title.text_frame.text = text_of(plot.title)
    run = chart.chart_title.text_frame.paragraphs[0].runs[0]
    run.font.size, run.font.bold = Pt(LETTERS + 1), True
    run._r.get_or_add_rPr().set("lang", language)
    chart.has_legend = plot.stacked or len(plot.series) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
    rows, scale = chart.category_axis, chart.value_axis
    rows.reverse_order = True  # the first row stands on top
    rows.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    scale.minimum_scale = 0
    most = _longest(plot) if plot.stacked and plot.most is None else plot.most
    if most is not None:
        scale.maximum_scale = most
    scale.has_major_gridlines = False
    scale.visible = False
    drawn = chart.plots[0]
    drawn.gap_width = 40 if len(plot.rows) > 2 else 160
    drawn.overlap = 100 if plot.stacked else -5


def _longest(plot: Plot) -> float | None:
    """Return where the longest bar ends, so that it is as wide as the chart."""
    rows = zip(*(series.values for series in plot.series), strict=True)
    return float(max((sum(filter(None, row)) for row in rows), default=0)) or None


def _colour(drawn: Any, series: Series, fill: str) -> None:  # noqa: ANN401
    """Paint a figure as it is judged; in the key too, where every bar of it is judged alike."""
    looks = {look.ink for look in series.looks if look is not None}
    if looks:
        fill = next(iter(looks)) if len(looks) == 1 else "#ffffff"
    _paint(drawn.format, fill)
    drawn.invert_if_negative = False
    if len(looks) < 2:
        return
    for number, look in enumerate(series.looks):
        if look is not None:
            _paint(drawn.points[number].format, look.ink)


def _paint(format_: Any, colour: str) -> None:  # noqa: ANN401
    from pptx.dml.color import RGBColor
    from pptx.util import Pt

    format_.fill.solid()
    format_.fill.fore_color.rgb = RGBColor.from_string(colour.removeprefix("#").upper())
    format_.line.color.rgb = RGBColor.from_string(LIGHT.text.removeprefix("#").upper())
    format_.line.width = Pt(0.75)


def _label(drawn: Any, plot: Plot, ink: str) -> None:  # noqa: ANN401
    from pptx.dml.color import RGBColor
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.util import Pt

    labels = drawn.data_labels
    labels.show_value = True
    # Nothing is written into a piece of nothing.
    labels.number_format = ("0.0" if plot.decimals else "#,##0") + ";;;"
    labels.number_format_is_linked = False
    labels.font.size = Pt(LETTERS - 1)
    if not plot.stacked:
        labels.position = XL_LABEL_POSITION.OUTSIDE_END
        return
    labels.font.color.rgb = RGBColor.from_string(ink.removeprefix("#").upper())
