"""Badges: a word with the colour and the icon that ``profile.looks`` gives it.

Each is Markdown, for any place that takes it, or HTML for a text of ours. A fact that is neither
good nor bad is grey.
"""

from __future__ import annotations

from procurement_risk.framework.words import decision
from procurement_risk.language.text import literal, plain
from procurement_risk.methods import AnyResult
from procurement_risk.profile.looks import Look, decision_look
from procurement_risk.profile.method_words import verdict


def badge(words: str, look: Look | None = None) -> str:
    """Return words as a badge, for any place that takes Markdown; grey without a look."""
    if look is None:
        return f":gray-badge[{plain(words)}]"
    return f":{look.colour}-badge[{look.icon} {plain(words)}]"


def html_badge(words: str, look: Look | None = None) -> str:
    """Return the same as HTML, drawn by ``static/frame.css``."""
    said, colour, icon = literal(words), "gray", ""
    if look is not None:
        name = look.icon.removeprefix(":material/").removesuffix(":")
        colour, icon = look.colour, f' data-icon="{name}"'
    return f'<span class="badge {colour}"{icon}>{said}</span>'


def verdict_badge(outcome: AnyResult) -> str:
    """Return what a result comes to, in a word or two."""
    return badge(*verdict(outcome))


def decision_badge(value: str) -> str:
    """Return a decision, or that it is not ready."""
    return badge(decision(value), decision_look(value))
