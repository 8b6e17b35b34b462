"""The document of a framework as a SurveyJS questionnaire, in the conventions of Canada's.

    section ── page ── panels, whose names end in -RS, -MS or -NS ── questions

Reading the result gives the same sections, questions, options, points and conditions again where
the ids already follow the conventions, as those of Canada's questionnaire do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from procurement_risk.formats.surveyjs.notes import Note, Path, Report
from procurement_risk.formats.surveyjs.questions import score_kind
from procurement_risk.formats.surveyjs.values import points_of
from procurement_risk.framework.naming import Ids

Document = Mapping[str, Any]

_ENDINGS = {"raw": "-RS", "mitigation": "-MS", "": "-NS"}
TYPES: Mapping[str, Mapping[str, str]] = {
    "single": {"type": "radiogroup"},
    "multiple": {"type": "checkbox"},
    "text": {"type": "comment"},
    "number": {"type": "text", "inputType": "number"},
    "date": {"type": "text", "inputType": "date"},
}
_MANY = 15  # options from which a list to pick from reads better

# What has no place in SurveyJS, and what that means. By key of the framework.
_LEFT_OUT_ABOVE: Mapping[str, str] = {
    "policy": "The policy was left out: SurveyJS has no levels, decisions or bands.",
    "packs": "Packs were left out: the survey asks every question.",
    "clauses": "Model clauses were left out.",
    "sources": "Sources were left out.",
    "scale_max": "Risk values were left out: SurveyJS does not score.",
}
_LEFT_OUT_OF_SECTION: Mapping[str, str] = {
    "role": "The roles of sections were left out: no section is scored.",
    "pillar": "Which pillar a section belongs to was left out.",
    "short_title": "Short titles were left out.",
}
_LEFT_OUT_OF_QUESTION: Mapping[str, str] = {
    "good": "What a good answer looks like was left out.",
    "evidence": "The evidence to ask for was left out.",
    "treatment": "The treatments were left out.",
    "clauses": "Which clauses a question leads to was left out.",
    "sources": "Sources were left out.",
    "answered_by": "Who answers a question was left out.",
    "first_gate": "The gates were left out.",
    "procurement_use": "The use of a question in procurement was left out.",
    "weight": "Weights were left out.",
    "core": "Which questions are core was left out.",
    "red_flag": "Red flags were left out: nothing stops in the survey.",
}


def to_surveyjs(document: Document) -> tuple[dict[str, Any], tuple[Note, ...]]:
    """Return a framework as a SurveyJS questionnaire, and notes about what was left out.

    Args:
        document: The document of a framework in which the checks found no fault.
    """
    return _Writer(document).survey()


class _Writer:
    """Writes one framework."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.report = Report()
        self.default = str((document.get("languages") or ["en"])[0])
        self.names: dict[str, str] = {}  # by the question's id
        self.values: dict[str, dict[str, str | int]] = {}  # by the question's and the option's id
        self.is_multiple: dict[str, bool] = {}

    def survey(self) -> tuple[dict[str, Any], tuple[Note, ...]]:
        groups = list(self._groups())
        for path, section in groups:
            for index, question in enumerate(section["questions"]):
                self._name(question, (*path, "questions", index))
        survey: dict[str, Any] = {"title": self._text(self.document["title"])}
        if self.default != "en":
            survey = {"locale": self.default, **survey}
        if "description" in self.document:
            survey["description"] = self._text(self.document["description"])
        survey["version"] = self.document["version"]
        survey["pages"] = [self._page(section) for __, section in groups]
        self._note_what_is_left_out()
        return survey, self.report.all_notes()

    def _groups(self) -> Iterator[tuple[Path, Document]]:
        """Yield the sections with their paths, and the facts as one before them."""
        facts = self.document.get("facts")
        if facts:
            title = {"en": "Facts", "fr": "Faits"}
            known = {key: title[key] for key in self.document.get("languages", ()) if key in title}
            section_title = known if len(known) > 1 and self.default in known else "Facts"
            yield (), {"id": "facts", "title": section_title, "questions": facts}
        for index, section in enumerate(self.document["sections"]):
            yield ("sections", index), section

    # -- names and values

    def _name(self, question: Document, path: Path) -> None:
        """Choose the name of ``question`` and the values of its options."""
        kind, name = question.get("type", "single"), str(question["id"])
        scores = str(question.get("scores", ""))
        # An ending that says something else than the question does would count before the panel's.
        ends_otherwise = name[-3:] in _ENDINGS.values() and score_kind(name, "") != scores
        if ends_otherwise and kind in ("single", "multiple"):
            name += _ENDINGS[scores]
            message = f'The question is named "{name}" so that its ending says how it is scored.'
            self.report.note((*path, "id"), message)
        self.names[question["id"]] = name
        self.is_multiple[question["id"]] = kind == "multiple"
        ids = Ids()
        options = question.get("options", ())
        for option in options:
            if not scores or points_of(option["id"]) == option["points"]:
                ids.give(option["id"])
        self.values[question["id"]] = {
            option["id"]: self._value(option, scores, ids) for option in options
        }

    def _value(self, option: Document, scores: str, ids: Ids) -> str | int:
        """Return the option's id, with its points behind it where they are not there already."""
        option_id = str(option["id"])
        if not scores or points_of(option_id) == option["points"]:
            return option_id
        if option_id == str(option["points"]):
            return int(option["points"])  # a number gives itself as points
        value = f"{option_id}-{option['points']}"
        count = 1
        while value.lower() in ids.taken:
            count += 1
            value = f"{option_id}.{count}-{option['points']}"
        return ids.give(value)

    # -- pages

    def _page(self, section: Document) -> dict[str, Any]:
        page: dict[str, Any] = {"name": section["id"], "title": self._text(section["title"])}
        if "intro" in section:
            page["description"] = self._text(section["intro"])
        if "when" in section:
            page["visibleIf"] = self.expression(section["when"])
        page["elements"] = list(self._panels(section))
        for key, message in _LEFT_OUT_OF_SECTION.items():
            if key in section:
                self.report.note((), message)
        return page

    def _panels(self, section: Document) -> Iterator[dict[str, Any]]:
        """Yield a panel for each run of questions that are scored alike."""
        runs = [
            (ending, list(run))
            for ending, run in groupby(_with_endings(section), lambda each: each[0])
        ]
        for number, (ending, run) in enumerate(runs, start=1):
            name = f"{section['id']}Panel" + (f"{number}" if len(runs) > 1 else "")
            elements = [self._question(question) for _, question in run]
            yield {"type": "panel", "name": f"{name}{ending}", "elements": elements}

    def _question(self, question: Document) -> dict[str, Any]:
        element: dict[str, Any] = dict(TYPES[question.get("type", "single")])
        if element["type"] == "radiogroup" and len(question["options"]) > _MANY:
            element["type"] = "dropdown"
        element["name"] = self.names[question["id"]]
        element["title"] = self._text(question["ask"])
        help_text = question.get("help", question.get("why"))
        if help_text is not None:
            element["description"] = self._text(help_text)
        if "when" in question:
            element["visibleIf"] = self.expression(question["when"])
        values = self.values[question["id"]]
        if values:
            element["choices"] = [
                {"value": values[option["id"]], "text": self._text(option["label"])}
                for option in question["options"]
            ]
        return element

    def _text(self, text: str | Document) -> str | dict[str, str]:
        """Return ``text`` as SurveyJS has it: the survey's own language is called default."""
        if isinstance(text, str):
            return text
        rest = {language: part for language, part in text.items() if language != self.default}
        return {"default": text[self.default], **rest} if rest else str(text[self.default])

    # -- conditions

    def expression(self, when: Document) -> str:
        """Return the condition ``when`` in the language of SurveyJS."""
        for key, word in (("any", " or "), ("all", " and ")):
            if key in when:
                return word.join(self._part(part) for part in when[key])
        if "never" in when:
            return "false"
        question = when["question"]
        variable, values = f"{{{self.names[question]}}}", self.values[question]
        wanted = "in" in when
        options = [_literal(values[option]) for option in when["in" if wanted else "not_in"]]
        if len(options) > 1:
            claim = f"{variable} anyof [{', '.join(options)}]"
            return claim if wanted else f"!({claim})"
        if self.is_multiple[question]:
            return f"{variable} {'contains' if wanted else 'notcontains'} {options[0]}"
        return f"{variable} {'=' if wanted else '<>'} {options[0]}"

    def _part(self, when: Document) -> str:
        """Return ``when`` so that it can stand beside others."""
        text = self.expression(when)
        return f"({text})" if "any" in when or "all" in when or text.startswith("!") else text

    # -- notes

    def _note_what_is_left_out(self) -> None:
        for key, message in _LEFT_OUT_ABOVE.items():
            if key in self.document:
                self.report.note((key,), message)
        questions = (each for _, section in self._groups() for each in section["questions"])
        for question in questions:
            for key, message in _LEFT_OUT_OF_QUESTION.items():
                if key in question:
                    self.report.note((), message)
            if "why" in question and "help" in question:
                self.report.note((), "Why a question is asked was left out beside its help.")


def _literal(value: str | int) -> str:
    return str(value) if isinstance(value, int) else f"'{value}'"


def _with_endings(section: Document) -> Iterable[tuple[str, Document]]:
    """Return each question with the ending its panel needs; a text goes with those before it."""
    questions: list[Document] = list(section["questions"])
    choices = [question for question in questions if "options" in question]
    scored = any("scores" in question for question in choices)
    before = _ending(choices[0], scored) if choices else ""
    found = []
    for question in questions:
        if "options" in question:
            before = _ending(question, scored)
        found.append((before, question))
    return found


def _ending(question: Document, is_among_scored: bool) -> str:
    """Return the ending for ``question``: none in a section where nothing is scored."""
    return _ENDINGS[str(question.get("scores", ""))] if is_among_scored else ""
