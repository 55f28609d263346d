"""Writing the activities of a lesson; each kind brings its form."""

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lantoa.accounts.asking import user_of
from lantoa.courses import actions
from lantoa.courses.kinds import kind_of
from lantoa.courses.queries.authoring import activity_for, lesson_for
from lantoa.courses.views.pages import FormPage, lesson_draft_url, trail_to
from lantoa.items.kinds.base import ContentForm

GET_POST = ["GET", "POST"]


@login_required
@require_http_methods(GET_POST)
def new(request: HttpRequest, course_id: int, piece_id: int, kind: str) -> HttpResponse:
    lesson = lesson_for(user_of(request), course_id, piece_id)
    try:
        of = kind_of(kind)
    except KeyError:
        raise Http404 from None
    variant = request.GET.get("variant", "")
    form = of.form(None, request.POST or None, request.FILES or None, variant)
    chosen = dict(of.variants()).get(variant) if variant else None
    _sign(form, request)
    label = f"{of.label} · {chosen}" if chosen else str(of.label)

    def write() -> None:
        content = of.content(form, activity=None, lesson=lesson, actor=user_of(request))
        actions.add_activity(actor=user_of(request), lesson=lesson, kind=kind, content=content)

    return FormPage(
        title=_("Thêm: %(label)s") % {"label": label},
        form=form,
        save=write,
        back=lesson_draft_url(course_id, piece_id, "add"),
        trail=trail_to(lesson.module.version.course, lesson),
        is_upload=form.is_multipart(),
    ).answer(request)


def _sign(form: Form, request: HttpRequest) -> None:
    """An item's form stores images while it is read, and says whose they are."""
    if isinstance(form, ContentForm):
        form.actor = user_of(request)


@login_required
@require_http_methods(GET_POST)
def edit(request: HttpRequest, course_id: int, piece_id: int) -> HttpResponse:
    activity = activity_for(user_of(request), course_id, piece_id)
    lesson, of = activity.lesson, kind_of(activity.kind)
    form = of.form(activity, request.POST or None, request.FILES or None)
    _sign(form, request)

    def write() -> None:
        content = of.content(form, activity=activity, lesson=lesson, actor=user_of(request))
        actions.edit_activity(actor=user_of(request), activity=activity, content=content)

    return FormPage(
        title=_("Sửa: %(label)s") % {"label": of.label},
        form=form,
        save=write,
        back=lesson_draft_url(course_id, lesson.pk, f"activities-{activity.pk}"),
        trail=trail_to(lesson.module.version.course, lesson),
        is_upload=form.is_multipart(),
    ).answer(request)
