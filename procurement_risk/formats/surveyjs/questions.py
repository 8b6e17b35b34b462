"""One element of a survey as questions of a framework, still without conditions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from procurement_risk.formats.surveyjs.logic import ALWAYS, Chosen, Condition
from procurement_risk.formats.surveyjs.notes import Path, Report
from procurement_risk.formats.surveyjs.options import OPTION_LIMIT, Options
from procurement_risk.formats.surveyjs.properties import note_properties
from procurement_risk.formats.surveyjs.reading import Element
from procurement_risk.formats.surveyjs.texts import Texts, in_language, joined
from procurement_risk.formats.surveyjs.values import text_of
from procurement_risk.formats.surveyjs.visibility import Answerable
from procurement_risk.framework.naming import Ids, id_from
from procurement_risk.language.text import shorten

ALL_OPTIONS_LIMIT = 20_000

SCORED_KINDS = ("radiogroup", "dropdown", "checkbox")
_CHOICE_KINDS = {
    "radiogroup": "single",
    "dropdown": "single",
    "buttongroup": "single",
    "checkbox": "multiple",
    "tagbox": "multiple",
    "imagepicker": "single",
}
_INPUT_TYPES = {"number": "number", "range": "number", "date": "date"}
_NEVER_SCORED = ("buttongroup", "tagbox", "imagepicker", "boolean", "rating", "matrix")
_SCORES = {"-RS": "raw", "-MS": "mitigation", "-NS": ""}


@dataclass(slots=True, kw_only=True)
class Draft:
    """A question on its way.

    Attributes:
        id: Its id in the framework.
        body: Its document, with ``Text`` for texts and without conditions.
        extra: A condition that follows from its nature.
        is_bound: Whether the conditions of the element it was made from hold for it too.
    """

    id: str
    body: dict[str, Any]
    extra: Condition = ALWAYS
    is_bound: bool = True

    @property
    def is_scored(self) -> bool:
        """Whether its options give points."""
        return "scores" in self.body


def score_kind(name: str, parent: str) -> str:
    """Return raw, mitigation, or nothing for a question that is not scored.

    The ending of the question's own name decides, else that of the panel or page around it.
    """
    for each in (name, parent):
        if each[-3:] in _SCORES:
            return _SCORES[each[-3:]]
    return ""


def scored_as(element: Element, parent: str) -> str:
    """Return raw, mitigation or nothing for ``element``: only some types are ever scored."""
    return score_kind(element.name, parent) if element.kind in SCORED_KINDS else ""


@dataclass(slots=True)
class Questions:
    """Turns elements into drafts, and keeps what conditions may say about each.

    Attributes:
        known: By the name an expression uses.
        repeated: Names that several elements have, mapped to whether one of those is scored.
        left_out: Where an element was left out, and why.
        stores_others: Whether the text for Other is kept apart where a question does not say.
    """

    texts: Texts
    report: Report
    repeated: Mapping[str, bool]
    stores_others: bool
    ids: Ids = field(default_factory=Ids)
    known: dict[str, Answerable] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    options: int = 0
    left_out: list[tuple[Path, str]] = field(default_factory=list)

    def read(self, element: Element, parent: str) -> list[Draft]:
        """Return the questions that ``element``, inside ``parent``, becomes; none if it cannot."""
        self._refuse_or_note_repeated(element)
        if element.name in self.seen:
            return []
        self.seen.add(element.name)
        if self.options > ALL_OPTIONS_LIMIT:
            return []
        scores = scored_as(element, parent)
        read = self._readers().get(element.kind)
        if read is None:
            kind = shorten(element.kind) or "?"
            self._leave_out(element, f"The type {kind} has no place in a framework")
            return []
        if element.kind in _NEVER_SCORED and score_kind(element.name, parent):
            message = (
                "Its name or that of the panel says it is scored, but in that convention "
                f"a question of the type {element.kind} gives no points."
            )
            self.report.note(element.path, message)
        note_properties(element.data, element.path, self.report)
        return read(element, scores)

    def _readers(self) -> dict[str, Callable[[Element, str], list[Draft]]]:
        choices = dict.fromkeys(_CHOICE_KINDS, self._choices)
        return {
            **choices,
            "boolean": self._boolean,
            "rating": self._rating,
            "text": self._text,
            "comment": self._text,
            "matrix": self._matrix,
            "multipletext": self._multiple_text,
        }

    def _refuse_or_note_repeated(self, element: Element) -> None:
        name, path = shorten(element.name), (*element.path, "name")
        if self.repeated.get(element.name):
            message = (
                f'Several questions are named "{name}", and one is scored: SurveyJS keeps one '
                "answer for all. Give each a name of its own."
            )
            self.report.refuse(path, message)
        elif element.name in self.seen:
            message = (
                f'Another question before is named "{name}" and has the same answer: this one '
                "was left out."
            )
            self.report.note(path, message)

    def _leave_out(self, element: Element, why: str) -> None:
        """Note that ``element`` is left out; a condition that names it cannot be carried."""
        title = self.texts.text(*element.at("title"))
        shown = shorten(in_language(title, self.texts.default) or element.name or element.kind)
        message = f'{why}: "{shown}" was left out.'
        self.left_out.append((element.path, message))
        self.report.note(element.path, message)
        obstacle = f"{{{shorten(element.name)}}} was left out"
        self.known.setdefault(element.name, Answerable(id="", obstacle=obstacle))

    # -- ids and what is common to all

    def _id(self, wanted: str, path: Path) -> str:
        given = self.ids.give(id_from(wanted, "question"))
        if given != wanted:
            message = f'The name "{shorten(wanted)}" became the id "{given}".'
            self.report.note((*path, "name"), message)
        return given

    def _draft(self, element: Element, kind: str, scores: str = "") -> Draft:
        path = element.path
        ask = self.texts.text(*element.at("title"))
        ask = ask or self.texts.text(element.name, (*path, "name"))
        helps = [self.texts.text(*element.at(key)) for key in ("description", "help")]
        help_text = joined(helps, "\n\n", self.texts.default)
        body: dict[str, Any] = {"id": self._id(element.name, path), "ask": ask}
        if kind != "single":
            body["type"] = kind
        if scores:
            body["scores"] = scores
        if help_text:
            body["help"] = help_text
        return Draft(id=body["id"], body=body)

    def _know(self, element: Element, answerable: Answerable, scores: str = "") -> None:
        """Remember ``answerable`` under the name that expressions use for ``element``."""
        name = element.name
        value_name = element.data.get("valueName")
        if isinstance(value_name, str) and value_name not in ("", name):
            if scores:
                message = (
                    "The answer of a scored question must be kept under its own name: delete "
                    "valueName."
                )
                self.report.refuse((*element.path, "valueName"), message)
            name = value_name
        if name in self.known:
            answerable = Answerable(
                id=answerable.id, obstacle=f"several questions share the answer {{{name}}}"
            )
        self.known[name] = answerable

    # -- one or several of some options

    def _choices(self, element: Element, scores: str) -> list[Draft]:
        obstacle = self._no_choices(element)
        if obstacle:
            if scores:
                self.report.refuse(element.path, f"{obstacle}, so its points are not known.")
            else:
                self._leave_out(element, obstacle)
            return []
        is_multiple = _CHOICE_KINDS[element.kind] == "multiple" or (
            element.kind == "imagepicker" and element.data.get("multiSelect") is True
        )
        draft = self._draft(element, "multiple" if is_multiple else "single", scores)
        options = Options(self.texts, self.report, scores)
        options.read(element.data.get("choices", []), (*element.path, "choices"))
        options.specials(element)
        self._finish(element, draft, options, is_multiple, scores)
        self._check_other(element, scores)
        return [draft, *self._comment(element, draft)]

    def _check_other(self, element: Element, scores: str) -> None:
        """See to questions whose answer is the text typed for Other, instead of "other"."""
        data, path = element.data, (*element.path, "storeOthersAsComment")
        has_other = element.has("hasOther", "showOtherItem")
        if not has_other or data.get("storeOthersAsComment", self.stores_others) is not False:
            return
        message = "SurveyJS keeps the text typed for Other as the answer itself"
        if scores:
            self.report.refuse(path, f"{message}, and reads points from it: delete this.")
        else:
            self.report.note(path, f"{message}; in the framework it is a question of its own.")
            obstacle = f"{{{shorten(element.name)}}} may hold a text typed for Other"
            self.known[element.name] = Answerable(id="", obstacle=obstacle)

    def _finish(
        self, element: Element, draft: Draft, options: Options, is_multiple: bool, scores: str
    ) -> None:
        self.options += len(options.bodies)
        if self.options > ALL_OPTIONS_LIMIT:
            message = f"The survey has more than {ALL_OPTIONS_LIMIT:,} options in all: split it."
            self.report.refuse((), message)
        draft.body["options"] = options.bodies
        if not options.bodies and not self.report.problems:
            self.report.refuse(element.path, "This question has no options left.")
        answerable = Answerable(
            id=draft.id, is_multiple=is_multiple, options=tuple(options.values.items())
        )
        self._know(element, answerable, scores)

    def _no_choices(self, element: Element) -> str:
        """Return why the options of ``element`` are not in the file, or an empty text."""
        data = element.data
        by_url = data.get("choicesByUrl")
        if isinstance(by_url, dict) and by_url.get("url"):
            return "Its choices are fetched from an address"
        if data.get("choicesFromQuestion"):
            return "Its choices are those of another question"
        if data.get("choices") in (None, []):
            return "It has no choices"
        return ""

    def _comment(self, element: Element, draft: Draft) -> list[Draft]:
        """Return the text question that goes with Other or with a comment, if there is one."""
        has_comment = element.has("hasComment", "showCommentArea")
        has_other = element.has("hasOther", "showOtherItem") and any(
            option["id"] == "other" for option in draft.body.get("options", ())
        )
        if not has_comment and not has_other:
            return []
        label = self.texts.line(*element.at("commentText"))
        if not label and has_other and not has_comment:
            label = self.texts.line(*element.at("otherText"))
        label = label or self.texts.plain("Comment" if has_comment else "Other (describe)")
        ask = joined([draft.body["ask"], label], " – ", self.texts.default)
        name = f"{element.name}-Comment"
        comment_id = self.ids.give(id_from(name, "comment"))
        self.known[name] = _plain(comment_id, name)
        body = {"id": comment_id, "ask": ask, "type": "text"}
        extra = ALWAYS if has_comment else Chosen(draft.id, ("other",))
        return [Draft(id=comment_id, body=body, extra=extra, is_bound=has_comment)]

    # -- yes or no, a scale

    def _boolean(self, element: Element, scores: str) -> list[Draft]:
        draft = self._draft(element, "single")
        options = Options(self.texts, self.report, scores)
        data, path = element.data, element.path
        for key, value, label in (("True", True, "Yes"), ("False", False, "No")):
            text = self.texts.line(*element.at(f"label{key}"))
            text = text or self.texts.plain(label)
            given = data.get(f"value{key}")
            if not isinstance(given, bool | int | float | str) or given == "":
                given = value
            options.add(text_of(value), given, text, path)
        self._finish(element, draft, options, False, scores)
        return [draft, *self._comment(element, draft)]

    def _rating(self, element: Element, scores: str) -> list[Draft]:
        draft = self._draft(element, "single")
        options = Options(self.texts, self.report, scores)
        values = element.data.get("rateValues")
        if values not in (None, []):
            options.read(values, (*element.path, "rateValues"))
        else:
            options.read(self._scale(element), element.path)
        ends = (("minRateDescription", 0), ("maxRateDescription", -1))
        for key, index in ends:
            text = self.texts.line(*element.at(key))
            if text and options.bodies:
                option = options.bodies[index]
                option["label"] = joined([option["label"], text], " – ", self.texts.default)
        self._finish(element, draft, options, False, scores)
        return [draft, *self._comment(element, draft)]

    def _scale(self, element: Element) -> list[Any]:
        """Return the numbers of a rating that gives the first, the last and the step."""
        limits = {"rateMin": 1, "rateMax": 5, "rateStep": 1}
        numbers: dict[str, Any] = {}
        for key, otherwise in limits.items():
            value = element.data.get(key, otherwise)
            if isinstance(value, bool) or not isinstance(value, int | float):
                self.report.refuse((*element.path, key), "This must be a number.")
                return []
            numbers[key] = value
        first, step = numbers["rateMin"], numbers["rateStep"]
        count = element.data.get("rateCount")
        last = numbers["rateMax"]
        if "rateMax" not in element.data and isinstance(count, int) and count > 0:
            last = first + step * (min(count, OPTION_LIMIT + 1) - 1)
        if step <= 0 or last < first or (last - first) / step > OPTION_LIMIT:
            message = f"This scale must rise, in at most {OPTION_LIMIT} steps."
            self.report.refuse(element.path, message)
            return []
        values = [first + step * index for index in range(int((last - first) / step) + 1)]
        return [round(value, 10) if isinstance(value, float) else value for value in values]

    # -- texts

    def _text(self, element: Element, _: str) -> list[Draft]:
        given = element.data.get("inputType")
        kind = "text"
        if element.kind == "text" and isinstance(given, str):
            kind = _INPUT_TYPES.get(given.lower(), "text")
        draft = self._draft(element, kind)
        self._know(element, _plain(draft.id, element.name))
        return [draft, *self._comment(element, draft)]

    def _multiple_text(self, element: Element, _: str) -> list[Draft]:
        drafts = []
        title = self.texts.text(*element.at("title"))
        items, within = element.at("items")
        for index, item in enumerate(self.report.items([] if items is None else items, within)):
            path = (*within, index)
            if not self.report.is_object(item, path):
                continue
            name = item.get("name")
            if not isinstance(name, str) or not name:
                self.report.refuse((*path, "name"), "This needs a name.")
                continue
            inner = Element(
                kind="text",
                name=f"{element.name}.{name}",
                path=path,
                data={**item, "title": item.get("title") or name},
            )
            note_properties(item, path, self.report)
            (draft,) = self._text(inner, "")
            draft.body["ask"] = joined([title, draft.body["ask"]], " – ", self.texts.default)
            drafts.append(draft)
        self.known[element.name] = _plain("", element.name)
        return drafts

    def _matrix(self, element: Element, _: str) -> list[Draft]:
        """Return a question for each row, or one where there are no rows."""
        data, path = element.data, element.path
        rows = Options(self.texts, self.report, "")
        rows.read(data.get("rows") or [], (*path, "rows"))
        columns = Options(self.texts, self.report, "")
        columns.read(data.get("columns") or [], (*path, "columns"))
        if not columns.bodies:
            self._leave_out(element, "It has no columns")
            return []
        if not rows.bodies:
            draft = self._draft(element, "single")
            self._finish(element, draft, columns, False, "")
            return [draft]
        drafts = []
        for row, value in zip(rows.bodies, rows.values.values(), strict=True):
            inner = Element(
                kind="radiogroup",
                name=f"{element.name}.{text_of(value)}",
                path=path,
                data={
                    "title": data.get("title") or element.name,
                    **{key: data[key] for key in ("description", "help") if key in data},
                },
            )
            draft = self._draft(inner, "single")
            ask = [draft.body["ask"], row["label"]]
            draft.body["ask"] = joined(ask, " – ", self.texts.default)
            self._finish(inner, draft, columns.copy(), False, "")
            drafts.append(draft)
            if self.options > ALL_OPTIONS_LIMIT:
                break
        self.known[element.name] = Answerable(
            id="", obstacle=f"{{{shorten(element.name)}}} is a table; name one row of it"
        )
        return drafts


def _plain(question: str, name: str) -> Answerable:
    return Answerable(id=question, obstacle=f"{{{shorten(name)}}} is a text, not a choice")
