"""Records whose questionnaire is not the one it says: forged, or from somewhere else."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import cache
from itertools import pairwise
from typing import Any

from procurement_risk.assessment.document import build_assessment
from procurement_risk.assessment.record import Record, read_record
from procurement_risk.exports import json_record
from procurement_risk.exports.export import Exported
from procurement_risk.framework.document import framework_from_document
from procurement_risk.framework.shipped import EXAMPLES
from procurement_risk.methods import score_to_document

Document = dict[str, Any]
EXAMPLE = EXAMPLES / "p05-claims-fraud-scoring.json"


def choices(document: Document) -> list[Document]:
    """Return every question of a framework that has options with a risk."""
    asked = [q for section in document["sections"] for q in section["questions"]]
    return [q for q in asked if q.get("type", "single") == "single"]


def label_changed(document: Document) -> None:
    """Change one label."""
    choices(document)[20]["options"][0]["label"] += " (or so)"


def labels_swapped(document: Document) -> None:
    """Let the words of the worst option of every question score as the best."""
    for question in choices(document):
        first, last = question["options"][0], question["options"][-1]
        first["label"], last["label"] = last["label"], first["label"]


def risks_changed(document: Document) -> None:
    """Let one option of two questions score lower; risk still rises from option to option."""
    left = 2
    for question in choices(document):
        for before, after in pairwise(question["options"]):
            if left and after["risk"] > before["risk"] + 1:
                after["risk"] -= 1
                left -= 1
                break


def policy_changed(document: Document) -> None:
    """Let no tier need anything but to proceed with conditions."""
    for tier in document["policy"]["tiers"]:
        tier["decisions"] = dict.fromkeys(tier["decisions"], "conditions")


def version_bumped(document: Document) -> None:
    """Claim to be a later version, with other risk values."""
    risks_changed(document)
    document["version"] = "2031.7"


def id_new(document: Document) -> None:
    """Claim to be another questionnaire."""
    document["id"] = "somebody-elses"


KINDS: Mapping[str, Callable[[Document], None]] = {
    each.__name__: each
    for each in (
        label_changed,
        labels_swapped,
        risks_changed,
        policy_changed,
        version_bumped,
        id_new,
    )
}


@cache
def _example() -> Record:
    return read_record(EXAMPLE.read_bytes(), score_to_document)


@cache
def forged(kind: str, **more: str) -> bytes:
    """Return a record that holds every check, with its questionnaire changed in that way.

    ``more`` is what else it says of the assessment, whose id is ``forged``.
    """
    record = _example()
    document = deepcopy(json.loads(json.dumps(record.framework.document)))
    KINDS[kind](document)
    about = deepcopy(record.document["assessment"])
    about |= {"id": "forged", **more}
    made = Exported(build_assessment(about), framework_from_document(document))
    return json_record.write([made])
