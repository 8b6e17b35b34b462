"""Who is here, for the pages: what the sign-in said of them, and nothing that they typed."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

import streamlit as st

from procurement_risk.language.text import one_line
from procurement_risk.server import modes
from procurement_risk.server.safe import HEADER
from procurement_risk.storage.people.person import How
from procurement_risk.storage.people.signing_in import SignedIn

LONGEST = 200


def here() -> SignedIn | None:
    """Return what the sign-in says of whom the page is drawn for; None where nobody signed in."""
    running = modes.served()
    if running is None:
        return None
    by_proxy = running.team.sign_in == HEADER
    issuer = running.team.proxy_issuer if by_proxy else ""
    said = read(st.user.to_dict(), "roles" if by_proxy else running.team.roles_claim, issuer)
    return said if said.subject else None


def how() -> How:
    """Return by which way people sign in here."""
    running = modes.served()
    return "header" if running is not None and running.team.sign_in == HEADER else "oidc"


def read(claims: Mapping[str, object], roles_claim: str, issuer: str = "") -> SignedIn:
    """Return who the claims of a sign-in are about; ``issuer`` where they do not say it."""
    subject = _text(claims.get("sub"))
    name = _text(claims.get("name") or claims.get("preferred_username") or claims.get("email"))
    return SignedIn(
        issuer=issuer or _text(claims.get("iss")),
        subject=subject,
        name=name or subject,
        email=_text(claims.get("email")),
        claims_roles=_roles(claims.get(roles_claim)),
    )


def _roles(said: object) -> tuple[str, ...]:
    listed = said if isinstance(said, list) else str(said or "").split(",")
    return tuple(dict.fromkeys(text for each in listed if (text := _text(each))))


def _text(said: object) -> str:
    if not isinstance(said, str):
        return ""
    with suppress(UnicodeError):  # a proxy sends bytes, which arrive as one letter each
        said = said.encode("latin-1").decode("utf-8")
    return one_line(said)[:LONGEST].strip()
