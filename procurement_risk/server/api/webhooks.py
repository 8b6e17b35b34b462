"""Webhooks, as the page Administration has them: listed, registered, removed, looked at."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path
from pydantic import BaseModel, Field

from procurement_risk.server.api.operation import Asking, Operation, Reply, told
from procurement_risk.server.notify import registering
from procurement_risk.storage.people.person import ALL

WebhookId = Annotated[
    str,
    Path(description="The id of a webhook.", min_length=1, max_length=40, pattern="^[a-z0-9-]+$"),
]


class Webhook(BaseModel):
    """A webhook, without its secret."""

    id: str
    name: str
    address: str
    organisation: str = Field(description="The id of an organisation; * stands for all.")
    kinds: list[str]
    by: str
    at: str


class Webhooks(BaseModel):
    """Every webhook that the token sees."""

    webhooks: list[Webhook]


class NewWebhook(BaseModel, extra="forbid", strict=True):
    """What a webhook is registered with."""

    name: str = Field(max_length=200, description="What it is for.")
    address: str = Field(max_length=500, description="Where it is called: https, and public.")
    kinds: list[str] = Field(max_length=100, description="What it is told.")
    organisation: str = Field(
        "", max_length=40, description="An id, or * for all; that of the token if empty."
    )


class Registered(BaseModel):
    """A webhook that was registered."""

    id: str
    secret: str = Field(
        description="Signs every call. It is told this once: empty where the request came again."
    )


class Delivery(BaseModel):
    """One call of a webhook."""

    id: str
    kind: str
    state: str = Field(description="waiting, sending, sent, failed, or unclear.")
    attempts: int
    at: str
    tried_at: str
    why: str


class Deliveries(BaseModel):
    """The last calls of a webhook, the latest first."""

    deliveries: list[Delivery]


def _list_webhooks(asking: Asking) -> Reply:
    """Return every webhook that the token sees."""
    found = [
        told(Webhook, each, organisation=each.organisation_id, kinds=list(each.kinds))
        for each in asking.store.webhooks()
    ]
    return Reply({"webhooks": found})


def _register_webhook(asking: Asking, new: NewWebhook) -> Reply:
    where = new.organisation or next((each.organisation for each in asking.person.roles), ALL)
    made, secret = registering.register(
        asking.store, new.name, new.address, where, new.kinds, asking.name
    )
    return Reply({"id": made, "secret": secret}, 201, kept={"id": made, "secret": ""})


def _remove_webhook(asking: Asking, webhook_id: WebhookId) -> Reply:
    asking.store.remove_webhook(webhook_id, asking.name)
    return Reply({"removed": webhook_id})


def _webhook_deliveries(asking: Asking, webhook_id: WebhookId) -> Reply:
    found = asking.store.webhook_deliveries(webhook_id)
    return Reply({"deliveries": [told(Delivery, each) for each in found]})


class Removed(BaseModel):
    """A webhook that is called no more."""

    removed: str


LIST_WEBHOOKS = Operation(
    method="GET",
    path="/webhooks",
    action="send_out",
    summary="List webhooks.",
    answer=_list_webhooks,
    gives=Webhooks,
)
ADD_WEBHOOK = Operation(
    method="POST",
    path="/webhooks",
    action="send_out",
    summary="Register a webhook; its secret is told this once.",
    answer=_register_webhook,
    gives=Registered,
    status=201,
    cost=20,
    is_once=True,
)
REMOVE_WEBHOOK = Operation(
    method="DELETE",
    path="/webhooks/{webhook_id}",
    action="send_out",
    summary="Remove a webhook: it is called no more.",
    answer=_remove_webhook,
    gives=Removed,
    cost=10,
)
DELIVERIES = Operation(
    method="GET",
    path="/webhooks/{webhook_id}/deliveries",
    action="send_out",
    summary="List the last calls of a webhook, and what came of each.",
    answer=_webhook_deliveries,
    gives=Deliveries,
)
