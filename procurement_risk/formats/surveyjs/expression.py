"""The language of ``visibleIf``: a text in, a tree out.

    or  and  = <> < > <= >=  + -  * / %  ^  contains anyof allof noneof in  ! empty notempty
    loosest ───────────────────────────────────────────────────────────────────── tightest

The order of operators and the words for them are those of SurveyJS's own grammar, which knows no
``not``, ``in`` and ``noneof`` in its older versions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NoReturn

from procurement_risk.formats.surveyjs.tree import (
    Binary,
    Call,
    Constant,
    ListOf,
    Scalar,
    Tree,
    Unary,
    Variable,
)
from procurement_risk.language.text import shorten

LENGTH_LIMIT = 10_000
DEPTH_LIMIT = 40
TOKEN_LIMIT = 2_000


class ExpressionError(ValueError):
    """A text that is no expression; the message is a sentence."""


def parse(text: str) -> Tree:
    """Return the tree of ``text``.

    Raises:
        ExpressionError: If it cannot be read, is too long or nests too deep.
    """
    if len(text) > LENGTH_LIMIT:
        raise ExpressionError(f"The condition is longer than {LENGTH_LIMIT:,} characters.")
    tokens = list(_tokens(text))
    if len(tokens) > TOKEN_LIMIT:
        raise ExpressionError(f"The condition has more than {TOKEN_LIMIT:,} words and signs.")
    return _Parser(tokens).whole()


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # variable, text, number, word, sign, end
    text: str


_TOKEN = re.compile(
    r"""
      (?P<space>[ \t\n\r\u00a0]+)
    | \{(?P<variable>[^{}]+)\}
    | '(?P<single>(?:\\['"]|[^'\\]|\\(?!['"]))*)'
    | "(?P<double>(?:\\['"]|[^"\\]|\\(?!['"]))*)"
    | (?P<number>0x[0-9]+|[0-9]+\.[0-9]+|[1-9][0-9]*|0)
    | (?P<word>[A-Za-z_][A-Za-z_0-9]*)
    | (?P<sign>==|=>|=<|<=|>=|<>|!=|\*=|&&|\|\||[-=<>!+*/%^()\[\],])
    """,
    re.VERBOSE,
)


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise ExpressionError(f'The condition cannot be read from "{shorten(text[at:])}" on.')
        kind = str(found.lastgroup)
        if kind in ("single", "double"):
            value = re.sub(r"\\(['\"])", r"\1", found[kind])
            yield _Token("text", value)
        elif kind != "space":
            yield _Token(kind, found[kind])
        at = found.end()
    yield _Token("end", "")


# From the loosest to the tightest: what an operator is called in a tree, and how it is written.
_LEVELS: tuple[Mapping[str, str], ...] = (
    {"or": "|| or"},
    {"and": "&& and"},
    {
        "lessorequal": "<= =< lessorequal",
        "greaterorequal": ">= => greaterorequal",
        "equal": "= == equal equals",
        "notequal": "!= <> notequal notequals",
        "less": "< less",
        "greater": "> greater",
    },
    {"plus": "+", "minus": "-"},
    {"mul": "*", "div": "/", "mod": "%"},
    {"power": "^ power"},
    {
        "contains": "*= contains contain",
        "notcontains": "notcontains notcontain",
        "anyof": "anyof",
        "allof": "allof",
        "noneof": "noneof",
        "in": "in",
    },
)
_BINARY = {
    word: (name, level)
    for level, names in enumerate(_LEVELS)
    for name, words in names.items()
    for word in words.split()
}
_AFTER = ("empty", "notempty")
_VALUES: dict[str, Scalar] = {"true": True, "false": False, "null": None, "undefined": None}


class _Parser:
    """Reads tokens from left to right, one level of operators inside another."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    def whole(self) -> Tree:
        tree = self.level(0)
        self.must_be("end", "")
        return tree

    @property
    def next(self) -> _Token:
        return self.tokens[self.at]

    def take(self) -> _Token:
        token = self.tokens[self.at]
        self.at += 1
        return token

    def is_sign(self, text: str) -> bool:
        return self.next.kind == "sign" and self.next.text == text

    def must_be(self, kind: str, text: str) -> None:
        if self.next.kind != kind or (text and self.next.text != text):
            self.fail()
        if kind != "end":
            self.at += 1

    def fail(self) -> NoReturn:
        if self.next.kind == "end":
            raise ExpressionError("The condition ends too early: something is missing.")
        raise ExpressionError(f'The condition cannot be read at "{shorten(self.next.text)}".')

    def operator(self, level: int) -> str:
        """Return the operator of this level that comes next, or an empty text."""
        if self.next.kind not in ("sign", "word"):
            return ""
        name, stands_at = _BINARY.get(self.next.text.lower(), ("", -1))
        return name if stands_at == level else ""

    def level(self, level: int) -> Tree:
        if level == len(_LEVELS):
            return self.factor()
        tree = self.level(level + 1)
        while name := self.operator(level):
            self.at += 1
            tree = Binary(name, tree, self.right_side(level))
        return tree

    def right_side(self, level: int) -> Tree:
        """Return what follows an operator; nothing may follow contains and its kind."""
        is_last = level == len(_LEVELS) - 1
        if is_last and (self.next.kind == "end" or self.operator(0) or self.operator(1)):
            return Constant(None)
        return self.level(level + 1)

    def factor(self) -> Tree:
        self.depth += 1
        if self.depth > DEPTH_LIMIT:
            raise ExpressionError(f"The condition nests deeper than {DEPTH_LIMIT} parentheses.")
        tree = self.prefixed() or self.followed()
        self.depth -= 1
        return tree

    def prefixed(self) -> Tree | None:
        """Return a factor that begins with a sign or ``not``, if one does here."""
        if self.is_sign("("):
            self.at += 1
            tree = self.level(0)
            if self.next.kind != "end":  # SurveyJS lets the last ones be forgotten
                self.must_be("sign", ")")
            return tree
        if self.is_sign("!") or self.is_word("not", "negate"):
            operator = "not" if self.is_word("not") else "negate"
            self.at += 1
            tree = Unary(operator, self.factor())
            if self.next.kind != "end" and self.next.text not in (")", "]", ","):
                raise ExpressionError(
                    "Versions of SurveyJS read what follows ! differently: put it in parentheses "
                    "with all that it turns round, as in (!({a} = 1))."
                )
            return tree
        if self.is_sign("["):
            self.at += 1
            return ListOf(tuple(self.sequence("]")))
        return None

    def is_word(self, *words: str) -> bool:
        return self.next.kind == "word" and self.next.text.lower() in words

    def followed(self) -> Tree:
        """Return a value, perhaps with empty or notempty behind it."""
        tree = self.atom()
        if self.is_word(*_AFTER):
            return Unary(self.take().text.lower(), tree)
        return tree

    def sequence(self, closing: str) -> Iterator[Tree]:
        while not self.is_sign(closing):
            yield self.level(0)
            if not self.is_sign(closing):
                self.must_be("sign", ",")
        self.at += 1

    def atom(self) -> Tree:
        token = self.next
        readers: dict[str, Callable[[], Tree]] = {
            "variable": lambda: Variable(self.take().text),
            "text": lambda: Constant(self.take().text, is_quoted=True),
            "number": lambda: Constant(_number(self.take().text)),
            "word": self.word,
            "sign": self.negative,
        }
        if token.kind not in readers:
            self.fail()
        return readers[token.kind]()

    def negative(self) -> Tree:
        self.must_be("sign", "-")
        if self.next.kind != "number":
            self.fail()
        return Constant(-_number(self.take().text))

    def word(self) -> Tree:
        token = self.take()
        if self.is_sign("("):
            self.at += 1
            for _ in self.sequence(")"):
                pass
            return Call(token.text)
        if token.text.lower() in _BINARY or token.text.lower() in _AFTER:
            self.at -= 1
            self.fail()
        return Constant(_VALUES.get(token.text.lower(), token.text))


def _number(text: str) -> int | float:
    if text.startswith("0x"):
        return int(text, 16)
    return float(text) if "." in text or len(text) > 15 else int(text)
