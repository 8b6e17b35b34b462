"""The description as a page for people: no script, and nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
STYLE = (
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
        f"</title><style>{STYLE}</style></head><body><main><h1>{title}: HTTP API</h1>"
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
