"""Writes the list of parts as CycloneDX, from the pins and their hashes: ``make sbom``."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

from procurement_risk.framework.shipped import VERSION

ROOT = Path(__file__).parents[1]
PIN = re.compile(r"^([a-z0-9-]+)(?:\[.*?\])?==(\S+)(.*?)(?=^[a-z]|\Z)", re.MULTILINE | re.DOTALL)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def components(pins: str) -> Iterator[Component]:
    """Yield every package that ``pins`` installs, with the hashes of its files."""
    for name, version, rest in PIN.findall(pins):
        hashes = [HashType(alg=HashAlgorithm.SHA_256, content=each) for each in HASH.findall(rest)]
        url = PackageURL("pypi", None, name, version)
        yield Component(
            name=name, version=version, purl=url, bom_ref=str(url), hashes=hashes,
            type=ComponentType.LIBRARY,
        )  # fmt: skip


def bom(pins: str) -> Bom:
    """Return the list of parts of this version of the toolkit."""
    found = Bom(components=components(pins))
    found.metadata.component = Component(
        name="procurement-risk", version=VERSION, type=ComponentType.APPLICATION
    )
    return found


if __name__ == "__main__":
    made = bom((ROOT / "requirements.txt").read_text("utf-8"))
    written = make_outputter(made, OutputFormat.JSON, SchemaVersion.V1_6)
    Path(sys.argv[1]).write_text(written.output_as_string(indent=2), encoding="utf-8")
