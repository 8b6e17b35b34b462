"""A browser is told the same of the theme as Streamlit would tell it."""

import pytest
from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

from procurement_risk.server import theme_once

SECTIONS = ("theme", "theme.light", "theme.dark", "theme.sidebar", "theme.dark.sidebar")


@pytest.fixture(autouse=True)
def forgotten():
    theme_once._made.clear()
    yield
    theme_once._made.clear()


def told(populate):
    """Return a message as Streamlit makes it: the whole theme, then its parts inside it."""
    whole = CustomThemeConfig()
    parts = (whole, whole.light, whole.dark, whole.sidebar, whole.dark.sidebar)
    for part, section in zip(parts, SECTIONS, strict=True):
        populate(part, section)
    return whole


def test_it_is_what_streamlit_tells_each_time():
    plain = told(theme_once._populate)
    assert plain.base_radius
    for _ in range(3):
        assert told(theme_once._told).SerializeToString() == plain.SerializeToString()


def test_the_settings_are_asked_once_until_they_are_read_again(monkeypatch):
    asked = []
    monkeypatch.setattr(theme_once, "_populate", lambda _message, section: asked.append(section))
    monkeypatch.setattr(app_session, "_populate_theme_msg", app_session._populate_theme_msg)
    told(theme_once._told)
    told(theme_once._told)
    assert asked == list(SECTIONS)

    theme_once.remember()
    assert app_session._populate_theme_msg is theme_once._told
    config._on_config_parsed.send()
    told(theme_once._told)
    assert asked == [*SECTIONS, *SECTIONS]
