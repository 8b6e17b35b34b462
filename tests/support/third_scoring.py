"""The method a third time, written from its description alone: a result as its file says it.

It was written without a look at the package or at the checker in an audit pack, so that a
misreading that those two share shows here. Plain dictionaries in and out.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import Any

Json = dict[str, Any]
ENDS = ("low", "central", "high")
ORDER = ("proceed", "conditions", "escalate", "do_not_proceed")
NEVER, MAYBE, SURELY = (
    0,
    1,
    2,
)  # how sure it is that a question applies, and the truth of a condition


def third_score(framework: Json, answers: Json, pack: str) -> Json:
    return _Scoring(framework, answers, pack).result()


class _Scoring:
    def __init__(self, framework: Json, answers: Json, pack: str) -> None:
        self.policy = framework["policy"]
        self.framework, self.pack = framework, pack
        self.as_of = answers["as_of"]
        self.stored = {key: _long(value) for key, value in answers.get("answers", {}).items()}
        self.mitigations = {one["question"]: one for one in answers.get("mitigations", ())}
        self.version = framework.get("method_version", 1)
        self.gates = [gate["id"] for gate in framework.get("gates", ())]
        self.gate = answers.get("gate", self.gates[-1] if self.gates else "")
        self.sections = framework["sections"]
        self.facts = {fact["id"]: fact for fact in framework.get("facts", ())}
        self.questions = {q["id"]: q for section in self.sections for q in section["questions"]}
        self.section_of = {
            q["id"]: section for section in self.sections for q in section["questions"]
        }
        self.truths: dict[str, int] = {}
        self.in_pack = self._members(pack)
        core = self.policy.get("core_pack") if self.version >= 2 else None
        self.core = self._members(core) if core else set()
        self.tiers = {end: self._tier(end) for end in ENDS}

    # what is asked, and whether it applies

    def _members(self, pack: str) -> set[str]:
        asked = next(one["questions"] for one in self.framework["packs"] if one["id"] == pack)
        if asked == "all":
            return set(self.questions)
        if asked == "core":
            return {key for key, q in self.questions.items() if q.get("core")}
        return set(asked)

    def _due(self, key: str) -> bool:
        if not self.gates or self.version < 2 or self.section_of[key]["role"] == "context":
            return True
        return self.gates.index(self.questions[key]["first_gate"]) <= self.gates.index(self.gate)

    def _shown(self, key: str) -> int:
        """How sure it is that a question applies, whatever the pack and the gate."""
        if key in self.facts:
            return SURELY
        if key not in self.truths:
            if self._state(key) == "not_applicable":
                self.truths[key] = NEVER
            else:
                whens = [self.section_of[key].get("when"), self.questions[key].get("when")]
                self.truths[key] = min(
                    (self._holds(when) for when in whens if when), default=SURELY
                )
        return self.truths[key]

    def _applies(self, key: str) -> int:
        return self._shown(key) if key in self.in_pack and self._due(key) else NEVER

    def _state(self, key: str) -> str:
        stored = self.stored.get(key)
        if not stored:
            return "unanswered"
        return str(stored.get("state", "answered"))

    def _open(self, key: str) -> bool:
        return self._state(key) in ("unanswered", "unknown", "withheld")

    def _holds(self, when: Json) -> int:
        if "any" in when:
            return max(self._holds(one) for one in when["any"])
        if "all" in when:
            return min(self._holds(one) for one in when["all"])
        if "never" in when:
            return NEVER
        if "not_in" in when:
            return SURELY - self._chosen(when["question"], when["not_in"])
        return self._chosen(when["question"], when["in"])

    def _chosen(self, key: str, wanted: list[str]) -> int:
        shown = self._shown(key)
        if shown == NEVER:
            return NEVER
        if self._open(key):
            options = {
                one["id"] for one in (self.facts.get(key) or self.questions[key])["options"]
            }
            truth = SURELY if options <= set(wanted) else MAYBE if options & set(wanted) else NEVER
        else:
            stored = self.stored[key]
            picked = stored.get("options", [stored.get("option")])
            truth = SURELY if set(picked) & set(wanted) else NEVER
        return min(shown, truth)

    # values

    def _risks(self, key: str) -> list[int]:
        return [option["risk"] for option in self.questions[key]["options"]]

    def _risk(self, key: str, option: str) -> int:
        return next(
            int(one["risk"]) for one in self.questions[key]["options"] if one["id"] == option
        )

    def _claimed(self, key: str, end: str) -> Fraction:
        if not self._open(key):
            return Fraction(self._risk(key, self.stored[key]["option"]))
        least, most = min(self._risks(key)), max(self._risks(key))
        state = self._state(key)
        if end == "low":
            return Fraction(least)
        if (
            end == "high"
            or state == "withheld"
            or (state == "unknown" and "red_flag" in self.questions[key])
        ):
            return Fraction(most)
        return least + (Fraction(1, 2) if state == "unanswered" else Fraction(3, 4)) * (
            most - least
        )

    def _inherent(self, key: str, end: str) -> Fraction:
        value = self._claimed(key, end)
        if self._open(key):
            return value
        grade = self.stored[key].get("evidence", "E0")
        if self.stored[key].get("valid_until", self.as_of) < self.as_of:
            grade = "E0"
        least = self._policy_of(self.tiers[end])["evidence_floor"][grade]
        return max(value, Fraction(min(least, max(self._risks(key)))))

    def _residual(self, key: str, end: str) -> Fraction:
        value = self._inherent(key, end)
        status, target = self._mitigation(key)
        if status == "verified":
            return min(value, Fraction(target))
        if status == "agreed":
            return min(
                value, max(Fraction(target), value - self.policy["agreed_mitigation_helps"])
            )
        return value

    def _mitigation(self, key: str) -> tuple[str, int]:
        one = self.mitigations.get(key)
        if one is None or (one["status"] == "agreed" and one["due"] < self.as_of):
            return "proposed", 0
        return one["status"], self._risk(key, one["target"])

    # section scores

    def _score(self, keys: list[str], figure: str, end: str) -> Fraction:
        value = {"claimed": self._claimed, "inherent": self._inherent, "residual": self._residual}[
            figure
        ]
        pairs = [
            (value(key, end), self.questions[key]["weight"], self._applies(key)) for key in keys
        ]
        certain = [(v, w) for v, w, sure in pairs if sure == SURELY]
        if not certain:
            return Fraction(0 if end == "low" else 100)
        total, weight = sum(v * w for v, w in certain), sum(w for _, w in certain)
        optional = sorted(((v, w) for v, w, sure in pairs if sure == MAYBE), reverse=end == "high")
        for v, w in optional if end != "central" else ():
            mean = Fraction(total) / weight
            if not (v > mean if end == "high" else v < mean):
                break
            total, weight = total + v * w, weight + w
        return 100 * Fraction(total) / (self.framework["scale_max"] * weight)

    def _figure(self, keys: list[str], figure: str, end: str) -> Fraction:
        whole = self._score(keys, figure, end)
        core = [key for key in keys if key in self.core]
        if any(self._applies(key) == SURELY for key in core):
            return max(whole, self._score(core, figure, end))
        if core and end == "high":
            value = {
                "claimed": self._claimed,
                "inherent": self._inherent,
                "residual": self._residual,
            }[figure]
            return max(
                whole, 100 * max(value(key, end) for key in core) / self.framework["scale_max"]
            )
        return whole

    def _counting(self, section: Json) -> list[str]:
        return [
            q["id"] for q in section["questions"] if _scored(q) and self._applies(q["id"]) != NEVER
        ]

    def _complete(self, section: Json) -> str:
        asked = [self.questions[key] for key in self._counting(section)]
        whole = sum(q["weight"] for q in asked)
        done = sum(q["weight"] for q in asked if not self._open(q["id"]))
        return _percent(Fraction(100 * done, whole) if whole else Fraction(0))

    def _band(self, score: Fraction) -> int:
        return max(
            place for place, band in enumerate(self.policy["bands"]) if score >= band["from"]
        )

    # the tier

    def _policy_of(self, tier: int) -> Json:
        return next(one for one in self.policy["tiers"] if one["tier"] == tier)  # type: ignore[no-any-return]

    def _tier(self, end: str) -> int:
        rule = self.policy["tier_rule"]
        facts = sorted(_named(rule.get("adjustments", [])) & set(self.facts))
        points = [self._points(rule, end, dict(case)) for case in self._cases(facts)]
        reached = min(points) if end == "low" else max(points)
        return int(
            max(one["tier"] for one in self.policy["tiers"] if reached >= one.get("from", reached))
        )

    def _cases(self, facts: list[str]) -> list[list[tuple[str, str]]]:
        cases: list[list[tuple[str, str]]] = [[]]
        for fact in facts:
            given = (
                [one["id"] for one in self.facts[fact]["options"]] if self._open(fact) else None
            )
            picks = given or [self.stored[fact]["option"]]
            cases = [[*case, (fact, pick)] for case in cases for pick in picks]
        return cases

    def _points(self, rule: Json, end: str, facts: dict[str, str]) -> int:
        points = max(
            self._context(one["question"], end) - one.get("subtract", 0) for one in rule["base"]
        )
        for step in rule.get("adjustments", ()):
            if self._step(step["when"], end, facts):
                points += step["add"]
        return points

    def _context(self, key: str, end: str) -> int:
        shown = self._shown(key)
        if shown == NEVER or (shown == MAYBE and end == "low"):
            return 0
        return ceil(self._claimed(key, end))

    def _step(self, when: Json, end: str, facts: dict[str, str]) -> bool:
        if "any" in when:
            return any(self._step(one, end, facts) for one in when["any"])
        if "all" in when:
            return all(self._step(one, end, facts) for one in when["all"])
        if "in" in when:
            return facts[when["question"]] in when["in"]
        if "not_in" in when:
            return facts[when["question"]] not in when["not_in"]
        risk = self._context(when["question"], end)
        return bool(when.get("risk_at_least", risk) <= risk <= when.get("risk_at_most", risk))

    # red flags

    def _triggered(self, key: str) -> str:
        if self._applies(key) == NEVER:
            return "cleared"
        status, target = self._mitigation(key)
        possible = self._risks(key) if self._open(key) else [int(self._claimed(key, "low"))]
        if status == "verified":
            possible = [min(value, target) for value in possible]
        triggers = {
            self._risk(key, option) for option in self.questions[key]["red_flag"]["options"]
        }
        hits = [value in triggers for value in possible]
        if all(hits) and self._applies(key) == SURELY:
            return "fired"
        return "pending" if any(hits) else "cleared"

    def _flags(self) -> list[tuple[str, str, str, dict[str, str]]]:
        """Each red flag that does anything: question, class, list, and what it is at each end."""
        found = []
        for key, question in self.questions.items():
            flag = question.get("red_flag")
            how = self._triggered(key) if flag else "cleared"
            starts = flag.get("from_tier", 1) if flag else 1
            if how == "cleared" or self.tiers["high"] < starts:
                continue
            stop_from = flag.get("stop_from_tier", 1) if flag["class"] == "stop" else 99
            acts = {}
            for end in ENDS if how == "fired" else ("high",):
                if self.tiers[end] >= starts:
                    acts[end] = "stop" if self.tiers[end] >= stop_from else "flag"
            kind = acts["high"]
            listed = "fired" if acts.get("low") == kind else "pending"
            found.append((key, kind, listed, acts))
        return found

    # the result

    def result(self) -> Json:
        flags = self._flags()
        sections: Json = {}
        bands: dict[str, Json] = {}
        for section in self.sections:
            if section["role"] == "context":
                continue
            keys = self._counting(section)
            if not keys:
                sections[section["id"]] = None
                continue
            figures = {
                figure: {end: self._figure(keys, figure, end) for end in ENDS}
                for figure in ("claimed", "inherent", "residual")
            }
            band = {
                end: self._raised(figures["residual"][end], end, section, flags) for end in ENDS
            }
            bands[section["id"]] = band
            named = {end: self.policy["bands"][band[end]]["id"] for end in ENDS}
            texts = {
                name: {end: _percent(v) for end, v in one.items()} for name, one in figures.items()
            }
            sections[section["id"]] = texts | {"band": named, "complete": self._complete(section)}
        low, high = self._decision("low", bands, flags), self._decision("high", bands, flags)
        stops = _lists(flags, "stop")
        settled = low == high and (self._something_decisive() or stops["fired"] != [])
        high_band = self._place(self.policy["flag_band"])
        whens = [part.get("when") for part in (*self.sections, *self.questions.values())]
        rested = _named(whens) if self.version >= 2 else set()
        result = {
            "framework": self.framework["id"],
            "version": self.framework["version"],
            "pack": self.pack,
            "tier": self.tiers,
            "sections": sections,
            "stops": stops,
            "flags": _lists(flags, "flag"),
            "decision": {"low": low, "high": high},
            "recommendation": low if settled else "not_ready",
            "challenge": any(
                section["role"] == "challenge"
                and bands.get(section["id"], {"low": -1})["low"] >= high_band
                for section in self.sections
            ),
            "open": [key for key in self.facts if self._open(key)]
            + [
                key
                for key, q in self.questions.items()
                if (_scored(q) or key in rested)
                and self._applies(key) != NEVER
                and self._open(key)
            ],
        }
        if self.version >= 2:
            late = [key for key in self.questions if key in self.in_pack and not self._due(key)]
            result |= {"method_version": self.version, "gate": self.gate, "not_due": late}
        return result

    def _place(self, band: str) -> int:
        return next(place for place, one in enumerate(self.policy["bands"]) if one["id"] == band)

    def _raised(self, score: Fraction, end: str, section: Json, flags: list[Any]) -> int:
        ids = {q["id"] for q in section["questions"]}
        raised = any(key in ids and end in acts for key, _, _, acts in flags)
        return max(self._band(score), self._place(self.policy["flag_band"]) if raised else 0)

    def _something_decisive(self) -> bool:
        return any(
            self._applies(key) == SURELY
            for section in self.sections
            if section["role"] == "decisive"
            for key in self._counting(section)
        )

    def _decision(self, end: str, bands: dict[str, Json], flags: list[Any]) -> str:
        if self.pack in self._policy_of(self.tiers["high"])["packs"]:
            decisive = [
                s["id"] for s in self.sections if s["role"] == "decisive" and s["id"] in bands
            ]
            none = 0 if end == "low" else len(self.policy["bands"]) - 1
            worst = max((bands[key][end] for key in decisive), default=none)
            table = self._policy_of(self.tiers[end])["decisions"]
            decision = ORDER.index(table[self.policy["bands"][worst]["id"]])
        else:
            decision = 0 if end == "low" else 3
        for _, _, _, acts in flags:
            decision = max(decision, {"stop": 3, "flag": 2}.get(acts.get(end, ""), 0))
        return ORDER[decision]


def _long(answer: Any) -> Json:
    if isinstance(answer, str):
        return {"option": answer}
    return {"options": answer} if isinstance(answer, list) else answer


def _scored(question: Json) -> bool:
    return question.get("type", "single") == "single"


def _named(steps: Any) -> set[str]:
    if isinstance(steps, list):
        return set().union(*map(_named, steps))
    if isinstance(steps, dict):
        own = {steps["question"]} if "question" in steps else set()
        return own.union(*(_named(value) for value in steps.values()))
    return set()


def _lists(flags: list[Any], kind: str) -> Json:
    return {
        name: [key for key, one, listed, _ in flags if one == kind and listed == name]
        for name in ("fired", "pending")
    }


def _percent(value: Fraction) -> str:
    tenths = floor(value * 10 + Fraction(1, 2))
    return f"{tenths // 10}.{tenths % 10}"
