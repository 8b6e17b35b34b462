"""A SurveyJS questionnaire as the document of a framework.

    bytes ── reading ── pages ── sections with questions ── conditions ── document and notes

The conventions of Canada's Algorithmic Impact Assessment decide what is scored: the ending of a
name says whether a question is, the ending of an option's value how many points it gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from procurement_risk.errors import InvalidDocument
from procurement_risk.formats.surveyjs.gates import Gate, Gates
from procurement_risk.formats.surveyjs.layout import Layout, Section, repeated_names
from procurement_risk.formats.surveyjs.logic import (
    MOST_LEVELS,
    Always,
    Condition,
    all_of,
    levels,
    to_document,
)
from procurement_risk.formats.surveyjs.notes import Note, Report
from procurement_risk.formats.surveyjs.properties import note_survey
from procurement_risk.formats.surveyjs.questions import Draft, Questions
from procurement_risk.formats.surveyjs.reading import Survey, read_survey
from procurement_risk.formats.surveyjs.texts import LONG_LIMIT, Text, Texts, joined, language_code
from procurement_risk.formats.surveyjs.visibility import Answerable
from procurement_risk.framework.document import check_framework
from procurement_risk.framework.naming import Ids, id_from, slug_from
from procurement_risk.framework.strict_yaml import MAX_NODES
from procurement_risk.framework.yaml_source import MAX_BYTES
from procurement_risk.framework.yaml_writing import write_yaml
from procurement_risk.language.text import shorten

SECTION_LIMIT = 100
QUESTION_LIMIT = 300

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
# The instrument is published in both languages; a survey's policy is in those of its texts.
FRENCH: Mapping[str, str] = {
    "Level I": "Niveau I",
    "Level II": "Niveau II",
    "Level III": "Niveau III",
    "Level IV": "Niveau IV",
    "Little to no impact": "Peu ou pas d’incidence",
    "Moderate impact": "Incidence modérée",
    "High impact": "Incidence élevée",
    "Very high impact": "Incidence très élevée",
}


@dataclass(frozen=True, slots=True)
class Converted:
    """What became of a survey: the framework's document, and what was changed or left out."""

    document: dict[str, Any]
    notes: tuple[Note, ...]

    def yaml(self, name: str) -> str:
        """Return the framework file, which says that ``name`` became it and what was noted."""
        lines = [
            f"Made from the SurveyJS questionnaire {name}.",
            "Every key is explained in frameworks/README.md.",
        ]
        if self.notes:
            lines += ["", "What was left out or changed:"]
            lines += [f"- {note}" for note in self.notes]
        return write_yaml(self.document, lines)


def from_surveyjs(data: bytes, name: str, title: str = "", version: str = "") -> Converted:
    """Return the survey in ``data`` as a framework of the method impact-mitigation.

    Args:
        data: A SurveyJS file.
        name: What the file is called; the framework's id is made from it.
        title: The framework's title; left out: the survey's own.
        version: Its version; left out: the survey's own, or 1.

    Raises:
        InvalidDocument: If it cannot be read, or cannot be carried over without changing a
            score; ``problems`` lists every reason.
    """
    report = Report()
    survey = read_survey(data, name, report)
    converted = _Conversion(survey, name, report, title, version).document()
    if report.problems:
        raise InvalidDocument(name, report.problems)
    return Converted(converted, report.all_notes())


class _Conversion:
    """Converts one survey."""

    def __init__(
        self, survey: Survey, name: str, report: Report, title: str, version: str
    ) -> None:
        self.survey, self.name, self.report = survey, name, report
        self.given_title, self.given_version = title, version
        self.texts = Texts(self._default_language(), report)
        stores_others = survey.data.get("storeOthersAsComment") is not False
        self.questions = Questions(self.texts, report, repeated_names(survey), stores_others)
        self.layout = Layout(self.questions, self.texts, report)
        self.section_ids = Ids()

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
        sections = self.layout.sections(self.survey)
        self._check_number(sections)
        self._work_out_conditions(sections)
        written = [self._section(section) for section in sections]
        before = [description, *self.layout.leading]
        document = self._head(title, before) | {"sections": written}
        document["languages"] = self.texts.used_in(document)
        return self._checked(self.texts.written(document))

    # -- the survey

    def _title(self) -> Text:
        if self.given_title:
            return self.texts.plain(self.given_title)
        title = self.texts.line(self.survey.data.get("title"), ("title",))
        if title:
            return title
        self.report.note((), "The survey has no title: the file's name stands in its place.")
        return self.texts.plain(_stem(self.name))

    def _head(self, title: Text, before: list[Text]) -> dict[str, Any]:
        version = self._version()
        head: dict[str, Any] = {
            "schema_version": 1,
            "id": slug_from(_stem(self.name), "survey"),
            "version": version,
            "title": title,
            "languages": [],
        }
        description = joined(before, "\n\n", self.texts.default)
        if description:
            head["description"] = self._long(description, "description")
        head["method"] = "impact-mitigation"
        head["policy"] = {**POLICY, "levels": [self._level(each) for each in POLICY["levels"]]}
        return head

    def _level(self, level: Mapping[str, Any]) -> dict[str, Any]:
        words = {key: self._in_both(level[key]) for key in ("label", "meaning")}
        return {key: words.get(key, value) for key, value in level.items()}

    def _in_both(self, english: str) -> Text:
        said = {"en": english, "fr": FRENCH[english]}
        met = self.texts.languages
        return Text({each: said[each] for each in said if each in met}) or self.texts.plain(
            english
        )

    def _version(self) -> str:
        if self.given_version:
            return self.given_version
        version = self.survey.data.get("version")
        if not isinstance(version, str | int | float) or isinstance(version, bool):
            version = "1"
            message = 'A survey carries no version: write yours in place of "1".'
            self.report.note((), message)
        return " ".join(str(version).split())[:40] or "1"

    def _long(self, text: Text, what: str) -> Text:
        if any(len(part) > LONG_LIMIT for part in text.values()):
            message = f"The {what} is longer than {LONG_LIMIT:,} characters: shorten it."
            self.report.refuse((), message)
        return text

    def _check_number(self, sections: list[Section]) -> None:
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

    # -- conditions

    def _work_out_conditions(self, sections: list[Section]) -> None:
        scored = []
        for section in sections:
            for draft, gates in section.questions:
                if draft.is_scored:
                    scored.append(draft.id)
                for gate in (*section.gates, *gates):
                    gate.questions.append(draft.id)
        self._know_what_is_set()
        Gates(self.layout.gates, self.questions.known, scored, self.report).work_out()
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
        if levels(condition) > MOST_LEVELS:
            self.report.refuse((), f'The conditions on "{where}" nest too deep together.')
        return {"when": to_document(condition)}

    # -- out

    def _section(self, section: Section) -> dict[str, Any]:
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


def _stem(name: str) -> str:
    stem = name.replace("\\", "/").rpartition("/")[2]
    return (stem.rpartition(".")[0] or stem)[:200] or "survey"


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
