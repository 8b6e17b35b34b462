"""Whoever types what ``docs/writing-a-framework.md`` shows sees what it says they see."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from procurement_risk.framework.files import FURTHER_FOLDERS, list_frameworks, load_framework
from procurement_risk.views.shared import session
from scripts import words
from tests.support.guides import BLOCK, FENCE, Reader
from tests.support.places import ROOT

GUIDE = (ROOT / "docs" / "writing-a-framework.md").read_text("utf-8")
EXTENDING = (ROOT / "docs" / "extending-a-framework.md").read_text("utf-8")
TITLE = "Chat assistant for a library"
FILE = Path("frameworks") / "library-chat.yaml"
PROSE = re.sub(r"<!--.*?-->", "", FENCE.sub("", GUIDE))


@pytest.fixture
def reader(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(FURTHER_FOLDERS, str(FILE.parent))
    return Reader(FILE)


def test_the_screen_says_what_the_guide_says(reader):
    """From the empty file to the last check, every output to the letter."""
    reader.follow(GUIDE)

    assert reader.wrong == []
    assert reader.commands.count("check") >= 6
    assert {"score", "diff", "new-framework"} < set(reader.commands)


def test_the_guide_to_overlays_goes_on_from_there(reader):
    """What it writes is checked, compared, refused where it is looser, and tried on a new base."""
    reader.follow(GUIDE + EXTENDING)

    assert reader.wrong == []
    assert load_framework("branch-chat").based_on.version == "2"
    assert len(FENCE.findall(EXTENDING)) == len(BLOCK.findall(EXTENDING)) > 8


def test_in_the_end_there_is_a_framework_to_choose(reader):
    """With everything the guide speaks about, and no problem left."""
    reader.follow(GUIDE)
    framework = load_framework(FILE)

    assert "library-chat" in {each.id for each in list_frameworks()}
    assert (framework.version, framework.languages) == ("2", ("en", "fr"))
    assert [bool(q.red_flag) for q in framework.questions()] == [False, True, False]
    assert [bool(q.when) for q in framework.questions()] == [False, False, True]
    assert framework.source_of("UK GDPR Art 28").id == "UKGDPR"
    assert framework.by_id["DP-1"].clauses == ("no-training",)


def test_two_mistakes_are_made_and_put_right():
    """Each with its place in the file, and what to write instead."""
    shown = [text for what, _, text in BLOCK.findall(GUIDE) if what == "output"]

    assert any(re.search(r'yaml:\d+:\d+: Write this in quotes, "Yes"', text) for text in shown)
    assert any(re.search(r'yaml:\d+:\d+: .* did you mean "hosted"', text) for text in shown)


def test_every_block_says_what_it_is_for():
    assert len(FENCE.findall(GUIDE)) == len(BLOCK.findall(GUIDE)) > 20


@pytest.mark.parametrize(
    ("guide", "wrong"),
    [
        ("<!-- run -->\n```\npython -m procurement_risk check X\n```\n", 1),
        (
            "<!-- run -->\n```\npython -m procurement_risk check X\n```\n"
            "<!-- output -->\n```text\nX: no problems found\n```\n",
            1,
        ),
        ("<!-- output -->\n```text\nout of nowhere\n```\n", 1),
        ("<!-- not run -->\n```\npython -m procurement_risk sing\n```\n", 0),
    ],
)
def test_a_wrong_or_missing_output_is_found(reader, guide, wrong):
    reader.follow(guide)

    assert len(reader.wrong) == wrong


@pytest.mark.parametrize("line", ["nowhere: 1", "same: 1"])
def test_a_line_that_is_not_there_once_is_found(reader, line):
    guide = (
        "<!-- append -->\n```yaml\nsame: 1\nsame: 1\n```\n<!-- after: {} -->\n```yaml\nx\n```\n"
    )

    with pytest.raises(ValueError, match="unpack"):
        reader.follow(guide.format(line))


def test_no_command_is_left_out():
    """What can be run is run."""
    assert [text for what, _, text in BLOCK.findall(GUIDE) if what == "not run"] == []


def test_every_sum_is_right():
    """Each "5 × 1 + 3 × 4 = 17" and each "100 × 17 ÷ 32 = 53.1", halves rounded up."""
    totals = re.findall(r"(?<!÷ )((?:\d+ × \d+(?: \+ )?)+) = (\d+)\b", PROSE)
    shares = re.findall(r"100 × (\d+) ÷ (\d+) = (\d+)\.(\d)", PROSE)

    assert len(totals) >= 3
    assert len(shares) >= 2
    for terms, total in totals:
        factors = [term.split(" × ") for term in terms.split(" + ")]
        assert sum(int(a) * int(b) for a, b in factors) == int(total)
    for above, below, whole, tenth in shares:
        assert (2 * 1000 * int(above) + int(below)) // (2 * int(below)) == int(whole + tenth)


@pytest.fixture
def _app(reader, monkeypatch, tmp_path):
    """The app in the reader's folder, started after the first six steps."""
    reader.follow(GUIDE[: GUIDE.index("## 7.")])
    monkeypatch.setenv("PROCUREMENT_RISK_DATABASE", f"sqlite:///{tmp_path}/assessments.sqlite3")
    session.whole_store.clear()
    yield
    session.whole_store.clear()


@pytest.mark.usefixtures("_app")
def test_the_app_offers_it_under_the_words_the_guide_names():
    """The Start page shows what step 8 tells people to look for."""
    script = "from procurement_risk.views.start import page\npage.page()"
    page = AppTest.from_string(script, default_timeout=30).run()
    offered = page.selectbox(key="start-framework-purchase")
    offered.select_index(offered.options.index(f"{TITLE}, version 1")).run()
    step = PROSE[PROSE.index("## 8.") : PROSE.index("## 9.")]
    named = {words for _, words in re.findall(r"(\*{1,2})([^*\n]+)\1", step)}

    assert not page.exception
    assert (
        named
        - {
            "Start",
            *(str(message.id) for message in words.committed()),
            offered.label,
            *offered.options,
            *page.radio(key=f"start-pack-{FILE.stem}-en").options,
            *(button.label for button in page.button),
        }
        == set()
    )


def test_it_is_read_in_half_an_hour():
    """1,500 words besides what is typed, at most; what is typed fits on three screens."""
    typed = [
        text for what, _, text in BLOCK.findall(GUIDE) if what in ("append", "before", "after")
    ]

    assert len(PROSE.split()) <= 1_500
    assert sum(text.count("\n") for text in typed) <= 120
