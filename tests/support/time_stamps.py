"""A time-stamp service (RFC 3161) for tests: openssl behind HTTP, with certificates of its own."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

CONFIG = """[tsa]
serial = {folder}/serial
default_policy = 1.2.3.4.1
digests = sha256
signer_digest = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
"""


def make(folder: Path) -> Path:
    """Make the service's key and certificates, and return the file with its root certificate."""
    root_key, key = (
        ec.generate_private_key(ec.SECP256R1()),
        ec.generate_private_key(ec.SECP256R1()),
    )
    root = _certificate("Root", "Root", root_key, root_key)
    own = _certificate("Time", "Root", key, root_key)
    pem = serialization.Encoding.PEM
    (folder / "root.pem").write_bytes(root.public_bytes(pem))
    (folder / "own.pem").write_bytes(own.public_bytes(pem))
    none = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    (folder / "key.pem").write_bytes(key.private_bytes(pem, form, none))
    (folder / "config").write_text(CONFIG.format(folder=folder))
    return folder / "root.pem"


def _certificate(
    name: str, issuer: str, key: ec.EllipticCurvePrivateKey, by: ec.EllipticCurvePrivateKey
) -> x509.Certificate:
    now, is_root = datetime.now(UTC), name == issuer
    named = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, n)]) for n in (name, issuer)]
    made = (
        x509.CertificateBuilder()
        .subject_name(named[0])
        .issuer_name(named[1])
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
    )
    if not is_root:
        use = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        made = made.add_extension(use, critical=True)
    return made.sign(by, hashes.SHA256())


def stamped(folder: Path, query: bytes) -> bytes:
    """Return the service's answer to a query."""
    (folder / "query").write_bytes(query)
    words = "openssl ts -reply -config config -section tsa -signer own.pem -inkey key.pem"
    words += " -queryfile query -out answer"
    subprocess.run(words.split(), cwd=folder, check=True, capture_output=True)
    return (folder / "answer").read_bytes()


RAW = b"raw:"


@contextmanager
def serving(answers: list[bytes | Path]) -> Iterator[str]:
    """Yield the address of a service that gives ``answers``: as they stand, or from a folder.

    What begins with ``RAW`` is all that it sends, instead of an answer as HTTP has it.
    """

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            given = answers.pop(0)
            if isinstance(given, bytes) and given.startswith(RAW):
                self.wfile.write(given.removeprefix(RAW))
                return
            self.send_response(200)
            self.end_headers()
            self.wfile.write(given if isinstance(given, bytes) else stamped(given, query))

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Answering)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
