"""Which version of each questionnaire is in use, and which assessments stand on another one."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import NamedTuple
from weakref import WeakKeyDictionary

from procurement_risk.framework import Framework, origin as origins
from procurement_risk.framework.versions.compare import refuse_unchanged_version
from procurement_risk.language import _
from procurement_risk.language.phrases import day
from procurement_risk.storage import Store
from procurement_risk.storage.people.acting import behind
from procurement_risk.storage.questionnaire_uses import Use, times

LATELY = 2.0  # seconds
Retired = Mapping[str, Use]
"""What ``Store.retired_questionnaires`` gives; whoever asks several things here reads it once."""


def versions_in_use(retired: Retired) -> Mapping[str, Framework]:
    """Return the questionnaires that assessments can be started from now, by their ids."""
    return {each.id: each for each in origins.in_folders() if each.id not in retired}


class InUse(NamedTuple):
    """What is retired, and what is in use, each by its id."""

    retired: Retired
    versions: Mapping[str, Framework]


def in_use_lately(store: Store) -> InUse:
    """Return what is retired and what is in use, as of a moment ago at the latest.

    Every click on a page about an assessment asks, and to look at each file takes as long as to
    draw a question. What is put in use or retired in this process is known at once.
    """
    whole, now = behind(store), time.monotonic()
    number, at, found = _lately.get(whole, (-1, 0.0, InUse({}, {})))
    if number != times() or now - at > LATELY:
        number, retired = times(), store.retired_questionnaires()
        found = InUse(retired, versions_in_use(retired))
        _lately[whole] = number, now, found
    return found


_lately: WeakKeyDictionary[Store, tuple[int, float, InUse]] = WeakKeyDictionary()


def retired_words(retired: Retired, framework: Framework) -> str:
    """Return that ``framework`` is retired, by whom, when and why; empty where it is not."""
    use = retired.get(framework.id)
    if use is None:
        return ""
    words = _("{title} was retired by {name} on {date}.")
    if use.reason:
        words = _("{title} was retired by {name} on {date}: {reason}.")
    return words.format(
        title=framework.title, name=use.by, date=day(use.at[:10]), reason=use.reason.rstrip(". ")
    )


def other_in_use(
    in_use: Mapping[str, Framework], framework_id: str, version: str
) -> Framework | None:
    """Return the version in use where an assessment stands on another one; None where not."""
    found = in_use.get(framework_id)
    return found if found is not None and found.version != version else None


def why_not_started(framework: Framework, store: Store, retired: Retired) -> str:
    """Return why ``framework`` cannot be used for a new assessment, or empty.

    It is retired, or assessments here rest on another text under the same version.
    """
    if words := retired_words(retired, framework):
        nothing = _("Nothing is started from it.")
        return f"{words} {nothing}"
    return refuse_unchanged_version(framework, store.known_frameworks(framework.id))
