"""Slow readers of a large file: each takes a little and waits, for a bounded time, on loopback."""

import asyncio
from urllib.parse import urlsplit

CHUNK = 16 * 1024


async def _read(address: str, path: str, until: float) -> int:
    where = urlsplit(address)
    reader, writer = await asyncio.open_connection(where.hostname, where.port, limit=CHUNK)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {where.netloc}\r\n\r\n".encode())
    await writer.drain()
    taken = 0
    loop = asyncio.get_running_loop()
    try:
        while loop.time() < until:
            part = await asyncio.wait_for(reader.read(CHUNK), timeout=30)
            if not part:
                break
            taken += len(part)
            await asyncio.sleep(0.25)  # 64 KB/s: a phone at the edge of the network
    finally:
        writer.close()
    return taken


async def _all(address: str, path: str, count: int, seconds: float) -> list[int]:
    until = asyncio.get_running_loop().time() + seconds
    return await asyncio.gather(*(_read(address, path, until) for _ in range(count)))


def read_slowly(address: str, path: str, count: int, seconds: float) -> list[int]:
    """Bytes each reader had taken when the time was over."""
    return asyncio.run(_all(address, path, count, seconds))
