"""Imports of items: the list, uploading one, its dry run, applying and undoing."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lantoa.accounts.asking import user_of
from lantoa.files.rules import FileRefused
from lantoa.frameworks.queries import frameworks, topic_groups
from lantoa.items.actions import imports as actions
from lantoa.items.exchange import formats, spreadsheet
from lantoa.items.exchange.rows import FileWrong
from lantoa.items.exchange_forms import ImportForm, RowSearch
from lantoa.items.kinds import kinds
from lantoa.items.models import Item, ItemImport
from lantoa.items.permissions import READERS, home_units
from lantoa.items.queries.imports import import_for, imports_within, rows_of
from lantoa.items.rules import NotAllowed
from lantoa.items.views import for_readers, import_shown
from lantoa.kernel.row_ids import row_ids
from lantoa.web.formats import number
from lantoa.web.sheets import XLSX

PAGE = 30
State = ItemImport.State
BUSY = (State.READING, State.APPLYING, State.UNDOING)


def _import(request: HttpRequest, pk: int) -> ItemImport:
    try:
        return import_for(user_of(request), pk)
    except ItemImport.DoesNotExist:
        raise Http404 from None


@for_readers
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    page = Paginator(imports_within(user_of(request)), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": import_shown.imports(page.object_list),
        "trail": import_shown.trail(to_list=False),
    }
    return render(request, "items/import_list.html", context)


@for_readers
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    units = home_units(request.user, *READERS)
    initial = {"purpose": Item.Purpose.EXAM, "level": Item.Level.BASIC}
    form = ImportForm(request.POST or None, request.FILES or None, units=units, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            taken = actions.receive_import(
                upload=data["file"],
                unit=data["unit"],
                topic=form.topic_node(),
                level=data["level"],
                purpose=data["purpose"],
                actor=user_of(request),
            )
        except FileWrong as wrong:
            form.add_error("file", f"{data['file'].name}: {wrong.said.sentence}")
        except FileRefused as refused:
            form.add_error("file", refused.message)
        else:
            return redirect("items:import", taken.pk)
    context = {"form": form, "formats": formats(), "trail": import_shown.trail()}
    return render(request, "items/import_add.html", context)


@for_readers
@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """The form to fill in, with the topics and kinds of this installation."""
    topics = [
        (f"{framework.code}/{topic.code}", topic.title)
        for framework in frameworks()
        for group in topic_groups(framework)
        for topic in group.topics
    ]
    data = spreadsheet.template(topics, [kind.name for kind in kinds()])
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="mau-cau-hoi.xlsx"'
    return response


@for_readers
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One import: its progress, its dry run, or what it did."""
    shown, user = _import(request, pk), user_of(request)
    context = {"shown": shown, "trail": import_shown.trail()}
    if shown.state == State.REFUSED:
        form = ImportForm(units=home_units(user, *READERS), initial=import_shown.chosen(shown))
        context |= {"form": form, "formats": formats()}
        return render(request, "items/import_add.html", context)
    if shown.state in BUSY:
        context["job"] = import_shown.job_of(shown, user)
        return render(request, "items/import_busy.html", context)
    search = RowSearch(request.GET, of=shown)
    wanted = search.wanted()
    rows = rows_of(shown, wanted).select_related("match", "item")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context |= {
        "search": search,
        "wanted": wanted,
        "page": page,
        "rows": import_shown.rows(page.object_list),
        "tabs": import_shown.tabs(shown, wanted),
        "answer": import_shown.answer(shown),
        "outcome": import_shown.outcome(shown),
        "defaults": import_shown.defaults(shown),
        "filters": import_shown.filters(wanted, page.number),
    }
    return render(request, "items/import.html", context)


@for_readers
@require_POST
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Which of the rows shown are taken in: those ticked; or all that the filter shows, or none."""
    of, user = _import(request, pk), user_of(request)
    kept = QueryDict(request.POST.get("filters", ""))
    said = request.POST.get("decision", "")
    if said in ("take", "leave"):
        rows = list(rows_of(of, RowSearch(kept, of=of).wanted()).defer("content"))
        picked = {row.pk for row in rows} if said == "take" else set()
    else:
        shown = row_ids(request.POST.getlist("shown"))
        rows = list(of.rows.filter(pk__in=shown).defer("content"))
        picked = set(row_ids(request.POST.getlist("row")))
    try:
        taken = [row for row in rows if row.pk in picked]
        left = [row for row in rows if row.pk not in picked]
        count = actions.choose_rows(of=of, rows=taken, accepted=True, actor=user)
        count += actions.choose_rows(of=of, rows=left, accepted=False, actor=user)
    except NotAllowed as busy:
        messages.error(request, str(busy))
    else:
        words = ngettext("Đã đổi lựa chọn của %s hàng.", "Đã đổi lựa chọn của %s hàng.", count)
        messages.success(request, words % number(count))
    return redirect(f"{reverse('items:import', args=[pk])}?{kept.urlencode()}")


@for_readers
@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    of = _import(request, pk)
    try:
        actions.start_applying(of=of, actor=user_of(request))
    except NotAllowed as busy:
        messages.error(request, str(busy))
    return redirect("items:import", pk)


@for_readers
@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    of = _import(request, pk)
    if request.method == "POST":
        try:
            actions.start_undoing(of=of, actor=user_of(request))
        except NotAllowed as busy:
            messages.error(request, str(busy))
        return redirect("items:import", pk)
    if of.state != State.APPLIED:
        return redirect("items:import", pk)
    context = {
        "question": _("Hoàn tác lần nhập này?"),
        "consequence": _(
            "%(created)s câu nháp mà lần nhập này tạo ra sẽ bị xóa. Câu đã được sửa, thẩm định, "
            "duyệt hoặc sử dụng thì giữ lại."
        )
        % {"created": number(of.summary["applied"]["created"])},
        "action_label": _("Hoàn tác"),
        "back_url": reverse("items:import", args=[pk]),
        "danger": True,
    }
    return render(request, "web/confirm.html", context)


@for_readers
@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    of = _import(request, pk)
    if request.method == "POST":
        try:
            actions.discard_import(of=of, actor=user_of(request))
        except NotAllowed as busy:
            messages.error(request, str(busy))
            return redirect("items:import", pk)
        messages.success(request, _("Đã bỏ tệp; ngân hàng không thay đổi."))
        return redirect("items:imports")
    context = {
        "question": _("Bỏ tệp %s?") % of.name,
        "consequence": _("Tệp và kết quả đọc thử bị xóa. Ngân hàng câu hỏi không thay đổi."),
        "action_label": _("Bỏ tệp này"),
        "back_url": reverse("items:import", args=[pk]),
        "danger": True,
    }
    return render(request, "web/confirm.html", context)
