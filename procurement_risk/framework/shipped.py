"""What travels with the package, and where people's own things are kept.

In a checkout it lies at the top of the repository, for people to read and edit; in an installed
package in a folder of the package, laid out the same. ``pyproject.toml`` says what goes there.
"""

from __future__ import annotations

import os
import sys
from importlib import resources
from pathlib import Path

VERSION = "0.2.0"
SOFTWARE = f"procurement-risk {VERSION}"

_PACKAGE = Path(str(resources.files("procurement_risk")))
_INSTALLED = _PACKAGE / "shipped"
IS_INSTALLED = _INSTALLED.is_dir()

IMPORTED_FROM = _PACKAGE.parent
"""The folder that another process needs on its path to import the package."""

_SHIPPED = _INSTALLED if IS_INSTALLED else IMPORTED_FROM
APP = _SHIPPED / "app.py"
DOCS = _SHIPPED / "docs"
EXAMPLES = _SHIPPED / "assessments" / "examples"
FRAMEWORKS = _SHIPPED / "frameworks"
SCHEMAS = _SHIPPED / "schemas"
STATIC = _SHIPPED / "static"


def data_folder() -> Path:
    """Return where this user's programs keep data, in a folder of our name."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "procurement-risk"


HOME = data_folder() if IS_INSTALLED else IMPORTED_FROM
"""Where people's own databases and frameworks are: the checkout, or this user's data folder."""

DEFAULT_URL, FILE = "sqlite:///assessments/assessments.sqlite3", "sqlite:///"
"""The address of the database where none is said, and how that of a file begins."""


def plain_file(url: str) -> Path | None:
    """Return the file that the address of a database names, where that is plain to see.

    What reads every address takes as long to import as all of Streamlit.
    """
    path = HOME / url.removeprefix(FILE)
    is_plain = url.startswith(FILE) and not set(url) & set("?#%") and ":memory:" not in url
    return path if is_plain and path.name and not path.is_dir() and path.parent.is_dir() else None
