from collections.abc import Mapping, Sequence

from django import template

from lantoa.courses.models import Activity, Lesson

register = template.Library()


@register.filter
def of_lesson(activities: Mapping[int, Sequence[Activity]], lesson: Lesson) -> Sequence[Activity]:
    """A lesson's own, out of a version's activities by lesson."""
    return activities.get(lesson.pk, [])


@register.filter
def on_clock(seconds: float) -> str:
    """A place in a video as players write it: 75 → 1:15, 3675 → 1:01:15."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
