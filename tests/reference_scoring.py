"""A second, deliberately simple implementation of the method ``weakest-section``.

It exists to be compared with the real one. It was written from the text of the method alone,
imports nothing of the package, reads the framework as the plain document that the YAML file
holds, and prefers the plainest expression of each rule to anything fast. Nothing here is a
float: ``fractions.Fraction`` decides everything, and percentages become texts only at the end.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from itertools import product
from typing import Any

Document = dict[str, Any]
Question = dict[str, Any]
Answer = dict[str, Any]
Mitigation = dict[str, Any]
Range = dict[str, Fraction]

ENDS = ("low", "central", "high")
FIGURES = ("claimed", "inherent", "residual")
GRADES = ("E0", "E1", "E2", "E3", "E4")
DECISIONS = ("proceed", "conditions", "escalate", "do_not_proceed")
OPEN_STATES = ("unanswered", "unknown", "withheld")
MITIGATION_STATUSES = ("proposed", "agreed", "verified")


# ---------------------------------------------------------------------------------------------
# Reading the framework and the line
# ---------------------------------------------------------------------------------------------


def all_questions(framework: Document) -> dict[str, Question]:
    """Every question by id, in reading order, each with its section's id and role beside it."""
    found: dict[str, Question] = {}
    for section in framework["sections"]:
        for question in section["questions"]:
            if question["id"] in found:
                raise ValueError(f"question {question['id']} stands twice")
            found[question["id"]] = {**question, "section": section["id"], "role": section["role"]}
    return found


def fact_options(framework: Document) -> dict[str, list[str]]:
    """The option ids of every fact, in reading order."""
    return {fact["id"]: [o["id"] for o in fact["options"]] for fact in framework["facts"]}


def option_ids(framework: Document) -> dict[str, list[str]]:
    """The option ids of every fact, then of every question, in reading order."""
    questions = all_questions(framework)
    return fact_options(framework) | {name: list(risks_of(q)) for name, q in questions.items()}


def risks_of(question: Question) -> dict[str, Fraction]:
    """The risk of each option of a question."""
    return {option["id"]: Fraction(option["risk"]) for option in question["options"]}


def best_of(question: Question) -> Fraction:
    """The least risk among the question's own options."""
    return min(risks_of(question).values())


def worst_of(question: Question) -> Fraction:
    """The greatest risk among the question's own options."""
    return max(risks_of(question).values())


def names_in(condition: Any) -> set[str]:
    """Every fact and question that a condition names, however deep."""
    if condition is None:
        return set()
    if "question" in condition:
        return {condition["question"]}
    parts = condition["any"] if "any" in condition else condition["all"]
    return {name for part in parts for name in names_in(part)}


def named_by_conditions(framework: Document) -> set[str]:
    """Every fact and question that some question's condition names."""
    questions = all_questions(framework).values()
    return {name for question in questions for name in names_in(question.get("when"))}


def named_by_tier_rule(framework: Document) -> set[str]:
    """Every fact and question that the tier rule names."""
    rule = framework["policy"]["tier_rule"]
    named = {base["question"] for base in rule["base"]}
    for adjustment in rule["adjustments"]:
        named |= names_in(adjustment["when"])
    return named


def may_be_not_applicable(framework: Document) -> set[str]:
    """The questions that may be declared not applicable, mitigations aside."""
    named = named_by_conditions(framework) | named_by_tier_rule(framework)
    return {
        name
        for name, question in all_questions(framework).items()
        if question["role"] != "context" and not question.get("red_flag") and name not in named
    }


def pack_members(framework: Document, pack_id: str) -> set[str]:
    """The ids of the questions a pack asks."""
    (pack,) = (pack for pack in framework["packs"] if pack["id"] == pack_id)
    questions = all_questions(framework)
    if pack["questions"] == "all":
        return set(questions)
    if pack["questions"] == "core":
        return {name for name, question in questions.items() if question.get("core")}
    return set(pack["questions"])


def read_answers(framework: Document, line: Document, as_of: date) -> dict[str, Answer]:
    """One answer for each fact and question: its state, option and the grade that counts.

    What is missing is unanswered. The grade is E0 unless given, and E0 again once
    ``valid_until`` lies before ``as_of``. A plain string is the id of an option.
    """
    options = option_ids(framework)
    may_be_na = may_be_not_applicable(framework)
    stored = line.get("answers", {})
    for name in stored:
        if name not in options:
            raise ValueError(f"unknown question {name!r}")
    return {
        name: read_answer(
            stored.get(name, {"state": "unanswered"}), choices, as_of, may_be_na=name in may_be_na
        )
        for name, choices in options.items()
    }


def read_answer(given: Any, options: list[str], as_of: date, *, may_be_na: bool) -> Answer:
    """One stored answer: its state and, where answered, its option and grade."""
    if isinstance(given, str):
        given = {"option": given}
    state = given.get("state", "answered")
    if state == "answered":
        if given["option"] not in options:
            raise ValueError(f"{given['option']!r} is not one of {options}")
        grade = given.get("evidence", "E0")
        if grade not in GRADES:
            raise ValueError(f"{grade!r} is not one of {GRADES}")
        valid_until = given.get("valid_until")
        if valid_until is not None and date.fromisoformat(valid_until) < as_of:
            grade = "E0"
        return {"state": "answered", "option": given["option"], "grade": grade}
    if "option" in given:
        raise ValueError(f"an option cannot stand beside the state {state!r}")
    if state == "not_applicable" and not (may_be_na and given.get("reason")):
        raise ValueError("not_applicable is not possible here")
    if state not in (*OPEN_STATES, "not_applicable"):
        raise ValueError(f"unknown state {state!r}")
    return {"state": state}


def read_mitigations(
    framework: Document, line: Document, answers: dict[str, Answer], as_of: date
) -> dict[str, Mitigation]:
    """Mitigations by question, each with its target's risk and the status that counts.

    An agreed mitigation whose due date lies before ``as_of`` counts as proposed.
    """
    questions = all_questions(framework)
    found: dict[str, Mitigation] = {}
    for given in line.get("mitigations", []):
        name, status = given["question"], given["status"]
        if name in found:
            raise ValueError(f"{name}: one mitigation a question")
        if status not in MITIGATION_STATUSES:
            raise ValueError(f"{name}: unknown status {status!r}")
        if status != "proposed" and answers[name]["state"] == "not_applicable":
            raise ValueError(f"{name}: it carries a mitigation, so it cannot be not applicable")
        if status == "agreed":
            if not all(given.get(field) for field in ("owner", "due", "clause")):
                raise ValueError(f"{name}: an agreed mitigation needs owner, due and clause")
            if date.fromisoformat(given["due"]) < as_of:
                status = "proposed"
        if status == "verified" and given.get("evidence") != "E4":
            raise ValueError(f"{name}: a verified mitigation needs evidence E4 of its own")
        found[name] = {"status": status, "target": risks_of(questions[name])[given["target"]]}
    return found


# ---------------------------------------------------------------------------------------------
# Conditions in three values
# ---------------------------------------------------------------------------------------------


def applicability(framework: Document, answers: dict[str, Answer]) -> dict[str, bool | None]:
    """Whether each question applies; None is unknown. The pack plays no part."""
    asked = Asked(fact_options(framework), all_questions(framework), answers)
    return {name: asked.applies(name) for name in asked.questions}


class Asked:
    """What is asked and what was answered, for looking conditions up."""

    def __init__(
        self,
        facts: dict[str, list[str]],
        questions: dict[str, Question],
        answers: dict[str, Answer],
    ) -> None:
        self.facts, self.questions, self.answers = facts, questions, answers

    def applies(self, name: str, path: tuple[str, ...] = ()) -> bool | None:
        """Whether one question applies; ``path`` is what led to it."""
        if name in path:
            raise ValueError(f"circular condition: {' -> '.join([*path, name])}")
        condition = self.questions[name].get("when") if name in self.questions else None
        return True if condition is None else self.holds(condition, (*path, name))

    def holds(self, condition: Document, path: tuple[str, ...]) -> bool | None:
        """A condition in three values."""
        if "question" in condition:
            return self.atom_holds(condition["question"], condition["in"], path)
        kind = "any" if "any" in condition else "all"
        parts = [self.holds(part, path) for part in condition[kind]]
        settling = kind == "any"
        if settling in parts:
            return settling
        return None if None in parts else not settling

    def atom_holds(self, name: str, wanted: list[str], path: tuple[str, ...]) -> bool | None:
        """Whether a wanted option is chosen; hidden and not applicable ones are not chosen."""
        applies = self.applies(name, path)
        if applies is False or self.answers[name]["state"] == "not_applicable":
            return False
        possible = self.facts[name] if name in self.facts else [*risks_of(self.questions[name])]
        if self.answers[name]["state"] == "answered":
            possible = [self.answers[name]["option"]]
        hits = [option in wanted for option in possible]
        if not any(hits):
            return False
        return True if all(hits) and applies is True else None


# ---------------------------------------------------------------------------------------------
# The value of one question
# ---------------------------------------------------------------------------------------------


def is_open(answer: Answer) -> bool:
    """Open means unanswered, unknown or withheld."""
    return answer["state"] in OPEN_STATES


def stated_values(question: Question, answer: Answer) -> Range:
    """Low, central and high of one answer, every claim believed."""
    if answer["state"] == "answered":
        return dict.fromkeys(ENDS, risks_of(question)[answer["option"]])
    best, worst = best_of(question), worst_of(question)
    if answer["state"] == "unanswered":
        central = best + Fraction(1, 2) * (worst - best)
    elif answer["state"] == "unknown" and not question.get("red_flag"):
        central = best + Fraction(3, 4) * (worst - best)
    else:
        central = worst
    return {"low": best, "central": central, "high": worst}


def evidenced_values(
    framework: Document, question: Question, answer: Answer, tier: dict[str, int]
) -> Range:
    """After the evidence floor: each end has its own tier; open questions have no floor."""
    values = stated_values(question, answer)
    if is_open(answer):
        return values
    evidenced: Range = {}
    for end in ENDS:
        floors = framework["policy"]["tiers"][tier[end] - 1]["evidence_floor"]
        floor = min(Fraction(floors[answer["grade"]]), worst_of(question))
        evidenced[end] = max(values[end], floor)
    return evidenced


def residual_value(
    framework: Document, evidenced: Fraction, mitigation: Mitigation | None
) -> Fraction:
    """After the mitigation: nothing, a few points, or all the way to its target."""
    if mitigation is None or mitigation["status"] == "proposed":
        return evidenced
    target: Fraction = mitigation["target"]
    if mitigation["status"] == "agreed":
        helped = evidenced - framework["policy"]["agreed_mitigation_helps"]
        return min(evidenced, max(target, helped))
    return min(evidenced, target)


def figures_of(
    framework: Document,
    question: Question,
    answer: Answer,
    mitigation: Mitigation | None,
    tier: dict[str, int],
) -> dict[str, Range]:
    """The three figures of one question: claimed, inherent and residual."""
    inherent = evidenced_values(framework, question, answer, tier)
    return {
        "claimed": stated_values(question, answer),
        "inherent": inherent,
        "residual": {end: residual_value(framework, inherent[end], mitigation) for end in ENDS},
    }


# ---------------------------------------------------------------------------------------------
# Impact tier
# ---------------------------------------------------------------------------------------------


def tier_number(framework: Document, total: Fraction) -> int:
    """The highest tier that starts at ``total`` or below."""
    later = framework["policy"]["tiers"][1:]
    return max([1, *(tier["tier"] for tier in later if total >= tier["from"])])


def step_holds(condition: Document, risk: dict[str, Range], facts: dict[str, str]) -> set[bool]:
    """What a step's condition may come out as, while each risk is anywhere from low to high."""
    if "any" in condition or "all" in condition:
        combine = any if "any" in condition else all
        parts = [
            step_holds(part, risk, facts) for part in condition.get("any") or condition["all"]
        ]
        return {combine(values) for values in product(*parts)}
    name = condition["question"]
    if "in" in condition:
        return {facts[name] in condition["in"]}
    if "not_in" in condition:
        return {facts[name] not in condition["not_in"]}
    least = condition.get("risk_at_least", risk[name]["low"])
    most = condition.get("risk_at_most", risk[name]["high"])
    found = set()
    if max(least, risk[name]["low"]) <= min(most, risk[name]["high"]):
        found.add(True)
    if risk[name]["low"] < least or risk[name]["high"] > most:
        found.add(False)
    return found


def tier_total(
    framework: Document, risk: dict[str, Range], facts: dict[str, str], end: str
) -> Fraction:
    """What the tier rule adds up to at one end.

    At the low end a step up counts where it certainly applies and a step down where it may, at
    the high end the other way round.
    """
    rule = framework["policy"]["tier_rule"]
    total = max(risk[base["question"]][end] - base.get("subtract", 0) for base in rule["base"])
    if end == "central":
        risk = {name: dict.fromkeys(ENDS, value["central"]) for name, value in risk.items()}
    for step in rule["adjustments"]:
        outcomes = step_holds(step["when"], risk, facts)
        choose = min if end == "low" else max
        total += choose(step["add"] if holds else 0 for holds in outcomes)
    return total


def impact_tiers(
    framework: Document, answers: dict[str, Answer], applies: dict[str, bool | None]
) -> dict[str, int]:
    """The tier at the low end, in the middle and at the high end.

    A hidden question counts as 0. One whose condition is unknown is absent at the low end and
    present at the other two. Open questions stand at their best, at central rounded up, and at
    their worst. An open fact takes the answer that gives the mildest tier at the low end, the
    gravest at the other two.
    """
    questions, facts = all_questions(framework), fact_options(framework)
    named = sorted(named_by_tier_rule(framework))
    fact_choices = [
        [(name, option) for option in facts[name]]
        if is_open(answers[name])
        else [(name, answers[name]["option"])]
        for name in named
        if name in facts
    ]
    risk: dict[str, Range] = {}
    for name in named:
        if name not in questions:
            continue
        values = stated_values(questions[name], answers[name])
        if applies[name] is False:
            values = dict.fromkeys(ENDS, Fraction(0))
        elif applies[name] is None:
            values = {**values, "low": Fraction(0)}
        values["central"] = Fraction(-(-values["central"] // 1))  # rounded up
        risk[name] = values
    tiers: dict[str, int] = {}
    for end in ENDS:
        found = [tier_total(framework, risk, dict(f), end) for f in product(*fact_choices)]
        tiers[end] = tier_number(framework, min(found) if end == "low" else max(found))
    return tiers


# ---------------------------------------------------------------------------------------------
# Section scores
# ---------------------------------------------------------------------------------------------


def end_of_range(
    mandatory: list[tuple[Fraction, Fraction]], optional: list[tuple[Fraction, Fraction]], end: str
) -> Fraction:
    """The mean of (weight, value) pairs at the low or the high end.

    All mandatory pairs, then the optional ones, most extreme first, while each still moves the
    mean further out.
    """
    weight = sum((w for w, _ in mandatory), Fraction(0))
    total = sum((w * x for w, x in mandatory), Fraction(0))
    for w, x in sorted(optional, key=lambda pair: pair[1], reverse=end == "high"):
        mean = total / weight
        if not (x > mean if end == "high" else x < mean):
            break
        weight += w
        total += w * x
    return total / weight


def score_range(
    mandatory: list[tuple[Fraction, Range]],
    optional: list[tuple[Fraction, Range]],
    scale_max: Fraction,
) -> Range:
    """Low, central and high of one figure of a section, out of 100."""
    if not mandatory:
        return {"low": Fraction(0), "central": Fraction(100), "high": Fraction(100)}

    def at(pairs: list[tuple[Fraction, Range]], end: str) -> list[tuple[Fraction, Fraction]]:
        return [(weight, values[end]) for weight, values in pairs]

    means = {
        "low": end_of_range(at(mandatory, "low"), at(optional, "low"), "low"),
        "central": end_of_range(at(mandatory, "central"), [], "high"),
        "high": end_of_range(at(mandatory, "high"), at(optional, "high"), "high"),
    }
    return {end: 100 * means[end] / scale_max for end in ENDS}


def percentage(value: Fraction) -> str:
    """A text with one decimal, rounded half up."""
    tenths = (value * 10 + Fraction(1, 2)) // 1
    return f"{tenths // 10}.{tenths % 10}"


# ---------------------------------------------------------------------------------------------
# Red flags
# ---------------------------------------------------------------------------------------------


def red_flag_state(
    question: Question, answer: Answer, mitigation: Mitigation | None, *, applies: bool
) -> str:
    """Fired, pending or cleared, for a question of the pack that applies or may.

    ``applies`` is False where that is unknown. The value looked at is the answer's or, with a
    verified mitigation, the better of the answer's and the target's.
    """
    risks = risks_of(question)
    flagged = question["red_flag"]["options"]
    threshold = min(risks[option] for option in flagged)
    if any(risk >= threshold and option not in flagged for option, risk in risks.items()):
        raise ValueError(f"{question['id']}: red-flag options must be its worst options")
    possible = [risks[answer["option"]]] if answer["state"] == "answered" else [*risks.values()]
    if mitigation is not None and mitigation["status"] == "verified":
        possible = [min(value, mitigation["target"]) for value in possible]
    triggers = [value >= threshold for value in possible]
    if all(triggers) and applies:
        return "fired"
    return "pending" if any(triggers) else "cleared"


def acts_as(question: Question, state: str, tier: dict[str, int], end: str) -> str:
    """What a red flag does at one end: ``stop``, ``flag`` or ``nothing``.

    Fired ones act at every end, pending ones at the high end only.
    """
    if state == "cleared" or (state == "pending" and end != "high"):
        return "nothing"
    red_flag = question["red_flag"]
    if "stop_from_tier" in red_flag:
        return "stop" if tier[end] >= red_flag["stop_from_tier"] else "flag"
    return str(red_flag["class"])


def listed_under(question: Question, state: str, tier: dict[str, int]) -> tuple[str, str]:
    """The list in which a fired or pending red flag is named.

    Fired, but a stop at the high end only, it stands under stops, pending.
    """
    red_flag = question["red_flag"]
    if "stop_from_tier" not in red_flag:
        return ("stops" if red_flag["class"] == "stop" else "flags", state)
    if tier["high"] < red_flag["stop_from_tier"]:
        return ("flags", state)
    return ("stops", state if tier["low"] >= red_flag["stop_from_tier"] else "pending")


# ---------------------------------------------------------------------------------------------
# Bands, the decision, the whole
# ---------------------------------------------------------------------------------------------


class Case:
    """One line of answers read against one framework and pack.

    ``counted`` are the questions that are not out of the pack, not applicable or hidden: what
    else there is leaves everything below.
    """

    def __init__(self, framework: Document, line: Document, pack: str) -> None:
        as_of = date.fromisoformat(line["as_of"])
        self.framework, self.policy, self.pack = framework, framework["policy"], pack
        self.bands = [band["id"] for band in self.policy["bands"]]
        self.answers = read_answers(framework, line, as_of)
        self.mitigations = read_mitigations(framework, line, self.answers, as_of)
        self.applies = applicability(framework, self.answers)
        self.tier = impact_tiers(framework, self.answers, self.applies)
        members = pack_members(framework, pack)
        self.counted = {
            name: question
            for name, question in all_questions(framework).items()
            if name in members
            and self.answers[name]["state"] != "not_applicable"
            and self.applies[name] is not False
        }
        self.flag_states = {
            name: red_flag_state(
                question,
                self.answers[name],
                self.mitigations.get(name),
                applies=self.applies[name] is True,
            )
            for name, question in self.counted.items()
            if question.get("red_flag")
        }

    def flag_lists(self) -> dict[str, dict[str, list[str]]]:
        """Stops and flags, fired and pending, in reading order."""
        lists: dict[str, dict[str, list[str]]] = {
            "stops": {"fired": [], "pending": []},
            "flags": {"fired": [], "pending": []},
        }
        for name, state in self.flag_states.items():
            if state != "cleared":
                where, how = listed_under(self.counted[name], state, self.tier)
                lists[where][how].append(name)
        return lists

    def acting(self, end: str, among: dict[str, Question]) -> set[str]:
        """What the red flags of these questions do at one end."""
        return {
            acts_as(self.counted[name], state, self.tier, end)
            for name, state in self.flag_states.items()
            if name in among
        }

    def worst_band(self, several: list[str]) -> str:
        """The worst of several bands."""
        return max(several, key=self.bands.index)

    def inside(self, section: Document) -> dict[str, Question]:
        """The questions of one section that count."""
        return {n: q for n, q in self.counted.items() if q["section"] == section["id"]}


def section_entry(
    case: Case, section: Document, percentage: Callable[[Fraction], Any]
) -> dict[str, Any] | None:
    """Figures, bands and completeness of one section; None where nothing can apply."""
    inside = case.inside(section)
    if not inside:
        return None
    weights = {name: Fraction(question["weight"]) for name, question in inside.items()}
    figures = {
        name: figures_of(
            case.framework, question, case.answers[name], case.mitigations.get(name), case.tier
        )
        for name, question in inside.items()
    }
    ranges = {
        figure: score_range(
            [(weights[n], figures[n][figure]) for n in inside if case.applies[n] is True],
            [(weights[n], figures[n][figure]) for n in inside if case.applies[n] is None],
            Fraction(case.framework["scale_max"]),
        )
        for figure in FIGURES
    }
    band: dict[str, str] = {}
    for end in ENDS:
        score = ranges["residual"][end]
        band[end] = [b["id"] for b in case.policy["bands"] if score >= b["from"]][-1]
        if case.acting(end, inside) & {"stop", "flag"}:
            band[end] = case.worst_band([band[end], case.policy["flag_band"]])
    answered = sum((weights[n] for n in inside if not is_open(case.answers[n])), Fraction(0))
    entry: dict[str, Any] = {
        figure: {end: percentage(ranges[figure][end]) for end in ENDS} for figure in FIGURES
    }
    complete = percentage(100 * answered / sum(weights.values(), Fraction(0)))
    return {**entry, "band": band, "complete": complete}


def decide(case: Case, entries: list[dict[str, Any]]) -> dict[str, str]:
    """The decision at both ends, from the decisive sections that are scored.

    The table is consulted where the pack is enough for every possible tier; red flags raise it.
    """
    decision: dict[str, str] = {}
    for end, worst_of_none in (("low", case.bands[0]), ("high", case.bands[-1])):
        tiers = case.policy["tiers"]
        possible = tiers[case.tier["low"] - 1 : case.tier["high"]]
        if all(case.pack in tier["packs"] for tier in possible):
            worst = case.worst_band([entry["band"][end] for entry in entries] or [worst_of_none])
            reached = [tiers[case.tier[end] - 1]["decisions"][worst]]
        else:
            reached = ["proceed" if end == "low" else "do_not_proceed"]
        acting = case.acting(end, case.counted)
        if "flag" in acting:
            reached.append("escalate")
        if "stop" in acting:
            reached.append("do_not_proceed")
        decision[end] = max(reached, key=DECISIONS.index)
    return decision


def score(
    framework: Document,
    line: Document,
    pack: str = "full",
    percentage: Callable[[Fraction], Any] = percentage,
) -> dict[str, Any]:
    """Score one line of answers.

    ``percentage`` writes the percentages; handing in the identity keeps them exact.
    """
    case = Case(framework, line, pack)
    lists = case.flag_lists()
    sections = {
        section["id"]: section_entry(case, section, percentage)
        for section in framework["sections"]
        if section["role"] != "context"
    }

    def in_role(role: str) -> list[dict[str, Any]]:
        ids = [section["id"] for section in framework["sections"] if section["role"] == role]
        return [entry for name in ids if (entry := sections[name]) is not None]

    decision = decide(case, in_role("decisive"))
    recommendation = decision["low"] if decision["low"] == decision["high"] else "not_ready"
    certain = (
        case.applies[name] is True and question["role"] == "decisive"
        for name, question in case.counted.items()
    )
    if not any(certain):
        recommendation = "do_not_proceed" if lists["stops"]["fired"] else "not_ready"
    grave = case.bands[case.bands.index(framework["policy"]["flag_band"]) :]
    open_facts = [name for name in fact_options(framework) if is_open(case.answers[name])]
    return {
        "framework": framework["id"],
        "version": framework["version"],
        "pack": pack,
        "tier": case.tier,
        "sections": sections,
        "stops": lists["stops"],
        "flags": lists["flags"],
        "decision": decision,
        "recommendation": recommendation,
        "challenge": any(entry["band"]["low"] in grave for entry in in_role("challenge")),
        "open": [*open_facts, *(name for name in case.counted if is_open(case.answers[name]))],
    }
