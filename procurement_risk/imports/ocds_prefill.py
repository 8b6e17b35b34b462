"""What a release fills in, field by field, and what it says that was not taken."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from procurement_risk.assessment.answers import is_day
from procurement_risk.language import _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.text import one_line, show_value

Field = Literal[
    "title", "buyer", "description", "committed_value", "route", "notice_id", "ocid",
    "decision_due", "contract_start", "contract_end", "supplier", "company_number",
]  # fmt: skip

# The longest text that each field of the form takes; 300 for those not here.
LONGEST = {"description": 5_000, "notice_id": 100, "ocid": 100, "company_number": 60}
USUAL_LONGEST = 300

# What a fragment that this toolkit wrote has in place of a field that is not published.
WITHHELD = re.compile(r"\[withheld(: [a-z ]+)?\]")


@dataclass(frozen=True, slots=True)
class Filled:
    """One field: what to write into it, and where in the release that stands."""

    field: Field
    value: str | int
    source: str


@dataclass(slots=True)
class Prefill:
    """What one release gives.

    Attributes:
        fields: What can be filled, in the order of the form.
        warnings: What in it has come to an end or to nothing, as sentences.
        notes: What is in the release and was not taken, each with why, as sentences.
    """

    fields: list[Filled] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def note(self, words: str, **values: object) -> None:
        """Add a sentence, with ``values`` in its places."""
        self.notes.append(words.format(**values))

    def add_text(self, name: Field, value: object, source: str) -> None:
        """Fill a field with a text, unless there is none, or it is too long or no text."""
        if value is None or value == "":
            return
        if not isinstance(value, str):
            words = _("{source} is {value}, which is no text, so it was left out.")
            self.note(words, source=source, value=show_value(value))
            return
        lines = (one_line(line) for line in value.splitlines())
        shown = "\n".join(lines).strip() if name == "description" else one_line(value)
        longest = LONGEST.get(name, USUAL_LONGEST)
        if WITHHELD.fullmatch(shown):
            words = _("{source} is withheld in the file.")
            self.note(words, source=source)
        elif len(shown) > longest:
            words = _("{source} has more than {n} characters, so it was left out. Shorten it.")
            self.note(words, source=source, n=grouped(longest))
        elif shown:
            self.fields.append(Filled(name, shown, source))

    def add_day(self, name: Field, value: object, source: str) -> None:
        """Fill a field with the day of an OCDS time, as it is written there."""
        if value is None:
            return
        day = value[:10] if isinstance(value, str) else ""
        if is_day(day) and re.fullmatch(r"([T ].*)?", str(value)[10:]):
            self.fields.append(Filled(name, day, source))
        else:
            words = _("{source} is {value}, which is no date, so it was left out.")
            self.note(words, source=source, value=show_value(value))
