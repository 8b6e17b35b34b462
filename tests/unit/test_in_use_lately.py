"""Which questionnaires are in use is kept for a moment; what is done in this process counts."""

import pytest

from procurement_risk.portfolio import versions_in_use as module
from procurement_risk.portfolio.versions_in_use import LATELY, in_use_lately, versions_in_use
from tests.support.databases import open_empty


@pytest.fixture
def store(tmp_path):
    store = open_empty(f"sqlite:///{tmp_path / 'store.sqlite3'}")
    yield store
    store.close()


def test_it_is_looked_at_again_after_a_moment_and_at_once_where_it_was_changed_here(
    store, monkeypatch
):
    looked, now = [], [100.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(
        module, "versions_in_use", lambda retired: looked.append(1) or versions_in_use(retired)
    )
    name = next(iter(in_use_lately(store).versions))
    now[0] += LATELY
    in_use_lately(store)
    assert len(looked) == 1
    store.retire(name, "Ada", "Old")
    found = in_use_lately(store)
    assert (len(looked), name in found.retired, name in found.versions) == (2, True, False)
    now[0] += LATELY + 0.1
    assert in_use_lately(store) == found
    assert len(looked) == 3
