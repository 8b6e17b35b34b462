"""What colleagues ask of one another about an assessment, and tell of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["accepted", "returned"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """A section that somebody was asked to answer.

    Attributes:
        owner: Who is asked.
        due: The ISO day by which, or empty.
        note: What to heed, in the words of whoever asks.
        by: Who asks.
        at: When, as an ISO time in UTC.
        done_by: Who said that it is done, or empty.
        done_at: When, or empty.
        second: Who else answers it, neither seeing the other's answers; empty: nobody.
        answered: Who of the two has answered.
    """

    owner: str
    by: str
    at: str
    due: str = ""
    note: str = ""
    done_by: str = ""
    done_at: str = ""
    second: str = ""
    answered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What a reviewer found of a section, last.

    Attributes:
        verdict: Whether it is accepted, or returned to be changed.
        by: Who reviewed it.
        at: When, as an ISO time in UTC.
        digest: The SHA-256 of the section as it stood: ``assessment.reviewing`` says of what.
        note: What is to be changed, or what else they say.
    """

    verdict: Verdict
    by: str
    at: str
    digest: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What somebody wrote to colleagues about one question; ``resolved_at`` once it is settled."""

    text: str
    by: str
    at: str
    resolved_by: str = ""
    resolved_at: str = ""
