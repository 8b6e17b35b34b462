"""What every export format is: a name, a file ending, and a function from assessments to bytes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from procurement_risk.assessment import Assessment
from procurement_risk.framework import Framework

Exported = tuple[Assessment, Framework]


@dataclass(frozen=True, slots=True)
class Export:
    """One format.

    Attributes:
        name: What the command line calls it.
        title: What the Records page calls it.
        purpose: Who it is for, in one sentence.
        ending: The file's ending, without the dot.
        media_type: For the browser.
        one_each: Whether a file holds exactly one assessment.
        write: Returns the file's bytes.
        for_reading: Whether it is made to be read: in the language in use, and ``write`` takes
            the assessment that the one follows, if there is one, after it.
        unavailable: Why it cannot be written here; empty where it can.
    """

    name: str
    title: str
    purpose: str
    ending: str
    media_type: str
    one_each: bool
    write: Callable[[Sequence[Exported]], bytes]
    for_reading: bool = False
    unavailable: str = ""


def file_name(assessment: Assessment, ending: str, extra: str = "") -> str:
    """Return a file name from the purchase and supplier that is safe on every system."""
    text = f"{assessment.purchase.title}-{assessment.supplier.name}-{assessment.answer_set.as_of}"
    slug = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:80] or "assessment"
    return f"{slug}{'-' + extra if extra else ''}.{ending}"
