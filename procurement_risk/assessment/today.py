"""The day that is meant by *today*: the calendar's where the work is done, not that of UTC.

Between midnight and one in the morning a British summer's day has begun that UTC has not.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from procurement_risk.errors import UsageError
from procurement_risk.language import _

TIME_ZONE = "PROCUREMENT_RISK_TIME_ZONE"
"""Names the zone where a server's own is another, such as ``Europe/London``."""


def today() -> str:
    """Return today as an ISO date, in the zone that the environment names or else the computer's.

    Raises:
        UsageError: If the environment names a zone that is not known.
    """
    return day_of(datetime.now(UTC)).isoformat()


def now() -> str:
    """Return the time now as an ISO time in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def day_of(moment: datetime) -> date:
    """Return the day of a moment where the work is done. Raises as ``today``."""
    return local(moment).date()


def local(moment: datetime) -> datetime:
    """Return a moment as a clock shows it where the work is done. Raises as ``today``."""
    name = os.environ.get(TIME_ZONE, "").strip()
    return moment.astimezone(_zone(name) if name else None)


def start_of(day: str) -> str:
    """Return when ``day`` begins where the work is done: an ISO time in UTC, to the second.

    It has no sign for the zone behind it, so that it sorts before every moment of that second.
    """
    name = os.environ.get(TIME_ZONE, "").strip()
    begins = datetime.fromisoformat(f"{day}T00:00:00")
    begins = begins.replace(tzinfo=_zone(name)) if name else begins.astimezone()
    return begins.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")


@cache
def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError) as error:
        words = _("{variable} is {name}, which is no time zone. Write one like Europe/London.")
        raise UsageError(words.format(variable=TIME_ZONE, name=repr(name))) from error


# The same day in another year.


def years_from(day: str, years: int) -> str:
    """Return the same day ``years`` later; 28 February where that year has no 29th."""
    start = date.fromisoformat(day)
    year = min(max(start.year + years, date.min.year), date.max.year)
    try:
        return start.replace(year=year).isoformat()
    except ValueError:
        return start.replace(year=year, day=28).isoformat()
