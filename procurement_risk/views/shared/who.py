"""Who is at work in a visit where people sign in, and the store as that person may use it.

    signed_in() ── sign_in, once a visit ──> the person's id ── person_of ──> their roles now

What somebody may do is read anew all the time: a role that was withdrawn counts no longer.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from procurement_risk.errors import NotAllowed, StorageError
from procurement_risk.language import _
from procurement_risk.server import identity
from procurement_risk.storage import Store
from procurement_risk.storage.people import signing_in
from procurement_risk.storage.people.acting import behind
from procurement_risk.storage.people.person import Person
from procurement_risk.storage.people.signing_in import SignedIn

FRESH_SECONDS = 1.0
"""For how long a person's roles are believed, so that one run of a page asks once."""
BELIEVED_SECONDS = 600.0
"""And for how long where the database does not answer, which lets nobody read or change anything:
so the page stays, and tells at each field what is not saved yet."""
_SAID, _KEPT, _ACTING = "signed-in", "person", "acting"


def signed_in() -> SignedIn | None:
    """Return what the sign-in of this visit says, or None where nobody has signed in."""
    return identity.here()


def person(whole: Store) -> Person:
    """Return who is at work in this visit, with the roles that they hold now.

    Raises:
        NotAllowed: If nobody has signed in, or an administrator has switched them off.
        StorageError: If the database has not said so for a while.
    """
    said, now = signed_in(), time.monotonic()
    if said is None:
        raise NotAllowed(_("Sign in first."))
    kept = st.session_state.get(_KEPT)
    if kept is None or st.session_state.get(_SAID) != said:
        kept = signing_in.sign_in(whole, said, identity.how()), now
    elif now - kept[1] > FRESH_SECONDS:
        kept = _read_anew(whole, kept, now)
    st.session_state[_SAID], st.session_state[_KEPT] = said, kept
    found: Person = kept[0]
    return found


def _read_anew(whole: Store, kept: tuple[Person, float], now: float) -> tuple[Person, float]:
    try:
        return signing_in.person_of(whole, kept[0].id, kept[0].how), now
    except StorageError:
        if now - kept[1] > BELIEVED_SECONDS:
            raise
        return kept


def store_of(whole: Store) -> Store:
    """Return the store as the person of this visit may use it: the same while that is the same.

    Raises:
        As ``person`` does.
    """
    run = get_script_run_ctx(suppress_warning=True)
    if run is not None and (found := _here.found) and found.holds(run, run.user_info, whole):
        return found.acting
    somebody = person(whole)
    kept = st.session_state.get(_ACTING)
    if kept is None or kept.person != somebody or behind(kept) is not whole:
        kept = whole.acting(somebody)
        st.session_state[_ACTING] = kept
    acting: Store = kept
    if run is not None:
        read_at = st.session_state[_KEPT][1]
        _here.found = _Found(run, dict(run.user_info), whole, acting, read_at)
    return acting


@dataclass(frozen=True, slots=True)
class _Found:
    """Whose store it is, for one run of a page, which asks for each of its controls."""

    run: object
    said: Mapping[str, object]
    whole: Store
    acting: Store
    read_at: float

    def holds(self, run: object, said: Mapping[str, object], whole: Store) -> bool:
        """Whether it was found for this run, from what the sign-in still says, a moment ago."""
        is_fresh = time.monotonic() - self.read_at <= FRESH_SECONDS
        return is_fresh and self.run is run and self.whole is whole and self.said == said


class _Here(threading.local):
    """What the thread of a run has found out; no other visit's run is in it meanwhile."""

    found: _Found | None = None


_here = _Here()
