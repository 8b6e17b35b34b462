"""The same day in another year."""

from __future__ import annotations

from datetime import date


def years_from(day: str, years: int) -> str:
    """Return the same day ``years`` later; 28 February where that year has no 29th."""
    start = date.fromisoformat(day)
    year = min(max(start.year + years, date.min.year), date.max.year)
    try:
        return start.replace(year=year).isoformat()
    except ValueError:
        return start.replace(year=year, day=28).isoformat()
