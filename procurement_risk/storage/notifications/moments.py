"""Moments as this room writes them: ISO times in UTC that sort as they follow each other."""

from __future__ import annotations

from datetime import UTC, datetime


def moment(at: datetime) -> str:
    """Return ``at`` as it stands in a row."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
