"""How long somebody stays signed in: since they signed in, and since they last did something.

Who they are stands in Streamlit's own signed cookie, whose signature also says since when. It
would hold for 30 days; here it holds as long as the settings say, and not once it was signed out.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass

from itsdangerous import BadData, URLSafeTimedSerializer
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME as WHO

from procurement_risk.server import identity
from procurement_risk.server.ended import Ended
from procurement_risk.server.settings import Team
from procurement_risk.storage.people import ending

SEEN = "procurement-risk-seen"
RENEWED_AFTER = 60
MOST_KNOWN = 20_000


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is signed in.

    Attributes:
        key: Names this signing in, and tells nothing about who it is.
        person: Names the person, likewise.
        since: When they signed in, in seconds.
        seen: When they last did something.
    """

    key: str
    person: str
    since: float
    seen: float


class Sessions:
    """Tells who is signed in from the cookies of a request. Safe to share between threads."""

    def __init__(self, team: Team, ended: Ended | None = None) -> None:
        self._ended = ended
        self._secret, self._proxy = team.cookie_secret, team.proxy_issuer
        self.idle = 60 * int(team.session_idle_minutes)
        self.longest = 3600 * int(team.session_hours)
        self._heard: dict[str, float] = {}  # when a page of theirs last told us something
        self._over: dict[str, float] = {}  # those signed out, while their cookie could still hold

    def of(self, cookies: Mapping[str, str]) -> Session | None:
        """Return who is signed in; None where nobody is, or no longer."""
        who = get_cookie_with_chunks(lambda name: self._read(name, cookies), WHO)
        since = self._since(WHO, cookies)
        if who is None or since is None:
            return None
        key = _key(who, since)
        noted = self._since(SEEN, cookies, key) or 0.0
        seen = max(since, noted, self._heard.get(key, 0.0))
        session = Session(key, _person(who), since, seen)
        return None if self._is_over(session) or time.time() - seen > self.idle else session

    def by_proxy(self, subject: str) -> Session:
        """Return somebody whom a proxy has just said to be here: it begins with what they open."""
        said, now = identity.read({"sub": subject}, "", self._proxy), time.time()
        person = ending.person_key(said.issuer, said.subject)
        return Session(secrets.token_hex(16), person, now, now)

    def hear(self, session: Session) -> bool:
        """Note that somebody does something, and return whether they are still signed in."""
        now = time.time()
        last = max(session.seen, self._heard.get(session.key, 0.0))
        if self._is_over(session) or now - last > self.idle:
            return False
        if now - session.since > self.longest:
            return False
        self._heard[session.key] = now
        self._prune(self._heard)
        return True

    def end(self, session: Session) -> None:
        """Sign somebody out: their cookie, wherever a copy of it is, is no longer good."""
        self._over[session.key] = time.time()
        self._prune(self._over)
        if self._ended is not None:
            self._ended.end(session.key)

    def _is_over(self, session: Session) -> bool:
        if session.key in self._over:
            return True
        ended = self._ended
        return ended is not None and ended.has(session.key, session.person, session.since)

    def note(self, session: Session) -> str:
        """Return the value of the cookie that says when they were last seen."""
        return str(self._serializer(SEEN).dumps(session.key))

    def _since(self, name: str, cookies: Mapping[str, str], key: str = "") -> float | None:
        try:
            said, at = self._serializer(name).loads(
                cookies.get(name, ""), max_age=self.longest, return_timestamp=True
            )
        except BadData:
            return None
        return float(at.timestamp()) if not key or said == key else None

    def _read(self, name: str, cookies: Mapping[str, str]) -> bytes | None:
        try:
            said = self._serializer(name).loads(cookies.get(name, ""), max_age=self.longest)
        except BadData:
            return None
        return said.encode() if isinstance(said, str) else None

    def _serializer(self, name: str) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self._secret, salt=name)

    def _prune(self, noted: dict[str, float]) -> None:
        if len(noted) > MOST_KNOWN:
            old = time.time() - self.longest
            for key in [key for key, at in list(noted.items()) if at < old]:
                noted.pop(key, None)


def _person(who: bytes) -> str:
    try:
        said = identity.read(json.loads(who), "")
    except (ValueError, AttributeError):
        return ending.digest(who.decode(errors="replace"))
    return ending.person_key(said.issuer, said.subject)


def _key(who: bytes, since: float) -> str:
    """Return what a signing in goes by: what was said and when, for a cookie can be respelt."""
    return ending.digest(f"{since} {who.decode(errors='replace')}")
