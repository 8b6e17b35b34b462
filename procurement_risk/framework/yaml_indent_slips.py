"""Lines that stand too far to the left or to the right: each is named, and moved to its place.

Only for a text that cannot be read to its end, and only where moving them makes it readable:
indents that merely look odd are left alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from procurement_risk.errors import Problem
from procurement_risk.framework.yaml_found_slips import Slips, hidden
from procurement_risk.framework.yaml_slip_patterns import KEY
from procurement_risk.language import _, ngettext

NEAR = 3  # spaces that a hand puts too many or too few
_ITEM = re.compile(r"-(?: +|$)")
_KEY = re.compile(rf"(?:{KEY}|E[0-4]):(?:\s|$)")


@dataclass(slots=True)
class _Level:
    """Keys or items that stand under one another.

    ``line`` is the last of them, ``keys`` are those that the items of a list had so far.
    """

    indent: int
    is_list: bool
    line: int
    keys: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Reader:
    """Goes down the lines as the parser does, and moves what fits nowhere to what is nearest."""

    lines: list[str]
    found: Slips
    levels: list[_Level] = field(default_factory=list)
    opened_at: int = -1  # where the key of the line above stands, if nothing stands behind it
    moved: tuple[int, int] = (-1, 0)  # what stands further in than this goes along, by so much

    def take(self, number: int) -> None:
        line = self.lines[number - 1]
        indent = _indent(line)
        if indent <= self.moved[0]:
            self.moved = (-1, 0)
        indent += self.moved[1]
        content = line.lstrip(" ")
        is_list = _ITEM.match(content) is not None
        key = _KEY.match(content)
        if not is_list and not key:
            return
        place, like = self._place(number, indent, is_list)
        if place != indent:
            self._move(number, indent, place, like)
        if key and len(self.levels) > 1 and self.levels[-2].is_list:
            self.levels[-2].keys.add(key.group())
        self.lines[number - 1] = " " * place + content
        self._open_below(number, place, content)

    def _place(self, number: int, indent: int, is_list: bool) -> tuple[int, int]:
        """Return where a line belongs, and another line that stands there."""
        if 0 <= self.opened_at < indent or (is_list and indent == self.opened_at):
            is_short = is_list and not self._opens(number)
            place, like = self._usual(number, indent) if is_short else (indent, number)
            self.levels.append(_Level(place, is_list, number))
            return place, like
        level = self._level(number, indent, is_list)
        if level is None:
            self.levels = self.levels or [_Level(indent, is_list, number)]
            return indent, number
        like, level.line = level.line, number
        self.levels = self.levels[: next(i for i, e in enumerate(self.levels) if e is level) + 1]
        return level.indent, like

    def _level(self, number: int, indent: int, is_list: bool) -> _Level | None:
        """Return the level to which a line belongs: by what stands below it, else the nearest."""
        alike = [each for each in reversed(self.levels) if each.is_list == is_list]
        below, key = self._below(number)
        same = key.group() if key and is_list and self._opens(number) else ""
        for each in alike:
            if same in each.keys and below in (each.indent + 2, indent + 2):
                return each
        return _nearest(alike, indent, below)

    def _usual(self, number: int, indent: int) -> tuple[int, int]:
        """Return where most items of a list stand that begins here, and one that does."""
        places: dict[int, int] = {}
        many: Counter[int] = Counter([indent])
        for other in range(number + 1, len(self.lines) + 1):
            line = self.lines[other - 1]
            place = _indent(line) + self.moved[1]
            is_item = _ITEM.match(line[place:]) is not None
            is_said = line.strip() and not line.lstrip().startswith("#")
            if is_said and place < self.opened_at + (not is_item):
                break
            if is_item and abs(place - indent) <= NEAR:
                many[place] += 1
                places.setdefault(place, other)
        usual, count = many.most_common(1)[0]
        if many[indent] == 1 and count > 1 and usual >= self.opened_at:
            return usual, places[usual]
        return indent, number

    def _move(self, number: int, indent: int, place: int, like: int) -> None:
        more = abs(indent - place)
        if indent > place:
            words = ngettext(
                "This line stands {n} space too far to the right: indent it like line {line}.",
                "This line stands {n} spaces too far to the right: indent it like line {line}.",
                more,
            )
        else:
            words = ngettext(
                "This line stands {n} space too far to the left: indent it like line {line}.",
                "This line stands {n} spaces too far to the left: indent it like line {line}.",
                more,
            )
        said = words.format(n=more, line=like)
        below, __ = self._below(number)
        if self._opens(number) and below > indent and below != place + 2:
            self.moved = (indent, place - indent)
            said += " " + _("Move the lines that belong to it along.")
        self.found.problems.append(Problem("", said, number, indent + 1))
        self.found.lines.add(number)

    def _opens(self, number: int) -> bool:
        """Whether more of what begins in a line stands below it."""
        content = self.lines[number - 1].lstrip(" ")
        rest = _ITEM.sub("", content, count=1)
        return content.endswith(":") or (rest != content and _KEY.match(rest) is not None)

    def _below(self, number: int) -> tuple[int, re.Match[str] | None]:
        """Return how far the next line with something in it is indented, and its key."""
        for index in range(number, len(self.lines)):
            content = self.lines[index].lstrip(" ")
            if content and not content.startswith("#"):
                return _indent(self.lines[index]), _KEY.match(content)
        return 0, None

    def _open_below(self, number: int, indent: int, content: str) -> None:
        """Keep what a line opens: the keys of an item, or what stands under a key."""
        if match := _ITEM.match(content):
            indent, content = indent + match.end(), content[match.end() :]
            if _KEY.match(content):
                self.levels.append(_Level(indent, is_list=False, line=number))
        masked = hidden(content).split(" #")[0].rstrip()
        self.opened_at = indent if masked.endswith(":") and _KEY.match(content) else -1


def _nearest(levels: list[_Level], indent: int, below: int) -> _Level | None:
    near = [each for each in levels if abs(each.indent - indent) <= NEAR]
    return min(
        near, key=lambda each: (abs(each.indent - indent), each.indent + 2 != below), default=None
    )


def indents_in(text: str, numbers: Iterator[int]) -> Slips:
    """Return the lines of ``text`` that stand wrong, and the text with them in their places.

    ``numbers`` are those of the lines that hold neither comments nor folded text.
    """
    found = Slips()
    reader = _Reader(text.split("\n"), found)
    inside = 0  # brackets that are open
    for number in numbers:
        if not inside:
            reader.take(number)
        masked = hidden(reader.lines[number - 1]).split(" #")[0]
        inside = max(0, inside + sum(map(masked.count, "{[")) - sum(map(masked.count, "}]")))
    found.text = "\n".join(reader.lines)
    return found


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
