from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lantoa.accounts.asking import user_of
from lantoa.items import actions
from lantoa.items.forms import ClassificationForm, FilterForm, RetireForm
from lantoa.items.kinds import kind_of
from lantoa.items.kinds.base import Kind
from lantoa.items.models import Item
from lantoa.items.permissions import READERS, home_units, may_examine
from lantoa.items.queries import item_for, items_within, search, with_newest
from lantoa.items.queries.history import item_history
from lantoa.items.rules import InvalidContent, NotAllowed
from lantoa.items.views import for_readers, tabs

PER_PAGE = 30


@for_readers
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    filters = FilterForm(request.GET)
    chosen = filters.chosen()
    words = chosen.pop("q", "")
    items = items_within(request.user)
    counts = items.aggregate(
        total=Count("id"),
        drafts=Count("id", filter=Q(state=Item.State.DRAFT)),
        approved=Count("id", filter=Q(state=Item.State.APPROVED)),
    )
    # Drafts wait for somebody, so they come first ("draft" sorts after "approved").
    found = search(items.filter(**chosen), words).select_related("topic", "unit")
    page = Paginator(found.order_by("-state", "-id"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "is_filtered": bool(chosen or words),
        "counts": counts,
        "page": page,
        "rows": with_newest(page.object_list),
        "tabs": tabs("items"),
    }
    return render(request, "items/index.html", context)


def _kind(name: str) -> Kind:
    try:
        return kind_of(name)
    except KeyError:
        raise Http404 from None


@for_readers
def create(request: HttpRequest, kind: str) -> HttpResponse:
    of = _kind(kind)
    units = home_units(request.user, *READERS)
    data = request.POST if request.method == "POST" else None
    form = of.form_class(data, request.FILES if data else None)
    form.actor = user_of(request)
    belongs = ClassificationForm(data, units=units, initial={"purpose": Item.Purpose.EXAM})
    if data is not None and form.is_valid() and belongs.is_valid():
        try:
            version = actions.create_item(
                actor=user_of(request),
                unit=belongs.cleaned_data["unit"],
                kind=of.name,
                content=form.content(),
                topic=belongs.topic_node(),
                level=belongs.cleaned_data["level"],
                purpose=belongs.cleaned_data["purpose"],
            )
        except InvalidContent as error:
            form.add_error(None, error.problems)
        else:
            messages.success(request, _("Đã lưu câu hỏi; chờ duyệt."))
            return redirect("items:item", version.item_id)
    context = {
        "kind": of,
        "form": form,
        "belongs": belongs,
        "edit_template": of.template("edit"),
    }
    return render(request, "items/edit.html", context)


def _item(request: HttpRequest, pk: int) -> Item:
    try:
        return item_for(request.user, pk)
    except Item.DoesNotExist:
        raise Http404 from None


@for_readers
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    item = _item(request, pk)
    of = kind_of(item.kind)
    newest = item.versions.latest("number")
    data = request.POST if request.method == "POST" else None
    files = request.FILES if data else None
    form = of.form_class(data, files, initial=of.form_class.initial_of(newest.content))
    form.actor = user_of(request)
    initial = {"topic": item.topic_id, "level": item.level, "purpose": item.purpose}
    belongs = ClassificationForm(data, units=None, initial=initial)
    if data is not None and form.is_valid() and belongs.is_valid():
        try:
            version = actions.revise_item(actor=user_of(request), item=item, content=form.content())
        except InvalidContent as error:
            form.add_error(None, error.problems)
        else:
            actions.reclassify_item(
                actor=user_of(request),
                item=item,
                topic=belongs.topic_node(),
                level=belongs.cleaned_data["level"],
                purpose=belongs.cleaned_data["purpose"],
            )
            messages.success(request, _("Đã lưu bản %(n)d.") % {"n": version.number})
            return redirect("items:item", item.pk)
    context = {
        "kind": of,
        "item": item,
        "form": form,
        "belongs": belongs,
        "edit_template": of.template("edit"),
    }
    return render(request, "items/edit.html", context)


@for_readers
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    item = _item(request, pk)
    versions = list(item.versions.select_related("approval").order_by("-number"))
    wanted = request.GET.get("version", "")
    shown = next((v for v in versions if str(v.number) == wanted), versions[0])
    of = kind_of(item.kind)
    approved = next((v for v in versions if hasattr(v, "approval")), None)
    context = {
        "item": item,
        "kind": of,
        "versions": versions,
        "shown": shown,
        "approved": approved,
        "waits": approved != versions[0],
        "review": of.review(shown.content, None),
        "review_template": of.template("review"),
        "may_examine": may_examine(request.user, item.unit_id),
        "history": item_history(item),
    }
    return render(request, "items/item.html", context)


@for_readers
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    item = _examined(request, pk)
    try:
        actions.approve_item(actor=user_of(request), item=item)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã duyệt; đề thi rút từ bản này."))
    return redirect("items:item", pk)


@for_readers
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    item = _examined(request, pk)
    form = RetireForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.retire_item(actor=user_of(request), item=item, reason=form.cleaned_data["reason"])
        messages.success(request, _("Đã ngừng dùng câu hỏi."))
        return redirect("items:item", pk)
    return render(request, "items/retire.html", {"item": item, "form": form})


def _examined(request: HttpRequest, pk: int) -> Item:
    item = _item(request, pk)
    if not may_examine(request.user, item.unit_id):
        raise Http404
    return item
