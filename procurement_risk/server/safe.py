"""What a team's server refuses to start with, and what to set instead: all of it at once."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from procurement_risk.errors import InvalidDocument, Problem
from procurement_risk.language import N_, _
from procurement_risk.server.settings import Team, named, variable

SHORTEST_SECRET = 32
OIDC, HEADER = "oidc", "header"
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
Told = Iterator[tuple[str, str]]

_MAKE = N_("Make one with: python -c 'import secrets; print(secrets.token_urlsafe(48))'")


def check(team: Team) -> None:
    """Raise InvalidDocument with everything that is not safe; do nothing where all is well."""
    if found := problems(team):
        raise InvalidDocument(_("settings"), found)


def problems(team: Team) -> list[Problem]:
    """Return what is not safe, each at the setting it is about."""
    return [named(variable(name), message) for rule in RULES for name, message in rule(team)]


def _address(team: Team) -> Told:
    parts = urlsplit(team.public_address)
    if not team.public_address:
        yield (
            "public_address",
            _("Not set. Write the address people type, such as https://risk.example.gov.uk"),
        )
    elif parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
        yield "public_address", _("Write scheme and name only, as in https://risk.example.gov.uk")
    elif parts.scheme == "http" and not is_loopback(parts.hostname):
        yield (
            "public_address",
            _("http is not encrypted: anybody on the way can read and sign in. Use https."),
        )


def _hosts(team: Team) -> Told:
    host = urlsplit(team.public_address).hostname or ""
    if not team.allowed_hosts:
        yield (
            "allowed_hosts",
            _("Not set. Write the names the app answers to, such as risk.example.gov.uk"),
        )
    elif any("*" in each for each in team.allowed_hosts):
        yield "allowed_hosts", _("No wildcards: whoever holds such a name could lead to the app.")
    elif host and host not in {each.lower() for each in team.allowed_hosts}:
        message = _("{host}, from the public address, is not among them.")
        yield "allowed_hosts", message.format(host=host)


def _numbers(team: Team) -> Told:
    for name, least, most in (
        ("port", 1, 65535),
        ("processes", 1, 64),
        ("session_idle_minutes", 1, 24 * 60),
        ("session_hours", 1, 24),
        ("smtp_port", 1, 65535),
        ("digest_hour", 0, 23),
    ):
        said = getattr(team, name)
        if not re.fullmatch(r"[0-9]{1,5}", said) or not least <= int(said) <= most:
            message = _("Write a whole number from {least} to {most}.")
            yield name, message.format(least=least, most=most)


def _cookies(team: Team) -> Told:
    if len(team.cookie_secret) < SHORTEST_SECRET:
        yield "cookie_secret", _short(team.cookie_secret)
    if team.metrics_token and len(team.metrics_token) < SHORTEST_SECRET:
        yield "metrics_token", _short(team.metrics_token)


def _database(team: Team) -> Told:
    if not team.database:
        yield "database", _("Not set. Name the database, as in postgresql://user@host/name")
    elif team.database.startswith("sqlite") and team.processes != "1":
        yield (
            "database",
            _("SQLite serves one process. Use PostgreSQL, or set the number of processes to 1."),
        )


def _sign_in(team: Team) -> Told:
    if team.sign_in == OIDC:
        yield from _oidc(team)
    elif team.sign_in == HEADER:
        yield from _header(team)
    else:
        yield "sign_in", _("Nobody could sign in. Set it to oidc, or to header behind a proxy.")


def _proxies(team: Team) -> Told:
    """Tell what is wrong with the addresses of the proxies.

    The app itself speaks http, so in front of an https address there always is a proxy. Where it
    is not named, everybody comes from its address, and one flood uses up what all may ask for.
    """
    if not team.proxy_addresses and team.sign_in == HEADER:
        yield (
            "proxy_addresses",
            _("Not set. Name the addresses of the proxy: anybody else could say who they are."),
        )
    elif not team.proxy_addresses and urlsplit(team.public_address).scheme == "https":
        yield (
            "proxy_addresses",
            _("Not set. Name the addresses of the proxy: else one caller could shut out all."),
        )
    for each in team.proxy_addresses:
        try:
            network = ipaddress.ip_network(each, strict=False)
        except ValueError:
            yield "proxy_addresses", _("{address} is no IP address.").format(address=each)
            continue
        if network.prefixlen == 0:
            yield "proxy_addresses", _("{address} is everybody.").format(address=each)


def _oidc(team: Team) -> Told:
    parts = urlsplit(team.oidc_issuer)
    if not parts.hostname:
        yield "oidc_issuer", _("Not set. Write the address of your sign-in service.")
    elif parts.scheme != "https" and not is_loopback(parts.hostname):
        yield "oidc_issuer", _("Use https: who signs in must not be told over an open line.")
    if not team.oidc_client_id:
        yield "oidc_client_id", _("Not set. The sign-in service gives it for this app.")
    if not team.oidc_client_secret:
        yield "oidc_client_secret", _("Not set. The sign-in service gives it for this app.")


def _header(team: Team) -> Told:
    if len(team.proxy_secret) < SHORTEST_SECRET:
        yield "proxy_secret", _short(team.proxy_secret)


def _mail(team: Team) -> Told:
    if team.smtp_security not in ("starttls", "tls", "none"):
        yield "smtp_security", _("Write starttls, tls, or none for a server on this computer.")
    elif team.smtp_host and team.smtp_security == "none" and not is_loopback(team.smtp_host):
        yield "smtp_security", _("Mail would leave unencrypted. Use starttls or tls.")
    if team.smtp_host and not re.fullmatch(r"[^@\s<>,;]+@[^@\s<>,;]+", team.mail_from):
        yield "mail_from", _("Write the address that mail comes from, as in risk@example.gov.uk")
    if bool(team.smtp_user) != bool(team.smtp_password):
        yield "smtp_password", _("Set the user and the password of the mail server, or neither.")
    if team.smtp_certificates and not Path(team.smtp_certificates).is_file():
        yield "smtp_certificates", _("There is no such file.")


def _webhooks(team: Team) -> Told:
    if team.webhook_key and len(team.webhook_key) < SHORTEST_SECRET:
        yield "webhook_key", _short(team.webhook_key)
    if team.webhook_private not in ("yes", "no"):
        yield "webhook_private", _("Write yes or no.")


def is_loopback(host: str) -> bool:
    """Whether a name leads to this computer and nowhere else."""
    return host.lower() in LOOPBACK


def _short(secret: str) -> str:
    message = (
        _("It has {count} characters and needs {least} or more.") if secret else _("Not set.")
    )
    return f"{message.format(count=len(secret), least=SHORTEST_SECRET)} {_(_MAKE)}"


RULES: tuple[Callable[[Team], Told], ...] = (
    _address,
    _hosts,
    _numbers,
    _cookies,
    _database,
    _sign_in,
    _proxies,
    _mail,
    _webhooks,
)
