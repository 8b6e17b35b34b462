"""The leadership page of the portfolio on screen, to take away as PDF, HTML or slides."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from procurement_risk.assessment.words import workflow_state
from procurement_risk.exports.export import Export
from procurement_risk.exports.leadership import html, pdf, portfolio
from procurement_risk.exports.slides import assessment as slides
from procurement_risk.language import _
from procurement_risk.language.phrases import label as label_of, listed
from procurement_risk.portfolio import words as portfolio_words
from procurement_risk.portfolio.called import called
from procurement_risk.portfolio.first_screen import View
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.narrowing import DUE
from procurement_risk.portfolio.totals import Filters
from procurement_risk.report.portfolio.figures import PortfolioFigures, figures_of
from procurement_risk.views.portfolio import memory
from procurement_risk.views.shared import downloads, session


def _slides(figures: PortfolioFigures) -> bytes:
    from procurement_risk.exports.slides.portfolio import pptx  # with the charts

    return pptx(figures)


FORMS: tuple[tuple[Export, Callable[[PortfolioFigures], bytes]], ...] = (
    (pdf.EXPORT, portfolio.pdf),
    (html.EXPORT, portfolio.html),
    (slides.EXPORT, _slides),
)


def draw(view: View, filters: Filters) -> None:
    """Draw a button for each form; nothing is made before somebody asks for it."""
    day, aside = session.today(), memory.set_aside()

    def figures() -> PortfolioFigures:
        scope = scope_words(filters, view.sellers, view.rated)
        return figures_of(view.whole(), day, scope, aside=aside)

    def form(export: Export, write: Callable[[PortfolioFigures], bytes]) -> downloads.Form:
        return downloads.form(_(export.title), export, lambda: write(figures()))

    def ids() -> list[str]:
        return [item.id for item in view.items]

    downloads.draw(f"portfolio-{day}-leadership", ids, *(form(*each) for each in FORMS))


def scope_words(
    filters: Filters,
    sellers: Sequence[PortfolioItem],
    rated: Sequence[PortfolioItem] | None = None,
) -> str:
    """Return what the filters let through, such as ``Supplier: Halcyon; Tier: III``; or empty.

    ``sellers`` and ``rated`` are it, as ``View`` has it.
    """
    tiers = {
        number: framework.tier(number).label
        for framework, tier in dict.fromkeys(
            (item.framework, item.tier) for item in rated or sellers
        )
        if tier is not None
        for number in range(tier.low, tier.high + 1)
    }
    suppliers = called(sellers)
    parts = (
        (_("Public body"), filters.buyers),
        (_("Supplier"), [suppliers.get(each, each) for each in filters.suppliers]),
        (_("Capability"), filters.capabilities),
        (_("Tier"), [tiers.get(number, str(number)) for number in sorted(filters.tiers)]),
        (_("Recommendation"), map(portfolio_words.decision_label, filters.decisions)),
        (_("State"), map(workflow_state, filters.states)),
        (_("Upstream model"), filters.models),
        (_("Owner"), [each or _("Nobody named") for each in filters.owners]),
        (_("Due"), [label_of(DUE, each) for each in filters.dues]),
        (_("Assessed from"), [filters.since] if filters.since else []),
        (_("Assessed until"), [filters.until] if filters.until else []),
    )
    named = [(label, list(values)) for label, values in parts]
    return "; ".join(f"{label}: {listed(sorted(values))}" for label, values in named if values)
