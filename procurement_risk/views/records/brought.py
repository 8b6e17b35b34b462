"""Files that were brought: they wait for whoever brought them until taken or discarded.

Streamlit forgets what was uploaded once the page is left, and nobody has accepted anything yet. So
they are kept in the store, under the name that somebody signs with; without a name, in the visit.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from procurement_risk.formats.workbook.reading import file_digest
from procurement_risk.formats.workbook.safety import LARGEST
from procurement_risk.imports import IMPORTS
from procurement_risk.language import _
from procurement_risk.storage.waiting_returns import MOST, MOST_BYTES
from procurement_risk.views.shared import session

WORKBOOK = IMPORTS["workbook"]
HELD, SHOWN, TOUCHED = "returns-held", "returns-shown", "returns-touched"
UPLOAD = "return-upload"


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
    # Somebody took a file out of the upload; when the page was left, nobody did.
    if st.session_state.pop(TOUCHED, False):
        for digest in st.session_state.get(SHOWN, set()) - here.keys():
            discard(digest)
    st.session_state[SHOWN] = set(here)
    waiting = _names()
    kept = [_keep(each) for digest, each in here.items() if digest not in waiting]
    if not all(kept):
        st.caption(_("No more files can wait: take these or bring them again later."))
    return [*uploaded, *(_held(each, name) for each, name in waiting.items() if each not in here)]


def not_accepted() -> list[str]:
    """Return the names of the files that wait for somebody to accept or discard them."""
    return list(_names().values())


def discard(digest: str) -> None:
    """Hold a file no longer."""
    _in_visit().pop(digest, None)
    if person := session.named():
        session.store().give_up_return(person, digest)


def answers(digest: str, assessment_id: str) -> None:
    """Remember which assessment a file answers, so that it goes where that one is deleted."""
    store, person = session.store(), session.named()
    waiting = {each.digest: each.assessment_id for each in store.waiting_for(person)}
    if waiting.get(digest, assessment_id) != assessment_id:
        store.waiting_is_for(person, digest, assessment_id)


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


def _names() -> dict[str, str]:
    """Return the names of what waits for this visit, and for whoever signs with its name."""
    mine = _in_visit()
    if person := session.named():
        for digest, each in list(mine.items()):
            if session.store().wait_return(each.name, each.data, person):
                del mine[digest]
        waiting = {each.digest: each.name for each in session.store().waiting_for(person)}
        return waiting | {digest: each.name for digest, each in mine.items()}
    return {digest: each.name for digest, each in mine.items()}


def _held(digest: str, name: str) -> Brought:
    found = _in_visit().get(digest)
    return found or Brought(
        name, session.store().waiting_file(session.named(), digest), is_held=True
    )


def _keep(file: Brought) -> bool:
    """Let a file wait; return whether there was room for it."""
    if len(file.data) > LARGEST:
        return False
    if person := session.named():
        return session.store().wait_return(file.name, file.data, person)
    mine = _in_visit()
    size = len(file.data) + sum(len(each.data) for each in mine.values())
    if len(mine) >= MOST or size > MOST_BYTES:
        return False
    mine[file_digest(file.data)] = Brought(file.name, file.data, is_held=True)
    return True


def _in_visit() -> dict[str, Brought]:
    """Return what waits in the visit alone, since nobody has given a name, or for want of room."""
    found: dict[str, Brought] = st.session_state.setdefault(HELD, {})
    return found


def _touch() -> None:
    st.session_state[TOUCHED] = True
