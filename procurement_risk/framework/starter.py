"""The text of a framework to start from: short, complete, each comment naming what to change.

    id, title, method, languages ── starter ── YAML that passes every check

In the templates a text between double square brackets is one that people read: it is written as it
stands, or under the code of the first language where there are several.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from string import Template

from procurement_risk.errors import UsageError
from procurement_risk.framework import DEFAULT_LANGUAGE

LONGEST_ID = 60
LONGEST_TITLE = 1_000
MOST_LANGUAGES = 20

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
_TEXT = re.compile(r"\[\[(.*?)\]\]")
_SAFE = re.compile(r"[A-Za-z][^:#,{}\[\]\"]*")
_TAKEN = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
_NO_CHARACTER = ("Cc", "Cs")


def starter(
    id: str,
    title: str,
    method: str = "weakest-section",
    languages: Sequence[str] = (DEFAULT_LANGUAGE,),
) -> str:
    """Return the YAML of a framework that passes ``check`` and wants to be changed.

    Args:
        id: What it is called; its file is to be named for it.
        title: What people read; white space is put in order. Empty: made from the id.
        method: How answers become a result.
        languages: The codes of its languages; the first is the one that every text has.

    Raises:
        UsageError: If the format does not allow one of these; the message says what it allows.
    """
    shown = _in_one_line(title) or id.replace("-", " ").capitalize()
    faults = list(_faults(id, shown, languages))
    if faults:
        raise UsageError("\n".join(faults))

    def text(found: re.Match[str]) -> str:
        if len(languages) == 1:
            return _scalar(found[1])
        return f"{{{_scalar(languages[0])}: {_scalar(found[1])}}}"

    titles = ", ".join(f"{_scalar(code)}: {_quoted(shown)}" for code in languages)
    return Template(_TEXT.sub(text, _HEAD + BODIES[method])).substitute(
        id=_scalar(id),
        title=_quoted(shown) if len(languages) == 1 else f"{{{titles}}}",
        languages=", ".join(_scalar(code) for code in languages),
        method=method,
    )


def _faults(name: str, title: str, languages: Sequence[str]) -> list[str]:
    faults = []
    if not _ID.fullmatch(name) or len(name) > LONGEST_ID:
        faults.append(
            f"{_quoted(name[:LONGEST_ID])} cannot be the id of a framework: write small letters, "
            f"digits and single hyphens, {LONGEST_ID} at most, such as library-chat."
        )
    if len(title) > LONGEST_TITLE:
        faults.append(
            f"The title has {len(title):,} characters: shorten it to at most {LONGEST_TITLE:,}."
        )
    faults += [
        f"{_quoted(code[:LONGEST_ID])} is no code of a language: write en, fr or fr-CA."
        for code in languages
        if not _LANGUAGE.fullmatch(code)
    ]
    if len(set(languages)) < len(languages):
        faults.append("A language is named twice: name each once.")
    if not 0 < len(languages) <= MOST_LANGUAGES:
        faults.append(f"Name one language at least, and {MOST_LANGUAGES} at most.")
    return faults


def _in_one_line(text: str) -> str:
    """Return ``text`` with every run of white space and control characters as one space."""
    kept = (
        " " if unicodedata.category(c) in _NO_CHARACTER or c in "\ufffe\uffff" else c for c in text
    )
    return " ".join("".join(kept).split())


def _scalar(text: str) -> str:
    """Return ``text`` as YAML reads it as just that, without quotes where it can be."""
    is_safe = _SAFE.fullmatch(text) and text.lower() not in _TAKEN
    return text if is_safe else _quoted(text)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


_HEAD = """\
# A framework to start from. It works as it stands: change it bit by bit, and after each bit run
#   python -m procurement_risk check FILE
# docs/writing-a-framework.md leads through all of it; frameworks/README.md explains every key.
schema_version: 1                 # leave this as it is
id: $id
# Above: the file's name without .yaml. The version goes up with every change, and stays in quotes.
version: "1"
title: $title
languages: [$languages]
# For one more language, add its code above and write a text as {en: Fairness, fr: Équité}.
# Where a text lacks a language, the first one is shown.
description: [[Say in one sentence what this is for.]]
method: $method
"""

_WEAKEST_SECTION = """\
scale_max: 4                      # the risk of the worst option there can be

policy:                           # house defaults: adopt them or change them, and say who did
  adopted_by: [[House defaults, to be adopted by your organisation]]
  bands:                          # from which per cent of the possible risk a section is how bad
    - {id: low, label: [[Low]], from: 0}
    - {id: moderate, label: [[Moderate]], from: 25}
    - {id: high, label: [[High]], from: 50}
    - {id: critical, label: [[Critical]], from: 75}
  flag_band: high                 # a section with a fired red flag is at least this bad
  agreed_mitigation_helps: 2      # points that a promised remedy takes off at most
  tier_rule:
    base: [{question: CX-1}]      # the context questions whose worst risk sets the tier
  tiers:                          # evidence_floor: the least an answer counts for, by its proof
    - tier: 1
      label: [[Tier I]]
      sign_off: [[Service manager]]      # who signs here
      packs: [baseline, full]     # the packs that are enough to decide here
      evidence_floor: {E0: 0, E1: 0, E2: 0, E3: 0, E4: 0}
      decisions: {low: proceed, moderate: proceed, high: conditions, critical: escalate}
    - tier: 2
      from: 2                     # the risk of CX-1 from which this tier holds
      label: [[Tier II]]
      sign_off: [[Head of procurement]]
      packs: [baseline, full]
      evidence_floor: {E0: 1, E1: 0, E2: 0, E3: 0, E4: 0}
      decisions: {low: proceed, moderate: conditions, high: escalate, critical: do_not_proceed}
    - tier: 3
      from: 3
      label: [[Tier III]]
      sign_off: [[Senior responsible owner]]
      packs: [full]
      evidence_floor: {E0: 2, E1: 2, E2: 1, E3: 0, E4: 0}
      decisions: {low: proceed, moderate: conditions, high: escalate, critical: do_not_proceed}
    - tier: 4
      from: 4
      label: [[Tier IV]]
      sign_off: [[Accounting officer]]
      packs: [full]
      evidence_floor: {E0: 2, E1: 2, E2: 1, E3: 0, E4: 0}
      decisions:                  # a worse band or a higher tier is never decided more mildly
        {low: proceed, moderate: conditions, high: do_not_proceed, critical: do_not_proceed}

packs:                            # what a shorter or longer assessment asks
  - {id: baseline, title: [[Baseline]], description: [[The core questions.]], questions: core}
  - {id: full, title: [[Full]], description: [[Every question that applies.]], questions: all}

facts:                            # asked once, never scored: they switch questions on
  - id: hosted
    ask: [[Does the supplier host any part of it?]]
    options: [{id: "yes", label: [[Yes]]}, {id: "no", label: [[No]]}]

sections:
  - id: CX
    title: [[Context]]
    role: context                 # sets the tier, is not scored
    questions:
      - id: CX-1                  # an id never changes; a text may be reworded at any time
        ask: [[How much harm could a wrong result do?]]
        why: [[The more is at stake, the more proof and the higher a signature are needed.]]
        good: [[A written scenario of the worst credible case.]]
        evidence: [[The scenario]]
        sources: [Own question]
        answered_by: buyer        # or supplier, joint, tool
        first_gate: G0            # the procurement gate, G0 to G6, at which it is first asked
        procurement_use: internal # or information, mandatory, award, term
        weight: 1                 # counts for nothing in a context section
        core: true
        options:                  # best first; their risk is what the tier rule looks at
          - {id: a, risk: 1, label: [[Hardly any]]}
          - {id: b, risk: 2, label: [[Some, and it can be put right]]}
          - {id: c, risk: 3, label: [[Serious, or hard to put right]]}
          - {id: d, risk: 4, label: [[Severe or lasting]]}
  - id: DP
    title: [[Data privacy]]
    role: decisive                # scored: the worst of these sections decides
    questions:
      - id: DP-1
        ask: [[Is our data kept out of the training of models?]]
        why: [[What a model has learnt cannot be taken back.]]
        good: [[A clause that forbids it.]]
        evidence: [[The clause]]
        treatment: [[Agree the clause before signing]]
        clauses: [no-training]    # ids of clauses below
        sources: [Own question]   # where the question comes from: at least one line
        answered_by: supplier
        first_gate: G2
        procurement_use: mandatory
        weight: 5                 # counts five times as much as a question of weight 1
        core: true                # asked in the pack baseline
        red_flag: {options: [c], class: stop}     # c stops the purchase; class: flag escalates it
        options:
          - {id: a, risk: 0, label: [[Yes, by contract]]}
          - {id: b, risk: 2, label: [[Yes, by promise]]}
          - {id: c, risk: 4, label: [[No]]}
      - id: DP-2
        ask: [[Do we know where our data is held?]]
        when: {question: hosted, in: ["yes"]}     # asked only where the fact says so
        why: [[Other laws may apply there.]]
        good: [[A list of places that changes only after notice.]]
        evidence: [[The list]]
        sources: [Own question]
        answered_by: supplier
        first_gate: G3
        procurement_use: term
        weight: 3
        options:
          - {id: a, risk: 0, label: [[Every place]]}
          - {id: b, risk: 4, label: [[Not every place]]}

clauses:                          # headings only: your lawyers write the clause
  - {id: no-training, heading: [[No training on our data]]}

sources:                          # a question's source that begins with cited_as is linked to it
  - {id: OWN, cited_as: [Own question], title: [[Our own question]]}
"""

_IMPACT_MITIGATION = """\

policy:                           # points are added up; mitigation may take some off
  adopted_by: [[Nobody yet]]      # write who adopted it
  phases: 1                       # how many times the mitigation questions stand here
  mitigation_from: 80             # per cent of the mitigation points from which they count
  mitigation_takes_off: 15        # per cent they then take off, all or nothing
  levels:                         # up_to: per cent of the most raw points; the last has none
    - {level: 1, label: [[Level I]], up_to: 50, sign_off: [[Service manager]]}
    - {level: 2, label: [[Level II]], sign_off: [[Senior responsible owner]]}

sections:                         # no packs are needed: there is one, full, with every question
  - id: impact
    title: [[Impact]]
    questions:
      - id: reach                 # an id never changes; a text may be reworded at any time
        ask: [[How far does it reach?]]
        scores: raw               # its points add to the impact
        why: [[The further it reaches, the more people a mistake meets.]]
        options:
          - {id: team, points: 0, label: [[One team]]}
          - {id: everyone, points: 4, label: [[Everyone]]}
      - id: harms
        ask: [[Whom could it harm?]]
        type: multiple            # several may be chosen, and their points are added up
        scores: raw
        options:
          - {id: public, points: 3, label: [[Members of the public]]}
          - {id: staff, points: 1, label: [[Our staff]]}
      - id: words
        ask: [[Describe the worst credible case.]]
        type: text                # never scored
        when: {question: harms, in: [public]}     # asked only where this was chosen
  - id: mitigation
    title: [[Mitigation]]
    questions:
      - id: tested
        ask: [[Was it tested with the people it affects?]]
        scores: mitigation        # its points count towards the reduction
        options:
          - {id: "yes", points: 2, label: [[Yes]]}
          - {id: "no", points: 0, label: [[No]]}
"""

BODIES: Mapping[str, str] = {
    "weakest-section": _WEAKEST_SECTION,
    "impact-mitigation": _IMPACT_MITIGATION,
}
