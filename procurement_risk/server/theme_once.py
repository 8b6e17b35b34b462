"""What every click tells a browser of the theme is put together once.

Streamlit asks its settings for some three hundred options at each click, and they hardly ever
change. They are asked again where the settings are read again.
"""

from __future__ import annotations

from typing import Final

from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

_made: Final[dict[str, CustomThemeConfig]] = {}
_populate = app_session._populate_theme_msg


def remember() -> None:
    """Put together what is told of the theme once, from now on."""
    if app_session._populate_theme_msg is not _told:
        app_session._populate_theme_msg = _told
        config.on_config_parsed(_made.clear, force_connect=True)


def _told(msg: CustomThemeConfig, section: str = "theme") -> None:
    known = _made.get(section)
    if known is None:
        _populate(msg, section)
        known = CustomThemeConfig()
        known.CopyFrom(msg)
        _made[section] = known
    elif known.ByteSize():  # what says nothing is not to be there at all
        msg.CopyFrom(known)
