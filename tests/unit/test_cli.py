"""The command line, run as other programs run it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from procurement_risk.cli.main import KINDS, main
from procurement_risk.framework.files import FRAMEWORKS
from procurement_risk.storage import open_store
from tests.support.places import TESTS

CORE = FRAMEWORKS / "ai-supplier-core.yaml"
LINE = {
    "as_of": "2026-11-23",
    "answers": {"DP-02": {"option": "c", "evidence": "E2"}, "generative": "yes"},
    "mitigations": [],
}


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a command with a store of its own."""
    database = tmp_path / "store.sqlite3"
    monkeypatch.setenv("PROCUREMENT_RISK_DATABASE", f"sqlite:///{database}")

    def run(*arguments: object, stdin: str | bytes | None = None) -> Result:
        result = CliRunner().invoke(main, [str(a) for a in arguments], input=stdin)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    return run


@pytest.fixture
def example() -> Path:
    examples = sorted((FRAMEWORKS.parent / "assessments" / "examples").glob("*.json"))
    assert examples
    return examples[0]


def test_the_help_lists_every_command_once_and_whole(run):
    """By what it is for; a sentence that was cut in the middle told nothing."""
    listed = [command.name for _kind, commands in KINDS for command in commands]
    assert sorted(listed) == sorted(main.commands)

    said = run("--help").stdout

    assert "..." not in said.replace("[ARGS]...", "")
    assert "2, the command itself was" in said


def test_what_is_mistyped_ends_with_2_and_a_missing_file_is_named_once(run, tmp_path):
    assert run("diff", "ai-supplier-core").exit_code == 2
    missing = tmp_path / "no.json"
    for command in ("verify", "import"):
        result = run(command, missing)
        assert (result.exit_code, result.output.count("no.json")) == (1, 1)


def test_check_passes_what_we_ship(run):
    """Without files, every shipped framework is checked."""
    result = run("check")

    assert result.exit_code == 0
    assert "ai-supplier-core.yaml: no problems found" in result.stdout


def test_check_names_every_problem_with_its_place(run, tmp_path):
    """Two faults, two lines, in the form file:line:column: message; exit 1."""
    text = CORE.read_text(encoding="utf-8")
    text = text.replace("weight: 5", "weight: 500", 1).replace("role: context", "role: cotext", 1)
    bad = tmp_path / "ai-supplier-core.yaml"
    bad.write_text(text, encoding="utf-8")

    result = run("check", bad)

    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert len(lines) == 2
    assert all(line.startswith(f"{bad}:") and line.count(":") >= 3 for line in lines)


def test_check_of_a_missing_file_says_so(run, tmp_path):
    """A mistyped name is a problem, not a traceback."""
    result = run("check", tmp_path / "nothing.yaml")

    assert result.exit_code == 1
    assert "nothing.yaml" in result.output


@pytest.mark.parametrize("name", ["ai-supplier-core", str(CORE)])
def test_score_reads_lines_and_writes_lines(run, name):
    """A framework by id or by file; "-" is standard input; one result a line."""
    result = run("score", "--framework", name, "-", stdin=json.dumps(LINE) + "\n\n")

    assert result.exit_code == 0
    (line,) = result.stdout.splitlines()
    scored = json.loads(line)
    assert list(scored) == [
        "framework", "version", "method_version", "gate", "not_due", "pack", "tier", "sections",
        "stops", "flags", "decision", "recommendation", "challenge", "open",
    ]  # fmt: skip
    assert scored["recommendation"] == "not_ready"
    assert "CX" not in scored["sections"]


def test_score_refuses_what_the_framework_does_not_know(run):
    """The line, the question and what would be allowed; exit 1; no result is written."""
    bad = {**LINE, "answers": {"DP-02": "z", "DP-99": "a"}}
    text = f"{json.dumps(LINE)}\n{json.dumps(bad)}\nnot json\n"

    result = run("score", "--framework", "ai-supplier-core", "-", stdin=text)

    assert result.exit_code == 1
    assert result.stdout == ""
    assert "line 2: Question 'DP-02' has no option 'z'. Choose one of: a, b, c, d, e." in (
        result.stderr
    )
    assert "DP-99" in result.stderr
    assert "line 3" in result.stderr


def test_score_names_the_packs_there_are(run):
    """A pack nobody knows is refused before anything is read."""
    result = run("score", "--framework", "ai-supplier-core", "--pack", "ful", "-", stdin="")

    assert result.exit_code == 1
    assert "triage, baseline, full" in result.stderr


def test_score_of_an_unknown_framework_says_so(run):
    """The message names what was looked for."""
    result = run("score", "--framework", "nothing-like-it", "-", stdin="")

    assert result.exit_code == 1
    assert "nothing-like-it" in result.stderr


def test_export_lists_its_formats(run):
    """The help is made from the registry, so it cannot go stale."""
    assert "json" in run("export", "--list").stdout.split()


def test_a_record_goes_in_out_and_verifies(run, example, tmp_path):
    """import, export by id and verify give the very bytes back."""
    out = tmp_path / "out.json"
    brought_in = run("import", example)
    record_id = brought_in.stdout.split()[-1]

    exported = run("export", "--format", "json", "-o", out, record_id)

    assert brought_in.exit_code == exported.exit_code == 0
    assert out.read_bytes() == example.read_bytes()
    assert run("verify", out).exit_code == 0


def test_a_record_file_exports_without_the_store(run, example, tmp_path):
    """RECORD may be a file."""
    out = tmp_path / "answers.csv"

    assert run("export", "--format", "answers-csv", "-o", out, example).exit_code == 0
    assert out.read_bytes().startswith(b'\xef\xbb\xbf"assessment_id",')


def test_verify_refuses_one_changed_byte(run, example, tmp_path):
    """Exit 0 only if digest and recomputation both hold."""
    data = bytearray(example.read_bytes())
    data[len(data) // 2] ^= 1
    altered = tmp_path / "altered.json"
    altered.write_bytes(data)

    result = run("verify", example, altered)

    assert result.exit_code == 1
    assert f"{example}: the digest holds" in result.stdout
    assert f"{altered}" in result.stdout


def test_import_is_whole_or_nothing_and_names_the_file(run, example, tmp_path):
    """A record that does not hold is refused; the good one beside it goes in."""
    altered = tmp_path / "altered.json"
    altered.write_bytes(example.read_bytes()[:-1])

    result = run("import", altered, example)

    assert result.exit_code == 1
    assert "created" in result.stdout
    assert str(altered) in result.stderr


def test_demo_loads_once(run):
    """A second time adds nothing and changes nothing."""
    assert run("demo").stdout.startswith("14 fictional assessments")
    assert run("demo").stdout.startswith("0 fictional assessments")


def test_demo_leaves_alone_what_somebody_changed(run, tmp_path):
    """An example that was edited since stays as it was left."""
    run("demo")
    store = open_store(f"sqlite:///{tmp_path / 'store.sqlite3'}")
    revision = store.parts("demo-p01")["state"].revision
    store.save("demo-p01", "state", "in_review", revision, "Ana")

    result = run("demo")

    assert result.stdout.startswith("0 fictional assessments")
    assert store.load("demo-p01").assessment.state == "in_review"
    store.close()


@pytest.mark.parametrize("command", ["verify", "import"])
def test_a_missing_file_is_named(run, tmp_path, command):
    """No traceback for a mistyped name."""
    result = run(command, tmp_path / "nothing.json")

    assert result.exit_code == 1
    assert "nothing.json" in result.output


SMALL = TESTS / "frameworks" / "small.yaml"


@pytest.fixture
def version(tmp_path):
    """Write the small framework with some of its text replaced."""

    def version(name: str, *replacements: tuple[str, str]) -> Path:
        text = SMALL.read_text(encoding="utf-8")
        for old, new in replacements:
            assert old in text
            text = text.replace(old, new, 1)
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return version


NEWER = ('version: "2026.1"', 'version: "2026.2"')
TERM = "procurement_use: term\n        weight: "
REWEIGHTED = (f"{TERM}3", f"{TERM}5")
REWORDED = ("Where are the data held?", "Where do the data lie?")


def test_diff_shows_counts_and_then_a_line_for_each_change(run, version):
    """Two changes of one question stand together, in the order in which they are read."""
    result = run("diff", SMALL, version("new.yaml", NEWER, REWEIGHTED, REWORDED))

    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout.splitlines() == [
        "2 changes: 1 reworded, 1 reweighted. 1 could move a result.",
        'DP-2 reworded (ask): "Where are the data held?" -> "Where do the data lie?"',
        "DP-2 reweighted: 3 -> 5",
    ]


def test_diff_of_the_same_shows_none(run):
    """By id and by file, which are the same here."""
    result = run("diff", "ai-supplier-core", CORE)

    assert (result.exit_code, result.stdout, result.stderr) == (0, "No differences.\n", "")


def test_diff_warns_where_a_changed_framework_kept_its_version(run, version):
    """On standard error, so that what reads the output is not disturbed; still exit 0."""
    result = run("diff", SMALL, version("new.yaml", REWEIGHTED))

    assert result.exit_code == 0
    (line,) = result.stderr.splitlines()
    assert line.startswith("Warning: small 2026.1 is already in use")
    assert line.endswith('Write a new version, such as "2026.2".')


def test_diff_says_that_two_frameworks_are_no_versions_of_each_other(run):
    """They are compared all the same."""
    result = run("diff", SMALL, CORE)

    assert result.exit_code == 0
    assert result.stdout.startswith(
        "Two questionnaires are compared, small and ai-supplier-core: what has the same id"
    )


def test_diff_writes_json_with_every_text_whole(run, version):
    """The same changes, for other programs; a warning does not get into it."""
    result = run("diff", "--json", SMALL, version("new.yaml", REWORDED))

    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "old": {"id": "small", "version": "2026.1"},
        "new": {"id": "small", "version": "2026.1"},
        "is_same_framework": True,
        "version_is_new": False,
        "same_version_changed": True,
        "summary": {"reworded": 1},
        "changes": [
            {
                "kind": "reworded",
                "where": "ask",
                "question": "DP-2",
                "before": "Where are the data held?",
                "after": "Where do the data lie?",
                "affects_result": False,
                "option": "",
            }
        ],
    }


def test_diff_refuses_a_broken_file_with_its_problems(run, version):
    """Exit 1, the place in the file, and no result."""
    bad = version("bad.yaml", ("weight: 5", "weight: 500"))

    for arguments in ((SMALL, bad), (bad, SMALL)):
        result = run("diff", *arguments)

        assert result.exit_code == 1
        assert result.stdout == ""
        assert f"{bad}:" in result.stderr


def test_diff_names_a_file_that_is_not_there(run):
    """By the name that was given."""
    result = run("diff", SMALL, "nothing-like-it")

    assert result.exit_code == 1
    assert "nothing-like-it" in result.stderr
