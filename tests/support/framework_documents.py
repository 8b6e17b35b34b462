"""The small frameworks as their files hold them, and copies with something changed."""

from collections.abc import Iterator
from copy import copy, deepcopy

from procurement_risk.framework.strict_yaml import read_yaml
from tests.support.places import TESTS

FILE = TESTS / "frameworks" / "small.yaml"
TEXT = FILE.read_text("utf-8")
SMALL = read_yaml(TEXT).data
GATES = read_yaml((FILE.parent / "small-gates.yaml").read_text("utf-8")).data
IMPACT = read_yaml((FILE.parent / "small-impact.yaml").read_text("utf-8")).data


def places(value, path=()) -> Iterator[tuple]:
    """Every path of the document, the document itself first."""
    yield path
    if isinstance(value, dict | list):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(part, (*path, key))


def at(document, path):
    for step in path:
        document = document[step]
    return document


def changed(path, value, base=SMALL):
    """A copy of ``base`` with ``value`` at ``path``."""
    document = deepcopy(base)
    if not path:
        return value
    at(document, path[:-1])[path[-1]] = value
    return document


def held_with(path, value, base=SMALL):
    """The same to look at, many times faster: beside the path it is ``base`` itself."""
    if not path:
        return value
    document = part = copy(base)
    for step in path[:-1]:
        part[step] = copy(part[step])
        part = part[step]
    part[path[-1]] = value
    return document


def without(path, base=SMALL):
    document = deepcopy(base)
    del at(document, path[:-1])[path[-1]]
    return document


def kinds(document):
    """One place of each kind: the last, as list items that differ are told apart by their keys."""
    found = {tuple("*" if isinstance(s, int) else s for s in p): p for p in places(document)}
    return list(found.values())


# What is wrong in most places of a framework.
WRONG = (
    None,
    1.5,
    float("nan"),
    10**30,
    -1,
    True,
    "",
    " ",
    "!",
    [],
    [[]],
    {},
    {"x": {}},
    "x" * 30_000,
)


def proposing():
    """Return the small framework with a question of which something is only proposed."""
    document = deepcopy(SMALL)
    document["sections"][1]["questions"][0]["sources"] = ["To be set: the risk of each answer"]
    return document
