"""An overlay laid over its base: one document, whole, and everything that may not be changed.

Where both have a list of parts with ids, the same id is the same part. A new part stands after the
one that is written before it in the overlay, and otherwise at the end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from procurement_risk.framework.checks.faults import Fault, Node, Speller, Where
from procurement_risk.framework.overlay.fields import (
    FIELDS,
    NAMES,
    Each,
    Every,
    Field,
    Inside,
    Rule,
)
from procurement_risk.framework.overlay.rules import Inherited
from procurement_risk.language import _
from procurement_risk.language.text import shorten

Document = Mapping[str, Any]
Around = tuple[Where, Where]
"""The paths of what is around a value: in the document, and in the overlay."""


@dataclass(slots=True)
class Merged:
    """What came of it.

    Attributes:
        document: Base and overlay in one.
        faults: What the overlay may not do, by its own paths.
        places: Where in the overlay a part of the document was changed, by the document's paths.
        new: Those of them that only the overlay has, with all that is in them.
    """

    document: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    places: dict[Where, Where] = field(default_factory=dict)
    new: set[Where] = field(default_factory=set)

    def place(self, path: Where) -> Where:
        """Return where the overlay made the document's ``path`` what it is."""
        for length in range(len(path), 0, -1):
            start = path[:length]
            if start in self.places:
                rest = path[length:] if start in self.new else ()
                return (*self.places[start], *rest)
        return ("extends",)


def merge(base: Document, overlay: Document, base_name: str) -> Merged:
    """Return ``overlay`` laid over ``base``, which the checks found no fault in.

    Args:
        base: A framework, whole.
        overlay: A document that may be broken; of what does not fit, the base's is kept.
        base_name: What to call the base.
    """
    work = _Merging(base, base_name)
    work.merged.document = work.group("framework", base, overlay, (), ())
    return work.merged


class _Merging:
    """The walk through both, table by table."""

    def __init__(self, base: Document, base_name: str) -> None:
        self.base, self.base_name = base, base_name
        self.languages = tuple(base.get("languages", ("en",)))
        self.merged, self.speller = Merged(), Speller()
        self.homes = {each["id"]: "" for each in base.get("facts", ())}
        for section in base["sections"]:
            self.homes.update((each["id"], section["id"]) for each in section["questions"])

    def group(
        self, table: str, base: Document, overlay: Document, at: Where, there: Where
    ) -> dict[str, Any]:
        """Return ``base`` with what ``overlay`` says of it; ``at`` and ``there`` lead to them."""
        made = dict(base)
        for key, value in overlay.items():
            rule = FIELDS[table].get(key)
            if rule is not None:  # else the shape speaks
                self.put(made, base, key, rule, value, (at, there))
        return made

    def put(
        self,
        made: dict[str, Any],
        base: Document,
        key: str,
        rule: Field,
        value: Any,  # noqa: ANN401
        around: Around,
    ) -> None:
        """Write into ``made`` what becomes of ``key``."""
        before, at, there = base.get(key), (*around[0], key), (*around[1], key)
        if before and isinstance(value, list | dict) and not value:
            said = _('"{key}" comes from {base}. Leaving it empty takes nothing away: delete it.')
            words = said.format(key=shorten(key), base=self.base_name)
            self.merged.faults.append(Fault(there, words))
        elif isinstance(rule, Rule):
            self._value(made, base, key, rule, value, around)
        elif isinstance(rule, Each) and isinstance(value, list):
            self.merged.places[at] = there
            self._taken_away(rule, before or [], value, there)
            made[key] = self._parts(rule, before or [], value, at, there)
        elif before is None:
            made[key] = value
            self._came(at, there)
        elif isinstance(rule, Inside) and isinstance(value, dict):
            self.merged.places[at] = there
            made[key] = self.group(rule.table, before, value, at, there)
        elif isinstance(rule, Every) and isinstance(value, dict):
            self.merged.places[at] = there
            made[key] = dict(before)
            for name, each in value.items():
                self._value(made[key], before, name, rule.rule, each, (at, there))

    def _taken_away(self, rule: Each, base: list[Any], overlay: list[Any], there: Where) -> None:
        """Refuse a list of which all is inherited and some was left out, such as the gates."""
        held = [each[rule.key] for each in base]
        said = [each.get(rule.key) for each in overlay if isinstance(each, dict)]
        if rule.is_whole and 0 < len(said) < len(held) and set(said) < set(held):
            words = _('"{key}" comes from {base}. Leaving some out takes nothing away: delete it.')
            places = {"key": shorten(str(there[-1])), "base": self.base_name}
            self.merged.faults.append(Fault(there, words.format_map(places)))

    def _came(self, at: Where, there: Where) -> None:
        self.merged.places[at] = there
        self.merged.new.add(at)

    def _value(
        self,
        made: dict[str, Any],
        base: Document,
        key: str,
        rule: Rule,
        value: Any,  # noqa: ANN401
        around: Around,
    ) -> None:
        before, at, there = base.get(key), (*around[0], key), (*around[1], key)
        if value == before and type(value) is type(before):
            return
        inherited = Inherited(before, base, self.languages, self.base["policy"])
        holds, refused = rule.says(value, inherited)
        if refused:
            said = _('"{key}" comes from {base}. {reason}')
            words = said.format(key=shorten(str(key)), base=self.base_name, reason=refused)
            self.merged.faults.append(Fault(there, words))
        else:
            made[key] = holds
            self._came(at, there)

    # -- lists of parts

    def _parts(
        self, rule: Each, base: list[Any], overlay: list[Any], at: Where, there: Where
    ) -> list[Any]:
        """Return the parts of both in order, each merged."""
        held = {each[rule.key]: each for each in base}
        order: list[Any] = list(held)
        said: dict[Any, int] = {}
        last = None
        for index, part in enumerate(overlay):
            name = part.get(rule.key) if isinstance(part, dict) else None
            if not isinstance(name, str | int) or isinstance(name, bool):
                continue  # the shape speaks
            fault = self._unfit(rule, name, part, held, said)
            if fault:
                where = (*there, index, rule.key)
                other = (*there, said[name], rule.key) if name in said else None
                self.merged.faults.append(Fault(where, fault, other))
                continue
            said[name] = index
            if name not in held and rule.table == "section":
                self._asked_elsewhere(part, (*there, index))
            if name not in held:
                order.insert(order.index(last) + 1 if last is not None else len(order), name)
            last = name
        return [
            self._part(rule, held.get(name), overlay, said.get(name), (*at, place), there)
            for place, name in enumerate(order)
        ]

    def _part(
        self,
        rule: Each,
        base: Document | None,
        overlay: list[Any],
        index: int | None,
        at: Where,
        there: Where,
    ) -> Any:  # noqa: ANN401
        if index is None:
            return base
        where = (*there, index)
        if base is None:
            self._came(at, where)
            return overlay[index]
        self.merged.places[at] = where
        return self.group(rule.table, base, overlay[index], at, where)

    def _unfit(
        self, rule: Each, name: str | int, part: Document, held: Document, said: Document
    ) -> str:
        """Return why the part ``name`` cannot stand here, or empty."""
        shown = shorten(str(name))
        if name in said:
            message = _('"{name}" stands here twice: write what changes in one place.')
            return message.format(name=shown)
        if name in held:
            return ""
        known = [str(each) for each in held]
        places = {
            "what": _(NAMES[rule.table]).format(key=f'"{shown}"'),
            "base": self.base_name,
            "hint": self.speller.hint(str(name), known),
        }
        if not rule.text:
            message = _("There is no {what} in {base}, and an overlay adds none: {hint}")
            return message.format_map(places)
        if rule.text == "ask" and name in self.homes:
            return self._home(str(name))
        if rule.text not in part:
            message = _("There is no {what} in {base}: {hint} (A new one is written whole.)")
            return message.format_map(places)
        return ""

    def _home(self, name: str) -> str:
        home = self.homes[name]
        place = _("section {key}").format(key=home) if home else _("the facts")
        message = _(
            '"{name}" is asked in {place} of {base}: write it there, or choose another id.'
        )
        return message.format(name=shorten(name), place=place, base=self.base_name)

    def _asked_elsewhere(self, section: Document, there: Where) -> None:
        """Refuse each question of a new section that the base asks in a place of its own."""
        for question in Node(there, section).nodes("questions"):
            if question.text("id") in self.homes:
                words = self._home(question.text("id"))
                self.merged.faults.append(Fault(question.at("id"), words))
