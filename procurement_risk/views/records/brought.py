"""Files that were brought in this visit: they stay with it until taken or discarded.

Streamlit forgets what was uploaded once the page is left, and nobody has accepted anything yet.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from procurement_risk.imports import IMPORTS
from procurement_risk.language import _
from procurement_risk.workbook.reading import file_digest
from procurement_risk.workbook.safety import LARGEST

WORKBOOK = IMPORTS["workbook"]
HELD, SHOWN, TOUCHED = "returns-held", "returns-shown", "returns-touched"
UPLOAD = "return-upload"
MOST, MOST_BYTES = 40, 60_000_000
"""How many files, and how many bytes, a visit holds."""


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that somebody brought.

    Attributes:
        name: What it is called.
        data: Its bytes.
        is_held: Whether only the visit holds it: it is not in the upload any more.
    """

    name: str
    data: bytes
    is_held: bool = False


def files() -> list[Brought]:
    """Draw the upload, and return what is in it, then what was brought before in this visit."""
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
    held: dict[str, Brought] = st.session_state.setdefault(HELD, {})
    # Somebody took a file out of the upload; when the page was left, nobody did.
    if st.session_state.pop(TOUCHED, False):
        for digest in st.session_state.get(SHOWN, set()) - here.keys():
            held.pop(digest, None)
    st.session_state[SHOWN] = set(here)
    for digest, each in here.items():
        if digest not in held and _has_room(held, each):
            held[digest] = Brought(each.name, each.data, is_held=True)
    if here.keys() - held.keys():
        st.caption(_("This visit holds no more files: take these or bring them again later."))
    return [*uploaded, *(each for digest, each in held.items() if digest not in here)]


def not_accepted() -> list[str]:
    """Return the names of the files that wait for somebody to accept or discard them."""
    held: dict[str, Brought] = st.session_state.get(HELD, {})
    return [each.name for each in held.values()]


def discard(digest: str) -> None:
    """Hold a file no longer."""
    st.session_state.get(HELD, {}).pop(digest, None)


def draw_held(file: Brought) -> None:
    """Say of a file that the visit holds it, and offer to discard it."""
    if not file.is_held:
        return
    digest = file_digest(file.data)
    with st.container(horizontal=True):
        st.caption(_("Brought before in this visit. It stays until you discard it."))
        st.button(
            _("Discard the file"),
            key=f"return-discard-{digest[:12]}",
            on_click=discard,
            args=(digest,),
        )


def _touch() -> None:
    st.session_state[TOUCHED] = True


def _has_room(held: dict[str, Brought], more: Brought) -> bool:
    size = sum(len(each.data) for each in held.values()) + len(more.data)
    return len(held) < MOST and len(more.data) <= LARGEST and size <= MOST_BYTES
