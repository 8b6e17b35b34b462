"""What is read ahead offers the interpreter often, and leaves it as it was."""

import sys

import pytest

from procurement_risk.portfolio.giving_way import OFTEN, giving_way


def test_the_interpreter_changes_hands_often_until_the_last_is_done():
    usual = sys.getswitchinterval()
    with giving_way():
        with giving_way():
            assert sys.getswitchinterval() == pytest.approx(usual / OFTEN)
        assert sys.getswitchinterval() == pytest.approx(usual / OFTEN)
    assert sys.getswitchinterval() == pytest.approx(usual)


def test_so_it_is_where_something_fails():
    usual = sys.getswitchinterval()
    with pytest.raises(LookupError), giving_way():
        raise LookupError
    assert sys.getswitchinterval() == pytest.approx(usual)
