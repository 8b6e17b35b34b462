"""Pages and panels laid out as sections, each question with the conditions around it.

page ─┬─ its panel ──────────── one section for both
      ├─ several titled panels ─ a section for each, and for what stands between them
      └─ any other panel ─────── its texts go to the introduction, its condition to the questions
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from procurement_risk.formats.surveyjs.gates import Gate, gate_of
from procurement_risk.formats.surveyjs.notes import Path, Report
from procurement_risk.formats.surveyjs.properties import note_properties
from procurement_risk.formats.surveyjs.questions import Draft, Questions, scored_as
from procurement_risk.formats.surveyjs.reading import Element, Survey
from procurement_risk.formats.surveyjs.texts import Text, Texts, joined


@dataclass(slots=True)
class Section:
    """A section on its way: its texts, its conditions, and its questions with theirs."""

    id: str
    path: Path
    title: Text
    intro: list[Text] = field(default_factory=list)
    gates: list[Gate] = field(default_factory=list)
    questions: list[tuple[Draft, list[Gate]]] = field(default_factory=list)


class Layout:
    """Lays out one survey.

    Attributes:
        gates: Every condition met.
        leading: Texts of the pages before the first with a question.
    """

    def __init__(self, questions: Questions, texts: Texts, report: Report) -> None:
        self.questions, self.texts, self.report = questions, texts, report
        self.gates: list[Gate] = []
        self.leading: list[Text] = []

    def sections(self, survey: Survey) -> list[Section]:
        """Return the sections with questions; what others say goes to the one that follows."""
        found: list[Section] = []
        waiting: list[Text] = []
        for section in (each for page in survey.pages for each in self._sections(page)):
            if not section.questions:
                waiting += section.intro
                continue
            if found:
                section.intro = [*waiting, *section.intro]
            else:
                self.leading = waiting
            waiting = []
            found.append(section)
        if found:
            found[-1].intro += waiting
        return found

    def _sections(self, page: Element) -> Iterator[Section]:
        """Yield the sections that ``page`` becomes, also those without questions."""
        note_properties(page.data, page.path, self.report)
        title = self.texts.line(*page.at("title"))
        gates = self._gates(page)
        holding = [child for child in page.children if _holds_questions(child)]
        section = self._section_for(page, title, gates)
        section.intro = self._texts_of(page, title, is_empty=not holding)
        if gates and not holding and page.children:
            message = "The texts here went to another section, where they are shown always."
            self.report.note(gates[0].path, message)
        apart = _apart(holding)
        for child in page.children:
            if child.path not in apart:
                self._place(child, page.name, section, [])
            elif len(apart) == 1:
                self._place_apart(child, section, title)
            else:
                yield section
                section = self._section_for(child, title, gates)
                self._place_apart(child, section, title)
                yield section
                section = self._section_for(page, title, gates)
        yield section

    def _texts_of(self, page: Element, title: Text, is_empty: bool) -> list[Text]:
        """Return what a page says above its elements; the title only where no section will."""
        described = self.texts.long(*page.at("description"))
        shown = [title, described] if is_empty and page.children else [described]
        return [text for text in shown if text]

    def _section_for(self, element: Element, title: Text, gates: list[Gate]) -> Section:
        shown = title or self.texts.plain(element.name)
        return Section(element.name or "section", element.path, shown, gates=[*gates])

    def _place_apart(self, panel: Element, section: Section, title: Text) -> None:
        """Put what is in ``panel`` into a section of its own."""
        note_properties(panel.data, panel.path, self.report)
        own = self.texts.line(*panel.at("title"))
        section.title = joined([title, own], ": ", self.texts.default) or section.title
        section.intro += self._texts_of(panel, own, is_empty=False)
        section.gates += self._gates(panel)
        for child in panel.children:
            self._place(child, panel.name, section, [])

    def _place(self, element: Element, parent: str, section: Section, gates: list[Gate]) -> None:
        """Put ``element``, inside ``parent``, into ``section``; ``gates`` stand around it."""
        if element.kind == "html":
            self._place_html(element, section)
            return
        inside = [*gates, *self._gates(element)]
        if element.is_container:
            self._place_panel(element, section, inside)
            return
        for draft in self.questions.read(element, parent):
            section.questions.append((draft, inside if draft.is_bound else []))

    def _place_panel(self, panel: Element, section: Section, gates: list[Gate]) -> None:
        note_properties(panel.data, panel.path, self.report)
        title = self.texts.line(*panel.at("title"))
        described = self.texts.long(*panel.at("description"))
        text = joined([title, described], "\n", self.texts.default)
        if text:
            section.intro.append(text)
        for child in panel.children:
            self._place(child, panel.name, section, gates)

    def _place_html(self, element: Element, section: Section) -> None:
        text = self.texts.html(*element.at("html"))
        if not text:
            return
        section.intro.append(text)
        if element.data.get("visibleIf"):
            message = "In the framework this text is shown always."
            self.report.note((*element.path, "visibleIf"), message)
        if section.questions:
            message = "This text stands between questions; it went to the section's introduction."
            self.report.note(element.path, message)

    def _gates(self, element: Element) -> list[Gate]:
        """Return the condition on ``element`` itself, where it has one."""
        gate = gate_of(element, self.report)
        found = [gate] if gate else []
        self.gates += found
        return found


def _holds_questions(element: Element) -> bool:
    if element.is_container:
        return any(question.kind != "html" for question in element.questions())
    return element.kind != "html"


def _apart(holding: list[Element]) -> set[Path]:
    """Return the paths of the panels that become sections, of all that hold questions."""
    panels = [element for element in holding if element.kind == "panel"]
    titled = [panel for panel in panels if panel.data.get("title")]
    if len(titled) > 1:
        return {panel.path for panel in titled}
    return {panel.path for panel in panels} if len(holding) == 1 else set()


def repeated_names(survey: Survey) -> dict[str, bool]:
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
