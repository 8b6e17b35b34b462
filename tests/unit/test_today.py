"""Today is the day where the work is done; a moment is one of the calendar."""

import re
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

import procurement_risk
from procurement_risk.assessment import today as calendar
from procurement_risk.assessment.answers import is_day
from procurement_risk.assessment.document import assessment_to_document
from procurement_risk.assessment.parts import check_part
from procurement_risk.assessment.shape import check_assessment
from procurement_risk.errors import UsageError
from procurement_risk.exports.published import today as published
from procurement_risk.views.shared import session
from tests.support.publication_examples import planted

ASKING = re.compile(r"\bdate(?:time)?\.today\(|\bnow\([^()]*\)\.date\(")
SUMMER_NIGHT = datetime(2026, 7, 14, 23, 30, tzinfo=UTC)


@pytest.fixture
def london(monkeypatch):
    monkeypatch.delenv(calendar.TIME_ZONE, raising=False)
    monkeypatch.setenv("TZ", "Europe/London")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_between_midnight_and_one_in_summer_it_is_the_new_day(london):
    assert calendar.day_of(SUMMER_NIGHT).isoformat() == "2026-07-15"
    assert calendar.day_of(SUMMER_NIGHT.replace(month=1)).isoformat() == "2026-01-14"


def test_a_server_elsewhere_is_told_the_zone(london, monkeypatch):
    monkeypatch.setenv(calendar.TIME_ZONE, "America/New_York")
    assert calendar.day_of(SUMMER_NIGHT).isoformat() == "2026-07-14"


@pytest.mark.parametrize("name", ["Europe/Londno", "../../etc/passwd", "\x00"])
def test_a_zone_that_is_none_is_named(name):
    with pytest.raises(UsageError, match="no time zone"):
        calendar._zone(name)


def test_every_door_means_the_same_day():
    assert is_day(calendar.today())
    assert session.today() == published.today() == calendar.today()


def test_no_module_asks_the_computers_clock_for_the_day():
    """Its day may be another than the one that the setting names."""
    package = Path(procurement_risk.__file__).parent
    asking = [path for path in package.rglob("*.py") if ASKING.search(path.read_text("utf-8"))]
    assert asking == []
    for asks in ("date.today()", "datetime.today()", "datetime.now().date()", "now(UTC).date()"):
        assert ASKING.search(f"day = {asks}")
    assert not ASKING.search("day = today()")


@pytest.mark.parametrize(
    "moment", ["2026-02-30T10:00:00Z", "0000-01-01", "2026-02-30", "0000-01-01T00:00:00Z"]
)
def test_a_moment_that_no_calendar_has_is_refused(moment):
    trigger = [{"what": "a", "at": moment}]
    assert [p.where for p in check_part("triggers", trigger)] == ["triggers[0].at"]
    document = assessment_to_document(planted())
    document["answers"]["S-1"]["at"] = moment
    assert [p.where for p in check_assessment(document)] == ["assessment.answers.S-1.at"]


@pytest.mark.parametrize("moment", ["2028-02-29T10:00:00Z", "2026-02-28", "2026-12-31T23:59Z"])
def test_a_moment_of_the_calendar_is_taken(moment):
    assert check_part("triggers", [{"what": "a", "at": moment}]) == []
