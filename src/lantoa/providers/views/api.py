"""The door for a provider's own system: a bearer token, JSON in and out (docs/api.md)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import msgspec
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from lantoa.kernel.row_ids import row_id
from lantoa.providers.actions.providers import note_key_used
from lantoa.providers.actions.results import note_people_read, receive_batch
from lantoa.providers.api_schema import (
    AssignmentOut,
    BatchIn,
    PersonOut,
    answer_of,
    given_of,
)
from lantoa.providers.models import Assignment, ProviderKey, ResultImport
from lantoa.providers.permissions import standing
from lantoa.providers.queries.assignments import assignment_of_key, progress_of
from lantoa.providers.queries.keys import key_of
from lantoa.providers.queries.matching import judged
from lantoa.providers.queries.people import code_of, people_listed
from lantoa.providers.queries.results import counted, counts_of, rows_of
from lantoa.web.limits import allowed, client_address

A_MINUTE, TRIES = 120, 30
PAGE, LAST_PAGE = 1000, 10_000
View = Callable[..., HttpResponse]


def answered(content: Any, status: int = 200) -> HttpResponse:
    return HttpResponse(
        msgspec.json.encode(content), status=status, content_type="application/json"
    )


def refused(status: int, sentence: str) -> HttpResponse:
    return answered({"error": sentence}, status)


def keyed(view: View) -> View:
    """Only with a key that opens; so many questions a minute for each, so few tries without."""

    @csrf_exempt
    @never_cache
    @wraps(view)
    def asked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
        address = client_address(request)
        key = key_of(token.strip(), address) if scheme.lower() == "bearer" and token else None
        if key is None:
            if not allowed(f"provider-door:{address}", TRIES, 60):
                return refused(429, _("Quá nhiều lần thử; hãy đợi một phút."))
            answer = refused(401, _("Khóa không đúng, đã hết hạn, hoặc không dùng từ địa chỉ này."))
            answer["WWW-Authenticate"] = "Bearer"
            return answer
        if not allowed(f"provider-key:{key.pk}", A_MINUTE, 60):
            return refused(429, _("Quá nhiều yêu cầu; hãy đợi một phút."))
        note_key_used(key=key)
        return view(request, key, *args, **kwargs)

    return asked


def _found(key: ProviderKey, pk: int) -> Assignment | None:
    return assignment_of_key(key, pk)


@keyed
@require_GET
def assignments(_request: HttpRequest, key: ProviderKey) -> HttpResponse:
    held = standing(provider=key.provider).values_list("pk", flat=True)
    found = [one for pk in held if (one := _found(key, pk)) is not None]
    return answered({"assignments": [_assignment(one) for one in found]})


def _assignment(one: Assignment) -> AssignmentOut:
    counts = progress_of(one)
    return AssignmentOut(
        id=one.pk,
        requirement=one.requirement.name,
        programme=one.cohort.programme.title,
        cohort=one.cohort.name,
        training_class=one.training_class.name if one.training_class else "",
        greatest=one.greatest,
        pass_percent=one.pass_percent,
        until=one.until.isoformat(),
        people=counts.people,
        reported=counts.reported,
        passed=counts.passed,
    )


@keyed
@require_GET
def people(request: HttpRequest, key: ProviderKey, pk: int) -> HttpResponse:
    """A page of people; `next` is the number of the following one."""
    one = _found(key, pk)
    if one is None:
        return refused(404, _("Không có việc được giao nào mang số này."))
    typed = request.GET.get("page", "1")
    page = min(row_id(typed) or 1, LAST_PAGE)
    begin = (page - 1) * PAGE
    found = list(people_listed(one)[begin : begin + PAGE + 1])
    if page == 1:
        note_people_read(key=key, assignment=one)
    said = [
        PersonOut(
            code_of(e.pk), e.person.full_name, e.person.born, e.unit.name,
            e.person.phone if one.shows_contacts else "",
            e.person.email if one.shows_contacts else "",
        )
        for e in found[:PAGE]
    ]  # fmt: skip
    return answered({"people": said, "next": page + 1 if len(found) > PAGE else None})


@keyed
@require_POST
def results(request: HttpRequest, key: ProviderKey, pk: int) -> HttpResponse:
    """A batch: judged row by row; taken in unless it is a dry run. The same batch again is answered
    as it was taken."""
    one = _found(key, pk)
    if one is None:
        return refused(404, _("Không có việc được giao nào mang số này."))
    try:
        sent = msgspec.json.decode(request.body, type=BatchIn)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        return refused(400, _("Nội dung gửi không đúng: %(why)s") % {"why": str(error)[:300]})
    given = [given_of(number, row) for number, row in enumerate(sent.results, start=1)]
    if sent.dry_run:
        rows = judged(one, given)
        return answered(answer_of(sent.batch, "dry_run", counted(rows).by_state, rows))
    taken = one.result_imports.filter(batch=sent.batch).first()
    status = 200
    if taken is None:
        try:
            with transaction.atomic():
                taken = receive_batch(key=key, assignment=one, batch=sent.batch, rows=given)
            status = 201
        except IntegrityError:  # the same batch, sent twice at one moment
            taken = one.result_imports.get(batch=sent.batch)
    return answered(_answer(taken), status)


def _answer(taken: ResultImport) -> Any:
    taken.refresh_from_db(fields=["state"])
    return answer_of(taken.batch, taken.state, counts_of(taken).by_state, rows_of(taken))
