"""The same answers from Django, for the test client and for development servers."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from lantoa.files.delivery import Answer, answer

CHUNK = 128 * 1024


def media(request: HttpRequest, rest: str) -> HttpResponseBase:
    headers = {name.lower(): value for name, value in request.headers.items()}
    reply = answer(request.method or "GET", request.path, headers)
    if request.method == "HEAD" or reply.path is None:
        body = b"" if request.method == "HEAD" else reply.body
        return HttpResponse(body, status=reply.status, headers=reply.headers)
    response = StreamingHttpResponse(_chunks(reply), status=reply.status, headers=reply.headers)
    response["Content-Encoding"] = "identity"  # a compressed part would not be the part asked for
    return response


def _chunks(reply: Answer) -> Iterator[bytes]:
    assert reply.path is not None
    with reply.path.open("rb") as file:
        file.seek(reply.start)
        left = reply.length
        while left > 0 and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
