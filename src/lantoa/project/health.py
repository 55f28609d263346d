"""Is it alive (`/healthz`, no database), can it serve (`/readyz`)."""

import shutil
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

# Under this the database may not be able to grow any more; pages say so to administrators.
LOW_DISK_BYTES = 1024**3


async def live(scope: Any, receive: Any, send: Send) -> None:
    headers = [(b"content-type", b"text/plain"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"ok\n"})


def free_disk_bytes() -> int:
    return shutil.disk_usage(settings.DATA).free


def pending_migrations() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def readiness() -> dict[str, str]:
    """Each check with "ok" or what is wrong."""
    checks = {"database": "ok", "migrations": "ok", "disk": "ok"}
    try:
        if waiting := pending_migrations():
            checks["migrations"] = f"{waiting} to apply: run `lantoa upgrade`"
    except DatabaseError as error:
        checks["database"] = type(error).__name__
    if free_disk_bytes() < LOW_DISK_BYTES:
        checks["disk"] = f"low: {free_disk_bytes() // 1024**2} MB free"
    return checks


def ready(request: HttpRequest) -> JsonResponse:
    checks = readiness()
    usable = checks["database"] == "ok" and checks["migrations"] == "ok"
    return JsonResponse(checks, status=200 if usable else 503)
