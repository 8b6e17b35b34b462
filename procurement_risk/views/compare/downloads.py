"""The comparison on screen, to take away as a page or slides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from procurement_risk.comparison import Comparison
from procurement_risk.exports.export import Export
from procurement_risk.exports.leadership import comparison as comparison_page, html, pdf
from procurement_risk.exports.slides import assessment as slides
from procurement_risk.language import N_, _
from procurement_risk.views.shared import downloads, session

FORMS: Mapping[str, tuple[Export, Callable[[Comparison], bytes]]] = {
    N_("This comparison (PDF)"): (pdf.EXPORT, comparison_page.pdf),
    N_("This comparison (HTML)"): (html.EXPORT, comparison_page.html),
    N_("This comparison (PowerPoint)"): (slides.EXPORT, comparison_page.pptx),
}


def draw(comparison: Comparison) -> None:
    """Draw a button for each form; nothing is made before somebody asks for it."""
    forms = [
        downloads.form(_(title), export, partial(write, comparison))
        for title, (export, write) in FORMS.items()
    ]
    ids = [each.assessment.id for each in comparison.candidates]
    ids += [entry.assessment.id for entry, _result in comparison.stopped]
    ids += [each.entry.assessment.id for each in comparison.apart]
    downloads.draw(f"comparison-{session.today()}", ids, *forms)
