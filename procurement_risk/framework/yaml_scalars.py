"""What a text without quotes is in YAML, and why it is refused where it only looks like text."""

from __future__ import annotations

import re

from procurement_risk.language import N_, _, ngettext
from procurement_risk.language.text import shorten

MAX_DIGITS = 15
LISTS = frozenset(
    {"sections", "questions", "options", "facts", "packs", "gates", "clauses", "sources"}
)
CHOSEN = frozenset({"in", "not_in"})
NUMBERS = frozenset(
    {"weight", "risk", "points", "from", "add", "subtract", "tier", "level", "up_to", "scale_max"}
    | {"from_tier", "stop_from_tier", "agreed_mitigation_helps", "E0", "E1", "E2", "E3", "E4"}
)
GROUPS = frozenset({"when", "red_flag", "options"})
SETTINGS = frozenset({"core", "legal_duty"})

_INTEGER = re.compile(r"0|-?[1-9][0-9]*")
_NULL = {"", "~", "null", "Null", "NULL"}
_TRUE = {f for word in ("y", "yes", "true", "on") for f in (word, word.title(), word.upper())}
_FALSE = {f for word in ("n", "no", "false", "off") for f in (word, word.title(), word.upper())}
_LOOKALIKES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (N_("a number counted in eights"), re.compile(r"[-+]?0[oO]?[0-7_]+")),
    (N_("a number counted in sixteens"), re.compile(r"[-+]?0[xX][0-9a-fA-F_]+")),
    (N_("a number counted in twos"), re.compile(r"[-+]?0[bB][01_]+")),
    (
        N_("a number of sixtieths, as in a time"),
        re.compile(r"[-+]?[0-9][0-9_]*(:[0-9]+)+(\.[0-9_]*)?"),
    ),
    (N_("a number"), re.compile(r"[-+]?[0-9][0-9_]*")),
    (
        N_("a date"),
        re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(([Tt]|[ \t]+)[0-9]{1,2}:[-0-9:.Zz+ \t]*)?"),
    ),
    (
        N_("a decimal number"),
        re.compile(r"[-+]?([0-9][0-9_]*(\.[0-9_]*)?|\.[0-9][0-9_]*)([eE][-+]?[0-9]+)?"),
    ),
    (N_("a decimal number"), re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")),
)


def read_plain(text: str, key: str = "") -> tuple[str | int | bool, str]:
    """Return the value of the unquoted ``text``, and why it is refused or an empty text.

    ``key`` is the one that it stands behind, if any.
    """
    if text in ("true", "false"):
        return text == "true", ""
    if _INTEGER.fullmatch(text):
        if len(text) <= MAX_DIGITS:
            return int(text), ""
        message = ngettext(
            "This number is too long: write at most {n} digit.",
            "This number is too long: write at most {n} digits.",
            MAX_DIGITS,
        )
        return text, message.format(n=MAX_DIGITS)
    return text, _why_refused(text, key)


def _why_refused(text: str, key: str) -> str:
    """Return why the unquoted ``text`` is not taken as text, and what to write instead."""
    if text in _TRUE | _FALSE:
        return _of_true(text, key)
    if text in _NULL:
        return _of_nothing(text, key)
    quoted = f'"{shorten(text, 40)}"'
    if text in ("=", "<<"):
        message = _(
            "Write this in quotes, {quoted}: YAML has a special meaning for a bare {text}."
        )
        return message.format(quoted=quoted, text=text)
    for what, pattern in _LOOKALIKES if text[0] in "+-.0123456789" else ():
        if pattern.fullmatch(text):
            return _of_lookalike(text, key, quoted, _(what))
    return ""


def _of_true(text: str, key: str) -> str:
    value = "true" if text in _TRUE else "false"
    if key in GROUPS:
        return ""  # that it is a group, is said with how one looks
    if key in SETTINGS:
        words = _('"{key}" is true or false: write {value} here, not {text}.')
        return words.format(key=key, value=value, text=text)
    if key in CHOSEN:
        words = _('Write a list and quotes, ["{text}"]: YAML reads a bare {text} as {value}.')
        return words.format(text=text, value=value)
    return _(
        "Write this in quotes, {quoted}: YAML reads a bare {text} as {value}. "
        "(Where a setting is meant, write {value}.)"
    ).format(quoted=f'"{text}"', text=text, value=value)


def _of_nothing(text: str, key: str) -> str:
    if not text and key in LISTS:
        words = _(
            'Nothing stands under "{key}": write its items there, each on a line that begins '
            "with -, or delete it."
        )
        return words.format(key=key)
    if key in NUMBERS:
        return _('Nothing stands behind "{key}": write a whole number.').format(key=key)
    message = _(
        'Write a value here, or "" for an empty text: YAML reads an empty place as "nothing".'
    )
    if text:
        message = _(
            'Write a value here, or "" for an empty text: YAML reads a bare {text} as "nothing".'
        )
    return message.format(text=text)


def _of_lookalike(text: str, key: str, quoted: str, what: str) -> str:
    if key in NUMBERS and text.isdecimal():
        message = _("Write the number without a zero before it: {number}.")
        return message.format(number=int(text))
    if key and key not in NUMBERS:
        message = _("Write this in quotes, {quoted}: YAML reads it as {what}.")
        return message.format(quoted=quoted, what=what)
    return _(
        "Write this in quotes, {quoted}: YAML reads it as {what}. "
        "(Where a number is meant, write a whole number such as 12.)"
    ).format(quoted=quoted, what=what)
