"""The settings of a team's server: what they are, and how they are read.

Each stands in the environment, or in one TOML file that ``PROCUREMENT_RISK_SETTINGS`` names, where
it is called by the last part of its name: ``PROCUREMENT_RISK_PUBLIC_ADDRESS`` is
``public_address``. A secret may also lie in a file by itself, which its name with ``_FILE`` names.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from procurement_risk.errors import InvalidDocument, Problem
from procurement_risk.language import _

PREFIX = "PROCUREMENT_RISK_"
FILE = f"{PREFIX}SETTINGS"
SECRETS = (
    "database",
    "cookie_secret",
    "oidc_client_secret",
    "proxy_secret",
    "metrics_token",
    "smtp_password",
    "webhook_key",
)
LARGEST_FILE = 100_000


@dataclass(frozen=True, slots=True)
class Team:
    """The settings, each as text as it was given; ``safe.problems`` says whether they will do.

    Secrets never show in the text of this object.
    """

    public_address: str = ""
    allowed_hosts: tuple[str, ...] = ()
    listen: str = "127.0.0.1"
    port: str = "8501"
    processes: str = "1"
    database: str = ""
    cookie_secret: str = ""
    sign_in: str = ""
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    roles_claim: str = "roles"
    proxy_addresses: tuple[str, ...] = ()
    proxy_secret: str = ""
    proxy_issuer: str = "proxy"
    session_idle_minutes: str = "60"
    session_hours: str = "12"
    metrics_token: str = ""
    contact: str = ""
    smtp_host: str = ""
    smtp_port: str = "587"
    smtp_security: str = "starttls"
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_certificates: str = ""
    mail_from: str = ""
    digest_hour: str = "7"
    webhook_key: str = ""
    webhook_private: str = "no"

    def __repr__(self) -> str:
        """Return the public address alone."""
        return f"Team({self.public_address!r})"

    @property
    def is_https(self) -> bool:
        """Whether people reach the app over an encrypted connection."""
        return self.public_address.lower().startswith("https://")

    @property
    def origin(self) -> str:
        """What a browser calls the place that our pages come from."""
        return self.public_address.rstrip("/").lower()


LISTS = tuple(each.name for each in fields(Team) if "tuple" in str(each.type))


def read(environment: Mapping[str, str]) -> Team:
    """Return the settings that the environment and the file it names hold, the former first.

    Raises:
        InvalidDocument: If the file, or one that holds a secret, cannot be read or has a key that
            is none of ours. All problems are told at once.
    """
    problems: list[Problem] = []
    written = _from_file(environment.get(FILE, ""), problems)
    found: dict[str, str | tuple[str, ...]] = {}
    for name in (each.name for each in fields(Team)):
        given = environment.get(variable(name), "").strip()
        if not given and name in SECRETS:
            given = _secret(name, environment, problems)
        value = given or written.get(name, "")
        if value and name in LISTS:
            found[name] = _parts(value)
        elif value:
            found[name] = str(value).strip()
    if problems:
        raise InvalidDocument(_("settings"), problems)
    return Team(**found)  # type: ignore[arg-type]  # each as its field has it, see LISTS


def variable(name: str) -> str:
    """Return the environment variable of a setting."""
    return f"{PREFIX}{name.upper()}"


def named(setting: str, message: str) -> Problem:
    """Return a problem with a setting, which its message names."""
    return Problem(setting, f"{setting}: {message}")


def _parts(value: object) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else str(value).split(",")
    return tuple(text for each in listed if (text := str(each).strip()))


def _from_file(name: str, problems: list[Problem]) -> dict[str, object]:
    if not name:
        return {}
    try:
        with Path(name).open("rb") as file:
            found = tomllib.loads(file.read(LARGEST_FILE).decode("utf-8"))
    except (OSError, ValueError) as error:
        # What a parser says may repeat a line that holds a secret.
        reason = getattr(error, "strerror", None) or _("it is no TOML")
        message = _("The file {name} cannot be read: {reason}.")
        problems.append(named(FILE, message.format(name=name, reason=reason)))
        return {}
    known = {each.name for each in fields(Team)}
    message = _("There is no setting of this name in {name}. Settings are: {known}.")
    problems += [
        named(key, message.format(name=name, known=", ".join(sorted(known))))
        for key in found
        if key not in known
    ]
    return found


def _secret(name: str, environment: Mapping[str, str], problems: list[Problem]) -> str:
    place = environment.get(f"{variable(name)}_FILE", "")
    if not place:
        return ""
    try:
        return Path(place).read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or _("it is no text")
        message = _("The file {name} cannot be read: {reason}.")
        problems.append(named(f"{variable(name)}_FILE", message.format(name=place, reason=reason)))
        return ""
