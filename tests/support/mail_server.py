"""A mail server and a receiver of webhooks on this computer, which do as they are told."""

import contextlib
import datetime
import ipaddress
import socketserver
import ssl
import threading

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class Mail(socketserver.ThreadingTCPServer):
    """A mail server.

    Attributes:
        got: Every mail that it took: to whom, and its text.
        says: What it answers to the whole of a mail; None where it hangs up instead.
        rcpt: What it answers to whom a mail is for.
        context: With what it encrypts, or None where it does not offer that.
        said: Every command that it was given.
    """

    daemon_threads = allow_reuse_address = True

    def __init__(self, context=None):
        super().__init__(("127.0.0.1", 0), _Talk)
        self.got, self.said, self.context = [], [], context
        self.says, self.rcpt = "250 taken", "250 ok"

    @property
    def port(self):
        return str(self.server_address[1])


class _Talk(socketserver.StreamRequestHandler):
    def handle(self):
        with contextlib.suppress(OSError):
            self._talk()

    def _talk(self):
        self._answer("220 here")
        to = ""
        while line := self.rfile.readline().decode("ascii", "replace").rstrip("\r\n"):
            self.server.said.append(line)
            word = line.split()[0].upper()
            if word == "EHLO":
                offers = ["here", *(["STARTTLS"] if self._may_encrypt() else ["AUTH PLAIN"])]
                for n, each in enumerate(offers):
                    self._answer(f"250{'-' if n + 1 < len(offers) else ' '}{each}")
            elif word == "STARTTLS":
                self._answer("220 go on")
                self._encrypt()
            elif word == "RCPT":
                to = line.partition("<")[2].partition(">")[0]
                self._answer(self.server.rcpt)
            elif word == "DATA":
                self._answer("354 go on")
                lines = iter(lambda: self.rfile.readline().decode().rstrip("\r\n"), ".")
                text = "\n".join(lines)
                if self.server.says is None:
                    return
                if self.server.says.startswith("2"):
                    self.server.got.append((to, text))
                self._answer(self.server.says)
            else:
                self._answer(
                    "221 bye" if word == "QUIT" else "235 ok" if word == "AUTH" else "250 ok"
                )

    def finish(self):
        with contextlib.suppress(OSError):
            super().finish()
        self.request.close()

    def _answer(self, text):
        self.wfile.write(f"{text}\r\n".encode())

    def _may_encrypt(self):
        return self.server.context is not None and not isinstance(self.request, ssl.SSLSocket)

    def _encrypt(self):
        plain = self.request
        self.request = self.server.context.wrap_socket(
            plain, server_side=True, do_handshake_on_connect=False
        )
        with contextlib.suppress(ssl.SSLError, OSError):  # who does not believe us hangs up
            self.request.do_handshake()
        self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb", 0)


class Receiver(socketserver.ThreadingTCPServer):
    """A receiver of webhooks: ``got`` holds path, headers and body of each call."""

    daemon_threads = allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Call)
        self.got, self.says = [], "200 OK"

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_address[1]}/hook?x=1"


class _Call(socketserver.StreamRequestHandler):
    def handle(self):
        path = self.rfile.readline().decode().split()[1]
        headers = {}
        while line := self.rfile.readline().decode().strip():
            name, _colon, value = line.partition(": ")
            headers[name.lower()] = value
        self.server.got.append((path, headers, self.rfile.read(int(headers["content-length"]))))
        if self.server.says is not None:
            said = f"HTTP/1.1 {self.server.says}\r\nLocation: http://127.0.0.1:1/\r\n"
            self.wfile.write(f"{said}Content-Length: 0\r\n\r\n".encode())


@contextlib.contextmanager
def served(server):
    """Run a server in a thread for as long as the test needs it."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def certificate(folder, name="127.0.0.1"):
    """A certificate for this computer, by itself: the file that holds it, and what serves it."""
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail for tests")])
    now = datetime.datetime.now(datetime.UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(called)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(name))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    file, private = folder / "mail.pem", folder / "mail.key"
    file.write_bytes(built.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    private.write_bytes(key.private_bytes(serialization.Encoding.PEM, *form))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, private)
    return str(file), context
