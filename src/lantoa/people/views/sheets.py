"""The list of people as a file: a short one at once, a long one by a job."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lantoa.accounts.asking import user_of
from lantoa.files.links import signed_url
from lantoa.files.models import StoredFile
from lantoa.jobs.actions import enqueue
from lantoa.jobs.queries import jobs_of
from lantoa.kernel import clock
from lantoa.people.actions.note_export import note_export
from lantoa.people.forms.persons import PersonSearch
from lantoa.people.models import RoleGrant
from lantoa.people.permissions import persons_within
from lantoa.people.queries.persons import filter_persons
from lantoa.people.spreadsheets import persons_sheet
from lantoa.people.tasks import SHEET_HANDLER
from lantoa.people.views.access import keepers_only
from lantoa.web import formats

AT_ONCE = 5000
"""More people than this take seconds, in which a page of somebody else's would wait."""


@keepers_only
@require_http_methods(["GET", "POST"])
def export(request: HttpRequest) -> HttpResponse | FileResponse:
    """The filtered list as units expect it: STT | Họ và tên | Ngày sinh | …"""
    user = user_of(request)
    search = PersonSearch(request.GET, user=user)
    if not search.is_valid():
        return redirect(f"{reverse('people:persons')}?{request.GET.urlencode()}")
    within = persons_within(user, RoleGrant.Role.COORDINATOR)
    wanted = search.wanted()
    found = filter_persons(within, wanted)
    count, filters = found.count(), request.GET.urlencode()
    if count <= AT_ONCE:
        note_export(actor=user, count=count, filters=filters)
        return persons_sheet(found, filename=f"danh-sach-{clock.today():%Y-%m-%d}")
    if request.method == "POST":
        title = _("Xuất danh sách %(count)s người") % {"count": formats.number(count)}
        params = {"wanted": wanted.as_params(), "filters": filters}
        job = enqueue(handler=SHEET_HANDLER, title=title, params=params, actor=user)
        return redirect("jobs:job", job.pk)
    context = {
        "question": _("Xuất danh sách %(count)s người?") % {"count": formats.number(count)},
        "consequence": _(
            "Danh sách dài nên được làm nền trong vài giây; xong thì có liên kết để tải về. Tệp"
            " chứa thông tin cá nhân và tự xóa sau một ngày."
        ),
        "action_label": _("Làm tệp .xlsx"),
        "back_url": f"{reverse('people:persons')}?{filters}",
    }
    return render(request, "web/confirm.html", context)


@keepers_only
@require_GET
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The file that one's own job made, while it is kept."""
    job = get_object_or_404(jobs_of(user_of(request)).filter(handler=SHEET_HANDLER), pk=pk)
    stored = StoredFile.objects.filter(pk=job.result.get("file")).first()
    if stored is None:
        raise Http404
    return redirect(signed_url(stored, download=True))
