"""The page that stands around everything a supplier sees, and the headers that go with it."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from functools import cache
from html import escape
from string import Template

from starlette.responses import HTMLResponse, Response

from procurement_risk import language
from procurement_risk.framework.shipped import STATIC
from procurement_risk.language import _
from procurement_risk.language.text import without_unseen


def text(value: str) -> str:
    """Return a text from anybody as HTML that shows it letter by letter."""
    return escape(without_unseen(value), quote=True)


def lines(value: str) -> str:
    """Return the same of a text that keeps its line breaks."""
    return "<br>".join(text(each) for each in value.split("\n"))


def page(title: str, body: str, status: int = 200, code: str = "") -> Response:
    """Return a page that nobody keeps, finds or is told the address of.

    Args:
        title: What it is called; a text.
        body: What stands on it; HTML.
        status: How the request went.
        code: The language of the questions on it, where that is another one.
    """
    style = _style()
    shown = _frame().substitute(
        language=text(language.current()),
        title=text(title),
        style=style,
        skip=text(_("Skip to the questions")),
        spoken=f' lang="{text(code)}"' if code else "",
        body=body,
    )
    return HTMLResponse(shown, status, headers(style))


def headers(style: str = "") -> dict[str, str]:
    """Return the headers of every answer given here."""
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    )
    return {
        "content-security-policy": policy,
        "referrer-policy": "no-referrer",
        "cache-control": "no-store",
        "x-robots-tag": "noindex, nofollow, noarchive",
    }


@cache
def _frame() -> Template:
    return Template((STATIC / "reply.html").read_text(encoding="utf-8"))


@cache
def _style() -> str:
    return (STATIC / "reply.css").read_text(encoding="utf-8")
