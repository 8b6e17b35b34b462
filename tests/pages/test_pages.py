"""Which pages there are: one room each, one line each, and none that is forgotten."""

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

import procurement_risk.views
from procurement_risk.views import frame
from procurement_risk.views.shared.pages import Page

VIEWS = Path(procurement_risk.views.__file__).parent


def unlisted(rooms: Iterable[str], pages: Iterable[Page]) -> set[str]:
    """Return the rooms without a line in the list, and the lines without a room."""
    return set(rooms) ^ {page.address for page in pages}


def test_every_room_with_a_page_is_listed_under_its_name():
    rooms = [page.parent.name.replace("_", "-") for page in VIEWS.glob("*/page.py")]
    assert unlisted(rooms, frame.PAGES) == set()
    assert len(frame.PAGES) == len(rooms)


def test_a_room_that_is_not_listed_is_found():
    rooms = [page.address for page in frame.PAGES]
    assert unlisted([*rooms, "new"], frame.PAGES) == {"new"}
    assert unlisted(rooms, frame.PAGES[1:]) == {"my-work"}


def test_each_page_is_drawn_by_the_module_of_its_room():
    for page in frame.PAGES:
        assert callable(import_module(page.module).page), page.address
    assert frame.PAGES[0].module == "procurement_risk.views.my_work.page"
