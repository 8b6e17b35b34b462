"""What in a file a spreadsheet program would run, or fetch from elsewhere.

A part is known by the folder it lies in and by its own name, as programs write them, and by the
kind that the file says it is. A word within a name proves nothing: a picture may be of anything.
Panes of add-ins are no such thing: they are a note of which add-in was open, and nothing of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote

from procurement_risk.language import N_

MACROS = N_("macros")
LINKS = N_("links to other workbooks")
CONNECTIONS = N_("data connections")
OBJECTS = N_("embedded objects")
CONTROLS = N_("ActiveX or form controls")
ADD_INS = N_("add-ins")

FOLDERS: Mapping[str, str] = {
    "macrosheets": MACROS,
    "dialogsheets": MACROS,
    "externallinks": LINKS,
    "querytables": CONNECTIONS,
    "model": CONNECTIONS,
    "embeddings": OBJECTS,
    "activex": CONTROLS,
    "ctrlprops": CONTROLS,
    "customui": ADD_INS,
}
"""By a folder in the name of a part."""

NAMES: Mapping[str, str] = {
    "vbaproject": MACROS,
    "vbaprojectsignature": MACROS,
    "vbadata": MACROS,
    "externallink": LINKS,
    "connections": CONNECTIONS,
    "querytable": CONNECTIONS,
    "webpublish": CONNECTIONS,
    "webpublishitems": CONNECTIONS,
    "xmlmaps": CONNECTIONS,
    "oleobject": OBJECTS,
    "activex": CONTROLS,
    "ctrlprop": CONTROLS,
    "control": CONTROLS,
    "customui": ADD_INS,
    "attachedtoolbars": ADD_INS,
}
"""By the part's own name, without a number at its end; of parts that hold XML or code."""

KINDS: Mapping[str, tuple[str, ...]] = {
    MACROS: ("vbaproject", "vbadata", "macrosheet", "dialogsheet", "macroenabled"),
    LINKS: ("externallink",),
    CONNECTIONS: ("connections", "querytable", "webpublish", "xmlmaps", "powerpivotdata"),
    OBJECTS: ("embeddings", "oleobject", "relationships/package"),
    CONTROLS: ("activex", "ctrlprop", "relationships/control", "controlproperties"),
    ADD_INS: ("customui", "ui/extensibility", "attachedtoolbars"),
}
"""By a word in the kind that the file gives a part or a relation; people name no kinds."""

_NAME = re.compile(r"([^.]*?)[0-9]*\.(?:bin|xml|vml|rels)(?:\.rels)?")


def part_is(name: str) -> str:
    """Return what active thing a part of this name is, or empty."""
    *folders, own = unquote(name).casefold().replace("\\", "/").split("/")
    for folder in folders:
        if folder in FOLDERS:
            return FOLDERS[folder]
    found = _NAME.fullmatch(own)
    return NAMES.get(found[1], "") if found else ""


def kind_is(kind: str) -> str:
    """Return what active thing a content type or a kind of relation stands for, or empty."""
    small = kind.casefold()
    return next((what for what, signs in KINDS.items() if any(s in small for s in signs)), "")
