"""The command ``compare``: records or ids in, the numbers of the page out; files of scores too."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from procurement_risk.cli.main import main
from procurement_risk.comparison import compare
from procurement_risk.comparison.document import comparison_to_document
from procurement_risk.imports.demonstration import EXAMPLES
from procurement_risk.storage import open_store
from tests.support.comparison_examples import BIDS, bids
from tests.support.stored_examples import put_demonstration

FILES = [EXAMPLES / f"{name}.json" for name in BIDS]
SCORES = {
    "suppliers": ["A", "B"],
    "criteria": ["one", "two"],
    "scores": [[1, 2.5], [2, 3]],
    "published_weights": [0.5, 0.5],
}


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run the command with a store of its own."""
    url = f"sqlite:///{tmp_path / 'store.sqlite3'}"
    monkeypatch.setenv("PROCUREMENT_RISK_DATABASE", url)

    def run(*arguments):
        result = CliRunner().invoke(main, ["compare", *map(str, arguments)])
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    run.url = url
    return run


def test_records_give_the_numbers_of_the_comparison(run):
    result = run(*FILES, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == comparison_to_document(compare(bids()))


def test_ids_in_the_store_give_the_same(run):
    store = open_store(run.url)
    put_demonstration(store)
    store.close()
    ids = [json.loads(path.read_bytes())["assessment"]["id"] for path in FILES]
    assert run(*ids, "--json").stdout == run(*FILES, "--json").stdout


def test_without_json_it_says_the_order_in_words(run):
    said = run(*FILES).stdout
    assert said.index("This is due diligence.") < said.index("No order yet: it turns on SR-12")
    assert "They may never be used to rank bidders" in said
    assert "16.0" in said  # every section's score stands beside the ordering figure
    assert "SR-12" in said


def test_what_is_stopped_stands_first_with_the_reason(run):
    said = run(*FILES, EXAMPLES / "p05-claims-fraud-scoring.json").stdout
    assert said.index("Stopped, and not ordered: Ironvale") < said.index(
        "No order yet: it turns on SR-12"
    )
    assert "SR-04" in said


def test_what_cannot_be_compared_is_named_with_the_reason(run):
    said = run(*FILES, EXAMPLES / "p02-letters-to-mps.json").stdout
    assert "Not comparable: Bramblewick AI Ltd (demo-p02): it is for another purchase." in said


def test_fewer_than_two_are_no_comparison(run):
    result = run(FILES[0], EXAMPLES / "p02-letters-to-mps.json", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["order"] is None
    assert "Fewer than two of these can be compared" in result.stderr


def test_everything_wrong_with_the_records_is_said_at_once(run, tmp_path):
    altered = tmp_path / "altered.json"
    altered.write_bytes(FILES[0].read_bytes().replace(b'"fictional":true', b'"fictional":false'))
    result = run("nowhere.json", altered, "no-such-id", FILES[1])

    assert result.exit_code == 1
    assert "nowhere.json: there is no such file" in result.stderr
    assert "record.digest" in result.stderr
    assert "no-such-id" in result.stderr


@pytest.mark.parametrize(
    "arguments", [[], [FILES[0]], [*FILES, "--smaa", "x.json"], ["--seed", "-1", *FILES]]
)
def test_a_mistyped_command_says_how_it_goes(run, arguments):
    assert run(*arguments).exit_code == 2


def test_another_seed_moves_no_share_by_more_than_two_points(run):
    def firsts(seed):
        order = json.loads(run(*FILES, "--json", "--seed", seed).stdout)["order"]
        return [float(row[0]) for row in order["within_50_percent"]["rank_acceptability"]]

    assert firsts(1) == pytest.approx(firsts(2), abs=2)


def test_a_file_of_scores(run, tmp_path):
    file = tmp_path / "scores.json"
    file.write_text(json.dumps(SCORES))
    found = json.loads(run("--smaa", file, "--json").stdout)

    assert found["stability_radius"]["lambda_0"]["rivals"] == {"B": None}
    assert found["any_weights"]["rank_acceptability"] == [[1.0, 0.0], [0.0, 1.0]]
    assert found["any_weights"]["pairwise_better"] == [[0.0, 1.0], [0.0, 0.0]]
    said = run("--smaa", file).stdout
    assert "B never draws level, whatever the weights" in said


def test_a_misshapen_file_of_scores_is_refused_in_words(run, tmp_path):
    file = tmp_path / "scores.json"
    file.write_text(json.dumps({**SCORES, "published_weights": [1, -1], "scores": [[1, 2]]}))
    result = run("--smaa", file)

    assert result.exit_code == 1
    assert "published_weights[1] is -1" in result.stderr
    assert "list of 2 rows" in result.stderr
    assert run("--smaa", Path("nowhere.json")).exit_code == 1


@pytest.mark.parametrize(
    ("ending", "starts"), [("pdf", b"%PDF"), ("html", b"<!"), ("pptx", b"PK")]
)
def test_the_page_is_written_by_the_ending_of_its_name(run, tmp_path, ending, starts):
    file = tmp_path / f"page.{ending}"
    assert run(*FILES, "-o", file).exit_code == 0
    assert file.read_bytes().startswith(starts)


def test_another_ending_is_refused(run, tmp_path):
    result = run(*FILES, "-o", tmp_path / "page.docx")
    assert result.exit_code == 2
    assert ".pdf, .html, .pptx" in result.output
    assert not (tmp_path / "page.docx").exists()


@pytest.mark.parametrize(
    ("ending", "starts"), [("pdf", b"%PDF"), ("html", b"<!"), ("pptx", b"PK")]
)
def test_the_page_of_the_portfolio_is_written_too(run, tmp_path, ending, starts):
    store = open_store(run.url)
    put_demonstration(store)
    store.close()
    file = tmp_path / f"portfolio.{ending}"
    result = CliRunner().invoke(main, ["portfolio", "-o", str(file)])
    assert result.exit_code == 0, result.output
    assert file.read_bytes().startswith(starts)
