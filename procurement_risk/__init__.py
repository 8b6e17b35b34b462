"""AI Procurement Risk Toolkit: structured due diligence for public bodies that buy AI.

What programs may use is named here, and explained in ``docs/python.md``. A name is looked up where
it lives when it is first used, so that importing the package takes no time.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from procurement_risk.assessment.answers import check_answers
    from procurement_risk.exports.tables.frames import portfolio_table, profile_tables
    from procurement_risk.framework.files import load_framework
    from procurement_risk.framework.shipped import VERSION as __version__
    from procurement_risk.imports.record import load_record
    from procurement_risk.methods import evaluate as score

__all__ = [
    "__version__",
    "check_answers",
    "load_framework",
    "load_record",
    "portfolio_table",
    "profile_tables",
    "score",
]

_HOMES = {
    "__version__": ("framework.shipped", "VERSION"),
    "check_answers": ("assessment.answers", "check_answers"),
    "load_framework": ("framework.files", "load_framework"),
    "load_record": ("imports.record", "load_record"),
    "portfolio_table": ("exports.tables.frames", "portfolio_table"),
    "profile_tables": ("exports.tables.frames", "profile_tables"),
    "score": ("methods", "evaluate"),
}


def __getattr__(name: str) -> object:
    """Return what is named in ``__all__`` from where it lives."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _HOMES[name]
    return getattr(import_module(f"{__name__}.{module}"), attribute)
