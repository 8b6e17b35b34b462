"""The PDFs before veraPDF, the independent checker of PDF/UA, on machines that have it.

Where there is none, the structure trees are still read by ``tagged_pdf``.
"""

import os
import shutil
import subprocess

import pytest

from procurement_risk.exports import EXPORTS
from procurement_risk.exports.gather import gather
from procurement_risk.storage import open_store
from tests.support.stored_examples import put_demonstration

VERAPDF = os.environ.get("VERAPDF") or shutil.which("verapdf")
UNTAGGED = b"""%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >> endobj
trailer << /Root 1 0 R >>
%%EOF
"""

pytestmark = pytest.mark.skipif(
    not VERAPDF, reason="veraPDF is not installed; VERAPDF can name it"
)


def passes(path):
    """Whether veraPDF finds the file to be PDF/UA-1."""
    command = [VERAPDF, "--flavour", "ua1", "--format", "text", str(path)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.stdout.startswith(("PASS", "FAIL")), run.stdout + run.stderr
    return run.stdout.startswith("PASS")


@pytest.mark.parametrize("name", ["leadership-pdf", "public-summary-pdf"])
def test_a_pdf_can_be_read_aloud(name, tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'store.sqlite3'}")
    put_demonstration(store)
    export = EXPORTS[name]
    path = tmp_path / "page.pdf"
    path.write_bytes(export.write(gather(store, ["demo-p05"], export.wants)))
    store.close()

    assert passes(path)


def test_one_without_tags_does_not_pass(tmp_path):
    path = tmp_path / "untagged.pdf"
    path.write_bytes(UNTAGGED)

    assert not passes(path)
