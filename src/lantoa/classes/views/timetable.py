"""The week of all classes in reach, printable; and what each trainer teaches."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lantoa.accounts.asking import user_of
from lantoa.classes.queries.timetable import by_day, load_of_trainers, meetings_between
from lantoa.classes.views.access import keeps_classes, staff_only
from lantoa.kernel import clock
from lantoa.kernel.row_ids import row_id

WEEK = timedelta(days=7)
FIRST, LAST = date(2000, 1, 3), date(2100, 12, 27)
SHOWN = 400


def _monday(text: str) -> date:
    """Of the week asked for; of this one where it isn't a day."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = clock.today()
    day = min(max(day, FIRST), LAST)
    return day - timedelta(days=day.weekday())


@staff_only
@require_GET
def timetable(request: HttpRequest) -> HttpResponse:
    monday = _monday(request.GET.get("week", ""))
    meetings = meetings_between(user_of(request), monday, monday + WEEK - timedelta(days=1))
    count = meetings.count()
    context = {
        "monday": monday,
        "sunday": monday + WEEK - timedelta(days=1),
        "before": monday - WEEK,
        "after": monday + WEEK,
        "days": by_day(meetings[:SHOWN]),
        "count": count,
        "more": max(0, count - SHOWN),
    }
    return render(request, "classes/timetable.html", context)


@staff_only
@require_GET
def trainer_load(request: HttpRequest) -> HttpResponse:
    this_year = clock.today().year
    year = row_id(request.GET.get("year")) or this_year
    year = min(max(year, FIRST.year), LAST.year)
    rows = load_of_trainers(user_of(request), year)
    context = {"year": year, "years": range(this_year + 1, this_year - 5, -1), "rows": rows}
    context["keeps"] = keeps_classes(request)
    return render(request, "classes/load.html", context)
