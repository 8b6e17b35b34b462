"""Words that an assessment stores by an id: how it is bought, what calls for a new look.

    "route.direct_award"                     what is stored
    "Direct award with transparency notice"  what it says in English; also what was stored once
    "The mayor asked"                        anything else is somebody's own text

A record keeps what it was written with. So ids and their old words are understood alike, and any
other text stands as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from procurement_risk.assessment import Assessment
from procurement_risk.assessment.bought import UpstreamKind
from procurement_risk.language import N_, _

ROUTES: Mapping[str, str] = {
    "route.open_or_flexible": N_("Open or competitive flexible procedure"),
    "route.ai_dps": N_("Artificial Intelligence dynamic purchasing system (RM6200)"),
    "route.g_cloud": N_("G-Cloud call-off"),
    "route.call_off_competed": N_("Framework or dynamic-market call-off with competition"),
    "route.framework_direct": N_("Other framework call-off without competition"),
    "route.below_threshold": N_("Quotes below the threshold"),
    "route.direct_award": N_("Direct award with transparency notice"),
    "route.contract_change": N_("Change to an existing contract"),
    "route.provider_selection": N_("Provider Selection Regime, for health care services"),
    "route.pilot": N_("Free trial or pilot"),
    "route.memorandum": N_("Memorandum of understanding"),
    "route.feature": N_("Feature switched on inside an existing product"),
    "route.call_off_direct": N_("Call-off without competition, or quotes below threshold"),
    "route.trial": N_("Free trial, pilot or memorandum"),
}
NO_LONGER_OFFERED = ("route.call_off_direct", "route.trial")
"""Routes that are told apart by now: they stand where somebody chose them before."""

COMPETITIVE = (
    "route.open_or_flexible",
    "route.ai_dps",
    "route.call_off_competed",
    "route.below_threshold",
)
"""Routes on which bids compete, so that only what was published may rank them."""

TRIGGERS: Mapping[str, str] = {
    "trigger.upstream": N_("New or changed upstream model or version"),
    "trigger.feature": N_("New AI feature switched on"),
    "trigger.purpose": N_("New purpose, user group or kind of data"),
    "trigger.deciding": N_("Moves from advising to deciding"),
    "trigger.price": N_("Price up by more than 10 %"),
    "trigger.control": N_("Change of control of the supplier"),
    "trigger.incident": N_("Security or data incident"),
    "trigger.target": N_("Target missed twice"),
    "trigger.complaints": N_("Pattern of complaints or appeals"),
    "trigger.equality": N_("Equality measure over its limit"),
    "trigger.law": N_("Change of law or guidance"),
    "trigger.date": N_("Break, renewal or model retirement within 90 days"),
    "trigger.certificate": N_("Assessment or certificate runs out"),
    "trigger.value": N_("Value crosses a threshold"),
    "trigger.pilot": N_("End of pilot"),
}
UPSTREAM_KINDS: Mapping[UpstreamKind, str] = {
    "model": N_("Model"),
    "host": N_("Host"),
    "cloud": N_("Cloud"),
}

_LABELS = {**ROUTES, **TRIGGERS}


def id_of(stored: str, words: Mapping[str, str]) -> str:
    """Return the id that ``stored`` is, or whose old words it is; any other text as it stands."""
    return next((name for name, label in words.items() if label == stored), stored)


def offered_routes(stored: str) -> tuple[str, ...]:
    """Return the routes to choose from, with the one ``stored`` even where it is no other's."""
    offered = [each for each in ROUTES if each not in NO_LONGER_OFFERED]
    route = id_of(stored, ROUTES)
    return tuple(dict.fromkeys([*offered, *([route] if route else [])]))


def is_competitive(stored: str) -> bool:
    """Whether bids compete on a stored route; one in somebody's own words is not known to."""
    return id_of(stored, ROUTES) in COMPETITIVE


def in_english(stored: str) -> str:
    """Return what a stored route or trigger says, for files that hold data."""
    return _LABELS.get(stored, stored)


def in_words(stored: str) -> str:
    """Return what a stored route or trigger says in the language in use; own text as it stands."""
    label = in_english(stored)
    return _(label) if label in _LABELS.values() else label


def written_out(assessment: Assessment) -> Assessment:
    """Return ``assessment`` with English words where it stores ids, for those who have no list."""
    return replace(
        assessment,
        purchase=replace(assessment.purchase, route=in_english(assessment.purchase.route)),
        triggers=tuple(replace(each, what=in_english(each.what)) for each in assessment.triggers),
    )
