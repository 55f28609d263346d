from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from lantoa.audit.deliveries import drain

GetResponse = Callable[[HttpRequest], HttpResponse]


def deliveries(get_response: GetResponse) -> GetResponse:
    """After a request that may have written, tell the domains above at once: a learner who has just
    finished the course finds the final test open. What fails here the worker tries again."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            while drain(100):
                pass
        return response

    return middleware
