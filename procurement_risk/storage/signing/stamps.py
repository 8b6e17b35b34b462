"""Time stamps (RFC 3161) over the seals of sign-offs, from a service that others vouch for.

    a signature ── ask ──> the service's signed word of when it was there; or nothing

A service that does not answer holds nobody up: whoever asks says so, and asks again later.
"""

from __future__ import annotations

import base64
import os
import urllib.error
import urllib.request
from datetime import datetime
from http.client import HTTPException
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from procurement_risk.errors import StorageError
from procurement_risk.language import _

if TYPE_CHECKING:
    from rfc3161_client import TimeStampResponse

URL, ROOTS = "PROCUREMENT_RISK_TIMESTAMP_URL", "PROCUREMENT_RISK_TIMESTAMP_ROOTS"
PATIENCE_SECONDS, LARGEST = 5, 12_000
ALTOGETHER_SECONDS = 10.0
"""However slowly an answer drips in, nobody waits longer."""
KIND = {"Content-Type": "application/timestamp-query"}


def is_set() -> bool:
    """Whether a service is named."""
    return bool(os.environ.get(URL, "").strip())


def are_checked() -> bool:
    """Whether root certificates are named by which stamps can be checked."""
    return bool(os.environ.get(ROOTS, "").strip())


def ask(signature: str) -> str:
    """Return the service's stamp over a signature, checked, in Base64.

    Raises:
        StorageError: If it does not answer, or not with a stamp that holds.
    """
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    message = bytes.fromhex(signature)
    built = TimestampRequestBuilder().data(message).hash_algorithm(HashAlgorithm.SHA256)
    data = built.build()
    answers: list[bytes] = []
    asking = Thread(target=_ask, args=(data.as_bytes(), answers), daemon=True)
    asking.start()
    asking.join(ALTOGETHER_SECONDS)
    stamp = answers[0] if answers else b""
    if not stamp or len(stamp) > LARGEST or not _holds(stamp, message, data.nonce):
        raise _unstamped()
    return base64.b64encode(stamp).decode()


class _Stay(urllib.request.HTTPRedirectHandler):
    """Goes where the setting says and nowhere else: what answers there may lead us inside."""

    def redirect_request(self, *_args: object) -> None:
        """Follow nothing."""


def _ask(query: bytes, answers: list[bytes]) -> None:
    """Add what the service answers, where it does."""
    try:
        request = urllib.request.Request(_url(), query, KIND)
        opener = urllib.request.build_opener(_Stay)
        with opener.open(request, timeout=PATIENCE_SECONDS) as answer:
            answers.append(answer.read(LARGEST + 1))
    except (urllib.error.URLError, HTTPException, OSError, ValueError):
        return  # whoever asked says that there is none


def stamped_at(stamp: str, signature: str) -> datetime | None:
    """Return the time that a stamp over a signature says, or None where it does not hold."""
    try:
        data = base64.b64decode(stamp, validate=True)
    except ValueError:
        return None
    if not _holds(data, bytes.fromhex(signature), None):
        return None
    found = _read(data)
    return found.tst_info.gen_time if found is not None else None


def _holds(stamp: bytes, message: bytes, nonce: int | None) -> bool:
    """Whether it is the service's, over this message; None: it was not asked for just now."""
    from cryptography.x509 import load_pem_x509_certificates
    from rfc3161_client import VerificationError, VerifierBuilder

    found = _read(stamp)
    try:
        roots = load_pem_x509_certificates(Path(os.environ.get(ROOTS, "")).read_bytes())
        verifier = VerifierBuilder(roots=roots, nonce=nonce).build()
        return found is not None and verifier.verify_message(found, message)
    except (VerificationError, ValueError, OSError):
        return False


def _read(stamp: bytes) -> TimeStampResponse | None:
    from rfc3161_client import decode_timestamp_response

    try:
        return decode_timestamp_response(stamp)
    except ValueError:
        return None


def _url() -> str:
    url = os.environ.get(URL, "").strip()
    if not url.startswith(("https://", "http://")):
        raise ValueError(url)
    return url


def _unstamped() -> StorageError:
    return StorageError(
        _(
            "The time-stamp service gave no stamp that holds. The sign-off stands without one; "
            "ask again later."
        )
    )
