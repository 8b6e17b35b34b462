"""The small frameworks with one thing changed each, and what a comparison has to say of it."""

from copy import deepcopy

from procurement_risk.framework.versions.change import Change
from tests.support.framework_documents import IMPACT, SMALL, at, changed, without

NAMES = {q["id"]: ("sections", s, "questions", n) for document in (SMALL, IMPACT)
         for s, section in enumerate(document["sections"])
         for n, q in enumerate(section["questions"])}  # fmt: skip


def change(kind, where, question="", before="", after="", affects=False, option=""):
    return Change(
        kind=kind,
        where=where,
        question=question,
        before=before,
        after=after,
        affects_result=affects,
        option=option,
    )


def q(name, *rest):
    """The path of a question of one of the two small frameworks."""
    return (*NAMES[name], *rest)


def put(base, *pairs):
    """A copy of ``base`` with each value at its path; None deletes what is there."""
    document = deepcopy(base)
    for path, value in pairs:
        document = without(path, document) if value is None else changed(path, value, document)
    return document


def add_question(base, section, **rest):
    document = deepcopy(base)
    document["sections"][section]["questions"].append(rest)
    return document


def move_question(base, name, section):
    document = deepcopy(base)
    _, here, _, number = NAMES[name]
    moved = document["sections"][here]["questions"].pop(number)
    document["sections"][section]["questions"].append(moved)
    return document


NEW = {**at(SMALL, q("DP-2")), "id": "DP-3", "ask": "Who may read the data?", "core": True}
TEXT = {**at(SMALL, q("VO-1")), "id": "VO-4", "ask": "Anything else?"}
ONE_PACK = [{"id": "full", "title": "Full", "description": "Everything.", "questions": "all"}]
OTHER_TIER = ("policy", "tiers", 1)
ADJUSTMENTS = ("policy", "tier_rule", "adjustments")
FIRST = (
    "+1 if the risk of CX-1 is at least 4, or "
    "(the risk of CX-1 is from 2 to 3 and the risk of CX-2 is at least 2)"
)
SECOND = "-1 if the risk of CX-2 is at most 1 and public_facing is not yes"

ONE_BY_ONE = [
    # -- questions
    (add_question(SMALL, 1, **NEW), [
        change("added", "section DP", "DP-3", "", "Who may read the data?", affects=True),
        change("pack", "pack baseline: questions in", "", "", "DP-3", affects=True),
    ]),
    (add_question(SMALL, 3, **TEXT), [
        change("added", "section VO", "VO-4", "", "Anything else?"),
    ]),
    (put(SMALL, (q("VO-2"), None)), [
        change("removed", "section VO", "VO-2", "What does it cost a year?"),
    ]),
    (put(SMALL, (q("DP-2"), None)), [
        change("removed", "section DP", "DP-2", "Where are the data held?", affects=True),
    ]),
    (move_question(SMALL, "DP-2", 2), [
        change("moved", "section", "DP-2", "section DP", "section TR", affects=True),
    ]),
    (put(SMALL, (q("DP-2", "weight"), 5)), [
        change("reweighted", "weight", "DP-2", "3", "5", affects=True),
    ]),
    (put(SMALL, (q("VO-1", "weight"), 5)), [change("reweighted", "weight", "VO-1", "1", "5")]),
    (put(SMALL, (q("CX-1", "weight"), 4)), [change("reweighted", "weight", "CX-1", "5", "4")]),
    (put(IMPACT, (q("effect", "scores"), "mitigation")), [
        change("reweighted", "scores", "effect", "raw", "mitigation", affects=True),
    ]),
    *[
        (put(SMALL, (q("DP-1", key), "Other.")), [
            change("reworded", key, "DP-1", at(SMALL, q("DP-1", key)), "Other."),
        ])
        for key in ("ask", "why", "good", "evidence", "treatment")
    ],
    (put(SMALL, (q("DP-1", "help"), "Look.")), [change("reworded", "help", "DP-1", "", "Look.")]),
    (put(SMALL, (q("DP-1", "treatment"), None)), [
        change("reworded", "treatment", "DP-1", "Ask for the clause"),
    ]),
    (put(SMALL, (q("DP-1", "options", 1, "label"), "Said")), [
        change("reworded", "option b", "DP-1", "Yes, by promise", "Said", option="b"),
    ]),
    (put(SMALL, (("facts", 1, "why"), "Laws.")), [
        change("reworded", "why", "hosted", "", "Laws."),
    ]),
    # -- languages
    (put(IMPACT, (q("phase", "help", "fr"), "Celle-ci.")), [
        change("reworded", "help in fr", "phase", "Celle où vous êtes.", "Celle-ci."),
    ]),
    (put(IMPACT, (q("phase", "help"), "This one.")), [
        change("reworded", "help in en", "phase", "The one you are in.", "This one."),
        change("reworded", "help in fr", "phase", "Celle où vous êtes.", "This one."),
    ]),
    (put(IMPACT, (q("effect", "ask"), "How far?")), [
        change("reworded", "ask", "effect", "How far does it reach?", "How far?"),
    ]),
    (put(IMPACT, (q("phase", "options", 0, "label"), {"en": "Design", "fr": "Conception"})), [
        change("reworded", "option design in fr", "phase", "Design", "Conception",
               option="design"),
    ]),
    (put(IMPACT, (q("effect", "help"), {"en": "Same", "fr": "Same"})), [
        change("reworded", "help in en and fr", "effect", "", "Same"),
    ]),
    (put(IMPACT, (("languages",), ["en", "fr", "de"])), [
        change("method", "framework: languages", "", "en, fr", "en, fr, de"),
    ]),
    (put(IMPACT, (q("gone", "when", "never"), "Long ago.")), [
        change("reworded", "reason for never asking", "gone", "It was taken out.", "Long ago."),
    ]),
    # -- conditions
    (put(SMALL, (q("DP-2", "when"), None)), [
        change("reconditioned", "condition", "DP-2", "asked if hosted is yes", "always asked",
               affects=True),
    ]),
    (put(SMALL, (q("TR-1", "when"), {"question": "DP-2", "in": ["c", "b"]})), [
        change("reconditioned", "condition", "TR-1", "always asked", "asked if DP-2 is b or c",
               affects=True),
    ]),
    (put(SMALL, (q("VO-1", "when"), {"question": "DP-2", "not_in": ["c", "b"]})), [
        change("reconditioned", "condition", "VO-1", "always asked",
               "asked if DP-2 is none of b or c"),
    ]),
    (put(SMALL, (q("TR-2", "when", "any", 1, "all", 1, "in"), ["c"])), [
        change("reconditioned", "condition", "TR-2",
               "asked if public_facing is yes, or (TR-1 includes a and CX-1 is b or c)",
               "asked if public_facing is yes, or (TR-1 includes a and CX-1 is c)", affects=True),
    ]),
    (put(SMALL, (("sections", 1, "when"), {"question": "public_facing", "in": ["no"]})), [
        change("reconditioned", "condition", "DP-1", "always asked",
               "asked if public_facing is no", affects=True),
        change("reconditioned", "condition", "DP-2", "asked if hosted is yes",
               "asked if public_facing is no and hosted is yes", affects=True),
    ]),
    (put(IMPACT, (q("words", "when", "all", 0, "not_in"), ["readers-2", "staff-1"])), [
        change("reconditioned", "condition", "words",
               "asked if harms does not include staff-1 and library is yes",
               "asked if harms includes none of readers-2 or staff-1 and library is yes"),
    ]),
    (put(IMPACT, (q("gone", "when"), None)), [
        change("reconditioned", "condition", "gone", "never asked (It was taken out.)",
               "always asked", affects=True),
    ]),
    # -- options
    (put(SMALL, (q("CX-2", "options", 1, "risk"), 4)), [
        change("options", "risk of option b", "CX-2", "3", "4", affects=True, option="b"),
    ]),
    (put(IMPACT, (q("harms", "options", 0, "points"), 3)), [
        change("options", "points of option readers-2", "harms", "2", "3", affects=True,
               option="readers-2"),
    ]),
    (put(SMALL, (q("CX-2", "options"), [*at(SMALL, q("CX-2", "options")),
                                        {"id": "c", "risk": 4, "label": "Fatal"}])), [
        change("options", "option c", "CX-2", "", "Fatal (risk 4)", affects=True, option="c"),
    ]),
    (put(SMALL, (q("CX-1", "options", 0), None)), [
        change("options", "option a", "CX-1", "Nothing (risk 0)", affects=True, option="a"),
    ]),
    (put(IMPACT, (q("effect", "options", 0), None)), [
        change("options", "option near-0", "effect", "Near (0 points)", affects=True,
               option="near-0"),
    ]),
    (put(SMALL, (("facts", 0, "options"), [*at(SMALL, ("facts", 0, "options")),
                                           {"id": "partly", "label": "Partly"}])), [
        change("options", "option partly", "public_facing", "", "Partly", affects=True,
               option="partly"),
    ]),
    (put(IMPACT, (q("harms", "options"), at(IMPACT, q("harms", "options"))[::-1])), [
        change("options", "order of options", "harms", "readers-2, staff-1",
               "staff-1, readers-2"),
    ]),
    # -- type, red flag, details
    (put(SMALL, (q("VO-2", "type"), "text")), [change("type", "type", "VO-2", "a number",
                                                       "a text")]),
    (put(SMALL, (q("TR-1", "type"), "single")), [
        change("type", "type", "TR-1", "several options", "one option", affects=True),
    ]),
    (put(SMALL, (q("DP-1", "red_flag"), None)), [
        change("red_flag", "red flag", "DP-1", "c is a stop; a legal duty", "none",
               affects=True),
    ]),
    (put(SMALL, (q("DP-2", "red_flag", "options"), ["c"])), [
        change("red_flag", "red flag", "DP-2", "b or c is a stop from tier 2, a flag below it",
               "c is a stop from tier 2, a flag below it", affects=True),
    ]),
    (put(SMALL, (q("DP-1", "answered_by"), "joint")), [
        change("details", "answered by", "DP-1", "The supplier",
               "You and the supplier together"),
    ]),
    (put(SMALL, (q("DP-1", "first_gate"), "G3")), [
        change("details", "first gate", "DP-1", "G2", "G3"),
    ]),
    (put(SMALL, (q("DP-1", "procurement_use"), "term")), [
        change("details", "procurement use", "DP-1", "Mandatory requirement", "Contract term"),
    ]),
    (put(SMALL, (q("DP-1", "sources"), ["Own question"])), [
        change("details", "sources", "DP-1", "Library Act section 3; Own question",
               "Own question"),
    ]),
    (put(SMALL, (q("DP-1", "clauses"), None)), [
        change("details", "clauses", "DP-1", "no-training"),
    ]),
    (put(SMALL, (q("DP-1", "core"), None)), [
        change("details", "core", "DP-1", "yes", "no", affects=True),
        change("pack", "pack baseline: questions out", "", "DP-1", affects=True),
    ]),
    # -- sections
    (put(SMALL, (("sections", 3), None)), [
        change("section", "section VO", "", "Is it worth it?"),
        *(change("removed", "section VO", name, at(SMALL, q(name, "ask")))
          for name in ("VO-1", "VO-2", "VO-3")),
    ]),
    (put(SMALL, (("sections",), [*SMALL["sections"], {
        "id": "SE", "title": "Security", "role": "decisive", "questions": [NEW]}])), [
        change("section", "section SE", "", "", "Security", affects=True),
        change("added", "section SE", "DP-3", "", "Who may read the data?", affects=True),
        change("pack", "pack baseline: questions in", "", "", "DP-3", affects=True),
    ]),
    (put(SMALL, (("sections", 2, "title"), "Openness")), [
        change("section", "section TR: title", "", "Transparency", "Openness"),
    ]),
    (put(IMPACT, (("sections", 0, "title", "fr"), "Sur")), [
        change("section", "section about: title in fr", "", "À propos", "Sur"),
    ]),
    (put(SMALL, (("sections", 2, "role"), "challenge")), [
        change("section", "section TR: role", "", "decisive", "challenge", affects=True),
    ]),
    (put(SMALL, (("sections", 2, "pillar"), None)), [
        change("section", "section TR: pillar", "", "transparency"),
    ]),
    (put(SMALL, (("sections",), [SMALL["sections"][n] for n in (0, 2, 1, 3)])), [
        change("section", "sections: order", "", "CX, DP, TR, VO", "CX, TR, DP, VO"),
    ]),
    (put(SMALL, (("facts",), SMALL["facts"][::-1])), [
        change("section", "facts: order", "", "public_facing, hosted", "hosted, public_facing"),
    ]),
    (put(SMALL, (("sections", 1, "questions"), SMALL["sections"][1]["questions"][::-1])), [
        change("section", "section DP: order of questions", "", "DP-1, DP-2", "DP-2, DP-1"),
    ]),
    # -- packs
    (put(SMALL, (("packs", 0, "questions"), ["CX-1", "DP-2", "TR-2"])), [
        change("pack", "pack triage: questions in", "", "", "DP-2 and TR-2", affects=True),
        change("pack", "pack triage: questions out", "", "CX-2 and DP-1", affects=True),
    ]),
    (put(SMALL, (("packs", 0, "title"), "First")), [
        change("pack", "pack triage: title", "", "Triage", "First"),
    ]),
    (put(SMALL, (("packs", 0), None)), [
        change("pack", "pack triage", "", "Triage (3 questions)", affects=True),
    ]),
    (put(IMPACT, (("packs",), [*IMPACT["packs"], {
        "id": "all", "title": "All", "description": "All.", "questions": "all"}])), [
        change("pack", "pack all", "", "", "All (every question)"),
    ]),
    # -- policy
    (put(SMALL, (("policy", "bands", 2, "from"), 55)), [
        change("policy", "policy: band high, start", "", "60", "55", affects=True),
    ]),
    (put(SMALL, (("policy", "bands", 2, "label"), "Red")), [
        change("policy", "policy: band high, label", "", "High", "Red"),
    ]),
    (put(SMALL, (("policy", "flag_band"), "moderate")), [
        change("policy", "policy: band of a stop or flag", "", "high", "moderate",
               affects=True),
    ]),
    (put(SMALL, (("policy", "agreed_mitigation_helps"), 1)), [
        change("policy", "policy: help of an agreed mitigation", "", "2", "1", affects=True),
    ]),
    (put(SMALL, (("policy", "adopted_by"), "The board")), [
        change("policy", "policy: adopted by", "", "Nobody, this is invented", "The board"),
    ]),
    (put(SMALL, ((*OTHER_TIER, "from"), 4)), [
        change("policy", "policy: tier 2, start", "", "3", "4", affects=True),
    ]),
    (put(SMALL, ((*OTHER_TIER, "evidence_floor", "E2"), 1)), [
        change("policy", "policy: tier 2, floor at E2", "", "0", "1", affects=True),
    ]),
    (put(SMALL, ((*OTHER_TIER, "decisions", "low"), "conditions")), [
        change("policy", "policy: tier 2, decision at low", "", "Proceed",
               "Proceed with conditions", affects=True),
    ]),
    (put(SMALL, ((*OTHER_TIER, "packs"), ["baseline", "full"])), [
        change("policy", "policy: tier 2, packs that are enough", "", "full", "baseline, full",
               affects=True),
    ]),
    (put(SMALL, (("policy", "tiers", 0, "notes", "low"), "keep two")), [
        change("policy", "policy: tier 1, note at low", "", "keep a copy", "keep two"),
    ]),
    (put(SMALL, (("policy", "tiers", 0, "sign_off"), "Chief")), [
        change("policy", "policy: tier 1, sign off", "", "Team leader", "Chief"),
    ]),
    (put(SMALL, (("policy", "tiers"), [*SMALL["policy"]["tiers"], {
        **SMALL["policy"]["tiers"][1], "tier": 3, "from": 4, "label": "Tier III"}])), [
        change("policy", "policy: tier 3", "", "", "Tier III, from 4", affects=True),
    ]),
    (put(SMALL, (("policy", "tier_rule", "base", 1, "subtract"), 2)), [
        change("policy", "policy: tier rule, base", "", "CX-1; CX-2 less 1",
               "CX-1; CX-2 less 2", affects=True),
    ]),
    (put(SMALL, ((*ADJUSTMENTS, 0, "add"), 2)), [
        change("policy", "policy: tier rule, adjustment 1", "", FIRST, f"+2{FIRST[2:]}",
               affects=True),
    ]),
    (put(SMALL, ((*ADJUSTMENTS, 0), None)), [
        change("policy", "policy: tier rule, adjustment 1", "", FIRST, affects=True),
    ]),
    (put(SMALL, ((*ADJUSTMENTS, 1, "when", "all", 1), None)), [
        change("policy", "policy: tier rule, adjustment 2", "", SECOND,
               "-1 if the risk of CX-2 is at most 1", affects=True),
    ]),
    (put(SMALL, ((*ADJUSTMENTS, 0, "because"), "It acts.")), [
        change("policy", "policy: tier rule, adjustment 1, reason", "",
               at(SMALL, (*ADJUSTMENTS, 0, "because")), "It acts."),
    ]),
    (put(IMPACT, (("policy", "phases"), 1)), [
        change("policy", "policy: phases", "", "2", "1", affects=True),
    ]),
    (put(IMPACT, (("policy", "mitigation_from"), 75)), [
        change("policy", "policy: mitigation from", "", "80", "75", affects=True),
    ]),
    (put(IMPACT, (("policy", "mitigation_takes_off"), 20)), [
        change("policy", "policy: mitigation takes off", "", "15", "20", affects=True),
    ]),
    (put(IMPACT, (("policy", "levels", 0, "up_to"), 30)), [
        change("policy", "policy: level 1, end", "", "up to 25 per cent", "up to 30 per cent",
               affects=True),
    ]),
    (put(IMPACT, (("policy", "levels", 2, "label", "fr"), "Niveau trois")), [
        change("policy", "policy: level 3, label in fr", "", "Niveau III", "Niveau trois"),
    ]),
    (put(IMPACT, (("policy", "levels", 2), None), (("policy", "levels", 1, "up_to"), None)), [
        change("policy", "policy: level 2, end", "", "up to 50 per cent", "without an end",
               affects=True),
        change("policy", "policy: level 3", "", "Level III, without an end", affects=True),
    ]),
    # -- the framework itself, clauses, sources
    (put(SMALL, (("scale_max",), 5)), [
        change("method", "framework: top of the scale", "", "4", "5", affects=True),
    ]),
    (put(SMALL, (("subject",), "supplier")), [
        change("method", "framework: subject", "", "purchase", "supplier"),
    ]),
    (put(SMALL, (("title",), "Small check")), [
        change("method", "framework: title", "", "Small invented check", "Small check"),
    ]),
    (put(SMALL, (("clauses", 0, "heading"), "No training")), [
        change("details", "clause no-training: heading", "", "No training on our data",
               "No training"),
    ]),
    (put(IMPACT, (("clauses", 0, "pointers", 0, "fr"), "Partie 3")), [
        change("details", "clause reach: pointer 1 in fr", "", "Partie 2", "Partie 3"),
    ]),
    (put(SMALL, (("sources", 1), None)), [
        change("details", "source OWN", "", "Own question"),
    ]),
    (put(SMALL, (("sources", 0, "cited_as"), ["Library Act", "LA"])), [
        change("details", "source LIBRARY: cited as", "", "Library Act", "Library Act; LA"),
    ]),
]  # fmt: skip


def base_of(document):
    return SMALL if document["id"] == "small" else IMPACT
