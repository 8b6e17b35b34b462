"""Calling a webhook: a signed body to a public address, once, following nothing.

X-Procurement-Risk-Id          the id of this message, the same if it is tried again
X-Procurement-Risk-Timestamp   seconds since 1970
X-Procurement-Risk-Signature   v1= and the HMAC-SHA256, in hexadecimal digits, of the
                               timestamp, a full stop and the body

What is sent holds ids and days, and nothing that somebody wrote.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from http.client import HTTPException

from procurement_risk.server.notify import outside
from procurement_risk.server.notify.outcome import SENT, Outcome
from procurement_risk.server.settings import Team
from procurement_risk.storage.notifications.messages import Message
from procurement_risk.storage.notifications.webhooks import Webhook

NAME = "X-Procurement-Risk"


def secret_of(key: str, webhook_id: str) -> str:
    """Return the secret of a webhook, worked out of the server's key: nothing keeps it."""
    made = hmac.digest(key.encode(), f"webhook {webhook_id}".encode(), hashlib.sha256)
    return "whsec_" + base64.urlsafe_b64encode(made).decode().rstrip("=")


def body_of(message: Message, team: Team) -> bytes:
    """Return what is sent: kind, assessment, day, and where a person finds it."""
    about = message.body
    page = f"{team.origin}/profile?assessment={about['assessment']}" if about["assessment"] else ""
    told = {"id": message.id, "at": message.at, **about, "address": page or f"{team.origin}/"}
    return json.dumps(told, separators=(",", ":"), sort_keys=True).encode()


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Return what a receiver works out as well, and compares."""
    signed = hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256)
    return f"v1={signed.hexdigest()}"


def call(message: Message, webhook: Webhook, team: Team) -> Outcome:
    """Call a webhook, and return what came of it."""
    body, timestamp = body_of(message, team), str(int(time.time()))
    headers = {
        "Content-Type": "application/json",
        f"{NAME}-Id": message.id,
        f"{NAME}-Timestamp": timestamp,
        f"{NAME}-Signature": signature(secret_of(team.webhook_key, webhook.id), timestamp, body),
    }
    try:
        line = outside.opened(webhook.address, private=team.webhook_private == "yes")
    except outside.NotAllowedThere:
        return Outcome("failed", "address_not_allowed")
    except (OSError, HTTPException, ValueError):
        return Outcome("again", "not_reached")
    with line:
        try:
            status = line.post(body, headers)
        except (OSError, HTTPException, ValueError):
            return Outcome("unclear", "no_answer")
    if 200 <= status < 300:
        return SENT
    return Outcome("failed", "redirected") if 300 <= status < 400 else Outcome("again", "refused")
