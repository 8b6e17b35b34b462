"""The words for results, and other people's text shown as text."""

import re
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import example, given, settings, strategies as st

from procurement_risk.assessment import Answer, AnswerSet, Assessment, Purchase, Supplier
from procurement_risk.assessment.answers import check_answers
from procurement_risk.assessment.words import answer_text
from procurement_risk.framework import DECISIONS, GRADES, words as framework_words
from procurement_risk.framework.document import framework_from_document
from procurement_risk.framework.words import answered_by, grade_label, use_label, use_meaning
from procurement_risk.language.phrases import counted, day, listed
from procurement_risk.language.text import one_line, plain
from procurement_risk.methods import evaluate
from procurement_risk.methods.values import Range
from procurement_risk.methods.weakest_section import score
from procurement_risk.profile import answer_first, signers, words as profile_words
from procurement_risk.views.profile import decision
from tests.support.answer_sets import AS_OF, CORE, core_document, random_answers, rngs
from tests.support.framework_documents import IMPACT
from tests.support.small_frameworks import question, section, small_framework

CORE_DOCUMENT = core_document()
TIER_OPTION = {1: "a", 2: "c", 3: "d", 4: "e"}
Q = section("Q", "decisive", question("Q-1"), question("Q-2"))
ASSESSED = Assessment(
    id="one",
    purchase=Purchase(id="p", title="Reader", buyer="Us"),
    supplier=Supplier(name="Ash"),
    answer_set=AnswerSet(as_of=AS_OF),
    created_by="Dana",
)


def result_of(answers, *sections, tier=1, pack="full", notes=None):
    """Score ``answers`` at E4 against a small framework whose tier is CX-1's answer."""
    document = small_framework(*(sections or (Q,)))
    for number, words in (notes or {}).items():
        document["policy"]["tiers"][number - 1]["notes"] = words
    framework = framework_from_document(document)
    context = {} if tier is None else {"CX-1": TIER_OPTION[tier]}
    given_answers = {"public": "no", "hosted": "no", **context, **answers}
    at_e4 = {name: {"option": option, "evidence": "E4"} for name, option in given_answers.items()}
    return score(framework, check_answers(framework, {"as_of": AS_OF, "answers": at_e4}, pack))


# --- The recommendation ---


@pytest.mark.parametrize(
    ("answers", "tier", "headline"),
    [
        ({"Q-1": "a", "Q-2": "a"}, 1, "Proceed"),
        ({"Q-1": "b", "Q-2": "b"}, 2, "Proceed with conditions"),
        ({"Q-1": "c", "Q-2": "c"}, 2, "Escalate"),
        ({"Q-1": "c", "Q-2": "c"}, 3, "Escalate: pilot only"),
        ({"Q-1": "e", "Q-2": "e"}, 4, "Do not proceed"),
        ({"Q-1": "c"}, 2, "Not ready: between Proceed with conditions and Do not proceed"),
    ],
)
def test_headline(answers, tier, headline):
    """The decision with its note; where open answers matter, what it lies between."""
    result = result_of(answers, tier=tier, notes={3: {"high": "pilot only"}})

    assert profile_words.recommendation(result) == headline


def test_while_everything_is_possible_the_headline_says_what_to_answer():
    """From Proceed to Do not proceed tells nobody anything; the facts and the tier come first."""
    result = score(CORE, AnswerSet(as_of=AS_OF))

    assert profile_words.recommendation(result) == (
        "Not ready: nothing settled yet, answer “About the purchase”, CX-01 and CX-02"
    )
    assert set(answer_first.first_to_answer(result)) == set(result.open)


def test_who_assessed_has_signed_nothing():
    answers = {
        name: Answer(options=("a",), by=by)
        for name, by in (("Q-1", "Ana"), ("Q-2", "Ben"), ("Q-3", "Ben"), ("Q-4", "Cy"))
    }
    assessed = replace(ASSESSED, answer_set=AnswerSet(as_of=AS_OF, answers=answers))

    assert signers.assessed_by(assessed) == "Assessed by: Ben, Ana and 1 other."
    assert signers.assessed_by(ASSESSED) == "Assessed by: Dana."
    assert signers.assessed_by(replace(ASSESSED, created_by="")) == ""


def with_posts(result, *posts):
    policy = result.framework.policy
    tiers = tuple(
        replace(policy.tiers[0], number=number, sign_off=post)
        for number, post in enumerate(posts, 1)
    )
    framework = replace(result.framework, method_policy=replace(policy, tiers=tiers))
    return replace(result, framework=framework)


def test_a_senior_signs_from_the_third_on_and_wherever_the_same_post_is_asked_for():
    at_two = result_of({"Q-1": "a", "Q-2": "a"}, tier=2)
    usual = with_posts(at_two, "Manager.", "Head of procurement.", "Director.", "The board.")
    assert not signers.asks_a_senior(usual)
    assert signers.asks_a_senior(replace(usual, tier=Range(2, 2, 3)))
    assert signers.asks_a_senior(with_posts(at_two, "Manager.", "the  Board", "X", "The board."))
    assert not signers.asks_a_senior(with_posts(at_two, "", "", "", ""))


def test_a_level_asks_for_a_senior_as_a_tier_does():
    framework = framework_from_document(IMPACT)
    nothing = evaluate(framework, AnswerSet(as_of=AS_OF))
    assert nothing.outlook.level.high >= 3
    assert signers.asks_a_senior(nothing)
    for number in (1, 2):
        level = replace(nothing.outlook.level, low=number, high=number)
        result = replace(nothing, outlook=replace(nothing.outlook, level=level))
        assert not signers.asks_a_senior(result)


def test_whoever_signs_at_the_higher_tier_signs_only_if_it_comes_to_that():
    settled = result_of({"Q-1": "a", "Q-2": "a"}, tier=2)
    between = replace(settled, tier=Range(2, 2, 3))

    assert signers.to_be_signed(settled) == "To be signed at Tier 2 by: Somebody."
    assert signers.to_be_signed(between) == (
        "If it comes out at Tier 3, to be signed by: Somebody."
    )


def test_a_note_of_only_one_possible_tier_names_that_tier():
    """High escalates at Tier II and at Tier III, but only Tier III adds the note."""
    result = result_of({"Q-1": "c", "Q-2": "c"}, tier=3, notes={3: {"high": "pilot only"}})
    between = replace(result, tier=Range(2, 3, 3))

    assert profile_words.recommendation(between) == "Escalate: pilot only if Tier 3"


def test_a_note_belongs_to_the_table_and_not_to_a_flag():
    """A flag outside the decisive sections escalates; Tier III's note on Low would mislead."""
    flagged = question("V-1", red_flag={"options": ["e"], "class": "flag"})
    value = section("V", "challenge", flagged)
    notes = {3: {"low": "SRO notes the result"}}
    answers = {"Q-1": "a", "Q-2": "a"}

    assert (
        profile_words.recommendation(
            result_of({**answers, "V-1": "e"}, Q, value, tier=3, notes=notes)
        )
        == "Escalate"
    )
    assert (
        profile_words.recommendation(
            result_of({**answers, "V-1": "a"}, Q, value, tier=3, notes=notes)
        )
        == "Proceed: SRO notes the result"
    )


def test_every_decision_has_words():
    """Nobody is shown an id."""
    for each in (*DECISIONS, "not_ready"):
        assert framework_words.decision(each) != each
        assert profile_words.DECISION_MEANINGS[each].endswith(".")


def test_worst_section_of_a_settled_result():
    """Q-1 at 3 and Q-2 at 2 of 4: 62.5, which is High."""
    result = result_of({"Q-1": "d", "Q-2": "c"})

    assert (
        profile_words.worst_section_sentence(result) == "Q is the worst section: residual 63, High"
    )


def test_worst_section_while_answers_are_open_is_only_so_far():
    """Q-1 at 2, Q-2 from 0 to 4: 25 to 75."""
    result = result_of({"Q-1": "c"})

    assert profile_words.worst_section_sentence(result) == (
        "Q looks worst so far: residual 25 to 75, Moderate to Critical"
    )


def test_nothing_answered_names_no_worst_section():
    result = score(CORE, AnswerSet(as_of=AS_OF))

    assert profile_words.worst_section_sentence(result) == (
        "Nothing is answered yet, so any section could still be the worst"
    )


def test_a_band_raised_by_a_flag_says_so():
    """One of two at 4 is 50.0; a third at 0 makes 33.3, Moderate, and the flag makes it High."""
    flagged = section(
        "Q",
        "decisive",
        question("Q-1", red_flag={"options": ["e"], "class": "flag"}),
        question("Q-2"),
        question("Q-3"),
    )
    result = result_of({"Q-1": "e", "Q-2": "a", "Q-3": "a"}, flagged)

    assert profile_words.section_words(result, result.sections["Q"]) == "33.3, raised to High"


def test_a_section_without_score_says_so():
    result = result_of({"Q-1": "a"})

    assert profile_words.section_words(result, None) == "not scored"


@given(rngs())
@settings(deadline=None)
def test_words_can_be_found_for_any_result(rng: Random):
    """No result of the core framework is beyond words."""
    pack = rng.choice([pack.id for pack in CORE.packs])
    line = random_answers(rng, CORE_DOCUMENT, p_open=rng.choice([0, 0.2, 1]))
    result = score(CORE, check_answers(CORE, line, pack))

    assert profile_words.recommendation(result).startswith(
        framework_words.decision(result.recommendation)
    )
    assert profile_words.worst_section_sentence(result)
    assert profile_words.tier_range(CORE, result.tier).startswith("Tier ")


# --- Figures ---


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (Fraction(28), Fraction(93, 2), "28.0 to 46.5"),
        (Fraction(28), Fraction(28), "28.0"),
        (Fraction(28), Fraction(2801, 100), "28.0"),
        (Fraction(0), Fraction(100), "0.0 to 100.0"),
    ],
)
def test_range_of_percentages(low, high, words):
    """One number where both ends read the same."""
    assert profile_words.percent_range(Range(low, low, high)) == words


@pytest.mark.parametrize(
    ("tier", "words"),
    [((2, 2), "Tier II"), ((2, 3), "Tier II to III"), ((1, 4), "Tier I to IV")],
)
def test_range_of_tiers(tier, words):
    assert profile_words.tier_range(CORE, Range(tier[0], tier[1], tier[1])) == words


def test_range_of_tiers_whose_labels_share_no_first_word():
    tiers = CORE.policy.tiers
    renamed = (replace(tiers[0], label="Minor"), replace(tiers[1], label="Grave harm"), *tiers[2:])
    other = replace(CORE, method_policy=replace(CORE.policy, tiers=renamed))

    assert profile_words.tier_range(other, Range(1, 2, 2)) == "Minor to Grave harm"


def test_range_of_bands():
    assert profile_words.band_range(CORE, Range("low", "low", "low")) == "Low"
    assert profile_words.band_range(CORE, Range("low", "high", "critical")) == "Low to Critical"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-23", "23 November 2026"),
        ("2026-11-03T09:30:00Z", "3 November 2026"),
        ("soon", "soon"),
        ("", ""),
    ],
)
def test_days(moment, words):
    """A date or a time becomes a day; what is neither stays as it is."""
    assert day(moment) == words


def test_counts_and_lists():
    assert counted(1, "{n} stop", "{n} stops") == "1 stop"
    assert counted(1_200, "{n} stop", "{n} stops") == "1,200 stops"
    assert counted(0, "{n} reply", "{n} replies") == "0 replies"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(["a"], "or") == "a"


# --- Answers ---


def test_grades_are_spelled_out():
    words = [grade_label(grade) for grade in GRADES]

    assert words == [
        "E0 unsupported",
        "E1 supplier's written statement",
        "E2 document or contract draft",
        "E3 independent evidence",
        "E4 checked by us, or a signed clause",
    ]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (None, "Not answered yet"),
        (Answer(state="unanswered", note="x"), "Not answered yet"),
        (Answer(state="unknown"), "We don't know yet"),
        (Answer(state="withheld"), "Supplier will not say"),
        (Answer(state="not_applicable", reason="x"), "Not applicable"),
        (Answer(options=("a",)), "No effect"),
        (Answer(text="Written out"), "Written out"),
    ],
)
def test_what_was_answered(answer, words):
    assert answer_text(CORE.by_id["CX-02"], answer) == words


def test_every_word_the_core_framework_uses_has_a_label():
    """A question's procurement use and who answers it are never shown as ids."""
    for each in CORE.questions():
        assert use_label(each.procurement_use) != each.procurement_use
        assert use_meaning(each.procurement_use)
        assert answered_by(each.answered_by) != each.answered_by


# --- Other people's text ---

PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"

# What Streamlit's renderer still looks for in the text once backslashes have been taken away:
# emoji and icon names, its logo, arrows and comparison signs, addresses and e-mail addresses.
LOOKED_FOR = [
    r":\+1:|:-1:|:[\w-]+:",
    r":material[_/](\w+):",
    r":streamlit:",
    r"(^|\s)(<->|->|<-|--|>=|<=|~=)(\s|$)",
    r"(https?://|www(?=\.))([-.\w]+)([^ \t\r\n]*)",
    r"([-.\w+]+)@([-\w]+(?:\.[-\w]+)+)",
]

HOSTILE = [
    "[a link](https://evil.example)",
    "![a picture](https://evil.example/x.png)",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    ':red[red] :blue-background[b] :green-badge[ok] :small[s] :color[x]{foreground="red"}',
    "$x^2$ and $$\\int$$",
    ":smile: :+1: :material/home: :material_home: :streamlit: ::smile::",
    "https://evil.example www.evil.example me@evil.example WWW.evil.example",
    "a -> b <- c <-> d -- e >= f <= g ~= h",
    "# heading\n- list\n1. item\n> quote\n    code\n| a | b |\n|---|---|\n===\n***",
    "```mermaid\ngraph TD\n```",
    "\\* \\[x\\](y) \\\\",
    "&lt;b&gt; &#58;smile&#58;",
    "[^1]: note\n[x]: https://evil.example",
    "\u202eevil\u202c \x00\x01 \x00\x01 \x00 \x00 x \ud800",
]


# Controls but for white space, signs that reorder the text after them, halves of characters.
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def unescaped(markdown):
    """What a reader of Markdown sees, if nothing but backslash escapes is in it."""
    return re.sub(rf"\\([{re.escape(PUNCTUATION)}])", r"\1", markdown)


def visible(text):
    """The text as shown: one line, without what cannot be seen.

    A single space that no line break can part stays one: French has them, and so have numbers.
    """
    return re.sub(r"\s{2,}|[^\S\u00a0\u202f]", " ", UNSEEN.sub("", text)).strip()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Réponse\u00a0: 1\u202f234", "Réponse\u00a0: 1\u202f234"),
        ("a\u00a0\u00a0b\u00a0 c\u2003d\u2028e\u00a0", "a b c d e"),
    ],
)
def test_a_space_that_no_line_break_can_part_stays(text, shown):
    assert one_line(text) == shown


def check_plain(text):
    markdown = plain(text)
    left = unescaped(markdown)

    bare = re.sub(rf"\\[{re.escape(PUNCTUATION)}]", "", markdown)
    assert not set(bare) & set(PUNCTUATION), "every sign is escaped"
    assert left.replace("\u2060", "") == visible(text).replace("\u2060", "")
    for pattern in LOOKED_FOR:
        assert not re.search(pattern, left, re.ASCII | re.IGNORECASE), pattern
    assert "\n" not in markdown
    assert "  " not in markdown
    assert markdown == markdown.strip()
    markdown.encode()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_it_stands(text):
    check_plain(text)


@given(st.text())
@example("a\u2060:smile:")
def test_any_text_is_shown_as_it_stands(text):
    """Nothing but escapes is left, what is seen is what was written, and no pattern matches."""
    check_plain(text)


PIECES = [*PUNCTUATION, ":", ":", "://", "www", "http", "@", "a", "smile", "material/", "red", " "]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_text_made_of_markup_is_shown_as_it_stands(text):
    """The same for texts that consist of little else than the renderer's own signs."""
    check_plain(text)


def test_the_patterns_would_find_what_is_not_made_plain():
    """Guards the tests above: each pattern matches some hostile text as it was written."""
    for pattern in LOOKED_FOR:
        assert any(re.search(pattern, text, re.ASCII | re.IGNORECASE) for text in HOSTILE)


def test_an_address_cannot_begin_in_the_text_and_end_in_ours():
    """A supplier called www would make an address of our own full stop and what follows."""
    for pattern in LOOKED_FOR:
        assert not re.search(pattern, unescaped(plain("www") + ".gov.uk"), re.ASCII)


def test_ordinary_words_stay_ordinary():
    assert plain("Head of data") == "Head of data"
    assert unescaped(plain("O'Neill & Sons, 50% (net)")) == "O'Neill & Sons, 50% (net)"


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (Fraction(4999, 100), Fraction(4999, 100), "49"),
        (Fraction(50), Fraction(50), "50"),
        (Fraction(285, 10), Fraction(465, 10), "29 to 47"),
        (Fraction(419, 10), Fraction(747, 10), "42 to 74"),
    ],
)
def test_whole_numbers_never_read_as_the_band_above(low, high, words):
    assert profile_words.whole_range(CORE.policy, Range(low, low, high)) == words


@pytest.mark.parametrize(
    ("by", "words"),
    [
        (Fraction(-63, 10), "6 better than last time"),
        (Fraction(2), "2 worse than last time"),
        (Fraction(1, 3), "no change"),
    ],
)
def test_how_far_a_section_moved(by, words):
    assert decision.moved_words(by) == words
