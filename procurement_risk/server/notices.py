"""The few pages that the server writes itself, for whoever is not in the app."""

from __future__ import annotations

from functools import cache
from html import escape
from string import Template

from starlette.responses import HTMLResponse, Response

from procurement_risk.framework.shipped import STATIC
from procurement_risk.language import _

SIGNED_OUT = "/signed-out"
# These pages run no script at all.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"


def signed_out() -> Response:
    """Return the page after signing out."""
    words = _("Everything that was shown as saved is saved.")
    again = _("Sign in again")
    return _page(_("You are signed out"), f'<p>{escape(words)}</p><p><a href="/">{again}</a></p>')


def did_not_sign_in(number: str) -> Response:
    """Return the page where the sign-in service and the app did not agree on who is there."""
    words = _(
        "The sign-in service did not say who you are, or it took too long. Try again; if it "
        "happens again, tell whoever runs the app this number: {number}"
    ).format(number=number)
    again = _("Try again")
    body = f'<p>{escape(words)}</p><p><a href="/">{again}</a></p>'
    return _page(_("Signing in did not work"), body, 403)


def not_here(words: str, contact: str) -> Response:
    """Return the page for somebody whom the proxy did not sign in."""
    return _page(_("You are not signed in"), f"<p>{escape(words)}</p>{_whom(contact)}", 401)


def still_signed_in() -> Response:
    """Return the short answer to a page that asks whether its person is still signed in."""
    return Response(status_code=204)


def _whom(contact: str) -> str:
    if not contact:
        return ""
    words = _("Ask {contact}.").format(contact=contact)
    return f"<p>{escape(words)}</p>"


def _page(title: str, body: str, status: int = 200) -> Response:
    page = _frame().substitute(title=escape(title), body=body)
    return HTMLResponse(page, status, {"Content-Security-Policy": _POLICY})


@cache
def _frame() -> Template:
    return Template((STATIC / "notice.html").read_text(encoding="utf-8"))
