"""YAML through ruamel.yaml: read and written with comments, quotes and folds as they were."""

from __future__ import annotations

import io
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, FoldedScalarString

from procurement_risk.framework.yaml_writing import WIDTH, is_plain

WIDE = 100_000  # options stay on their line, however long they are


def fitting(value: Any, indent: int) -> int:  # noqa: ANN401
    """Return the width for what stands so deep; of a folded text the last word stands behind."""
    return WIDTH - indent - 10 if isinstance(value, FoldedScalarString) else WIDE


def round_trip(width: int) -> YAML:
    """Return what loads and writes a text, folded at ``width``."""
    made = YAML()
    made.preserve_quotes = True
    made.width = width
    made.indent(mapping=2, sequence=4, offset=2)
    return made


def dumped(node: Any, width: int) -> str:  # noqa: ANN401
    """Return what was loaded as text again."""
    stream = io.StringIO()
    round_trip(width).dump(node, stream)
    return stream.getvalue()


def merged(old: Any, new: Any, *, may_fold: bool = True) -> Any:  # noqa: ANN401
    """Return ``new`` with the comments and the style of ``old`` where that stays."""
    if isinstance(old, CommentedMap) and isinstance(new, dict):
        for key in [key for key in old if key not in new]:
            del old[key]
        for key, value in new.items():
            old[key] = merged(old.get(key), value, may_fold=False)
        return old
    if isinstance(old, CommentedSeq) and isinstance(new, list):
        return _merged_list(old, new)
    return old if type(new) is not str and old == new else styled(new, old, may_fold=may_fold)


def _merged_list(old: CommentedSeq, new: list[Any]) -> CommentedSeq:
    by_id = {each["id"]: each for each in old if isinstance(each, dict) and "id" in each}
    like = next(iter(by_id.values()), None)
    old[:] = [_item(by_id, like, each) for each in new]
    return old


def _item(by_id: dict[str, Any], like: Any, new: Any) -> Any:  # noqa: ANN401
    if not isinstance(new, dict):
        return styled(new)
    if new.get("id") in by_id:
        return merged(by_id[new["id"]], new)
    made = CommentedMap({key: styled(value, may_fold=False) for key, value in new.items()})
    if isinstance(like, CommentedMap) and like.fa.flow_style():
        made.fa.set_flow_style()
    return made


def styled(value: Any, old: Any = None, *, may_fold: bool = True) -> Any:  # noqa: ANN401
    """Return a text in the style that it needs; anything else as it is."""
    if not isinstance(value, str):
        return value
    if old == value and isinstance(old, str):
        return old
    foldable = value == value.strip() and "\n" not in value and "  " not in value
    if may_fold and foldable and len(value) > WIDTH - 20 and " " in value and "\t" not in value:
        return FoldedScalarString(value)
    if isinstance(old, DoubleQuotedScalarString) or not is_plain(value):
        return DoubleQuotedScalarString(value)
    return value
