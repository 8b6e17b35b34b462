"""The next version of a base: what of an overlay still applies there, and what clashes."""

import pytest
from click.testing import CliRunner

from procurement_risk.cli.main import main
from procurement_risk.errors import InvalidDocument, UsageError
from procurement_risk.framework.document import framework_from_document
from procurement_risk.framework.files import FURTHER_FOLDERS, load_framework, read_framework
from procurement_risk.framework.origin import digest
from procurement_risk.framework.overlay.notices import notices
from procurement_risk.framework.overlay.onto import newer, onto
from procurement_risk.framework.shipped import FRAMEWORKS
from tests.support.framework_documents import GATES
from tests.support.overlays import BASE, GOOD

NEXT = (
    BASE.read_text("utf-8")
    .replace('"2026.1"', '"2026.2"', 1)
    .replace("{id: high, label: High, from: 60}", "{id: high, label: High, from: 55}")
)
CX_9 = """
      - id: CX-9
        ask: How many use it?
        why: w
        good: g
        evidence: e
        sources: [Own question]
        answered_by: buyer
        first_gate: idea
        procurement_use: internal
        weight: 1
        options: [{id: a, risk: 0, label: Few}, {id: b, risk: 3, label: Many}]

  - id: DP
    title: Data privacy"""


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A folder with an overlay, its base, and the base's next version."""
    monkeypatch.setenv(FURTHER_FOLDERS, str(tmp_path))
    (tmp_path / "versions").mkdir()
    (tmp_path / "versions" / "small-gates-2026.1.yaml").write_bytes(BASE.read_bytes())
    (tmp_path / "ours.yaml").write_text(GOOD, "utf-8")

    def next_one(text):
        (tmp_path / "small-gates.yaml").write_text(text, "utf-8")
        return lambda: sorted(tmp_path.rglob("*.yaml"))

    return next_one


def names(changes):
    return {f"{change.question} {change.where}".strip() for change in changes}


def test_each_change_is_in_one_place(own):
    """The same, beside something else, or of no use: the base says it now."""
    text = NEXT.replace(
        "weight: 5\n        core: true\n        red_flag",
        "weight: 4\n        core: true\n        red_flag",
    )
    found = onto(GOOD, "small-gates@2026.2", own(text))

    assert found.clashes == ()
    assert (found.old, found.new) == ("small-gates 2026.1", "small-gates 2026.2")
    assert names(found.beside) == {"DP-1 weight"}
    assert names(found.idle) == {"policy: band high, start"}
    assert {"DP-1 help", "policy: tier 1, floor at E1"} <= names(found.applies)


def test_what_clashes_is_told_by_its_line(own):
    """An id of ours that the base now uses, and a cut that is no longer the stricter one."""
    text = NEXT.replace("from: 55}", "from: 50}").replace(
        "\n  - id: DP\n    title: Data privacy", CX_9
    )
    found = onto(GOOD, "small-gates@2026.2", own(text))
    lines = GOOD.splitlines()
    told = {lines[problem.line - 1].strip(): problem.message for problem in found.clashes}

    assert "write 50 or less" in told["- {id: high, from: 55}"]
    assert "keeps its meaning" in told["ask: Do children use it?"]
    assert found.applies == ()


def test_a_question_that_is_gone_is_a_clash(own):
    text = NEXT.replace("id: DP-2", "id: DP-22").replace("question: DP-2,", "question: DP-22,")
    found = onto(GOOD, "small-gates@2026.2", own(text))
    assert any('no question "DP-2"' in problem.message for problem in found.clashes)


def test_without_the_old_base_nothing_is_compared_with_it(own, tmp_path):
    files = own(NEXT)
    (tmp_path / "versions" / "small-gates-2026.1.yaml").unlink()
    found = onto(GOOD, "small-gates@2026.2", files)
    assert not found.knows_old
    assert found.applies
    assert found.beside == found.idle == ()


def test_what_is_no_overlay_and_a_base_that_is_not_there(own):
    files = own(NEXT)
    with pytest.raises(UsageError, match="no overlay"):
        onto(NEXT, "small-gates@2026.2", files)
    with pytest.raises(UsageError, match=r"is not here, but small-gates 2026\.1 and 2026\.2"):
        onto(GOOD, "small-gates@2027.1", files)
    with pytest.raises(UsageError, match="write the id and the version"):
        onto(GOOD, "small-gates", files)
    with pytest.raises(InvalidDocument):
        onto("a: [", "small-gates@2026.2", files)


def test_the_command(own, tmp_path):
    own(NEXT)
    run = CliRunner().invoke
    good = run(main, ["diff", "ours", "--onto", "small-gates@2026.2"])
    own(NEXT.replace("from: 55}", "from: 50}"))
    bad = run(main, ["diff", str(tmp_path / "ours.yaml"), "--onto", "small-gates@2026.2"])
    checked = run(main, ["check", str(tmp_path / "ours.yaml")])

    assert good.exit_code == 0
    assert "Nothing clashes: write extends: small-gates@2026.2." in good.stdout
    assert "1 change makes no difference any more; take it out:" in good.stdout
    assert bad.exit_code == 1
    assert "1 thing clashes with it" in bad.stdout
    assert "ours.yaml:12:" in bad.stdout
    assert "version 2026.2 is here. diff --onto small-gates@2026.2 says what" in checked.stderr
    assert run(main, ["diff", "ours"]).exit_code == 2


def test_versions_come_in_order(own):
    files = own(NEXT.replace('"2026.2"', '"2026.10"'))
    assert newer("small-gates", "2026.1", files) == ("2026.10",)
    assert newer("small-gates", "2026.9", files) == ("2026.10",)
    assert newer("small-gates", "2026.10", files) == ()


# --- What else is worth knowing


def test_a_file_that_hides_a_shipped_one_says_so(tmp_path):
    text = (FRAMEWORKS / "staff-assistant.yaml").read_text("utf-8")
    mine = text.replace("weight: 3", "weight: 4", 1)
    path = tmp_path / "staff-assistant.yaml"
    path.write_text(mine, "utf-8")
    result = CliRunner().invoke(main, ["check", str(path)])

    assert "it hides that one" in result.stderr
    assert "it hides that one" in " ".join(notices(read_framework(mine, "it")))
    assert list(notices(load_framework("staff-assistant"))) == []
    assert list(notices(framework_from_document(GATES))) == []


def test_a_shipped_base_that_was_changed_is_named(tmp_path, monkeypatch):
    """Beside the shipped one it is one of two contents, and a digest says which is meant."""
    monkeypatch.setenv(FURTHER_FOLDERS, str(tmp_path))
    shipped = load_framework("staff-assistant")
    text = (FRAMEWORKS / "staff-assistant.yaml").read_text("utf-8")
    path = tmp_path / "staff-assistant.yaml"
    path.write_text(text.replace("weight: 3", "weight: 4", 1), "utf-8")
    changed = load_framework(path)
    overlay = GOOD[: GOOD.index("languages")].replace("small-gates@2026.1", "staff-assistant@")
    overlay = overlay.replace("assistant@", f"assistant@{shipped.version}")

    with pytest.raises(InvalidDocument, match="several contents"):
        read_framework(overlay, "it")
    for base, is_said in ((shipped, False), (changed, True)):
        pinned = f'{overlay}extends_digest: "{digest(base)[:12]}"\n'
        said = " ".join(notices(read_framework(pinned, "it")))
        assert ("is not as it was shipped" in said) == is_said
