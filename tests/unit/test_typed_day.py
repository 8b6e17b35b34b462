"""A day as it is typed: the British way or as it is stored, and nothing else."""

import pytest

from procurement_risk.language.phrases import typed_day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31/03/2027", "2027-03-31"),
        (" 1/3/2027 ", "2027-03-01"),
        ("2027-03-31", "2027-03-31"),
        ("03/31/2027", ""),
        ("30/02/2027", ""),
        ("31/03/27", ""),
        ("20270331", ""),
        ("٣١/03/2027", ""),
        ("31/03/2027/1", ""),
        ("soon", ""),
        ("", ""),
    ],
)
def test_a_typed_day(text, day):
    assert typed_day(text) == day
