"""The frameworks this machine offers, read anew when a file changes, in any of their languages."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

import streamlit as st

from procurement_risk import language
from procurement_risk.framework import Framework, files as loading
from procurement_risk.framework.document import framework_from_document
from procurement_risk.framework.files import Fingerprint, FrameworkFile
from procurement_risk.portfolio.versions_in_use import LATELY, why_not_started
from procurement_risk.storage import Store


def files() -> tuple[FrameworkFile, ...]:
    """Return every file of the folders of frameworks, broken ones too."""
    return _told(loading.fingerprint(), language.current())


@st.cache_resource(show_spinner=False, max_entries=8)
def _told(fingerprint: Fingerprint, code: str) -> tuple[FrameworkFile, ...]:
    """Return the files; what is wrong with one is said in the language in use, ``code``.

    Frameworks are the same objects in every language, so that what is kept about each is kept
    once.
    """
    return tuple(
        file if file.framework is not None else loading.read_file(file.path)
        for file in _files(fingerprint)
    )


@st.cache_resource(show_spinner=False, max_entries=2)
def _files(fingerprint: Fingerprint) -> tuple[FrameworkFile, ...]:
    return tuple(loading.list_files())


def refusal(framework: Framework, store: Store) -> str:
    """Return why ``framework`` cannot be used for a new assessment, or empty.

    It is retired, or assessments here rest on another text under the same version.
    """
    return why_not_started(framework, store, store.retired_questionnaires())


def frameworks(store: Store) -> list[Framework]:
    """Return the frameworks that a new assessment can be answered against, by file name."""
    found, retired = (file.framework for file in files()), store.retired_questionnaires()
    return [
        each for each in found if each is not None and not why_not_started(each, store, retired)
    ]


def languages() -> Iterable[str]:
    """Return the languages of the frameworks on offer, as they were a moment ago at the latest.

    Every click asks, and to look at each file takes as long as to draw a question.
    """
    folders, now = tuple(map(str, loading.folders())), time.monotonic()
    if _spoken.folders != folders or now - _spoken.at > LATELY:
        _spoken.folders, _spoken.at, _spoken.languages = folders, now, _languages()
    return _spoken.languages


@dataclass(slots=True)
class _Spoken:
    """The languages that were found in some folders, and when."""

    folders: tuple[str, ...] = ()
    at: float = 0.0
    languages: frozenset[str] = frozenset()


_spoken = _Spoken()


def _languages() -> frozenset[str]:
    if not _may_name_languages(loading.fingerprint()):
        return frozenset()  # the first page needs no more of them than this
    found = (file.framework.languages for file in files() if file.framework)
    return frozenset(chain.from_iterable(found))


@st.cache_resource(show_spinner=False, max_entries=2)
def _may_name_languages(fingerprint: Fingerprint) -> bool:
    return loading.may_name_languages()


def in_language(framework: Framework, code: str) -> Framework:
    """Return ``framework`` in the language ``code``, or in its first; one object for each."""
    code = language.best(code, framework.languages) or framework.languages[0]
    known = framework.translations
    if code not in known:
        made = framework_from_document(framework.document, code)
        made.__dict__["translations"] = known  # so that each leads to all the others
        known[code] = made
    return known[code]
