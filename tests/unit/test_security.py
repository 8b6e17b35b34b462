"""What the page on threats claims is tested, and what we ship for a server fits the server."""

import re
import tomllib

import pytest

from procurement_risk.server import returning, settings
from scripts import sbom
from tests.support.places import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
TESTS = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))

PLACES = {"backups", "frameworks", "signing_folder", "evidence"}
"""The settings that name where the app writes besides its database."""


def untested(page):
    """Return every line of the table of threats that names no test, or one that is not there."""
    table = page.partition("## Each threat")[2].partition("\n## ")[0]
    lines = [line for line in table.splitlines() if line.startswith("| ")][1:]
    named = {line: re.findall(r"`(test_\w+)`", line.rpartition("| ")[2]) for line in lines}
    return [
        line
        for line, names in named.items()
        if not names or any(f"def {name}(" not in TESTS for name in names)
    ]


def test_every_threat_that_is_said_to_be_stopped_has_a_test():
    assert PAGE.count("| `test_") > 15
    assert untested(PAGE) == []


@pytest.mark.parametrize("test", ["`test_that_is_not_there`", "by hand"])
def test_a_claim_without_a_test_is_found(test):
    line = f"| Anything | Something | {test} |"
    assert untested(PAGE.replace("| --- |", "").replace("\n## Not", f"{line}\n\n## Not")) == [line]


def unshown(page):
    """Return every row of the checklist whose evidence is none, or is not there."""
    checklist = page.partition("## ASVS")[2].partition("\n## ")[0]
    found = []
    for line in checklist.splitlines():
        if not re.match(r"\| V\d", line):
            continue
        met, said = (each.strip() for each in line.strip("| ").split(" | ")[-2:])
        named = re.findall(r"`(test_\w+|\w+(?:/[\w.]+)+|requirements\.txt)`", said)
        shown = all(
            f"def {name}(" in TESTS if name.startswith("test_") else (ROOT / name).is_file()
            for name in named
        )
        told = {"yes": bool(named), "in part": bool(named), "no": len(said) > 10}
        if not told.get(met) or not shown:
            found.append(line)
    return found


def test_what_the_checklist_says_is_met_is_shown():
    assert unshown(PAGE) == []
    named = re.findall(r"^\| V(\d+) [A-Z]", PAGE, re.MULTILINE)
    assert named == [str(n) for n in range(1, 18)]


@pytest.mark.parametrize(
    "end",
    ["yes | By hand", "in part | `test_that_is_not_there`", "yes | `docs/nothing.md`", "no | -",
     "mostly | `docs/operating.md`"],
)  # fmt: skip
def test_a_row_of_the_checklist_without_evidence_is_found(end):
    line = f"| V17 | Something | {end} |"
    assert unshown(f"{PAGE}{line}\n") == [line]


@pytest.mark.parametrize(
    "place",
    ["//evil.example", "https://evil.example", "/\\evil.example", "evil", "/a\r\nx: y", "/é",
     "/auth/logout", "/" + "a" * 2_000, ""],
)  # fmt: skip
def test_a_place_elsewhere_is_never_led_to(place):
    assert not returning.is_ours(place)
    assert returning.is_ours("/answer?assessment=a-1&section=DP")


def test_the_settings_that_we_ship_are_ours():
    file = ROOT / "deploy" / "team.toml"
    known = {each.name for each in settings.fields(settings.Team)}
    assert set(tomllib.loads(file.read_text("utf-8"))) <= known
    for shipped in (ROOT / "deploy").rglob("*.*"):
        for name in re.findall(r"PROCUREMENT_RISK_([A-Z_]+)", shipped.read_text("utf-8")):
            setting = name.lower().removesuffix("_file")
            assert setting in known | PLACES | {"mode", "settings"}, (shipped, name)


@pytest.mark.parametrize(
    ("file", "writable"),
    [("systemd/procurement-risk@.service", "%S/"), ("compose.yaml", "/var/lib/procurement-risk")],
)
def test_what_we_ship_writes_where_all_processes_may(file, writable):
    """The rest of the disk may only be read there, the app's own folder too."""
    said = (ROOT / "deploy" / file).read_text("utf-8")
    for name in PLACES:
        (place,) = re.findall(rf"PROCUREMENT_RISK_{name.upper()}(?:=|: )(\S+)", said)
        assert place.removeprefix("file://").startswith(writable), name


@pytest.mark.parametrize("file", ["nginx.conf", "haproxy.cfg"])
def test_a_proxy_takes_away_what_strangers_say_of_themselves(file):
    said = (ROOT / "deploy" / file).read_text("utf-8").lower()
    assert "x-auth-" in said
    assert "x-forwarded-for" in said
    assert "/metrics" in said
    assert "cookie" in said


@pytest.mark.filterwarnings("ignore:The Component this BOM")
def test_the_list_of_parts_holds_every_package_with_its_hashes():
    pins = (ROOT / "requirements.txt").read_text("utf-8")
    parts = {part.name: part for part in sbom.components(pins)}
    assert set(parts) == set(re.findall(r"^([a-z0-9-]+)(?:\[.*?\])?==", pins, re.MULTILINE))
    assert all(part.hashes for part in parts.values())
    assert len(sbom.bom(pins).components) == len(parts)
