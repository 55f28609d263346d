"""The exam protocol (docs/exam-protocol.md) over one kept connection, as a candidate's device."""

import json
import ssl
import time
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any, Protocol
from urllib.parse import urlsplit

SECONDS = 15.0
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class NotLoopback(ValueError):
    """Rehearsals load only the machine they run on."""


class Client(Protocol):
    def ask(
        self, method: str, path: str, body: Any = None, token: str = ""
    ) -> tuple[int, Any, float]:
        """Status (0: no answer), what was told, milliseconds."""


class HttpClient:
    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.hostname not in LOOPBACK or parts.scheme not in ("http", "https"):
            raise NotLoopback(url)
        self._host, self._port = parts.hostname, parts.port
        self._secure = parts.scheme == "https"
        self._connection: HTTPConnection | None = None

    def _connected(self) -> HTTPConnection:
        if self._connection is None:
            if self._secure:
                # Its own machine by another name than the certificate's.
                context = ssl.create_default_context()
                context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
                self._connection = HTTPSConnection(
                    self._host, self._port, timeout=SECONDS, context=context
                )
            else:
                self._connection = HTTPConnection(self._host, self._port, timeout=SECONDS)
        return self._connection

    def ask(
        self, method: str, path: str, body: Any = None, token: str = ""
    ) -> tuple[int, Any, float]:
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        raw = None if body is None else json.dumps(body)
        began = time.perf_counter()
        try:
            connection = self._connected()
            connection.request(method, path, raw, headers)
            answer = connection.getresponse()
            told = answer.read()
        except (OSError, HTTPException):
            self.close()
            return 0, None, (time.perf_counter() - began) * 1000
        spent = (time.perf_counter() - began) * 1000
        try:
            return answer.status, json.loads(told), spent
        except ValueError:
            return answer.status, None, spent

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
