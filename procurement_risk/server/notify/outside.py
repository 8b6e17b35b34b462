"""A connection to an address that an administrator wrote: public ones only, no redirect, no proxy.

The name is looked up once, every address that it has is judged, and the one that is connected to
is the one that was judged.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
from collections.abc import Mapping, Sequence
from http.client import HTTPConnection
from types import TracebackType
from typing import Any, Self
from urllib.parse import SplitResult, urlsplit

PATIENCE_SECONDS = 10.0
ALTOGETHER_SECONDS = 20.0
"""However slowly an answer drips in, that is the end."""

_ALSO_PRIVATE = tuple(
    map(
        ipaddress.ip_network,
        ("::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "fec0::/10"),
    )
)
"""Addresses that lead to others, of whatever kind, inside them; and those of one site, once."""


class NotAllowedThere(ValueError):
    """An address is none that may be called."""


def refuse(address: str, *, private: bool) -> SplitResult:
    """Return the parts of an address. Raises NotAllowedThere where its form will not do."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise NotAllowedThere from error
    schemes = ("https", "http") if private else ("https",)
    has_more = parts.username or parts.password or parts.fragment
    if parts.scheme not in schemes or not parts.hostname or has_more or port == 0:
        raise NotAllowedThere
    if any(each <= " " or each > "~" or each == "\\" for each in address):
        raise NotAllowedThere
    if not private and not _may_be_public(str(parts.hostname)):
        raise NotAllowedThere
    return parts


def _may_be_public(host: str) -> bool:
    """Whether a host, not looked up yet, is a name, or an address of the public network.

    What a name leads to is judged when it is called: it may be another one each time.
    """
    name = host.rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return False
    try:
        return is_public(name)
    except ValueError:
        pass
    try:  # 127.1, 0x7f000001 and 2130706433 are addresses as well
        return is_public(socket.inet_ntoa(socket.inet_aton(name)))
    except OSError:
        return True


def opened(address: str, *, private: bool) -> Line:
    """Return a connection to an address, made and, for https, encrypted and checked.

    Args:
        address: Where to.
        private: Whether addresses inside a network, and http, will do as well.

    Raises:
        NotAllowedThere: If it may not be called.
        OSError: If it cannot be reached, or its certificate does not hold.
    """
    parts = refuse(address, private=private)
    host, port = str(parts.hostname), parts.port or (443 if parts.scheme == "https" else 80)
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    if not private and not all(is_public(str(each[4][0])) for each in found):
        raise NotAllowedThere
    line = _connected([each[4][:2] for each in found])
    try:
        if parts.scheme == "https":
            line = ssl.create_default_context().wrap_socket(line, server_hostname=host)
    except BaseException:
        line.close()
        raise
    return Line(line, parts)


def _connected(places: Sequence[tuple[Any, ...]]) -> socket.socket:
    for number, place in enumerate(places, 1):
        try:
            return socket.create_connection(place, timeout=PATIENCE_SECONDS)
        except OSError:
            if number == len(places):
                raise
    raise OSError("no address")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public network."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    leads_on = found.version == 6 and any(found in each for each in _ALSO_PRIVATE)
    return found.is_global and not found.is_multicast and not leads_on


class Line:
    """A connection on which one request is sent."""

    def __init__(self, line: socket.socket, parts: SplitResult) -> None:
        self._line, self._parts = line, parts
        self._end = threading.Timer(ALTOGETHER_SECONDS, self._cut)
        self._end.daemon = True
        self._end.start()

    def __enter__(self) -> Self:
        """Return it."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self._end.cancel()
        self._line.close()

    def post(self, body: bytes, headers: Mapping[str, str]) -> int:
        """Send a body, and return the status of the answer, of which nothing else is read."""
        request = HTTPConnection(self._parts.netloc)
        request.sock = self._line
        query = f"?{self._parts.query}" if self._parts.query else ""
        request.request("POST", f"{self._parts.path or '/'}{query}", body, dict(headers))
        return request.getresponse().status

    def _cut(self) -> None:
        try:
            self._line.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # it is closed already
