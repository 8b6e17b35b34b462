"""A YAML text with one value changed, and every other line as its owner wrote it.

    text, path, value ── the lines of that entry ── ruamel.yaml ── the same lines, changed
                         all others ─────────────────────────────> to the letter

What comes out is read again: it holds the new value, and nothing else has changed.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import YAMLError

from procurement_risk.errors import UsageError
from procurement_risk.framework.strict_yaml import Parsed, Path, read_yaml
from procurement_risk.framework.yaml_round_trip import (
    WIDE,
    dumped,
    fitting,
    merged,
    round_trip,
    styled,
)
from procurement_risk.language import _

_BEFORE = re.compile(r"[ -]*")
_REMARK = re.compile(r"(?:^|\s)(#.*)", re.MULTILINE)
_UNPRINTABLE = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


def with_value(text: str, path: Path, value: Any) -> str:  # noqa: ANN401
    """Return ``text`` with ``value`` at ``path``; None takes the entry away.

    Args:
        text: A YAML file that ``strict_yaml`` can read.
        path: Leads to an entry of a mapping, which may not be there yet.
        value: A text, a whole number, true or false, or a list or mapping of these.

    Raises:
        UsageError: If the text cannot be read, or the change cannot be made without another.
    """
    parsed = read_yaml(text)
    value = _printable(value)
    wanted = _wanted(parsed, path, value)
    for change in (_in_its_items, _in_its_lines, _in_its_item, _in_the_whole):
        try:
            changed = change(text, parsed, path, value)
        except (YAMLError, ValueError, LookupError, AttributeError):
            continue
        if not changed or read_yaml(changed).data != wanted:
            continue
        if change is _in_its_items or not _lost(text, changed, path, value):
            return changed
    raise UsageError(
        _(
            "This cannot be changed here, because of how the file is written. Change it in the "
            "whole file."
        )
    )


def _lost(before: str, after: str, path: Path, value: Any) -> bool:  # noqa: ANN401
    """Return whether a comment is gone: behind what stands in brackets ruamel.yaml keeps none."""
    if value is None:
        return False
    parsed = read_yaml(before)
    first, last = lines_of(before, parsed, path) if path in parsed.positions else (0, -1)
    lines = before.splitlines()
    if isinstance(value, str):  # a sign # in a text is none, and one entry keeps its comment
        del lines[first - 1 : last]
    return any(each not in after for each in _REMARK.findall("\n".join(lines)))


def value_at(data: Any, path: Path) -> Any:  # noqa: ANN401
    """Return what stands at ``path`` of a document, or None where nothing does."""
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def lines_of(text: str, parsed: Parsed, path: Path) -> tuple[int, int]:
    """Return the first and the last line, from 1, of what stands at ``path``."""
    first, column = parsed.place(path)
    lines = text.splitlines()
    indent = column - 2 if path and isinstance(path[-1], int) else column - 1
    return first, _end(lines, first - 1, indent) if lines else first


def _wanted(parsed: Parsed, path: Path, value: Any) -> Any:  # noqa: ANN401
    wanted = deepcopy(parsed.data)
    holder = value_at(wanted, path[:-1])
    if not parsed.is_complete or not isinstance(holder, dict):
        raise UsageError(_("The file cannot be read yet. Mend it in the whole file first."))
    if value is None:
        holder.pop(path[-1], None)
    else:
        holder[path[-1]] = value
    return wanted


# --- In the lines of the items of a list ------------------------------------------------------


def _in_its_items(text: str, parsed: Parsed, path: Path, value: Any) -> str:  # noqa: ANN401
    """Return ``text`` with a list of mappings changed item by item; empty where it is no such."""
    old = value_at(parsed.data, path)
    if not (isinstance(old, list) and isinstance(value, list) and old):
        return ""
    if not all(isinstance(each, dict) for each in (*old, *value)):
        return ""
    ids, wanted = ([each["id"] for each in items] for items in (old, value))
    if [each for each in ids if each in wanted] != [each for each in wanted if each in ids]:
        return ""  # in another order
    lines = text.splitlines(keepends=True)
    places = {name: (*path, number) for number, name in enumerate(ids)}
    spans = {
        name: (parsed.place(place), lines_of(text, parsed, place)[1])
        for name, place in places.items()
    }
    starts = {lines[line - 1][: column - 1] for (line, column), _last in spans.values()}
    if len(starts) > 1 or not re.fullmatch(r" *- +", start := starts.pop()):
        return ""
    after: dict[str, list[str]] = {}  # the new ones, by the one before them
    before = ""
    for each in value:
        if each["id"] not in ids:
            after.setdefault(before, []).append(_new_item(each, start))
        before = each["id"] if each["id"] in ids else before
    by_id = {each["id"]: each for each in value}
    for name in reversed(ids):
        (first, column), last = spans[name]
        own = lines[first - 1 : last]
        if name not in by_id:
            made = ""
        elif by_id[name] == old[ids.index(name)]:
            made = "".join(own)
        else:
            made = _changed_item(own, column - 1, by_id[name])
        lines[first - 1 : last] = [made, *after.get(name, ())]
    first = spans[ids[0]][0][0]
    lines[first - 1 : first - 1] = after.get("", [])
    return "".join(lines)


def _in_its_item(text: str, parsed: Parsed, path: Path, value: Any) -> str:  # noqa: ANN401
    """Return ``text`` with the item of a list changed that the entry is in, as in brackets."""
    place = path[:-1]
    if not place or not isinstance(place[-1], int):
        return ""
    holder = {**value_at(parsed.data, place), path[-1]: value}
    if value is None:
        del holder[path[-1]]
    (first, column), last = parsed.place(place), lines_of(text, parsed, place)[1]
    lines = text.splitlines(keepends=True)
    if not _BEFORE.fullmatch(lines[first - 1][: column - 1]):
        return ""
    lines[first - 1 : last] = [_changed_item(lines[first - 1 : last], column - 1, holder)]
    return "".join(lines)


def _new_item(item: dict[str, Any], start: str) -> str:
    made = CommentedMap({key: styled(each, may_fold=False) for key, each in item.items()})
    made.fa.set_flow_style()
    return f"{start}{dumped(made, WIDE)}"


def _changed_item(own: list[str], indent: int, item: dict[str, Any]) -> str:
    """Return the lines of one item as they are once it is ``item``."""
    node = round_trip(WIDE).load("".join(line[indent:] for line in own))
    made = _indented(dumped(merged(node, item), WIDE), indent)
    return own[0][:indent] + made[indent:]


# --- In the lines of the entry ----------------------------------------------------------------


def _in_its_lines(text: str, parsed: Parsed, path: Path, value: Any) -> str:  # noqa: ANN401
    """Return ``text`` with the lines of one entry changed; empty where it has none of its own."""
    lines = text.splitlines(keepends=True)
    is_new = path not in parsed.positions
    line, column = parsed.positions[_neighbour(parsed, path) if is_new else path]
    first, indent = line - 1, column - 1
    last = _end(lines, first, indent)
    before = lines[first][:indent]
    if not _BEFORE.fullmatch(before):
        return ""
    if is_new:
        shown = styled(value)
        made = dumped(CommentedMap({path[-1]: shown}), fitting(shown, indent))
        end = "" if lines[last - 1].endswith("\n") else "\n"
        return "".join([*lines[:last], end, _indented(made, indent), *lines[last:]])
    if value is None:
        return "" if "-" in before else "".join([*lines[:first], *lines[last:]])
    own = "".join([lines[first][indent:], *(each[indent:] for each in lines[first + 1 : last])])
    entry = round_trip(WIDE).load(own)
    key = path[-1]
    is_remarked = key in entry.ca.items  # behind a folded text no comment would stay
    entry[key] = merged(entry[key], value, may_fold=not is_remarked)
    made = _indented(dumped(entry, fitting(entry[key], indent)), indent)
    return "".join([*lines[:first], before, made[indent:], *lines[last:]])


def _neighbour(parsed: Parsed, path: Path) -> Path:
    """Return the entry behind which a new one is put: the question's text, or else the last."""
    holder = value_at(parsed.data, path[:-1])
    key = "ask" if "ask" in holder else list(holder)[-1]
    return (*path[:-1], key)


def _end(lines: list[str], first: int, indent: int) -> int:
    """Return how many lines there are up to the end of what begins in ``first`` at ``indent``."""
    last = first + 1
    is_list = lines[first].rstrip().endswith(":")
    for number in range(first + 1, len(lines)):
        line = lines[number]
        bare = line.lstrip(" ")
        if not bare.strip():
            continue
        deep = len(line) - len(bare)
        if deep > indent or (deep == indent and is_list and bare.startswith("- ")):
            last = number + 1
        elif not bare.startswith("#"):
            break
    return last


def _indented(made: str, indent: int) -> str:
    return "".join(
        f"{' ' * indent}{line}" if line.strip() else line
        for line in made.splitlines(keepends=True)
    )


# --- In the whole file ------------------------------------------------------------------------


def _in_the_whole(text: str, _parsed: Parsed, path: Path, value: Any) -> str:  # noqa: ANN401
    """Return ``text`` written anew by ruamel.yaml, which keeps comments and order."""
    document = round_trip(WIDE).load(text)
    holder = value_at(document, path[:-1])
    if value is None:
        del holder[path[-1]]
    else:
        holder[path[-1]] = merged(holder.get(path[-1]), value)
    return dumped(document, WIDE)


def _printable(value: Any) -> Any:  # noqa: ANN401
    """Return ``value`` without the signs that no file may hold."""
    if isinstance(value, str):
        return _UNPRINTABLE.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, list):
        return [_printable(each) for each in value]
    if isinstance(value, dict):
        return {key: _printable(each) for key, each in value.items()}
    return value
