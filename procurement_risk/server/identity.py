"""Who is here, for the pages: what the sign-in said of them, and nothing that they typed."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

import streamlit as st

from procurement_risk.language.text import one_line
from procurement_risk.server import modes
from procurement_risk.server.safe import HEADER

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody, as the sign-in knows them.

    Attributes:
        issuer: Who says so: the sign-in service's address, or what the settings call the proxy.
        subject: Its lasting name for the person. With the issuer it is one person's alone.
        name: What they are called.
        email: Their address, or empty.
        roles: The roles that the sign-in gives them.
    """

    issuer: str
    subject: str
    name: str
    email: str
    roles: tuple[str, ...]


def here() -> Identity | None:
    """Return who the page is drawn for; None in personal mode, where nobody signs in.

    Raises:
        UsageError: If the mode is ``team`` and the server is not the one that ``serve`` starts.
    """
    running = modes.served()
    if running is None:
        return None
    team = running.team
    issuer = team.proxy_issuer if team.sign_in == HEADER else ""
    return read(st.user.to_dict(), team.roles_claim if not issuer else "roles", issuer)


def read(claims: Mapping[str, object], roles_claim: str, issuer: str = "") -> Identity:
    """Return who the claims of a sign-in are about; ``issuer`` where they do not say it."""
    subject = _text(claims.get("sub"))
    name = _text(claims.get("name") or claims.get("preferred_username") or claims.get("email"))
    return Identity(
        issuer=issuer or _text(claims.get("iss")),
        subject=subject,
        name=name or subject,
        email=_text(claims.get("email")),
        roles=_roles(claims.get(roles_claim)),
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
