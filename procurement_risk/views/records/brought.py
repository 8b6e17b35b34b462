"""Files that were brought: they wait for whoever brought them until taken or discarded.

Streamlit forgets what was uploaded once the page is left, and nobody has accepted anything yet. A
reload begins another visit, so they wait under the name that somebody signs with; without a name,
for the visit. They are in memory alone: a restart of the toolkit forgets them.
"""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import streamlit as st

from procurement_risk.formats.workbook.reading import file_digest
from procurement_risk.formats.workbook.safety import LARGEST
from procurement_risk.imports import IMPORTS
from procurement_risk.language import _
from procurement_risk.storage import Store
from procurement_risk.views.shared import session

WORKBOOK = IMPORTS["workbook"]
HELD, SHOWN, TOUCHED = "returns-held", "returns-shown", "returns-touched"
UPLOAD = "return-upload"
MOST, MOST_BYTES = 40, 60_000_000
"""How many files, and how many bytes, wait for one person."""
MOST_BYTES_OF_ALL = 200_000_000
"""How many bytes wait for all: beyond, those that have waited longest go."""

_waiting: WeakKeyDictionary[Store, dict[str, dict[str, Brought]]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that somebody brought.

    Attributes:
        name: What it is called.
        data: Its bytes.
        is_held: Whether it only waits: it is not in the upload any more.
    """

    name: str
    data: bytes
    is_held: bool = False


def files() -> list[Brought]:
    """Draw the upload, and return what is in it, then what was brought before."""
    given = st.file_uploader(
        _(WORKBOOK.title),
        type=list(WORKBOOK.endings),
        accept_multiple_files=True,
        key=UPLOAD,
        max_upload_size=WORKBOOK.largest,
        on_change=_touch,
    )
    uploaded = [Brought(file.name, file.getvalue()) for file in given or []]
    here = {file_digest(each.data): each for each in uploaded}
    held = _held()
    # Somebody took a file out of the upload; when the page was left, nobody did.
    if st.session_state.pop(TOUCHED, False):
        for digest in st.session_state.get(SHOWN, set()) - here.keys():
            held.pop(digest, None)
    st.session_state[SHOWN] = set(here)
    for digest, each in here.items():
        if digest not in held and _has_room(held, each):
            held[digest] = Brought(each.name, each.data, is_held=True)
    if here.keys() - held.keys():
        st.caption(_("No more files can wait: take these or bring them again later."))
    return [*uploaded, *(each for digest, each in held.items() if digest not in here)]


def not_accepted() -> list[str]:
    """Return the names of the files that wait for somebody to accept or discard them."""
    return [each.name for each in _held().values()]


def discard(digest: str) -> None:
    """Hold a file no longer."""
    _held().pop(digest, None)


def draw_held(file: Brought) -> None:
    """Say of a file that it waits, and offer to discard it."""
    if not file.is_held:
        return
    digest = file_digest(file.data)
    with st.container(horizontal=True):
        st.caption(_("Brought before. It waits until you accept or discard it."))
        st.button(
            _("Discard the file"),
            key=f"return-discard-{digest[:12]}",
            on_click=discard,
            args=(digest,),
        )


def _held() -> dict[str, Brought]:
    """Return what waits for this visit, and for whoever signs with the same name."""
    mine: dict[str, Brought] = st.session_state.setdefault(HELD, {})
    name = session.named()
    if not name:
        return mine
    waiting = _waiting.setdefault(session.store(), {})
    held = waiting.pop(name, {})
    held |= mine
    waiting[name] = st.session_state[HELD] = held  # last: it has waited least
    while len(waiting) > 1 and sum(map(_size, waiting.values())) > MOST_BYTES_OF_ALL:
        del waiting[next(iter(waiting))]
    return held


def _size(held: dict[str, Brought]) -> int:
    return sum(len(each.data) for each in held.values())


def _touch() -> None:
    st.session_state[TOUCHED] = True


def _has_room(held: dict[str, Brought], more: Brought) -> bool:
    size = _size(held) + len(more.data)
    return len(held) < MOST and len(more.data) <= LARGEST and size <= MOST_BYTES
