"""Fields of a form that keep what was typed for the visit, and say what is wrong where it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from procurement_risk.assessment.bought import MOST_POUNDS
from procurement_risk.language import _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.typed_number import typed_pounds
from procurement_risk.views.shared import day_field, session

CHOICES = frozenset({"route"})  # fields whose options are words of the app
AMOUNTS = frozenset({"committed", "scaled"})  # fields that hold whole pounds
DAYS = frozenset({"due", "begins", "ends"})  # fields that hold a day


def _write_pounds_out(key: str) -> None:
    """Show an amount as it was read, so that whoever typed it sees what it is taken for."""
    amount = typed_pounds(str(st.session_state.get(key) or ""))
    if amount is not None:
        st.session_state[key] = grouped(amount)


class Fields:
    """Widgets whose values stay for the visit, under keys that begin with ``prefix``.

    Args:
        prefix: Begins every key; another prefix is another set of values.

    Attributes:
        problems: What is missing or wrong in the fields that were drawn so far. It is shown
            under its field once the form's button was pressed.
    """

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.problems: list[str] = []

    def _key(self, name: str, initial: object) -> str:
        key = f"{self.prefix}{name}"
        if key not in st.session_state and initial not in (None, ""):
            st.session_state[key] = initial
        return key

    # --- What is wrong ---

    def press(self) -> None:
        """Show from now on what is missing. For the form's button, before the page is drawn."""
        st.session_state[f"{self.prefix}pressed"] = self.presses + 1

    @property
    def presses(self) -> int:
        """How often the form's button was pressed since the values were dropped."""
        return int(st.session_state.get(f"{self.prefix}pressed", 0))

    def fault(self, message: str) -> None:
        """Say under the field drawn last that something is wrong with it."""
        self.problems.append(message)
        if self.presses:
            st.error(message)

    # --- The fields ---

    def text(
        self,
        label: str,
        name: str,
        initial: str = "",
        example: str = "",
        limit: int = 300,
        missing: str = "",
    ) -> str:
        """Return one line of text, stripped; ``missing`` is said where there is none."""
        value = st.text_input(
            label,
            key=self._key(name, initial),
            max_chars=limit,
            placeholder=example,
            persist_state="session",
        )
        text = (value or "").strip()
        if missing and not text:
            self.fault(missing)
        return text

    def long_text(self, label: str, name: str, initial: str = "") -> str:
        """Return a paragraph, stripped."""
        value = st.text_area(
            label, key=self._key(name, initial), max_chars=5_000, persist_state="session"
        )
        return (value or "").strip()

    def day(self, label: str, name: str, initial: str = "") -> str:
        """Return a day as an ISO text, or empty."""
        key = self._key(name, date.fromisoformat(initial) if initial else None)
        value = day_field.draw(label, key, persist_state="session")
        return value.isoformat() if value else ""

    def days(self, label: str, name: str, initial: Sequence[str] = ()) -> tuple[str, ...]:
        """Return several days as ISO texts: a field each, three to a row, and one for the next.

        ``label`` has a place for the number: ``{n}``.
        """
        begin = f"{self.prefix}{name}-"
        held = [key for key, day in st.session_state.items() if str(key).startswith(begin) and day]
        filled = [int(str(key).removeprefix(begin)) + 1 for key in held]
        stored = dict(enumerate(initial))
        boxes, days = st.columns(3), []
        for row in range(max([len(stored), *filled]) + 1):
            with boxes[row % len(boxes)]:
                words = label.format(n=row + 1)
                days.append(self.day(words, f"{name}-{row}", stored.get(row, "")))
        return tuple(filter(None, days))

    def money(self, label: str, name: str, initial: int | None = None) -> int | None:
        """Return whole pounds, or None where it is left empty or cannot be read, which is said."""
        key = self._key(name, initial)
        if isinstance(st.session_state.get(key), int):
            st.session_state[key] = grouped(st.session_state[key])
        said = st.text_input(
            label,
            key=key,
            max_chars=30,
            placeholder=grouped(250_000),
            on_change=_write_pounds_out,
            args=(key,),
            persist_state="session",
        )
        text = (said or "").strip()
        amount = typed_pounds(text)
        if text and (amount is None or amount > MOST_POUNDS):
            words = _("Write whole pounds in digits, such as {example}, and at most {most}.")
            message = words.format(example=grouped(250_000), most=grouped(MOST_POUNDS))
            self.problems.append(message)
            st.error(message)
            return None
        return amount

    def tick(self, label: str, name: str, initial: bool = False) -> bool:
        """Return whether the box is ticked."""
        key = self._key(name, initial or None)
        return bool(st.checkbox(label, key=key, persist_state="session"))

    def choice(self, label: str, name: str, labels: Mapping[str, str], initial: str = "") -> str:
        """Return the chosen key of ``labels``, or empty where nothing is chosen."""
        chosen = f"{self.prefix}{name}-chosen"  # the same in every language
        initial = st.session_state.get(chosen, initial)
        value = st.selectbox(
            label,
            list(labels),
            index=None,
            format_func=labels.__getitem__,
            key=self._key(session.in_language(name), initial if initial in labels else ""),
            placeholder=_("Not decided yet"),
            persist_state="session",
        )
        st.session_state[chosen] = value or ""
        return value or ""

    # --- Filling them ---

    def value(self, name: str) -> object:
        """Return what a field holds now: a choice its key, a day its ISO text, pounds a number."""
        kept = st.session_state
        held = kept.get(f"{self.prefix}{name}-chosen") or kept.get(f"{self.prefix}{name}")
        if name in AMOUNTS and held is not None:
            return typed_pounds(str(held))
        return held.isoformat() if isinstance(held, date) else held

    def put(self, name: str, value: str | int) -> None:
        """Fill a field. Only before the page is drawn, as when a button was pressed."""
        if name in CHOICES:
            st.session_state[f"{self.prefix}{name}-chosen"] = value
            st.session_state[f"{self.prefix}{session.in_language(name)}"] = value
        elif name in DAYS:
            st.session_state[f"{self.prefix}{name}"] = date.fromisoformat(str(value))
        else:
            st.session_state[f"{self.prefix}{name}"] = value

    def put_note(self, name: str, words: str) -> None:
        """Keep a sentence to be shown once."""
        st.session_state[f"{self.prefix}{name}"] = words

    def pop_note(self, name: str) -> str:
        """Return the sentence that was kept, and keep it no longer."""
        return str(st.session_state.pop(f"{self.prefix}{name}", ""))

    def forget(self) -> None:
        """Drop every value, once they have been saved."""
        for key in [k for k in st.session_state if str(k).startswith(self.prefix)]:
            del st.session_state[key]
