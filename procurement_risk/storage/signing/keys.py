"""The server's key for sign-offs (Ed25519): made on first use, renewed, its public half listed.

    a folder ─┬─ key.pem           the private key, for this account alone
              └─ public-keys.txt   every public key there ever was, a line each: digits and day

Whoever checks a sign-off needs the public key from elsewhere than the record that it seals.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from procurement_risk.assessment import SignOff, today as calendar
from procurement_risk.errors import StorageError
from procurement_risk.framework.shipped import HOME
from procurement_risk.language import _

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SETTING = "PROCUREMENT_RISK_SIGNING_FOLDER"
DEFAULT = "assessments/signing"
KEY, LIST = "key.pem", "public-keys.txt"
OTHERS = 0o077


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key, as 64 hexadecimal digits, and the ISO day from which on it was used."""

    digits: str
    since: str


def folder() -> Path:
    """Return the folder of the keys, as the setting names it; a relative one is in ``HOME``."""
    return HOME / (os.environ.get(SETTING, "").strip() or DEFAULT)


def sign(message: bytes) -> tuple[str, str]:
    """Return the public key and the signature of ``message``, both as hexadecimal digits.

    Raises:
        StorageError: If the key cannot be made, read or trusted; the message says what to do.
    """
    key = _key()
    return _digits(key), key.sign(message).hex()


def holds(message: bytes, sign_off: SignOff) -> bool:
    """Whether the signature of a sign-off is that of ``message`` by the key that it names."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    key, signature = map(bytes.fromhex, (sign_off.public_key, sign_off.signature))
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def public_keys() -> list[PublicKey]:
    """Return every public key there ever was, the one in use last; none where none was made."""
    try:
        lines = (folder() / LIST).read_text(encoding="ascii").splitlines()
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as error:
        raise _unusable(folder() / LIST) from error
    return [PublicKey(*line.split()) for line in lines if line]


def renew() -> PublicKey:
    """Make another key, which signs from now on, and return its public half; the old one goes."""
    made = folder() / f"{KEY}.{secrets.token_hex(4)}"
    _make(made)
    _list(_digits(_read(made)))
    made.replace(folder() / KEY)
    return public_keys()[-1]


def _key() -> Ed25519PrivateKey:
    place = folder() / KEY
    if not place.exists():
        made = place.with_name(f"{KEY}.{secrets.token_hex(4)}")
        _make(made)
        try:
            os.link(made, place)  # of several processes the first one wins
        except FileExistsError:
            pass
        except OSError as error:
            raise _unusable(place) from error
        finally:
            made.unlink()
    key = _read(place)
    if _digits(key) not in {each.digits for each in public_keys()}:
        _list(_digits(key))
    return key


def _make(place: Path) -> None:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    data = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(file, "wb") as written:
            written.write(data)
            written.flush()
            os.fsync(written.fileno())
    except OSError as error:
        raise _unusable(place) from error


def _read(place: Path) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    try:
        if place.stat().st_mode & OTHERS:
            message = _("Others can read {path}. Run chmod 600 on it, or make another key.")
            raise StorageError(message.format(path=place))
        key = serialization.load_pem_private_key(place.read_bytes(), None)
    except (OSError, ValueError, TypeError) as error:
        raise _unusable(place) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise _unusable(place)
    return key


def _digits(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes_raw().hex()


def _list(digits: str) -> None:
    today = calendar.today()
    try:
        with (folder() / LIST).open("a", encoding="ascii") as file:
            file.write(f"{digits} {today}\n")
    except OSError as error:
        raise _unusable(folder() / LIST) from error


def _unusable(place: Path) -> StorageError:
    message = _(
        "The key that sign-offs are sealed with cannot be used: {path}. Nothing was signed. Ask "
        "whoever runs the server to look at the setting {setting}."
    )
    return StorageError(message.format(path=place, setting=SETTING))
