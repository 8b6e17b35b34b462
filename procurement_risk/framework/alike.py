"""Questions, and options of one question, that read the same: warnings, each with its line.

Nobody can choose between two options that read alike, and of two such questions one is answered
in the other's place. Questions that are answered in words, and those of sections asked under
different conditions, may read the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from procurement_risk.errors import Problem
from procurement_risk.framework.checks.faults import Fault, Node
from procurement_risk.framework.file_checks import problem_at
from procurement_risk.framework.model import Framework
from procurement_risk.framework.strict_yaml import read_yaml
from procurement_risk.language import N_, _
from procurement_risk.language.text import shorten

QUESTIONS = N_('"{one}" and "{other}" ask the same, "{text}": say what is different.')
OPTIONS = N_('Two options of "{question}" read the same, "{text}": say what is different.')


def alike(framework: Framework, text: str | bytes) -> Iterator[Problem]:
    """Yield what reads the same, by line of the file ``text``; an overlay's without a line."""
    faults = list(_alike(Node((), dict(framework.document))))
    if not faults or framework.based_on is not None:
        yield from (Problem(fault.where, fault.message) for fault in faults)
        return
    parsed = read_yaml(text)
    yield from sorted(
        (problem_at(parsed, fault) for fault in faults), key=lambda problem: problem.line
    )


def _alike(document: Node) -> Iterator[Fault]:
    sections = document.nodes("sections")
    asked = [
        *document.nodes("facts"),
        *chain.from_iterable(section.nodes("questions") for section in sections),
    ]
    for one, other, text in _same(filter(_is_chosen, asked), "ask"):
        if _are_alternatives(document, one, other):
            continue
        names = {"one": one.text("id"), "other": other.text("id"), "text": shorten(text)}
        yield Fault(other.at("ask"), _(QUESTIONS).format_map(names), one.at("ask"))
    for question in asked:
        for one, other, text in _same(question.nodes("options"), "label"):
            names = {"question": question.text("id"), "text": shorten(text)}
            yield Fault(other.at("label"), _(OPTIONS).format_map(names), one.at("label"))


def _is_chosen(question: Node) -> bool:
    """Whether it is answered from options: "Please explain" may well stand below many of them."""
    return question.text("type") in ("", "single", "multiple")


def _are_alternatives(document: Node, *questions: Node) -> bool:
    """Whether they stand in sections that are asked under conditions of their own."""
    sections = document.nodes("sections")
    places = [each.path[1] for each in questions if len(each.path) > 2]
    asked = [sections[at].data.get("when") for at in places if isinstance(at, int)]
    return len(asked) == len(questions) and all(asked) and asked[0] != asked[1]


def _same(nodes: Iterable[Node], key: str) -> Iterator[tuple[Node, Node, str]]:
    """Yield each node whose text is that of one before it, in any language, with that one."""
    first: dict[tuple[str, str], Node] = {}
    for node in nodes:
        written = node.data.get(key)
        texts = written if isinstance(written, Mapping) else {"": written}
        for language, text in texts.items():
            read = (str(language), " ".join(str(text).casefold().split()))
            if (one := first.setdefault(read, node)) is not node:
                yield one, node, str(text)
                break
