"""The HTTP gateway, spoken to for real over TLS on this machine."""

import json
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from lantoa.installation import sms
from lantoa.installation.errors import NotSent
from lantoa.installation.models import Installation
from lantoa.installation.secrets import sealed

Got = list[dict[str, Any]]


def certificate(directory: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    path = directory / "gateway.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture
def gateway(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Installation, Got, dict[str, int]]]:
    """(an installation pointing at a gateway here, what it got, how it answers)."""
    got: Got = []
    answer = {"status": 200}

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got.append({"token": self.headers["Authorization"], **json.loads(body)})
            self.send_response(answer["status"])
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            pass

    pem = certificate(tmp_path)
    server = HTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    # The gateway of this test stands where no real one may.
    monkeypatch.setattr(sms, "is_https_url", lambda url: url.startswith("https://"))
    trusted = ssl.create_default_context(cafile=str(pem))
    monkeypatch.setattr(ssl, "create_default_context", lambda: trusted)
    installation = Installation(
        sms_transport="http",
        sms_url=f"https://127.0.0.1:{server.server_port}/send",
        sms_token_encrypted=sealed("tok-1"),
    )
    yield installation, got, answer
    server.shutdown()
    server.server_close()


def test_posts_json_with_the_token(gateway: tuple[Installation, Got, dict[str, int]]) -> None:
    installation, got, _answer = gateway
    sms.deliver(installation, to="0912345678", body="Mã của anh/chị là 12345678")
    assert got == [
        {"token": "Bearer tok-1", "to": "0912345678", "text": "Mã của anh/chị là 12345678"}
    ]


@pytest.mark.parametrize(
    ("status", "sentence"),
    [(401, "mã truy cập"), (302, "chuyển hướng"), (429, "quá nhanh"), (500, "mã 500")],
)
def test_says_why_not_and_never_follows_a_redirect(
    gateway: tuple[Installation, Got, dict[str, int]], status: int, sentence: str
) -> None:
    installation, got, answer = gateway
    answer["status"] = status
    with pytest.raises(NotSent, match=sentence) as refused:
        sms.deliver(installation, to="0912345678", body="Mã")
    assert len(got) == 1
    assert "0912345678" not in str(refused.value)


def test_an_unknown_certificate_is_not_trusted(
    gateway: tuple[Installation, Got, dict[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    installation, got, _answer = gateway
    monkeypatch.setattr(
        ssl, "create_default_context", lambda: ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    )
    with pytest.raises(NotSent, match="Không kết nối được"):
        sms.deliver(installation, to="0912345678", body="Mã")
    assert got == []
