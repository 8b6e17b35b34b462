"""The numbers in ``docs/methodology.md`` are those of the core framework and of the program."""

import re
from fractions import Fraction

import pytest

from procurement_risk.assessment.answers import check_answers
from procurement_risk.framework.document import framework_from_document
from procurement_risk.methods import impact_mitigation, impact_points
from procurement_risk.methods.weakest_section import output, score
from tests.support.answer_sets import AS_OF, CORE, agreed
from tests.support.places import ROOT
from tests.support.small_frameworks import question, section, small_framework

DOCS = ROOT / "docs"
TEXT = (DOCS / "methodology.md").read_text("utf-8")
ROLES = {"Data": "decisive", "Lock-in": "decisive", "Value": "challenge"}
TIERS = ("I", "II", "III", "IV")
COUNTING = TEXT[TEXT.index("## The other method") :]


def table_after(mark):
    """The rows of the first table after ``mark``, each as a dict by its column's title."""
    lines = TEXT[TEXT.index(mark) :].split("\n")
    start = next(n for n, line in enumerate(lines) if line.startswith("|"))
    rows = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return [dict(zip(rows[0], row, strict=True)) for row in rows[2:]]


def example(name):
    return table_after(f"**Table: {name}**")


def framework():
    """The framework of the worked example, from its table of questions."""
    questions = {title: [] for title in ROLES}
    for row in example("questions"):
        rest = {"weight": int(row["Weight"])}
        if row["Asked if"] == "the supplier hosts it":
            rest["when"] = {"question": "hosted", "in": ["yes"]}
        if flag := re.fullmatch(r"flag on ([a-e])", row["Red flag"]):
            rest["red_flag"] = {"options": [flag[1]], "class": "flag"}
        questions[row["Section"]].append(question(row["Question"], **rest))
    sections = (section(title, ROLES[title], *asked) for title, asked in questions.items())
    document = small_framework(*sections, facts=("hosted",))
    document["sections"][0]["questions"][0]["id"] = "C-1"
    document["policy"]["tier_rule"]["base"] = [{"question": "C-1"}]
    return framework_from_document(document)


def scored(later=()):
    """The worked example scored from its table of answers, with ``later`` answers on top."""
    answers = {"C-1": {"option": "d", "evidence": "E4"}}
    mitigations = []
    for row in example("answers"):
        known = row["Answer"] in ("a", "b", "c", "d", "e")
        answers[row["Question"]] = (
            {"option": row["Answer"], "evidence": row["Evidence"]}
            if known
            else {"state": row["Answer"]}
        )
        if target := re.fullmatch(r"agreed, target ([a-e])", row["Mitigation"]):
            mitigations.append(agreed(row["Question"], target[1]))
    line = {"as_of": AS_OF, "answers": {**answers, **dict(later)}, "mitigations": mitigations}
    asked = framework()
    return score(asked, check_answers(asked, line))


def three(figure):
    return f"{figure['low']} / {figure['central']} / {figure['high']}"


def test_points_of_each_question():
    """Step 1: claimed, inherent and residual, low / middle / high."""
    found = [
        {
            "Question": value.question.id,
            "Claimed": points(value.claimed),
            "Inherent": points(value.inherent),
            "Residual": points(value.residual),
        }
        for part in scored().sections.values()
        for value in part.values
    ]

    assert example("points") == found


def points(quarters):
    return " / ".join(str(value // 4) for value in quarters)


def test_scores_of_each_section():
    """Step 2: the three figures, the band and how complete it is."""
    found = [
        {
            "Section": title,
            "Claimed": three(entry["claimed"]),
            "Inherent": three(entry["inherent"]),
            "Residual": three(entry["residual"]),
            "Band": three(entry["band"]),
            "Complete": entry["complete"],
        }
        for title, entry in output(scored())["sections"].items()
    ]

    assert example("sections") == found


@pytest.mark.parametrize(
    ("name", "later"),
    [
        ("before", {}),
        ("after", {"L-2": {"option": "b", "evidence": "E3"}, "hosted": {"option": "no"}}),
    ],
)
def test_the_decision_before_and_after(name, later):
    """Steps 3 and 4: both ends, what is pending and what is open."""
    found = output(scored(later))

    assert example(name) == [
        {
            "Low": found["decision"]["low"].replace("_", " "),
            "High": found["decision"]["high"].replace("_", " "),
            "Recommendation": found["recommendation"].replace("_", " "),
            "Flags pending": ", ".join(found["flags"]["pending"]) or "none",
            "Challenge": "yes" if found["challenge"] else "no",
            "Open": ", ".join(found["open"]) or "none",
        }
    ]


def test_every_sum_in_the_text_is_right():
    """Each "… = 13, and 100 × 13 ÷ 40 = 32.5" and each "4 × 10 = 40", worked out again."""
    example_text = TEXT[TEXT.index("## A worked example") : TEXT.index("## The other method")]
    products = re.findall(r"((?:\d+ × \d+(?: \+ )?)+)\)? = (\d+)\b(?!\.)", example_text)
    quotients = re.findall(r"100 × (\d+) ÷ (\d+) = (\d+\.\d)", example_text)

    assert len(products) >= 7
    assert len(quotients) >= 8
    for terms, total in products:
        factors = [term.split(" × ") for term in terms.strip(" +").split(" + ")]
        assert sum(int(weight) * int(value) for weight, value in factors) == int(total)
    for above, below, result in quotients:
        assert 1000 * int(above) == round(10 * float(result)) * int(below)


def test_evidence_floors_are_those_of_the_core_framework():
    rows = table_after("### A claim needs support")

    assert [row["Tier"] for row in rows] == list(TIERS)
    for row, tier in zip(rows, CORE.policy.tiers, strict=True):
        assert tuple(int(cell) for cell in list(row.values())[1:]) == tier.floors


def test_bands_and_decisions_are_those_of_the_core_framework():
    cuts = {row["Band"]: int(row["From"]) for row in table_after("A *band* is read")}
    table = table_after("Four good sections")

    assert cuts == {band.label: band.start for band in CORE.policy.bands}
    for row, band in zip(table, CORE.policy.bands, strict=True):
        assert row["Worst band"] == band.label
        for number, tier in zip(TIERS, CORE.policy.tiers, strict=True):
            assert row[f"Tier {number}"] == tier.decisions[band.id].replace("_", " ")


def test_the_glossary_explains_every_word_in_italics():
    """A word that the page sets in italics is a term of the glossary."""
    glossary = (DOCS / "glossary.md").read_text("utf-8").lower()
    in_italics = set(re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", TEXT))

    assert in_italics
    terms = set(re.findall(r"^\*\*(.+?)\*\*", glossary, re.MULTILINE))
    assert {word.lower() for word in in_italics} - terms == set()


# --- Counting points


def share(words):
    """The number that the page gives in ``words``, which hold a group for it."""
    return int(re.search(words, COUNTING)[1])


def counting(*, without=()):
    """The instrument of the second example, from its tables of levels and questions."""
    sections = []
    for row in example("scored questions"):
        name, condition = row["Question"], row["Asked if"]
        options = [option.split() for option in row["Points of its options"].split(", ")]
        asked = {
            "id": name,
            "ask": f"{name}?",
            "type": {"one": "single", "several": "multiple"}[row["Answered with"]],
            "scores": {"impact": "raw", "mitigation": "mitigation"}[row["Points for"]],
            "options": [{"id": o, "label": o, "points": int(points)} for o, points in options],
        }
        section = {"id": f"S-{name}", "title": name, "questions": [asked]}
        if condition != "always":
            section["when"] = {
                "the public uses it": {"question": "public", "in": ["yes"]},
                "it is in design": {"question": "phase", "in": ["design"]},
                "it is in service": {"question": "phase", "in": ["service"]},
            }[condition]
        if name not in without:
            sections.append(section)
    levels = [
        {"level": number, "label": row["Level"], "up_to": row["Up to per cent"]}
        for number, row in enumerate(example("levels"), 1)
    ]
    for level in levels:
        end = level.pop("up_to")
        level |= {} if end == "none" else {"up_to": int(end)}
    return framework_from_document(
        {
            "schema_version": 1,
            "id": "counting",
            "version": "1",
            "title": "Counting",
            "method": "impact-mitigation",
            "policy": {
                "phases": 2,
                "mitigation_from": share(r"from (\d+) % on"),
                "mitigation_takes_off": share(r"reduction of (\d+) %"),
                "levels": levels,
            },
            "facts": [
                {"id": name, "ask": "?", "options": [{"id": o, "label": o} for o in options]}
                for name, options in (("public", ("yes", "no")), ("phase", ("design", "service")))
            ],
            "sections": sections,
        }
    )


def counted(row, framework):
    """The result of one row of the table of moments."""
    answers = {"public": "no", "phase": "design"}
    for name in ("R-1", "R-2", "M-1", "M-2"):
        if row[name] != "open":
            answers[name] = row[name].split(", ") if name == "R-2" else row[name]
    line = {"as_of": AS_OF, "answers": answers}
    return impact_mitigation.score(framework, check_answers(framework, line))


@pytest.mark.parametrize("row", example("three moments"), ids=lambda row: row["Moment"])
def test_points_level_and_outlook_at_each_moment(row):
    found = counted(row, counting())

    assert row == {
        **{name: row[name] for name in ("Moment", "R-1", "R-2", "M-1", "M-2")},
        "Raw": str(found.raw),
        "Mitigation": str(found.mitigation),
        "Current": str(found.current),
        "Level": TIERS[found.level - 1],
        "Raw can become": f"{found.outlook.raw.low} to {found.outlook.raw.high}",
        "Level can become": " to ".join(
            TIERS[n - 1] for n in (found.outlook.level.low, found.outlook.level.high)
        ),
    }


def test_the_most_there_could_be_and_the_cliff():
    """18 and 10, from all questions; 4 mitigation points earn the reduction."""
    found = counted(example("three moments")[1], counting())

    assert (found.max_raw, found.max_mitigation) == (18, 10)
    assert f"= {found.max_raw}, the most mitigation points" in COUNTING
    assert f"from {found.needed} points on the reduction is earned" in COUNTING
    assert found.needed - found.mitigation == share(r"are (\d+) short of 4")


def test_without_the_question_that_was_never_asked_the_level_is_worse():
    """Maxima over hidden questions: the same answers, and level IV."""
    last = example("three moments")[2]
    (without,) = re.findall(r"these would be (\d+),", COUNTING)
    found = counted(last, counting(without=("R-3",)))

    assert (found.max_raw, found.current) == (int(without), 9)
    assert TIERS[found.level - 1] == "IV"
    assert "9 points after the reduction, would be level IV" in COUNTING


def test_every_sum_of_the_second_example_is_right():
    """Each "4 + 6 + 8 = 18" and each "85 % of 10 is 8.5", worked out again."""
    sums = re.findall(r"((?:\d+ \+ )+\d+) = (\d+)", COUNTING)
    parts = re.findall(r"(\d+) % of (\d+) is (\d+(?:\.\d+)?)", COUNTING)

    assert len(sums) >= 5
    assert len(parts) >= 7
    for terms, total in sums:
        assert sum(map(int, terms.split(" + "))) == int(total)
    for share_of, whole, part in parts:
        assert Fraction(int(share_of) * int(whole), 100) == Fraction(part)


def test_the_reduction_takes_off_what_the_page_says():
    """85 % is what 15 % leaves; a half goes up."""
    assert set(re.findall(r"85 % of (\d+)", COUNTING)) == {"5", "10"}
    policy = counting().impact_policy
    assert [impact_points.reduced(policy, raw) for raw in (5, 10)] == [4, 9]
    assert "8.5, a half, rounded up to 9" in COUNTING
    assert "4.25, rounded 4" in COUNTING


def test_an_untouched_form_has_the_best_level_and_is_not_settled():
    """Open counts as nothing, as the page warns."""
    framework = counting()
    answers = check_answers(framework, {"as_of": AS_OF})
    found = impact_mitigation.score(framework, answers)

    assert (found.raw, found.level) == (0, 1)
    assert not found.is_settled
