"""The OpenAPI description: from the same types that requests are checked by."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from procurement_risk.server.api.operation import JSON_TYPE, Operation
from procurement_risk.server.api.problems import MEDIA_TYPE, OneProblem, ProblemDocument

ABOUT = """\
Everything that pages and commands can do with assessments, for programs.

Send a token as `Authorization: Bearer prt_…`; an administrator makes it, for one organisation and
one role. It may do what that role may do. What belongs to another organisation is not there.
"""
PROBLEM = {"$ref": "#/components/schemas/ProblemDocument"}
PLAIN = {"schema": {"type": "string"}}
"""What the layers in front of the interface refuse with."""
REFUSED = {
    "description": "Refused",
    "content": {MEDIA_TYPE: {"schema": PROBLEM}, "text/plain": PLAIN},
}
TOKEN = {"type": "http", "scheme": "bearer", "description": "A token that begins with prt_."}
BYTES = {"schema": {"type": "string", "format": "binary"}}
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "A key of your own. The same request with it again gives the same answer.",
    "schema": {"type": "string", "minLength": 8, "maxLength": 100, "pattern": "^[!-~]+$"},
}


def of(operation: Operation) -> dict[str, Any]:
    """Return how FastAPI is told of an operation."""
    more: dict[str, Any] = {}
    if operation.takes:
        content = {kind: BYTES for kind in operation.takes}
        more["requestBody"] = {"required": True, "content": content}
    if operation.is_once:
        more["parameters"] = [KEY]
    responses: dict[int | str, dict[str, Any]] = {"default": REFUSED}
    if operation.sends:
        content = {kind: {} if kind == JSON_TYPE else BYTES for kind in operation.sends}
        responses[operation.status] = {"description": "The file", "content": content}
    return {
        "summary": operation.summary,
        "operation_id": operation.answer.__name__.strip("_"),
        "response_model": operation.gives,
        "status_code": operation.status,
        "responses": responses,
        "openapi_extra": more,
    }


def whole(app: FastAPI) -> dict[str, Any]:
    """Return the description of everything."""
    found = get_openapi(title=app.title, version=app.version, description=ABOUT, routes=app.routes)
    schemas = found.setdefault("components", {}).setdefault("schemas", {})
    for kind in (OneProblem, ProblemDocument):
        schemas[kind.__name__] = kind.model_json_schema(
            ref_template="#/components/schemas/{model}"
        )
        schemas[kind.__name__].pop("$defs", None)
    found["components"]["securitySchemes"] = {"token": TOKEN}
    found["security"] = [{"token": []}]
    found["servers"] = [{"url": "/api"}]
    return found


def written(whole: Mapping[str, Any]) -> bytes:
    """Return the description as it is sent."""
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()
