"""Text from other people, made safe to show: as Markdown, on one line, without what is unseen."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from html import escape

# Streamlit looks for these in the text that is left after backslashes have done their work, so
# that only a character in between keeps them apart: emoji and icon names and the start of an
# address, "www.", e-mail addresses, and arrows and comparison signs it would redraw.
_JOINER = "\u2060"


_APART = re.compile(
    r"(?<=:)(?=\S)|(?<=@)(?=\S)|(?<=www)(?=\.|$)|(?<=[<>~-])(?=[-=>])", re.IGNORECASE
)


_PUNCTUATION = re.compile(r"""([!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~])""")


# One space that no line break can part stays: French has it before a colon, numbers within.
_SPACES = re.compile(r"\s{2,}|[^\S\u00a0\u202f]")
_OTHER_SPACE = re.compile(r"[^\S \n\r\t\u00a0\u202f]")

# Control characters that are no spaces, halves of characters, what reorders, and U+FFFE, U+FFFF
# and the like in every plane: those are no characters, and no XML file may hold them.
_UNSEEN = re.compile(
    r"[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff"
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    + "".join(chr(0x10000 * plane + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)

# A word longer than this fits no column. A digest is left whole: somebody may copy it.
_LONG_WORD = re.compile(r"\S{41,}")
_DIGEST = re.compile("[0-9a-f]{64}")
_BREAK = "\u200b"

_REMEMBERED = 500
"""Up to this length a text is remembered as made plain: pages say the same ones at every click."""


def plain(text: str) -> str:
    """Return ``text`` as Markdown that Streamlit shows literally, on one line.

    No link, image, HTML, directive, formula, emoji name or list can come of it. Line breaks and
    other runs of white space become one space; characters that are not to be seen or that
    reorder what follows are left out. Some signs gain an invisible word joiner (U+2060), so
    copy an address from ``st.text`` or ``st.code`` instead.
    """
    return _made_plain(text) if len(text) <= _REMEMBERED else _made_plain.__wrapped__(text)


@lru_cache(maxsize=4096)
def _made_plain(text: str) -> str:
    return _PUNCTUATION.sub(r"\\\1", _APART.sub(_JOINER, one_line(text)))


def one_line(text: str) -> str:
    """Return ``text`` on one line without what is not to be seen, for what shows no Markdown.

    Lists to choose from show every sign as it stands, backslashes too.
    """
    return _SPACES.sub(" ", without_unseen(text)).strip()


def literal(text: str) -> str:
    """Return ``text`` as HTML that says it literally, on one line as ``one_line`` makes it."""
    return escape(one_line(text))


def told_apart(titles: Mapping[str, str]) -> dict[str, str]:
    """Return titles by id, each on one line and with the id behind it where two read alike.

    A browser sends back the title that was chosen, not the id.
    """
    lines = {name: one_line(title) for name, title in titles.items()}
    seen = Counter(lines.values())
    return {name: line if seen[line] == 1 else f"{line} · {name}" for name, line in lines.items()}


def breakable(text: str, every: int = 20) -> str:
    """Return ``text`` in which words that fit no column may be broken, by spaces of no width."""

    def parted(found: re.Match[str]) -> str:
        word = found[0]
        if _DIGEST.search(word):
            return word
        return _BREAK.join(word[at : at + every] for at in range(0, len(word), every))

    return _LONG_WORD.sub(parted, text)


def kept_apart(text: str) -> str:
    """Return ``text``, kept apart from what stands around it where it runs from right to left.

    Else the figures beside a name would change places with it.
    """
    leftwards = any(unicodedata.bidirectional(each) in ("R", "AL") for each in text)
    return f"\u2068{text}\u2069" if leftwards else text


def without_unseen(text: str) -> str:
    """Return ``text`` without what is not to be seen or reorders it, its lines and tabs kept."""
    return _UNSEEN.sub("", _OTHER_SPACE.sub(" ", text))


def paragraphs(text: str) -> str:
    """Return ``text`` as Markdown that shows it literally, its paragraphs and lines kept."""
    return "\n\n".join(plain(part) for part in text.split("\n") if part.strip())


def shorten(text: str, limit: int = 60) -> str:
    """Return ``text`` on one line, cut at a word where it is longer than ``limit`` characters.

    Where no word ends near the limit, it is cut there.
    """
    looked_at = 20 * limit  # a text from outside may be of any length
    flat = " ".join(text[:looked_at].split())
    if len(flat) <= limit and len(text) <= looked_at:
        return flat
    kept = flat[: limit - 1]
    start, _space, rest = kept.rpartition(" ")
    return f"{start if start and len(rest) < limit // 3 else kept}…"


def shortened(text: str, most: int) -> str:
    """Return ``text`` shortened, with what runs from right to left kept apart from the rest."""
    return kept_apart(shorten(without_unseen(text[: 20 * most]), most))


def show_value(value: object) -> str:
    """Return ``value`` as Python writes it, at most 60 characters, for use in a message."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
