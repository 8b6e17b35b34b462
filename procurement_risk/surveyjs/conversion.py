"""A SurveyJS questionnaire as the document of a framework.

    bytes ── reading ── pages ── sections with questions ── conditions ── document and notes

The conventions of Canada's Algorithmic Impact Assessment decide what is scored: the ending of a
name says whether a question is, the ending of an option's value how many points it gives.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from procurement_risk.errors import InvalidDocument, shorten
from procurement_risk.framework_document import check_framework
from procurement_risk.strict_yaml import MAX_BYTES, MAX_NODES
from procurement_risk.surveyjs.gates import Gate, Gates, gate_of
from procurement_risk.surveyjs.logic import Always, Condition, all_of, levels, to_document
from procurement_risk.surveyjs.naming import Ids, id_from, slug_from
from procurement_risk.surveyjs.notes import Note, Path, Report
from procurement_risk.surveyjs.properties import note_properties, note_survey
from procurement_risk.surveyjs.questions import Draft, Questions, scored_as
from procurement_risk.surveyjs.reading import Element, Survey, read_survey
from procurement_risk.surveyjs.texts import LONG_LIMIT, Text, Texts, joined, language_code
from procurement_risk.surveyjs.visibility import Answerable
from procurement_risk.yaml_writing import write_yaml

SECTION_LIMIT = 100
QUESTION_LIMIT = 300
LEVEL_LIMIT = 6

POLICY: Mapping[str, Any] = {
    "phases": 2,
    "mitigation_from": 80,
    "mitigation_takes_off": 15,
    "levels": [
        {"level": 1, "label": "Level I", "up_to": 25, "meaning": "Little to no impact"},
        {"level": 2, "label": "Level II", "up_to": 50, "meaning": "Moderate impact"},
        {"level": 3, "label": "Level III", "up_to": 75, "meaning": "High impact"},
        {"level": 4, "label": "Level IV", "meaning": "Very high impact"},
    ],
}


@dataclass(frozen=True, slots=True)
class Converted:
    """What became of a survey: the framework's document, and what was changed or left out."""

    document: dict[str, Any]
    notes: tuple[Note, ...]


def from_surveyjs(data: bytes, name: str) -> Converted:
    """Return the survey in ``data`` as a framework of the method impact-mitigation.

    Args:
        data: A SurveyJS file.
        name: What the file is called; the framework's id is made from it.

    Raises:
        InvalidDocument: If it cannot be read, or cannot be carried over without changing a
            score; ``problems`` lists every reason.
    """
    report = Report()
    survey = read_survey(data, name, report)
    converted = _Conversion(survey, name, report).document()
    if report.problems:
        raise InvalidDocument(name, report.problems)
    return Converted(converted, report.all_notes())


@dataclass(slots=True)
class _Section:
    """A section on its way: its texts, its conditions, and its questions with theirs."""

    id: str
    path: Path
    title: Text
    intro: list[Text] = field(default_factory=list)
    gates: list[Gate] = field(default_factory=list)
    questions: list[tuple[Draft, list[Gate]]] = field(default_factory=list)


class _Conversion:
    """Converts one survey."""

    def __init__(self, survey: Survey, name: str, report: Report) -> None:
        self.survey, self.name, self.report = survey, name, report
        self.texts = Texts(self._default_language(), report)
        stores_others = survey.data.get("storeOthersAsComment") is not False
        self.questions = Questions(self.texts, report, _repeated(survey), stores_others)
        self.section_ids = Ids()
        self.gates: list[Gate] = []
        self.leading: list[Text] = []  # texts of pages without questions

    def _default_language(self) -> str:
        locale = self.survey.data.get("locale")
        if locale in (None, "", "default"):
            return "en"
        language = language_code(locale) if isinstance(locale, str) else ""
        if not language:
            self.report.note(("locale",), "This is no language code: the texts count as English.")
        return language or "en"

    def document(self) -> dict[str, Any]:
        note_survey(self.survey.data, self.report)
        title = self._title()
        description = self.texts.long(self.survey.data.get("description"), ("description",))
        before = [description] if description else []
        sections: list[_Section] = []
        for page in self.survey.pages:
            for section in self._sections(page):
                if section.questions:
                    intro = section.intro
                    if sections:
                        section.intro = [*self.leading, *intro]
                    else:
                        before += self.leading
                    self.leading = []
                    sections.append(section)
                else:
                    self.leading += section.intro
        if sections:
            sections[-1].intro += self.leading
        self._check_number(sections)
        self._work_out_conditions(sections)
        written = [self._section(section) for section in sections]
        document = self._head(title, before) | {"sections": written}
        document["languages"] = self.texts.used_in(document)
        return self._checked(self.texts.written(document))

    # -- the survey

    def _title(self) -> Text:
        title = self.texts.line(self.survey.data.get("title"), ("title",))
        if title:
            return title
        self.report.note((), "The survey has no title: the file's name stands in its place.")
        return self.texts.plain(_stem(self.name))

    def _head(self, title: Text, before: list[Text]) -> dict[str, Any]:
        version = self.survey.data.get("version")
        if not isinstance(version, str | int | float) or isinstance(version, bool):
            version = "1"
            message = 'A survey carries no version: write yours in place of "1".'
            self.report.note((), message)
        head: dict[str, Any] = {
            "schema_version": 1,
            "id": slug_from(_stem(self.name), "survey"),
            "version": " ".join(str(version).split())[:40] or "1",
            "title": title,
            "languages": [],
        }
        description = joined(before, "\n\n", self.texts.default)
        if description:
            head["description"] = self._long(description, "description")
        head["method"] = "impact-mitigation"
        head["policy"] = {**POLICY, "levels": [dict(level) for level in POLICY["levels"]]}
        return head

    def _long(self, text: Text, what: str) -> Text:
        if any(len(part) > LONG_LIMIT for part in text.values()):
            message = f"The {what} is longer than {LONG_LIMIT:,} characters: shorten it."
            self.report.refuse((), message)
        return text

    def _check_number(self, sections: list[_Section]) -> None:
        if not sections and not self.report.problems:
            self.report.refuse((), "No question of this survey can be carried over.")
            for path, message in self.questions.left_out:
                self.report.refuse(path, message)
        if len(sections) > SECTION_LIMIT:
            message = f"This makes {len(sections)} sections: a framework has {SECTION_LIMIT}."
            self.report.refuse((), message)
        for section in sections:
            if len(section.questions) > QUESTION_LIMIT:
                message = (
                    f'The section "{section.id}" has {len(section.questions)} questions: a '
                    f"section has at most {QUESTION_LIMIT}. Split the page."
                )
                self.report.refuse((), message)

    def _checked(self, document: dict[str, Any]) -> dict[str, Any]:
        if self.report.problems:
            return document
        if _values_in(document) > MAX_NODES or len(write_yaml(document).encode()) > MAX_BYTES:
            self.report.refuse((), "The survey is too large for one framework file: split it.")
            return document
        for fault in check_framework(document):
            self.report.refuse((), f"In the framework it would become: {fault.message}")
        return document

    # -- pages and panels

    def _sections(self, page: Element) -> Iterator[_Section]:
        """Yield the sections that ``page`` becomes: one, or one for each titled panel."""
        note_properties(page.data, page.path, self.report)
        title = self.texts.line(page.data.get("title"), (*page.path, "title"))
        described = self.texts.long(page.data.get("description"), (*page.path, "description"))
        gate = self._gate(page)
        gates = [gate] if gate else []
        titled = [child for child in page.children if self._is_section(child)]
        holding = [child for child in page.children if _holds_questions(child)]
        is_one_panel = len(holding) == 1 and holding[0].kind == "panel"
        apart = titled if len(titled) > 1 else holding if is_one_panel else []
        section = self._section_for(page, title, gates)
        if not holding and page.children:
            described = joined([title, described], "\n\n", self.texts.default)
            if gate:
                message = "The texts here went to another section, where they are shown always."
                self.report.note(gate.path, message)
        section.intro = [described] if described else []
        for child in page.children:
            if child not in apart:
                self._place(child, page.name, section, [])
                continue
            if section.questions or len(apart) > 1:
                yield section
                section = self._section_for(child if len(apart) > 1 else page, title, gates)
            self._place_apart(child, section, title)
            if len(apart) > 1:
                yield section
                section = self._section_for(page, title, gates)
        yield section

    def _is_section(self, element: Element) -> bool:
        return (
            element.kind == "panel"
            and bool(element.data.get("title"))
            and _holds_questions(element)
        )

    def _section_for(self, element: Element, title: Text, gates: list[Gate]) -> _Section:
        shown = title or self.texts.plain(element.name)
        return _Section(element.name or "section", element.path, shown, gates=[*gates])

    def _place_apart(self, panel: Element, section: _Section, title: Text) -> None:
        """Put what is in ``panel`` into a section of its own."""
        note_properties(panel.data, panel.path, self.report)
        own = self.texts.line(panel.data.get("title"), (*panel.path, "title"))
        section.title = joined([title, own], ": ", self.texts.default) or section.title
        described = self.texts.long(panel.data.get("description"), (*panel.path, "description"))
        if described:
            section.intro.append(described)
        gate = self._gate(panel)
        if gate:
            section.gates.append(gate)
        for child in panel.children:
            self._place(child, panel.name, section, [])

    def _place(self, element: Element, parent: str, section: _Section, gates: list[Gate]) -> None:
        """Put ``element``, inside ``parent``, into ``section``; ``gates`` stand around it."""
        if element.kind == "html":
            self._place_html(element, section)
            return
        gate = self._gate(element)
        inside = [*gates, gate] if gate else gates
        if element.is_container:
            self._place_panel(element, section, inside)
            return
        for draft in self.questions.read(element, parent):
            section.questions.append((draft, inside if draft.is_bound else []))

    def _place_panel(self, panel: Element, section: _Section, gates: list[Gate]) -> None:
        note_properties(panel.data, panel.path, self.report)
        path = panel.path
        title = self.texts.line(panel.data.get("title"), (*path, "title"))
        described = self.texts.long(panel.data.get("description"), (*path, "description"))
        text = joined([title, described], "\n", self.texts.default)
        if text:
            section.intro.append(text)
        for child in panel.children:
            self._place(child, panel.name, section, gates)

    def _place_html(self, element: Element, section: _Section) -> None:
        text = self.texts.html(element.data.get("html"), (*element.path, "html"))
        if not text:
            return
        section.intro.append(text)
        if element.data.get("visibleIf"):
            message = "In the framework this text is shown always."
            self.report.note((*element.path, "visibleIf"), message)
        if section.questions:
            message = "This text stands between questions; it went to the section's introduction."
            self.report.note(element.path, message)

    def _gate(self, element: Element) -> Gate | None:
        gate = gate_of(element, self.report)
        if gate:
            self.gates.append(gate)
        return gate

    # -- conditions

    def _work_out_conditions(self, sections: list[_Section]) -> None:
        scored = []
        for section in sections:
            for draft, gates in section.questions:
                if draft.is_scored:
                    scored.append(draft.id)
                for gate in (*section.gates, *gates):
                    gate.questions.append(draft.id)
        self._know_what_is_set()
        Gates(self.gates, self.questions.known, scored, self.report).work_out()
        if scored:
            self._refuse_triggers()
        if not scored:
            message = (
                "No question is scored, as no name ends in -RS or -MS: no level will be given."
            )
            self.report.note((), message)
        elif any(
            draft.body.get("scores") == "mitigation"
            for section in sections
            for draft, _ in section.questions
        ):
            message = (
                "The policy counts mitigation as if its questions stood twice, once for each "
                "phase, as they do in Canada's instrument: set phases to 1 where they stand once."
            )
            self.report.note((), message)

    def _know_what_is_set(self) -> None:
        """Keep in mind the names that calculations and triggers give a value."""
        for key, name_key in (("calculatedValues", "name"), ("triggers", "setToName")):
            entries = self.survey.data.get(key)
            for entry in entries if isinstance(entries, list) else []:
                name = entry.get(name_key) if isinstance(entry, dict) else None
                if isinstance(name, str):
                    obstacle = f"{{{shorten(name)}}} is set by {key}, which were left out"
                    self.questions.known.setdefault(name, Answerable(id="", obstacle=obstacle))

    def _refuse_triggers(self) -> None:
        """Refuse triggers that show and hide: nobody reads them here, and points depend on it."""
        triggers = self.survey.data.get("triggers")
        for index, trigger in enumerate(triggers if isinstance(triggers, list) else []):
            kind = trigger.get("type") if isinstance(trigger, dict) else None
            if isinstance(kind, str) and kind.lower().removesuffix("trigger") == "visible":
                message = "A trigger shows or hides what may be scored: use visibleIf instead."
                self.report.refuse(("triggers", index), message)

    def _when(self, conditions: list[Condition], where: str) -> dict[str, Any]:
        condition = all_of(conditions)
        if isinstance(condition, Always):
            return {}
        if levels(condition) > LEVEL_LIMIT:
            self.report.refuse((), f'The conditions on "{where}" nest too deep together.')
        return {"when": to_document(condition)}

    # -- out

    def _section(self, section: _Section) -> dict[str, Any]:
        wanted = id_from(section.id, "section")
        given = self.section_ids.give(wanted)
        if given != section.id:
            message = f'The name "{shorten(section.id)}" became the section id "{given}".'
            self.report.note((*section.path, "name"), message)
        intro = joined(section.intro, "\n\n", self.texts.default)
        written: dict[str, Any] = {"id": given, "title": section.title}
        if intro:
            written["intro"] = self._long(intro, f'introduction of the section "{given}"')
        written |= self._when([gate.condition for gate in section.gates], given)
        written["questions"] = [self._question(draft, gates) for draft, gates in section.questions]
        return written

    def _question(self, draft: Draft, gates: list[Gate]) -> dict[str, Any]:
        body = dict(draft.body)
        options = body.pop("options", None)
        body |= self._when([*(gate.condition for gate in gates), draft.extra], draft.id)
        return body if options is None else body | {"options": options}


def _holds_questions(element: Element) -> bool:
    if element.is_container:
        return any(question.kind != "html" for question in element.questions())
    return element.kind != "html"


def _stem(name: str) -> str:
    stem = name.replace("\\", "/").rpartition("/")[2]
    return (stem.rpartition(".")[0] or stem)[:200] or "survey"


def _repeated(survey: Survey) -> dict[str, bool]:
    """Return the names that several questions have, and whether one of those is scored."""
    counts: Counter[str] = Counter()
    scored: set[str] = set()
    pending: list[tuple[Element, str]] = [(page, "") for page in survey.pages]
    while pending:
        element, parent = pending.pop()
        pending += [(child, element.name) for child in element.children]
        if not element.is_container and element.kind != "html":
            counts[element.name] += 1
            if scored_as(element, parent):
                scored.add(element.name)
    return {name: name in scored for name, count in counts.items() if count > 1}


def _values_in(document: object) -> int:
    """Return how many values and keys ``document`` holds."""
    pending, count = [document], 0
    while pending:
        value = pending.pop()
        count += 1
        if isinstance(value, dict):
            count += len(value)
            pending += value.values()
        elif isinstance(value, list):
            pending += value
    return count
