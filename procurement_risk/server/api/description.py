"""The OpenAPI description: from the same types that requests are checked by."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html import escape
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


# The description as a page for people: no script, and nothing from elsewhere.

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "code{background:#f0f2f6;color:#1a1c24;padding:.1em .3em}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;vertical-align:top;border-bottom:1px solid #bbb;padding:.3em .6em}"
    "section{margin:2rem 0}"
)


def page(whole: Mapping[str, Any]) -> str:
    """Return the page about the description ``whole``."""
    title, about = escape(whole["info"]["title"]), escape(whole["info"]["description"])
    parts = "\n".join(
        _operation(method.upper(), path, each)
        for path, methods in whole["paths"].items()
        for method, each in methods.items()
    )
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}: HTTP API'
        f"</title><style>{_STYLE}</style></head><body><main><h1>{title}: HTTP API</h1>"
        f"<p>{about}</p><p>For programs: <a href='openapi.json'>openapi.json</a>, as OpenAPI "
        f"{escape(whole['openapi'])}.</p>{parts}</main></body></html>"
    )


def _operation(method: str, path: str, each: Mapping[str, Any]) -> str:
    rows = "".join(_rows(each))
    table = f"<table><tr><th>What<th>Where<th>Meaning</tr>{rows}</table>" if rows else ""
    return (
        f'<section id="{escape(each["operationId"])}"><h2><code>{method} /api{escape(path)}</code>'
        f"</h2><p>{escape(each['summary'])}</p>{table}<p>{_given(each)}</p></section>"
    )


def _rows(each: Mapping[str, Any]) -> Iterator[str]:
    for one in each.get("parameters", ()):
        need = " (needed)" if one.get("required") else ""
        said = one.get("description", "")
        yield f"<tr><td><code>{escape(one['name'])}</code>{need}<td>{one['in']}<td>{escape(said)}"
    for kind, content in each.get("requestBody", {}).get("content", {}).items():
        yield f"<tr><td>body<td>{escape(kind)}<td>{escape(_named(content))}"


def _given(each: Mapping[str, Any]) -> str:
    status, response = next(iter(each["responses"].items()))
    kinds = ", ".join(response.get("content", ()))
    named = next((_named(content) for content in response.get("content", {}).values()), "")
    return f"Gives {escape(status)}, {escape(kinds)} {escape(named)}"


def _named(content: Mapping[str, Any]) -> str:
    return str(content.get("schema", {}).get("$ref", "")).rsplit("/", 1)[-1]
