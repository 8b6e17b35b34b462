"""Before a published file can be downloaded, one is asked about what it shows."""

import pytest

from tests.support.framework_documents import SMALL
from tests.support.small_app import draw, said, unescaped

HOST = [{"kind": "host", "name": "Larch Cloud", "maker": "Larch"}]


@pytest.fixture
def hosted(app):
    app.create(SMALL, {"CX-1": "b"}, id="one")
    app.store.save("one", "upstreams", HOST, 0, "Ana")
    return app


def downloads(page):
    return [each.proto.label for each in page.get("download_button")]


def test_a_host_is_asked_about_before_the_download(hosted):
    page = draw("records", format="public-summary", assessment="one")

    assert "The names of hosts and clouds are shown: Larch Cloud." in unescaped(said(page))
    assert downloads(page) == []
    (tick,) = (each for each in page.checkbox if str(each.key).startswith("records-looked-"))
    page = tick.check().run()
    assert downloads(page) == ["Download 1 assessment"]


def test_a_format_for_colleagues_asks_nothing(hosted):
    page = draw("records", format="json", assessment="one")
    assert downloads(page) == ["Download 1 assessment"]


def test_once_the_hosts_are_withheld_nothing_is_asked(hosted):
    marking = {"upstreams.name": {"ground": "security", "reason": "It helps an attacker"}}
    hosted.store.save("one", "markings", marking, 0, "Ana")
    page = draw("records", format="public-summary", assessment="one")
    assert downloads(page) == ["Download 1 assessment"]


def test_details_name_it_too(hosted):
    page = draw("details", assessment="one", details="Publication")
    assert "Look at these before anything is published" in said(page)
