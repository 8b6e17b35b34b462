"""Is this document a framework, and if so, which one?

    document ── shape      keys, kinds of value, lengths: schemas/framework.schema.json
             ── rules      what no schema can say: ids that exist, scales that rise
             ── languages  one language chosen for every text
             ── Framework

Both steps always run, so that an author sees every fault at once; whatever the rules cannot make
sense of, the shape step has spoken about. Nothing here knows about files or lines: a fault carries
a path, which ``loading`` turns into a line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Any

from procurement_risk.framework import (
    DEFAULT_LANGUAGE,
    GRADES,
    AllOf,
    AnyOf,
    Atom,
    Band,
    BasedOn,
    Clause,
    Condition,
    Framework,
    Gate,
    ImpactPolicy,
    Level,
    MethodPolicy,
    Never,
    NotAtom,
    Option,
    Pack,
    Policy,
    Question,
    RedFlag,
    RiskAtom,
    Section,
    Source,
    Tier,
    TierAdjustment,
    TierBase,
    TierRule,
)
from procurement_risk.framework.checks.as_meant import as_written, is_plain, with_keys
from procurement_risk.framework.checks.faults import MAX_FAULTS, Fault, Speller
from procurement_risk.framework.checks.rules import rule_faults
from procurement_risk.framework.checks.shape import SCHEMA, shape_faults
from procurement_risk.framework.languages import in_language
from procurement_risk.language import _, available, best, ngettext, speaking
from procurement_risk.language.numbers import grouped

__all__ = ["MAX_FAULTS", "SCHEMA", "Fault", "check_framework", "framework_from_document"]

MAX_DEPTH = 40
MAX_VALUES = 1_000_000


def check_framework(document: object) -> list[Fault]:
    """Return everything wrong with ``document``, shape first. Empty: it is a framework.

    Each of the two steps stops at ``MAX_FAULTS``.
    """
    unfit = _unfit(document)
    if unfit:
        return [Fault((), unfit)]
    speller = Speller()
    shape = shape_faults(document, speller)
    meant = {fault.path: fault.meant for fault in shape if fault.meant}
    misspelt = [fault for fault in shape if fault.meant]
    if meant:  # what stands under such a key is looked at as well
        document = with_keys(document, meant)
        shape = shape_faults(document, speller)
    found = list(islice(rule_faults(document, speller), MAX_FAULTS))
    named = {fault.path for fault in found if fault.path[-1:] != ("id",)}
    # Of a name or number the rules say more: which one was meant, how high it may be.
    shape = [each for each in shape if each.path not in named or not is_plain(document, each.path)]
    spoken_of = {fault.path for fault in shape}
    rest = [fault for fault in found if fault.path not in spoken_of]
    return list(dict.fromkeys([*misspelt, *as_written([*shape, *rest], meant)]))


def _unfit(document: object) -> str:
    """Return why the document cannot even be looked at: too deep or too large for the checks."""
    level: list[Any] = [document]
    count = 0
    for __ in range(MAX_DEPTH):
        level = [part for value in level for part in _parts(value)]
        count += len(level)
        if not level:
            return ""
        if count > MAX_VALUES:
            words = ngettext(
                "This holds more than {n} value: split it.",
                "This holds more than {n} values: split it.",
                MAX_VALUES,
            )
            return words.format(n=grouped(MAX_VALUES))
    words = ngettext(
        "This is nested deeper than {n} level: a questionnaire needs fewer.",
        "This is nested deeper than {n} levels: a questionnaire needs fewer.",
        MAX_DEPTH,
    )
    return words.format(n=MAX_DEPTH)


def _parts(value: object) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


# ---------------------------------------------------------------- document to noun


def framework_from_document(document: Mapping[str, Any], language: str = "") -> Framework:
    """Return the framework that ``document`` describes; ``check_framework`` must find no fault.

    Args:
        document: The file as it was read.
        language: Which language to show it in; one it lacks, or empty, gives its first.
    """
    languages = tuple(document.get("languages", (DEFAULT_LANGUAGE,)))
    shown = language if language in languages else languages[0]
    said, untranslated = in_language(document, shown, languages[0])
    scale_max = said.get("scale_max", 0)
    sections = tuple(_section(each) for each in said["sections"])
    core = frozenset(q.id for section in sections for q in section.questions if q.core)
    return Framework(
        id=said["id"],
        version=said["version"],
        title=said["title"],
        method=said["method"],
        method_version=said.get("method_version", 1),
        gates=tuple(Gate(**each) for each in said.get("gates", ())),
        scale_max=scale_max,
        facts=tuple(_fact(each) for each in said.get("facts", ())),
        sections=sections,
        packs=tuple(_pack(each, core) for each in said.get("packs", ())) or (_whole(shown),),
        method_policy=POLICIES[said["method"]](said["policy"], scale_max),
        subject=said.get("subject", "purchase"),
        languages=languages,
        language=shown,
        untranslated=untranslated,
        description=said.get("description", ""),
        clauses=tuple(Clause(**_tuples(each)) for each in said.get("clauses", ())),
        sources=tuple(Source(**_tuples(each)) for each in said.get("sources", ())),
        based_on=BasedOn(**said["based_on"]) if "based_on" in said else None,
        document=document,
    )


def _whole(language: str) -> Pack:
    """Return the pack of a framework that defines none, in the framework's language."""
    with speaking(best(language, available())):
        return Pack(id="full", title=_("Full"), description=_("Every question."), questions=None)


def _tuples(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()}


def _fact(raw: Mapping[str, Any]) -> Question:
    options = tuple(Option(**option) for option in raw["options"])
    return Question(
        id=raw["id"], ask=raw["ask"], section="", why=raw.get("why", ""), options=options
    )


def _section(raw: Mapping[str, Any]) -> Section:
    when = _condition(raw["when"]) if "when" in raw else None
    questions = tuple(_question(each, raw["id"], when) for each in raw["questions"])
    return Section(**{**raw, "questions": questions, "when": when})


def _question(raw: Mapping[str, Any], section: str, around: Condition | None) -> Question:
    when, flag = raw.get("when"), raw.get("red_flag")
    own = _condition(when) if when else None
    changed = {
        "section": section,
        "options": tuple(Option(**_tuples(option)) for option in raw.get("options", ())),
        "when": AllOf(parts=(around, own)) if around and own else around or own,
        "red_flag": _red_flag(flag) if flag else None,
    }
    return Question(**{**_tuples(raw), **changed})


def _red_flag(raw: Mapping[str, Any]) -> RedFlag:
    return RedFlag(
        options=frozenset(raw["options"]),
        stop=raw["class"] == "stop",
        legal_duty=raw.get("legal_duty", False),
        stop_from_tier=raw.get("stop_from_tier"),
        from_tier=raw.get("from_tier", 1),
    )


def _condition(raw: Mapping[str, Any], scale_max: int = 0) -> Condition:
    if "any" in raw:
        return AnyOf(parts=tuple(_condition(part, scale_max) for part in raw["any"]))
    if "all" in raw:
        return AllOf(parts=tuple(_condition(part, scale_max) for part in raw["all"]))
    if "never" in raw:
        return Never(because=raw["never"])
    if "in" in raw:
        return Atom(question=raw["question"], options=frozenset(raw["in"]))
    if "not_in" in raw:
        return NotAtom(question=raw["question"], options=frozenset(raw["not_in"]))
    return RiskAtom(
        question=raw["question"],
        at_least=raw.get("risk_at_least", 0),
        at_most=raw.get("risk_at_most", scale_max),
    )


def _pack(raw: Mapping[str, Any], core: frozenset[str]) -> Pack:
    chosen = {"all": None, "core": core}
    named = raw["questions"]
    questions = chosen[named] if isinstance(named, str) else frozenset(named)
    return Pack(**{**raw, "questions": questions})


def _policy(raw: Mapping[str, Any], scale_max: int) -> Policy:
    return Policy(
        bands=tuple(Band(id=b["id"], label=b["label"], start=b["from"]) for b in raw["bands"]),
        tiers=tuple(_tier(each) for each in raw["tiers"]),
        tier_rule=_tier_rule(raw["tier_rule"], scale_max),
        agreed_mitigation_helps=raw["agreed_mitigation_helps"],
        flag_band=raw["flag_band"],
        core_pack=raw.get("core_pack", ""),
        adopted_by=raw.get("adopted_by", ""),
    )


def _impact_policy(raw: Mapping[str, Any], __: int) -> ImpactPolicy:
    levels = tuple(
        Level(number=each["level"], **{key: each[key] for key in each if key != "level"})
        for each in raw["levels"]
    )
    return ImpactPolicy(**{**raw, "levels": levels})


# What stands under ``policy``, read for each method, given ``scale_max``.
POLICIES: Mapping[str, Callable[[Mapping[str, Any], int], MethodPolicy]] = {
    "weakest-section": _policy,
    "impact-mitigation": _impact_policy,
}


def _tier(raw: Mapping[str, Any]) -> Tier:
    kept = ("label", "decisions", "meaning", "sign_off", "review")
    return Tier(
        number=raw["tier"],
        start=raw.get("from", 0),
        packs=tuple(raw["packs"]),
        floors=tuple(raw["evidence_floor"][grade] for grade in GRADES),
        notes=raw.get("notes", {}),
        **{key: raw[key] for key in kept if key in raw},
    )


def _tier_rule(raw: Mapping[str, Any], scale_max: int) -> TierRule:
    return TierRule(
        base=tuple(TierBase(**base) for base in raw["base"]),
        adjustments=tuple(
            TierAdjustment(
                add=each["add"],
                when=_condition(each["when"], scale_max),
                because=each.get("because", ""),
            )
            for each in raw.get("adjustments", ())
        ),
    )
