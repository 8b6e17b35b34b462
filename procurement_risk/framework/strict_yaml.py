"""Read YAML so strictly that a file means what it looks like, and say where everything stands.

    text ── events ── data        dicts, lists, texts, whole numbers, true and false
                   ├─ positions   path -> line and column
                   └─ problems    everything refused, each with its line

YAML 1.1 turns a bare ``no`` into false, ``1:30`` into 90 and ``3.10`` into 3.1; it lets a key
stand twice and a short file unfold into gigabytes. All of that is refused here. The data is built
from the parser's events, never by its recursive composer, so deep nesting cannot overflow a stack.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from procurement_risk.errors import Problem, path_text
from procurement_risk.framework.yaml_scalars import read_plain
from procurement_risk.framework.yaml_source import Place, decoded
from procurement_risk.framework.yaml_words import in_plain_words
from procurement_risk.language import _, ngettext
from procurement_risk.language.numbers import grouped
from procurement_risk.language.text import shorten

MAX_DEPTH = 20
MAX_NODES = 100_000
MAX_TEXT = 20_000
MAX_KEY = 200

Path = tuple[str | int, ...]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(kw_only=True)
class Parsed:
    """What was read, and where it stands.

    Attributes:
        data: The document. A refused value is there as the text it was written as.
        positions: Line and column, from 1, by path: of the key for the entries of a mapping, of
            the value for the items of a list and for the whole document.
        value_positions: Line and column of the value by path, keys or not.
        problems: Everything refused, in the order of the file.
        refused: Paths that ``problems`` already speak about.
        is_complete: Whether the file was read to its end; if not, ``data`` is only a part.
    """

    data: Any = None
    positions: dict[Path, Place] = field(default_factory=dict)
    value_positions: dict[Path, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    refused: set[Path] = field(default_factory=set)
    is_complete: bool = False

    def place(self, path: Path) -> Place:
        """Return line and column of ``path``, or of the nearest thing around it."""
        while path and path not in self.positions:
            path = path[:-1]
        return self.positions.get(path, (1, 1))


def read_yaml(source: str | bytes) -> Parsed:
    """Read one YAML document. Whatever is wrong ends up in ``problems``; nothing is raised."""
    parsed = Parsed()
    text = decoded(source, parsed.problems)
    if text is not None:
        _Builder(parsed).read(text)
    return parsed


# ---------------------------------------------------------------- events to data


class _Stop(Exception):
    """A limit is passed: nothing further is read."""


@dataclass(slots=True)
class _Open:
    """A list or mapping being filled; ``path`` is None inside something already refused."""

    path: Path | None
    value: Any
    first_lines: dict[str, int] = field(default_factory=dict)  # by key
    awaits_value: bool = False  # a mapping whose key has been read
    key: str | None = None  # None: refused, and its value with it

    def below(self, step: str | int | None) -> Path | None:
        return None if self.path is None or step is None else (*self.path, step)


class _Builder:
    """Turns events into ``parsed``, with one open list or mapping on a stack for each level."""

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self.stack: list[_Open] = []
        self.nodes = 0
        self.documents = 0

    def read(self, text: str) -> None:
        try:
            for event in yaml.parse(text, Loader=_LOADER):
                self._take(event)
                if self.documents > 1:
                    break
        except _Stop:
            return
        except yaml.MarkedYAMLError as error:
            found = _syntax_problem(text, error)
            if all(each.line != found.line for each in self.parsed.problems):
                self.parsed.problems.append(found)  # else the line was spoken about already
            return
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            message = _("This cannot be read as YAML: {fault}.")
            words = message.format(fault=shorten(str(error), 200))
            self.parsed.problems.append(Problem("", words, 1, 1))
            return
        if self.documents == 0:
            message = _("This file is empty: begin with a line such as schema_version: 1.")
            self.parsed.problems.append(Problem("", message, 1, 1))
            return
        self.parsed.is_complete = True

    def _take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._report(event, (), _("Put what follows --- in a file of its own."))
        elif isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()
        elif isinstance(event, yaml.NodeEvent):
            self._take_node(event)

    def _take_node(self, event: yaml.NodeEvent) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            message = ngettext(
                "The file holds more than {n} value: split it.",
                "The file holds more than {n} values: split it.",
                MAX_NODES,
            )
            self._report(event, (), message.format(n=grouped(MAX_NODES)))
            raise _Stop
        parent = self.stack[-1] if self.stack else None
        if parent and isinstance(parent.value, dict) and not parent.awaits_value:
            parent.awaits_value = True
            parent.key = self._accept_key(parent, event)
        else:
            self._take_value(parent, event)

    # -- keys

    def _accept_key(self, parent: _Open, event: yaml.NodeEvent) -> str | None:
        """Return the key that begins, or None where it is refused and its value goes with it."""
        if not isinstance(event, yaml.ScalarEvent):
            self._refuse_key(parent, event)
            return None
        why = _why_no_key(event) or self._why_twice(parent, event)
        if why:
            self._report(event, parent.path, why)
            return None
        path = parent.below(event.value)
        if path is not None:
            self.parsed.positions[path] = _place(event)
        self._check_key(event, path)
        return str(event.value)

    def _refuse_key(self, parent: _Open, event: yaml.NodeEvent) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._report(event, parent.path, _no_alias(event))
        else:
            message = _("Write a text as the key here, not a list or a group of keys.")
            self._report(event, parent.path, message)
            self._open(event, None)

    def _why_twice(self, parent: _Open, event: yaml.ScalarEvent) -> str:
        line = _place(event)[0]
        if event.value not in parent.first_lines:
            parent.first_lines[event.value] = line
            return ""
        return _(
            'The key "{key}" stands here twice, first on line {line}: delete one of the two.'
        ).format(key=shorten(event.value), line=parent.first_lines[event.value])

    def _check_key(self, event: yaml.ScalarEvent, path: Path | None) -> None:
        self._refuse_marks(event, path)
        if event.style:
            return
        value, why = read_plain(event.value)
        if not isinstance(value, str):
            message = _('Write this key in quotes, "{key}": a key must be a text.')
            why = message.format(key=event.value)
        if why:
            self._refuse(event, path, why)

    # -- values

    def _take_value(self, parent: _Open | None, event: yaml.NodeEvent) -> None:
        path = self._path_of_next(parent)
        if path is not None:
            self.parsed.value_positions[path] = _place(event)
            self.parsed.positions.setdefault(path, _place(event))
        value = self._value(event, path)
        if parent is None:
            self.parsed.data = value
        elif path is not None:
            if isinstance(parent.value, list):
                parent.value.append(value)
            else:
                parent.value[parent.key] = value
        if parent:
            parent.awaits_value = False

    def _path_of_next(self, parent: _Open | None) -> Path | None:
        if parent is None:
            return ()
        if isinstance(parent.value, list):
            return parent.below(len(parent.value))
        return parent.below(parent.key)

    def _value(self, event: yaml.NodeEvent, path: Path | None) -> object:
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, path, _no_alias(event))
            return ""
        self._refuse_marks(event, path)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, path)
        return self._open(event, path)

    def _scalar(self, event: yaml.ScalarEvent, path: Path | None) -> str | int | bool:
        text = str(event.value)
        if len(text) > MAX_TEXT:
            message = ngettext(
                "Shorten this text: it is longer than {n} character.",
                "Shorten this text: it is longer than {n} characters.",
                MAX_TEXT,
            )
            self._refuse(event, path, message.format(n=grouped(MAX_TEXT)))
            return text[:MAX_TEXT]
        if event.style or event.tag:
            return text
        value, why = read_plain(text, _key_of(path or ()))
        if why:
            self._refuse(event, path, why)
        return value

    def _open(self, event: yaml.NodeEvent, path: Path | None) -> list[Any] | dict[str, Any]:
        if len(self.stack) >= MAX_DEPTH:
            message = ngettext(
                "This is nested deeper than {n} level: check brackets and indents.",
                "This is nested deeper than {n} levels: check brackets and indents.",
                MAX_DEPTH,
            )
            self._report(event, path, message.format(n=MAX_DEPTH))
            raise _Stop
        value: list[Any] | dict[str, Any] = (
            [] if isinstance(event, yaml.SequenceStartEvent) else {}
        )
        self.stack.append(_Open(path, value))
        return value

    # -- problems

    def _refuse_marks(self, event: yaml.NodeEvent, path: Path | None) -> None:
        """Refuse a tag or an anchor; what it stands before is read as usual."""
        tag = str(getattr(event, "tag", None) or "").replace("tag:yaml.org,2002:", "!!")
        if tag:
            message = _("Delete the tag {tag}: tags are not used here.")
            self._refuse(event, path, message.format(tag=shorten(tag)))
        if event.anchor:
            message = _(
                "Delete the anchor {anchor}: anchors are not used here. "
                "(Write a text that begins with & in quotes.)"
            )
            self._report(event, path, message.format(anchor=f"&{shorten(event.anchor)}"))

    def _refuse(self, event: yaml.Event, path: Path | None, message: str) -> None:
        self._report(event, path, message)
        if path is not None:
            self.parsed.refused.add(path)

    def _report(self, event: yaml.Event, path: Path | None, message: str) -> None:
        line, column = _place(event)
        self.parsed.problems.append(Problem(path_text(path or ()), message, line, column))


def _key_of(path: Path) -> str:
    """Return the key that a value stands behind, or for an option the key of the options."""
    if path[-2:-1] == ("options",) and "red_flag" not in path:
        return "options"
    return str(path[-1]) if path else ""


def _place(event: yaml.Event) -> Place:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _why_no_key(event: yaml.ScalarEvent) -> str:
    if event.value == "<<" and not event.style:
        return _("Write out the keys you mean: merge keys (<<) are not used here.")
    if len(event.value) > MAX_KEY:
        message = ngettext(
            "Shorten this key: it is longer than {n} character.",
            "Shorten this key: it is longer than {n} characters.",
            MAX_KEY,
        )
        return message.format(n=MAX_KEY)
    return ""


def _no_alias(event: yaml.AliasEvent) -> str:
    return _(
        "Write out what {alias} stands for: aliases are not used here. "
        "(Write a text that begins with * in quotes.)"
    ).format(alias=f"*{shorten(str(event.anchor))}")


def _syntax_problem(text: str, error: yaml.MarkedYAMLError) -> Problem:
    said = str(error.problem or error.context or "")
    mark = error.problem_mark or error.context_mark
    if "quoted scalar" in str(error.context) and "escape" not in said:
        mark = error.context_mark or mark  # the opening quote is what needs looking at
    if "expected ':'" in said:
        mark = error.context_mark or mark  # the key itself, and not what follows it
    if mark is None:
        return Problem("", in_plain_words(said, ""), 1, 1)
    lines = text.splitlines() or [""]
    if mark.line >= len(lines):
        line, column = len(lines), len(lines[-1]) + 1
    else:
        line, column = mark.line + 1, mark.column + 1
    return Problem("", in_plain_words(said, lines[line - 1][column - 1 : column]), line, column)
