"""Every page says on PostgreSQL what it says on SQLite."""

import pytest

from procurement_risk.storage import open_store
from procurement_risk.views import frame
from procurement_risk.views.shared import session
from tests.support.databases import POSTGRES, address
from tests.support.small_app import draw, folded, said, tables
from tests.support.stored_examples import put_demonstration

ASKED = {"assessment": "demo-p05", "supplier": "Halcyon Frontier Inc"}


def drawn(url, monkeypatch):
    """Return what each page says, by its address."""
    monkeypatch.setenv("PROCUREMENT_RISK_DATABASE", url)
    session.whole_store.clear()
    store = open_store(url)
    put_demonstration(store)
    query = {**ASKED, "purchase": store.load("demo-p01").assessment.purchase.id}
    found = {}
    for page in frame.PAGES:
        test = draw(page.address, {"supplier": ASKED["supplier"]}, **query)
        boxes = [each.options for each in (*test.selectbox, *test.radio)]
        found[page.address] = said(test), tables(test), folded(test), boxes
    store.close()
    session.whole_store.clear()
    return found


@pytest.mark.skipif(not POSTGRES, reason="no PostgreSQL to draw the pages from")
def test_every_page_says_the_same_on_both(tmp_path, monkeypatch):
    kept = []
    for kind in ("sqlite", "postgresql"):
        with address(kind, tmp_path) as url:
            kept.append(drawn(url, monkeypatch))
    for page in frame.PAGES:
        assert kept[0][page.address] == kept[1][page.address], page.address
