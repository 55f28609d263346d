from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lantoa.accounts.asking import user_of
from lantoa.accounts.models import User
from lantoa.items import actions
from lantoa.items.forms import ClassificationForm
from lantoa.items.kinds import kind_of
from lantoa.items.kinds.base import Content, ContentForm, Kind
from lantoa.items.models import Item, ItemVersion, Review
from lantoa.items.permissions import READERS, home_units, may_examine
from lantoa.items.queries.alike import twins_of
from lantoa.items.queries.enemies import enemies_of
from lantoa.items.queries.history import item_history
from lantoa.items.queries.listing import uses_of
from lantoa.items.rules import InvalidContent, NotAllowed
from lantoa.items.views import for_readers, item_or_404, twins


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
    kept = twins.kept_content(request, of.name)
    files = request.FILES if data is not None else None
    form = of.form_class(data, files) if kept is None else _again(of, kept)
    form.actor = user_of(request)
    belongs = ClassificationForm(data, units=units, initial={"purpose": Item.Purpose.EXAM})
    sure = kept is not None and twins.is_sure(request)
    if data is not None and (sure or form.is_valid()) and belongs.is_valid():
        content = kept if kept is not None else form.content()
        try:
            asked = (
                None if sure else twins.ask(request, kind=of.name, content=content, belongs=belongs)
            )
            if asked is not None:
                return asked
            version = actions.create_item(
                actor=user_of(request),
                unit=belongs.cleaned_data["unit"],
                kind=of.name,
                content=content,
                topic=belongs.topic_node(),
                level=belongs.cleaned_data["level"],
                purpose=belongs.cleaned_data["purpose"],
                about=belongs.about(),
            )
        except InvalidContent as error:
            form.add_error(None, error.problems)
        else:
            return _saved(request, version, _("Đã lưu bản nháp."))
    context = {
        "kind": of,
        "form": form,
        "belongs": belongs,
        "edit_template": of.template("edit"),
    }
    return render(request, "items/edit.html", context)


def _again(of: Kind, kept: Content) -> ContentForm:
    """The form as it was before its author was shown similar questions."""
    return of.form_class(initial=of.form_class.initial_of(kept))


def _saved(request: HttpRequest, version: ItemVersion, said: str) -> HttpResponse:
    messages.success(request, said)
    if "send" in request.POST:
        try:
            actions.send_item(actor=user_of(request), item=version.item)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Đã gửi thẩm định."))
    return redirect("items:item", version.item_id)


@for_readers
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    item = item_or_404(request, pk)
    of = kind_of(item.kind)
    newest = item.versions.latest("number")
    data = request.POST if request.method == "POST" else None
    kept = twins.kept_content(request, of.name)
    files = request.FILES if data is not None else None
    form = of.form_class(data, files, initial=of.form_class.initial_of(newest.content))
    if kept is not None:
        form = _again(of, kept)
    form.actor = user_of(request)
    belongs = ClassificationForm(data, units=None, initial=ClassificationForm.initial_of(item))
    sure = kept is not None and twins.is_sure(request)
    if data is not None and (sure or form.is_valid()) and belongs.is_valid():
        content = kept if kept is not None else form.content()
        try:
            asked = (
                None
                if sure
                else twins.ask(request, kind=of.name, content=content, belongs=belongs, item=item)
            )
            if asked is not None:
                return asked
            version = actions.revise_item(actor=user_of(request), item=item, content=content)
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
            actions.describe_item(actor=user_of(request), item=item, about=belongs.about())
            said = _("Đã lưu bản %(n)d.") % {"n": version.number}
            return _saved(request, version, said)
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
    item = item_or_404(request, pk)
    versions = list(
        item.versions.select_related("approval").prefetch_related("reviews").order_by("-number")
    )
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
        "returned": _returned(versions[0]) if item.stage == Item.Stage.RETURNED else None,
        "author": User.objects.filter(pk=item.created_by_id or 0).first(),
        "forms": uses_of([item]).get(item.pk, 0),
        "enemies": enemies_of(request.user, item),
        "twins": twins_of(request.user, item),
        "history": item_history(item),
    }
    return render(request, "items/item.html", context)


def _returned(version: ItemVersion) -> Review | None:
    """Why the newest version went back."""
    return max(version.reviews.all(), key=lambda review: review.pk, default=None)
