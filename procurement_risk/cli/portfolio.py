"""The command that writes the leadership page of the portfolio: ``portfolio``."""

from __future__ import annotations

from pathlib import Path

import click

from procurement_risk.cli.shared import form_of, store, write
from procurement_risk.cli.terminal import say


@click.command()
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True,
    help="The file to write; its name ends in .pdf, .html or .pptx.",
)  # fmt: skip
def portfolio(output: Path) -> None:
    """Write the leadership page of the whole portfolio, or its slides, as of today."""
    from procurement_risk.assessment.today import today
    from procurement_risk.exports.leadership import portfolio as page
    from procurement_risk.exports.slides import portfolio as slides
    from procurement_risk.portfolio.census import census
    from procurement_risk.portfolio.kept import damaged_of, items_of
    from procurement_risk.portfolio.left_out import left_out
    from procurement_risk.report.portfolio.figures import figures_of

    form = form_of(output, {".pdf": page.pdf, ".html": page.html, ".pptx": slides.pptx})
    held = store()
    aside = sum(each.archived for each in held.summaries())
    items = items_of(held)
    held.exporting([item.id for item in items], f"portfolio{output.suffix}")
    figures = figures_of(census(items), today(), aside=aside)
    if damaged := damaged_of(held):
        say(left_out(damaged), err=True)
    data = form(figures)
    write(output, data)
    say(f"{output}: {len(data):,} bytes")


COMMANDS = (portfolio,)
