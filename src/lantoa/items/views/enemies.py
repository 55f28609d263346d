"""What may not stand in a form with an item."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lantoa.accounts.asking import user_of
from lantoa.items import actions
from lantoa.items.bank_forms import EnemyForm
from lantoa.items.models import Item
from lantoa.items.queries import with_newest
from lantoa.items.queries.enemies import enemies_of
from lantoa.items.queries.items import items_within
from lantoa.items.queries.listing import listed, reach_of
from lantoa.items.views import for_readers, item_or_404
from lantoa.kernel.row_ids import row_id

MOST = 20


@for_readers
def enemies(request: HttpRequest, pk: int) -> HttpResponse:
    item, user = item_or_404(request, pk), user_of(request)
    if request.method == "POST":
        return _change(request, item)
    held, words = enemies_of(user, item), request.GET.get("q", "")[:100]
    without = [item.pk, *(enemy.item.pk for enemy in held.shown)]
    found = (
        listed(reach_of(user), {"q": words})
        .exclude(pk__in=without)
        .exclude(state=Item.State.RETIRED)
    )
    context = {
        "item": item,
        "newest": item.versions.latest("number"),
        "enemies": held,
        "form": EnemyForm(),
        "q": words,
        "found": with_newest(found.select_related("topic")[:MOST]) if words.strip() else [],
        "most": MOST,
    }
    return render(request, "items/enemies.html", context)


def _change(request: HttpRequest, item: Item) -> HttpResponse:
    """Keep apart what was ticked, or let one back."""
    reach, user = items_within(request.user), user_of(request)
    form = EnemyForm(request.POST)
    if gone := row_id(request.POST.get("remove")):
        other = reach.filter(pk=gone).first()
        if other is not None:
            actions.remove_enemy(actor=user, item=item, other=other)
            messages.success(request, _("Hai câu lại có thể vào cùng một đề."))
    elif (chosen := row_id(request.POST.get("add"))) and form.is_valid():
        other = reach.exclude(pk=item.pk).filter(pk=chosen).first()
        if other is None:
            messages.error(request, _("Không có câu hỏi này trong phạm vi của anh/chị."))
        else:
            actions.add_enemy(
                actor=user, item=item, other=other, reason=form.cleaned_data["reason"]
            )
            messages.success(request, _("Hai câu sẽ không vào cùng một đề."))
    return redirect("items:enemies", item.pk)
