from collections.abc import Mapping, Sequence

from django import template

from lantoa.courses.models import Activity, Lesson

register = template.Library()


@register.filter
def of_lesson(activities: Mapping[int, Sequence[Activity]], lesson: Lesson) -> Sequence[Activity]:
    """A lesson's own, out of a version's activities by lesson."""
    return activities.get(lesson.pk, [])
