"""What of a questionnaire can be changed field by field: its texts, weights and options."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any, Literal

from procurement_risk.errors import Problem, path_text
from procurement_risk.framework.proposals import OWN, marks
from procurement_risk.framework.strict_yaml import Path, read_yaml
from procurement_risk.framework.yaml_editing import value_at, with_value
from procurement_risk.language import N_, _, name_of

Kind = Literal["line", "text", "number"]

ABOUT: Mapping[str, tuple[str, Kind]] = {
    "title": (N_("Title"), "line"),
    "version": (N_("Version"), "line"),
    "description": (N_("Description"), "text"),
}
ASKED: Mapping[str, tuple[str, Kind]] = {
    "ask": (N_("Question"), "text"),
    "help": (N_("Help under the question"), "text"),
    "why": (N_("Why it is asked"), "text"),
    "good": (N_("What a good answer is"), "text"),
    "evidence": (N_("Evidence to ask for"), "text"),
    "treatment": (N_("What to do about a poor answer"), "text"),
}
POINTS = ("risk", "points")
"""What an option counts, by the method."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field.

    Attributes:
        path: Where its value stands.
        label: What it is called.
        kind: What it takes.
        value: What it holds; an empty text where nothing stands there.
    """

    path: Path
    label: str
    kind: Kind
    value: str | int


@dataclass(frozen=True, slots=True)
class Asked:
    """A question or fact of the file: its place, id and text, and what of it is to be set."""

    path: Path
    id: str
    ask: str
    to_set: str = ""


def asked_in(data: Any) -> list[Asked]:  # noqa: ANN401
    """Return every fact and question of a document, as far as there are any, in order."""
    return list(_asked_in(data))


def _asked_in(data: Any) -> Iterator[Asked]:  # noqa: ANN401
    places: list[Path] = [("facts",)]
    places += [
        ("sections", number, "questions")
        for number, _section in enumerate(_list_at(data, ("sections",)))
    ]
    for place in places:
        for number, raw in enumerate(_list_at(data, place)):
            if isinstance(raw, dict):
                ask = raw.get("ask", "")
                ask = next(iter(ask.values()), "") if isinstance(ask, dict) else ask
                to_set = "; ".join(marks(_list_at(raw, ("sources",))).values())
                yield Asked((*place, number), str(raw.get("id", "")), str(ask), to_set)


def about_fields(data: Any) -> list[Field]:  # noqa: ANN401
    """Return the fields of the questionnaire itself."""
    return [f for key, (label, kind) in ABOUT.items() for f in _texts(data, (key,), label, kind)]


def question_fields(data: Any, place: Path) -> list[Field]:  # noqa: ANN401
    """Return the fields of the question at ``place``, its options aside."""
    found = [
        field
        for key, (label, kind) in ASKED.items()
        for field in _texts(data, (*place, key), label, kind)
    ]
    weight = value_at(data, (*place, "weight"))
    if isinstance(weight, int) and not isinstance(weight, bool):
        found.append(Field((*place, "weight"), _("Weight"), "number", weight))
    return found


def option_fields(data: Any, place: Path) -> list[list[Field]]:  # noqa: ANN401
    """Return the fields of each option of the question at ``place``: its label, what it counts."""
    found = []
    for number, raw in enumerate(_list_at(data, (*place, "options"))):
        at = (*place, "options", number)
        name = str(raw.get("id", "")) if isinstance(raw, dict) else ""
        fields = _texts(data, (*at, "label"), _("Option {option}").format(option=name), "line")
        for key in POINTS:
            counts = value_at(data, (*at, key))
            if isinstance(counts, int) and not isinstance(counts, bool):
                words = _("Risk of {option}") if key == "risk" else _("Points of {option}")
                label = words.format(option=name)
                fields.append(Field((*at, key), label, "number", counts))
        found.append(fields)
    return found


def _texts(data: Any, path: Path, label: str, kind: Kind) -> list[Field]:  # noqa: ANN401
    """Return a field for the text at ``path``, one for each language that it is written in."""
    held = value_at(data, path)
    words = _(label)
    if isinstance(held, dict):
        in_language = _("{label}, in {language}")
        return [
            Field((*path, code), in_language.format(label=words, language=name_of(code)), kind, t)
            for code, t in held.items()
            if isinstance(t, str)
        ]
    return [Field(path, words, kind, held if isinstance(held, str) else "")]


def _list_at(data: Any, path: Path) -> list[Any]:  # noqa: ANN401
    held = value_at(data, path)
    return held if isinstance(held, list) else []


# --- Changing -----------------------------------------------------------------------------


def changed(text: str, path: Path, value: str | int) -> str:
    """Return ``text`` with ``value`` at ``path``; an optional text that is empty is taken away.

    Raises:
        UsageError: If it cannot be changed there.
    """
    data = read_yaml(text).data
    given = None if value == "" and path[-1] in set(ASKED) - {"ask"} else value
    if given is None and value_at(data, path) is None:
        return text
    if "options" not in path:
        return with_value(text, path, given)
    at = path.index("options")
    options = [dict(each) for each in value_at(data, path[: at + 1])]
    holder = value_at(options, path[at + 1 : -1])
    holder[path[-1]] = value
    return with_value(text, path[: at + 1], options)


def without_marks(text: str, place: Path) -> str:
    """Return ``text`` without what marks the question at ``place`` as still to be set."""
    sources = _list_at(read_yaml(text).data, (*place, "sources"))
    kept = [each for each in sources if each not in marks(sources)]
    return with_value(text, (*place, "sources"), kept or [OWN])


def with_option(text: str, place: Path, after: int) -> str:
    """Return ``text`` with a new option behind the one of that number, under an id never used."""
    options = list(value_at(read_yaml(text).data, (*place, "options")))
    like = options[after]
    new: dict[str, Any] = {"id": _free_id(options), "label": _("New option")}
    new |= {key: like[key] + 1 for key in POINTS if isinstance(like.get(key), int)}
    if isinstance(like.get("label"), dict):
        new["label"] = dict.fromkeys(like["label"], _("New option"))
    options.insert(after + 1, new)
    return with_value(text, (*place, "options"), options)


def without_option(text: str, place: Path, number: int) -> str:
    """Return ``text`` without that option of the question at ``place``."""
    options = list(value_at(read_yaml(text).data, (*place, "options")))
    del options[number]
    return with_value(text, (*place, "options"), options)


def with_option_at(text: str, place: Path, number: int, at: int) -> str:
    """Return ``text`` with that option put at another place of the question at ``place``.

    Its id goes with its label, so that answers keep their meaning. The risk values stay where they
    are: they rise from option to option. Points are an option's own.
    """
    options = [dict(each) for each in value_at(read_yaml(text).data, (*place, "options"))]
    risks = [each.get("risk") for each in options]
    options.insert(at, options.pop(number))
    for option, risk in zip(options, risks, strict=True):
        if "risk" in option:
            option["risk"] = risk
    return with_value(text, (*place, "options"), options)


def _free_id(options: Iterable[Mapping[str, Any]]) -> str:
    """Return the first letter that neither is nor was the id of an option."""
    taken = {name for each in options for name in (each.get("id"), *each.get("was", ()))}
    names = [*ascii_lowercase, *(f"new-{n}" for n in range(1, len(taken) + 2))]
    return next((name for name in names if name not in taken), "new")


# --- Problems -----------------------------------------------------------------------------


def problems_at(problems: Iterable[Problem], path: Path) -> list[Problem]:
    """Return those of ``problems`` that are about what stands at ``path``, or inside it."""
    name = path_text(path)
    inside = (f"{name}.", f"{name}[")
    return [each for each in problems if each.where == name or each.where.startswith(inside)]
