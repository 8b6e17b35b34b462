"""The charts of the Overview, each with the table of every number it shows."""

from __future__ import annotations

from procurement_risk.language import N_, _
from procurement_risk.profile.words import RANGE_AND_MARK
from procurement_risk.views.shared import chart_view
from procurement_risk.views.shared.session import Opened

NOTES = {
    "section_bars": (
        N_(
            "0 is no risk found, 100 the worst. Claimed: every claim believed. Inherent: as "
            "found, given the evidence. Residual: after mitigations."
        ),
        RANGE_AND_MARK,
    ),
    "evidence_mix": (
        N_("The share of each section's weight that rests on each grade of evidence."),
    ),
}


def draw(opened: Opened) -> None:
    """Draw every chart."""
    for name in NOTES:
        _draw_chart(opened, name)


def _draw_chart(opened: Opened, name: str) -> None:
    chart_view.draw(
        name,
        opened.result,
        about=chart_view.about(opened.assessment),
        file_name=f"{name} {opened.id}",
        note=" ".join(_(sentence) for sentence in NOTES[name]),
    )
