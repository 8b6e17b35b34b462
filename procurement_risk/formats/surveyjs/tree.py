"""An expression of ``visibleIf`` as a tree: names, values, lists, and operators over them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Scalar = None | bool | int | float | str


@dataclass(frozen=True, slots=True)
class Variable:
    """``{name}``: the answer to a question."""

    name: str


@dataclass(frozen=True, slots=True)
class Constant:
    """A value written out, in quotes or not."""

    value: Scalar
    is_quoted: bool = False


@dataclass(frozen=True, slots=True)
class ListOf:
    """``[a, b]``."""

    items: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """``name(…)``: a function."""

    name: str


@dataclass(frozen=True, slots=True)
class Unary:
    """``operator`` is negate or not, empty or notempty."""

    operator: str
    operand: Tree


@dataclass(frozen=True, slots=True)
class Binary:
    """``left operator right``, with the operator's name in words."""

    operator: str
    left: Tree
    right: Tree


Tree = Variable | Constant | ListOf | Call | Unary | Binary


def parts_of(tree: Tree) -> Sequence[Tree]:
    """Return what stands in ``tree`` itself, from left to right."""
    if isinstance(tree, Binary):
        return (tree.left, tree.right)
    if isinstance(tree, Unary):
        return (tree.operand,)
    return tree.items if isinstance(tree, ListOf) else ()


def walk(tree: Tree) -> Iterator[Tree]:
    """Yield ``tree`` and everything inside it."""
    pending = [tree]
    while pending:
        node = pending.pop()
        yield node
        pending += reversed(parts_of(node))


def variables(tree: Tree) -> list[str]:
    """Return the names in braces in ``tree``, each once, in the order they are written."""
    return list(dict.fromkeys(node.name for node in walk(tree) if isinstance(node, Variable)))
