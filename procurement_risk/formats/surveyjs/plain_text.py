"""What a reader reads of a text: without what cannot be printed, and with HTML taken out."""

from __future__ import annotations

import re
from html.parser import HTMLParser

# What YAML cannot show as it is, and half characters.
_UNPRINTABLE = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


def one_line(text: str) -> str:
    """Return ``text`` without line breaks, repeated spaces and unprintable characters."""
    return " ".join(_UNPRINTABLE.sub(" ", text).split())


def many_lines(text: str) -> str:
    """Return ``text`` with its lines and paragraphs, without space around them."""
    lines = [one_line(line) for line in re.split("\r\n|[\n\r\x85\u2028\u2029]", text)]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


_PARAGRAPH_TAGS = """
    address article aside blockquote div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header
    hr main nav ol p pre section table ul
"""
_PARAGRAPHS = dict.fromkeys(_PARAGRAPH_TAGS.split(), "\n\n")
_LINES = dict.fromkeys(("br", "dd", "dt", "tr"), "\n")
_BEFORE = {**_PARAGRAPHS, **_LINES, "li": "\n- ", "td": " ", "th": " "}
_SILENT = frozenset({"script", "style", "template", "head", "title"})
_SPACE = re.compile(r"[ \t\n\r\f\v]+")
_TAG = re.compile(
    r"</?(?:a|b|br|div|em|h[1-6]|i|img|li|ol|p|span|strong|table|td|th|tr|u|ul)(?:\s[^<>]*|/)?>",
    re.IGNORECASE,
)


def lines_or_html(text: str) -> str:
    """Return what ``text`` says, which is taken for HTML where it has tags in it."""
    return text_of_html(text) if _TAG.search(text) else many_lines(text)


class _Stripper(HTMLParser):
    """Collects what a reader of the page would read."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.links: list[tuple[str, int]] = []
        self.silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.silent:
            return
        if tag in _SILENT:
            self.silent = tag
        elif tag in _BEFORE:
            self.pieces.append(_BEFORE[tag])
        elif tag == "a":
            self.links.append((one_line(dict(attrs).get("href") or ""), len(self.pieces)))
        elif tag == "img":
            self.pieces.append(one_line(dict(attrs).get("alt") or ""))

    def handle_endtag(self, tag: str) -> None:
        if self.silent:
            self.silent = "" if tag == self.silent else self.silent
        elif tag in _PARAGRAPHS:
            self.pieces.append(_PARAGRAPHS[tag])
        elif tag == "a" and self.links:
            self._close_link(*self.links.pop())

    def _close_link(self, address: str, start: int) -> None:
        """Put the address behind the link's text, where it says more than that."""
        said = _SPACE.sub(" ", "".join(self.pieces[start:])).strip()
        if address.startswith(("http://", "https://", "mailto:")):
            shown = address.removeprefix("mailto:")
            if shown.rstrip("/") != said.rstrip("/"):
                self.pieces.append(f" ({shown})")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.pieces.append(_SPACE.sub(" ", data))


def text_of_html(html: str) -> str:
    """Return what ``html`` says: paragraphs, lists with hyphens, links with their addresses."""
    stripper = _Stripper()
    stripper.feed(html)
    stripper.close()
    text = many_lines("".join(stripper.pieces))
    return re.sub("\n\n(?=- )", "\n", text)
