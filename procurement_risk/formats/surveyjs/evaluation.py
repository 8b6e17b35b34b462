"""What a tree comes to for given answers, by the rules of SurveyJS, and a tree as a text."""

from __future__ import annotations

from collections.abc import Mapping

from procurement_risk.formats.surveyjs.tree import Binary, Constant, ListOf, Tree, Unary, Variable
from procurement_risk.formats.surveyjs.values import (
    COMPARISONS,
    Value,
    corrected,
    is_empty,
    is_truthy,
)

OPPOSITE = ("negate", "not")
SHOWN = 300


def evaluate(tree: Tree, values: Mapping[str, Value], strictly: bool) -> Value:
    """Return the value of ``tree``, without functions and arithmetic, for the answers ``values``.

    ``strictly``: as the older versions of SurveyJS compare.
    """
    if isinstance(tree, Variable):
        value = corrected(values.get(tree.name), strictly)
        return None if is_empty(value) else value
    if isinstance(tree, Constant):
        is_kept = tree.is_quoted and not strictly
        return tree.value if is_kept else corrected(tree.value, strictly)
    if isinstance(tree, ListOf):
        return [evaluate(item, values, strictly) for item in tree.items]
    if isinstance(tree, Unary):
        value = evaluate(tree.operand, values, strictly)
        if tree.operator in OPPOSITE:
            return not is_truthy(value)
        return is_empty(value) == (tree.operator == "empty")
    assert isinstance(tree, Binary)
    left = evaluate(tree.left, values, strictly)
    right = evaluate(tree.right, values, strictly)
    if tree.operator == "and":
        return right if is_truthy(left) else left
    if tree.operator == "or":
        return left if is_truthy(left) else right
    return COMPARISONS[tree.operator](left, right, strictly)


_SIGNS = {
    "equal": "=",
    "notequal": "<>",
    "less": "<",
    "lessorequal": "<=",
    "greater": ">",
    "greaterorequal": ">=",
}


def written(tree: Tree) -> str:
    """Return ``tree`` as a text, cut short where it is long."""
    text = _written(tree, depth=12)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def _written(tree: Tree, depth: int) -> str:
    if depth == 0:
        return "…"
    if isinstance(tree, Variable):
        return f"{{{tree.name}}}"
    if isinstance(tree, Constant):
        return _written_value(tree.value)
    if isinstance(tree, ListOf):
        return f"[{', '.join(_written(item, depth - 1) for item in tree.items)}]"
    if isinstance(tree, Unary):
        inside = _written(tree.operand, depth - 1)
        return f"!({inside})" if tree.operator in OPPOSITE else f"{inside} {tree.operator}"
    if isinstance(tree, Binary):
        sign = _SIGNS.get(tree.operator, tree.operator)
        return f"{_written(tree.left, depth - 1)} {sign} {_written(tree.right, depth - 1)}"
    return f"{tree.name}(…)"


def _written_value(value: Value) -> str:
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, bool):
        return "true" if value else "false"
    return "null" if value is None else str(value)
