"""What an assessment leaves in: the formats are in ``formats.EXPORTS``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from procurement_risk.exports.export import Export, Exported

if TYPE_CHECKING:
    from procurement_risk.exports.formats import EXPORTS

__all__ = ["EXPORTS", "Export", "Exported"]


def __getattr__(name: str) -> object:
    """Return the formats, which are read when somebody asks for them: a page needs one or two.

    Raises:
        AttributeError: Of any other name.
    """
    if name != "EXPORTS":
        raise AttributeError(name)
    from procurement_risk.exports.formats import EXPORTS

    return EXPORTS
