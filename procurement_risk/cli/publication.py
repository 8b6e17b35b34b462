"""What the commands say before something is published."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from procurement_risk.cli.terminal import say

if TYPE_CHECKING:
    from procurement_risk.exports import Export, Exported


def say_what_to_look_at(export: Export, found: Iterable[Exported]) -> None:
    """Name on standard error what a published file shows that somebody has to look at."""
    if not export.is_published:
        return
    from procurement_risk.exports.published.look_first import look_first, sentences

    for each in found:
        for sentence in sentences(look_first(each)):
            say(f"look before you publish: {each.assessment.id}: {sentence}", err=True)
