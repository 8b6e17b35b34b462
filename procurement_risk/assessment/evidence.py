"""Answers and the files that show them: what linking and unlinking one does to the grade.

A grade and the day it holds until stand in the answer, as they do without files, and count by
the one rule of ``methods.values.evidence_grade``. An answer goes by the best of what shows it: a
file of the same grade or a better one brings its grade and its day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from procurement_risk.assessment.answered import Answer
from procurement_risk.assessment.model import Assessment, EvidenceFile

SCHEME = "sha256:"


def digest_in(reference: str) -> str:
    """Return the SHA-256 that an answer's reference to a file names."""
    return reference.removeprefix(SCHEME)


def with_file(answer: Answer | None, digest: str, file: EvidenceFile) -> Answer:
    """Return ``answer``, None where there is none yet, with a file that shows it."""
    answer, reference = answer or Answer(state="unanswered"), SCHEME + digest
    files = tuple(dict.fromkeys((*answer.files, reference)))
    if file.grade < answer.evidence:
        return replace(answer, files=files)
    return replace(answer, files=files, evidence=file.grade, valid_until=file.valid_until)


def without_file(answer: Answer, digest: str, known: Mapping[str, EvidenceFile]) -> Answer | None:
    """Return ``answer`` without a file; None where nothing is left of it.

    A grade that was the file's falls to that of the best that is left, or to E0. Where there is
    a link, it stays: the link may show as much.
    """
    left = tuple(each for each in answer.files if digest_in(each) != digest)
    rest = replace(answer, files=left)
    gone = known.get(digest)
    is_its = gone is not None and (gone.grade, gone.valid_until) == (
        answer.evidence,
        answer.valid_until,
    )
    if is_its and not answer.link:
        shows = [known[digest_in(each)] for each in left if digest_in(each) in known]
        best = max(shows, key=lambda each: (each.grade, each.valid_until or "9"), default=None)
        grade, until = (best.grade, best.valid_until) if best else ("E0", "")
        rest = replace(rest, evidence=grade, valid_until=until)
    return None if replace(rest, by="", at="") == Answer(state="unanswered") else rest


def files_of(assessment: Assessment, question: str) -> dict[str, EvidenceFile]:
    """Return the files that show the answer to a question, by digest, the first one first."""
    answer = assessment.answer_set.answers.get(question)
    wanted = map(digest_in, answer.files if answer else ())
    return {each: assessment.files[each] for each in wanted if each in assessment.files}


def shown_by(assessment: Assessment, digest: str) -> list[str]:
    """Return the questions whose answers a file shows, in order of their ids."""
    answers = assessment.answer_set.answers
    return sorted(name for name, each in answers.items() if SCHEME + digest in each.files)
