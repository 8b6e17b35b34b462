"""The laws of the method, tried on answers and frameworks drawn by chance.

The fourth is the promise the product makes: a recommendation is given only where no way of
answering what is still open could change it.
"""

from copy import deepcopy
from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings

from procurement_risk.assessment import Answer, Assessment, Purchase, Supplier
from procurement_risk.assessment.answers import check_answers
from procurement_risk.assessment.record import make_record, read_record, verify_record
from procurement_risk.framework import DECISIONS, GRADES
from procurement_risk.framework.document import framework_from_document
from procurement_risk.methods import score_to_document
from procurement_risk.methods.unasked import unasked
from procurement_risk.methods.weakest_section import output, score
from tests.support.answer_sets import (
    CORE,
    agreed,
    core_document,
    every_completion,
    open_names,
    proposed,
    random_answers,
    random_completion,
    rngs,
    seeded_rngs,
    state_of,
    taken_as_valid,
    varied_answers,
    verified,
    with_answers,
    with_few_completions,
)
from tests.support.reference_scoring import (
    FIGURES,
    may_be_not_applicable,
    named_by_conditions,
    named_by_tier_rule,
    option_ids,
)
from tests.support.small_frameworks import (
    at_a_gate,
    by_version_2,
    random_framework,
    resting_on_many,
)

CORE_DOCUMENT = core_document()
PACKS = [pack.id for pack in CORE.packs]
LATER = by_version_2(Random(2), CORE_DOCUMENT)
CORES = {1: (CORE_DOCUMENT, CORE), 2: (LATER, framework_from_document(LATER))}
ENDS = ("low", "central", "high")


by_version = pytest.mark.parametrize("version", [1, 2])


def examples(number):
    """Settings for ``number`` examples, the same ones in every run."""
    return settings(
        max_examples=number,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


def core_case(rng, version=1):
    """The core framework with answers in one of its packs, as (document, line, scored)."""
    document, framework = CORES[version]
    line = at_a_gate(rng, document, varied_answers(rng, document))
    return document, line, scorer(framework, rng.choice([*PACKS, "full", "full"]))


def small_case(rng, version=1):
    """A small framework with answers in one of its packs, as (document, line, scored)."""
    document = random_framework(rng, p_red_flag=rng.choice([0, 0.1, 0.4]))
    pack = rng.choice(["full", "full", "core", "some"])
    if version == 2:
        document = by_version_2(rng, document)
    line = at_a_gate(rng, document, varied_answers(rng, document))
    return document, line, scorer(framework_from_document(document), pack)


def any_case(rng, version=1):
    """Mostly a small case, one time in four one of the core framework."""
    return core_case(rng, version) if rng.randint(1, 4) == 1 else small_case(rng, version)


def scorer(framework, pack):
    """What scores a line of answers: the first one is checked, and those made of it are like it.

    Checking all of them takes longer than scoring them.
    """
    first = []

    def scored(line):
        answers = taken_as_valid(framework, line, pack)
        if not first:
            assert answers == check_answers(framework, line, pack)
            first.append(line)
        return score(framework, answers)

    return scored


def ranks(result):
    """Everything a worse answer may only raise, by what and at which end."""
    bands = [band.id for band in result.framework.policy.bands]
    found = {
        ("decision", "low"): DECISIONS.index(result.decision_low),
        ("decision", "high"): DECISIONS.index(result.decision_high),
        ("challenge",): result.challenge,
    }
    for end in ENDS:
        found["tier", end] = getattr(result.tier, end)
    for name, section in result.sections.items():
        for end in ENDS if section is not None else ():
            found[name, "band", end] = bands.index(getattr(section.band, end))
            for figure in FIGURES:
                found[name, figure, end] = getattr(getattr(section, figure), end)
    return found


def lowered(before, after):
    """What is lower in ``after`` than in ``before``; both rest on the same questions."""
    old, new = ranks(before), ranks(after)

    assert old.keys() == new.keys()
    return [what for what in old if new[what] < old[what]]


def escapes(outer, inner):
    """What in ``inner``, in which more is answered, lies outside the ranges of ``outer``."""
    old, new = ranks(outer), ranks(inner)
    found = [what for what in new if what not in old]
    for what in old:
        if what in new and what[-1] == "low" and new[what] < old[what]:
            found.append(what)
        if what in new and what[-1] == "high" and new[what] > old[what]:
            found.append(what)
    if outer.recommendation not in ("not_ready", inner.recommendation):
        found.append((outer.recommendation, inner.recommendation))
    if outer.challenge and not inner.challenge:
        found.append("challenge")
    if not {*outer.red_flags.stops_fired} <= {*inner.red_flags.stops_fired}:
        found.append("a fired stop")
    return found


def unnamed(document):
    """The questions that no condition and no tier rule names."""
    facts = {fact["id"] for fact in document["facts"]}
    named = named_by_conditions(document) | named_by_tier_rule(document) | facts
    return [name for name in option_ids(document) if name not in named]


# --- 1. Order -----------------------------------------------------------------------------------


def check_order(result):
    assert result.tier.low <= result.tier.central <= result.tier.high
    assert DECISIONS.index(result.decision_low) <= DECISIONS.index(result.decision_high)
    for section in filter(None, result.sections.values()):
        for figure in FIGURES:
            value = getattr(section, figure)
            assert 0 <= value.low <= value.high <= 100
            assert not section.has_mandatory or value.low <= value.central <= value.high
        for end in ENDS:
            assert getattr(section.claimed, end) <= getattr(section.inherent, end)
            assert getattr(section.residual, end) <= getattr(section.inherent, end)


@by_version
@examples(24)
@given(seeded_rngs())
def test_figures_are_in_order(version, rng):
    """low ≤ central ≤ high; claimed ≤ inherent; residual ≤ inherent."""
    _, line, scored = core_case(rng, version)

    check_order(scored(line))


@by_version
@examples(90)
@given(seeded_rngs())
def test_figures_are_in_order_in_small_frameworks(version, rng):
    """The same, where whole sections may apply or not."""
    _, line, scored = small_case(rng, version)

    check_order(scored(line))


# --- 2. A worse option --------------------------------------------------------------------------


def worsened(rng, document, line):
    """The line with one answer, on which nothing rests, one option worse, or None."""
    options = option_ids(document)
    steps = [
        (name, worse)
        for name in unnamed(document)
        for better, worse in pairwise(options[name])
        if state_of(line["answers"].get(name)) == "answered"
        and option_of(line["answers"][name]) == better
    ]
    if not steps:
        return None
    name, worse = rng.choice(steps)
    given_before = line["answers"][name]
    kept = {} if isinstance(given_before, str) else given_before
    return {**line, "answers": {**line["answers"], name: {**kept, "option": worse}}}


def option_of(given_answer):
    return given_answer if isinstance(given_answer, str) else given_answer["option"]


@by_version
@examples(90)
@given(seeded_rngs())
def test_a_worse_option_never_lowers_anything(version, rng):
    """No score, band or decision falls, whatever the evidence and the mitigation."""
    document, line, scored = any_case(rng, version)
    worse = worsened(rng, document, line)

    assert worse is None or lowered(scored(line), scored(worse)) == []


# --- 3. Evidence and mitigations ----------------------------------------------------------------


@by_version
@examples(90)
@given(seeded_rngs())
def test_better_evidence_never_raises_anything(version, rng):
    """One answer at each grade in turn, E4 first: nothing falls on the way to E0."""
    document, line, scored = any_case(rng, version)
    answered = [name for name in unnamed(document) if name in line["answers"]]
    answered = [name for name in answered if state_of(line["answers"][name]) == "answered"]
    if answered:
        name = rng.choice(answered)
        option = option_of(line["answers"][name])
        results = [scored(with_answers(line, {name: option}, grade)) for grade in reversed(GRADES)]

        assert [lowered(better, worse) for better, worse in pairwise(results)] == [[]] * 4


@by_version
@examples(90)
@given(seeded_rngs())
def test_a_mitigation_never_raises_anything(version, rng):
    """Verified, agreed, proposed, none: each step may only raise what is left."""
    document, line, scored = any_case(rng, version)
    facts = {fact["id"] for fact in document["facts"]}
    able = [
        name
        for name in option_ids(document)
        if name not in facts and state_of(line["answers"].get(name)) != "not_applicable"
    ]
    name = rng.choice(able)
    target = rng.choice(option_ids(document)[name])
    others = [m for m in line["mitigations"] if m["question"] != name]
    results = [
        scored({**line, "mitigations": others + own})
        for own in (
            [verified(name, target)],
            [agreed(name, target)],
            [proposed(name, target)],
            [],
        )
    ]

    assert [lowered(better, worse) for better, worse in pairwise(results)] == [[]] * 3
    assert ranks(results[2]) == ranks(results[3])


# --- 4. Completions -----------------------------------------------------------------------------


def small_open_case(rng, most, version=1):
    """A small framework with answers that have at most ``most`` completions."""
    document, line, scored = small_case(rng, version)
    return document, with_few_completions(rng, document, line, most), scored


@by_version
@examples(150)
@given(rngs())
def test_every_completion_lies_inside_the_range(version, rng):
    """Small frameworks, every single completion of open questions and facts, at E4 and at E0.

    A settled recommendation is the recommendation of each of them, and nothing is open then.
    """
    document, line, scored = small_open_case(rng, 40, version)
    result = scored(line)

    for grade in ("E4", "E0"):
        for complete in every_completion(document, line, grade):
            completed = scored(complete)
            assert escapes(result, completed) == []
            assert completed.open == ()


@by_version
@examples(36)
@given(seeded_rngs())
def test_completions_of_the_core_framework_lie_inside_the_range(version, rng):
    """Some of its very many completions: evenly drawn, all at their best, all at their worst."""
    document, line, scored = core_case(rng, version)
    result = scored(line)

    for grade in ("E4", "E0"):
        for lean in (0, 1, -1):
            completed = scored(random_completion(rng, document, line, grade, lean))
            assert escapes(result, completed) == []
            assert completed.open == ()


def case_with_several_choices(rng, version):
    """A small framework in which conditions rest on a question of several choices, nearly done."""
    document = resting_on_many(rng, random_framework(rng, p_red_flag=rng.choice([0, 0.1])))
    if version == 2:
        document = by_version_2(rng, document)
    line = random_answers(rng, document, p_open=rng.choice([0, 0.05]), p_worst=0)
    line["answers"].pop("MANY", None)
    line["mitigations"] = [each for each in line["mitigations"] if each["question"] != "MANY"]
    if rng.random() < 0.3:
        line["answers"]["MANY"] = {"options": rng.sample("abc", rng.randint(1, 2))}
    scored = scorer(framework_from_document(document), rng.choice(["full", "full", "some"]))
    return scored(at_a_gate(rng, document, line))


def nothing_decides(result):
    """Whether no decisive question that is asked and scored can apply, whatever is answered."""
    decisive = [s for s in result.framework.sections if s.role == "decisive"]
    asked = (q for section in decisive for q in section.questions if q.type == "single")
    return not any(result.counts(q.id) for q in asked)


@by_version
@examples(80)
@given(seeded_rngs())
def test_what_is_not_ready_names_what_to_answer(version, rng):
    """What is open; what is open and not asked; a larger pack; or that nothing here decides."""
    result = case_with_several_choices(rng, version)

    if result.recommendation == "not_ready":
        named = result.open or unasked(result) or result.larger_pack
        assert named or nothing_decides(result)
    if version == 1:
        said = output(result)["open"]
        assert said == [name for name in result.open if name != "MANY"]


def nearly_settled(rng):
    """Answers to the core framework that leave a little open and mostly settle the result."""
    return random_answers(
        rng,
        CORE_DOCUMENT,
        p_open=rng.choice([0.005, 0.01, 0.02]),
        p_mitigation=rng.choice([0, 0.2]),
        p_worst=0,
        lean=rng.choice([0.7, 0.8, 0.9, 1]),
    )


@examples(36)
@given(seeded_rngs())
def test_settled_recommendations_of_the_core_framework_stand(rng):
    """Little is open: where the tool commits itself, no completion says otherwise."""
    line, scored = nearly_settled(rng), scorer(CORE, "full")
    result = scored(line)
    if result.recommendation != "not_ready":
        for grade in ("E4", "E0"):
            completed = scored(random_completion(rng, CORE_DOCUMENT, line, grade))
            assert completed.recommendation == result.recommendation


def test_the_tests_of_completions_meet_settled_open_results():
    """Guards the tests above: with something open, each decision is reached as settled."""
    settled = set()
    for seed in range(400):
        _, line, scored = small_open_case(Random(seed), most=40)
        result = scored(line)
        if result.open:
            settled.add(result.recommendation)

    assert settled == {*DECISIONS, "not_ready"}


# --- 5. One more answer -------------------------------------------------------------------------


@by_version
@examples(120)
@given(seeded_rngs())
def test_one_more_answer_never_widens_a_range(version, rng):
    """Any option of any open question or fact, at any grade."""
    document, line, scored = any_case(rng, version)
    names = open_names(document, line)
    if names:
        name = rng.choice(names)
        option = rng.choice(option_ids(document)[name])
        answered = with_answers(line, {name: option}, rng.choice(GRADES))

        assert escapes(scored(line), scored(answered)) == []


# --- 6. Weights and order -----------------------------------------------------------------------


def shuffled(rng, document, line):
    """The same framework and answers with weights multiplied and every free order changed.

    Bands, tiers and options are listed from best to worst, and have no other order.
    """
    document, factor = deepcopy(document), rng.randint(2, 7)
    rng.shuffle(document["sections"])
    rng.shuffle(document["facts"])
    rng.shuffle(document["packs"])
    for section in document["sections"]:
        rng.shuffle(section["questions"])
        for question in section["questions"]:
            question["weight"] *= factor
            for kind in ("any", "all"):
                rng.shuffle(question.get("when", {}).get(kind, []))
    names = rng.sample([*line["answers"]], len(line["answers"]))
    mitigations = rng.sample(line["mitigations"], len(line["mitigations"]))
    answers = {name: line["answers"][name] for name in names}
    return document, {**line, "answers": answers, "mitigations": mitigations}


def unordered(result):
    """The output with its lists sorted."""
    found = output(result)
    for kind in ("stops", "flags"):
        found[kind] = {state: sorted(names) for state, names in found[kind].items()}
    not_due = {"not_due": sorted(found["not_due"])} if "not_due" in found else {}
    return {**found, "open": sorted(found["open"]), **not_due}


@by_version
@examples(60)
@given(seeded_rngs())
def test_only_proportions_count_and_no_order_does(version, rng):
    """All weights times the same number, and everything listed otherwise: the same result."""
    document, line, scored = any_case(rng, version)
    result = scored(line)
    other_document, other_line = shuffled(rng, document, line)
    other = scorer(framework_from_document(other_document), result.answer_set.pack)

    assert unordered(other(other_line)) == unordered(result)


# --- 7. What weights and absent questions do not do ---------------------------------------------


@by_version
@examples(60)
@given(seeded_rngs())
def test_stops_ignore_weights(version, rng):
    """With other weights the tier, the stops, the flags and what is open stay the same."""
    document, line, scored = small_case(rng, version)
    result = scored(line)
    other = deepcopy(document)
    for section in other["sections"]:
        for question in section["questions"]:
            question["weight"] = rng.randint(1, 9)
    again = scorer(framework_from_document(other), result.answer_set.pack)(line)

    assert (again.tier, again.red_flags, again.open) == (
        result.tier,
        result.red_flags,
        result.open,
    )


def without_question(document, line, name):
    """Framework and answers as if ``name`` had never been asked."""
    document = deepcopy(document)
    for section in document["sections"]:
        section["questions"] = [q for q in section["questions"] if q["id"] != name]
    for pack in document["packs"]:
        if isinstance(pack["questions"], list):
            pack["questions"] = [n for n in pack["questions"] if n != name]
    return document, {
        **line,
        "answers": {n: a for n, a in line["answers"].items() if n != name},
        "mitigations": [m for m in line["mitigations"] if m["question"] != name],
    }


@by_version
@examples(72)
@given(seeded_rngs())
def test_not_applicable_equals_deleting_the_question(version, rng):
    """Nothing but the framework itself tells the two apart."""
    document, line, scored = any_case(rng, version)
    counting = {m["question"] for m in line["mitigations"] if m["status"] != "proposed"}
    able = sorted(may_be_not_applicable(document) - counting)
    if able:
        name = rng.choice(able)
        declared = {"state": "not_applicable", "reason": "Does not arise"}
        marked = scored({**line, "answers": {**line["answers"], name: declared}})
        smaller, rest = without_question(document, line, name)
        deleted = scorer(framework_from_document(smaller), marked.answer_set.pack)

        expected = output(marked)
        if version == 2:  # it is still named among those whose gate has not come
            expected["not_due"] = [each for each in expected["not_due"] if each != name]
        assert output(deleted(rest)) == expected


# --- 8. Everything alike ------------------------------------------------------------------------


def alike(rng, document, risk):
    """Every question answered at ``risk`` and E4, or by chance where no option has that risk."""
    answers = {}
    for fact in document["facts"]:
        answers[fact["id"]] = rng.choice(fact["options"])["id"]
    for section in document["sections"]:
        for question in section["questions"]:
            fitting = [o["id"] for o in question["options"] if o["risk"] == risk]
            option = rng.choice(fitting or [o["id"] for o in question["options"]])
            answers[question["id"]] = {"option": option, "evidence": "E4"}
    return {"as_of": "2026-11-23", "answers": answers}


@pytest.mark.parametrize("risk", range(5))
@examples(15)
@given(seeded_rngs())
def test_a_section_answered_alike_scores_just_that(risk, rng):
    """Every question that counts has the risk value v of 4: the score is 25 · v."""
    line = alike(rng, CORE_DOCUMENT, risk)

    for pack in PACKS:
        result = score(CORE, check_answers(CORE, line, pack))
        for section in filter(None, result.sections.values()):
            chosen = {
                value.question.option(result.answer_set.answers[value.question.id].option).risk
                for value in section.values
            }
            if chosen == {risk}:
                for figure in FIGURES:
                    value = getattr(section, figure)
                    assert value.low == value.central == value.high == 25 * risk


# --- 9. Records ---------------------------------------------------------------------------------


@by_version
@examples(15)
@given(seeded_rngs())
def test_a_record_read_back_and_scored_gives_the_same_bytes(version, rng):
    """Nothing the score rests on is lost on the way out and back."""
    document, line, scored = any_case(rng, version)
    result = scored(line)
    assessment = Assessment(
        id="trial",
        purchase=Purchase(id="trial", title="A trial", buyer="A council"),
        supplier=Supplier(name="A supplier"),
        answer_set=result.answer_set,
    )
    framework = replace(result.framework, document=document)
    data = make_record(assessment, framework, output(result), "tests")

    record = read_record(data, score_to_document)
    again = score_to_document(record.framework, record.assessment.answer_set)

    assert verify_record(data, score_to_document) == []
    assert make_record(record.assessment, record.framework, again, "tests") == data


# --- 10. Gates, and questions beyond the core ---------------------------------------------------


@examples(90)
@given(seeded_rngs())
def test_moving_to_a_later_gate_only_adds_questions(rng):
    """What was asked, open or listed still is, no answer is lost, and the tier stays."""
    document, line, scored = any_case(rng, 2)
    order = [gate["id"] for gate in document["gates"]]
    one, other = sorted((rng.choice(order), rng.choice(order)), key=order.index)
    early, late = scored({**line, "gate": one}), scored({**line, "gate": other})

    assert {*late.not_due} <= {*early.not_due}
    assert {*early.open} <= {*late.open}
    for kind in ("stops_fired", "stops_pending", "flags_fired", "flags_pending", "acting"):
        assert {*getattr(early.red_flags, kind)} <= {*getattr(late.red_flags, kind)}
    assert (early.tier, early.applies) == (late.tier, late.applies)
    assert early.answer_set.answers == late.answer_set.answers
    for name, section in early.sections.items():
        if section is not None:
            asked = {value.question.id for value in section.values}
            assert asked <= {value.question.id for value in late.sections[name].values}


@examples(60)
@given(seeded_rngs())
def test_the_gate_that_is_not_named_is_the_last(rng):
    document, line, scored = any_case(rng, 2)
    line = {name: value for name, value in line.items() if name != "gate"}
    last = document["gates"][-1]["id"]

    assert output(scored(line)) == output(scored({**line, "gate": last}))
    assert scored(line).not_due == ()


@examples(90)
@given(seeded_rngs())
def test_more_questions_never_look_better_than_the_core_alone(rng):
    """A section in which something core is certain is never milder than in the core pack."""
    document, line, scored = any_case(rng, 2)
    pack = document["policy"].get("core_pack")
    if pack is None:
        return
    alone, whole = scorer(scored(line).framework, pack)(line), scored(line)
    in_core = {name for name in option_ids(document) if alone.in_pack(name)}
    for name, section in whole.sections.items():
        core = section and [v for v in section.values if v.question.id in in_core]
        if core and any(v.mandatory for v in core):
            left = alone.sections[name]
            if {v.question.id for v in left.values} == {v.question.id for v in core}:
                for end in ENDS:
                    assert getattr(section.residual, end) >= getattr(left.residual, end)


def test_the_laws_of_version_2_meet_all_that_it_adds():
    """Guards the tests above: something not due, the core worse than all, pending by its tier."""
    met = {"not due": 0, "core counts": 0, "pending by tier": 0, "counts in the middle": 0}
    for seed in range(300):
        _, line, scored = small_case(Random(seed), 2)
        result = scored(line)
        met["not due"] += bool(result.not_due)
        met["counts in the middle"] += bool(result.red_flags.central)
        for question in result.framework.questions():
            flag = question.red_flag
            is_pending = question.id in result.red_flags.flags_pending
            chosen = result.answer_set.answers.get(question.id)
            fires = flag and chosen and chosen.option in flag.options
            met["pending by tier"] += bool(is_pending and fires)
        for section in filter(None, result.sections.values()):
            rest = [v for v in section.values if v.question.id in section.core]
            met["core counts"] += 0 < len(rest) < len(section.values)

    assert min(met.values()) >= 3, met


# --- 11. Tried one after the other --------------------------------------------------------------


@by_version
@examples(60)
@given(seeded_rngs())
def test_a_result_nearby_saves_work_and_changes_nothing(version, rng):
    """One answer is another; so is the day, or what is to be done, in one case of four each."""
    document, line, scored = any_case(rng, version)
    near = scored(line)
    name = rng.choice([*option_ids(document)])
    option = Answer(options=(rng.choice(option_ids(document)[name]),), evidence=rng.choice(GRADES))
    changed = replace(near.answer_set, answers={**near.answer_set.answers, name: option})
    other = rng.choice([{}, {}, {"as_of": "2031-01-01"}, {"mitigations": ()}])

    assert score(near.framework, replace(changed, **other), near) == score(
        near.framework, replace(changed, **other)
    )


def test_sections_with_the_same_answers_are_taken_over():
    """Guards the law above: of a result nearby most is, where nothing else differs."""
    answers = check_answers(CORE, random_answers(Random(1), CORE_DOCUMENT))
    near = score(CORE, answers)
    name = next(q.id for q in CORE.section("TR").questions if not q.red_flag)
    changed = replace(answers, answers={**answers.answers, name: Answer(state="unknown")})

    again = score(CORE, changed, near)
    other_day = score(CORE, replace(answers, as_of="2031-01-01"), near)

    taken = {each for each in near.sections if again.sections[each] is near.sections[each]}
    assert len(taken) == len(near.sections) - 1 > 5
    assert "TR" not in taken
    assert not any(other_day.sections[each] is near.sections[each] for each in near.sections)
