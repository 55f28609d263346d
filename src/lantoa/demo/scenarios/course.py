"""A course of a scenario: the demo's own texts, without their questions."""

from collections.abc import Sequence

from lantoa.courses.actions.publish import publish
from lantoa.courses.actions.write_course import create_course
from lantoa.courses.actions.write_pieces import add_activity, add_lesson, add_module
from lantoa.courses.kinds.base import Content
from lantoa.courses.models import Course
from lantoa.courses.rich_text import clean
from lantoa.demo import content
from lantoa.demo.content import Topic
from lantoa.demo.scenarios.staging import Staging
from lantoa.demo.scenes.teaching import lesson_html
from lantoa.people.actions.grant_role import grant_role
from lantoa.people.models import RoleGrant


def write_course(staging: Staging, code: str, title: str, topics: Sequence[Topic]) -> Course:
    """Published, each topic in its part; whoever runs the training is an author too, to see it."""
    grant_role(
        actor=None,
        user=staging.keeper,
        role=RoleGrant.Role.AUTHOR,
        unit=staging.province,
        starts_on=staging.when,
    )
    version = create_course(
        actor=staging.keeper, unit=staging.province, code=code, title=title, summary=""
    )
    parts = content.programme().parts
    for topic in topics:
        module = add_module(
            actor=staging.keeper,
            version=version,
            title=topic.title,
            part=parts[topic.part],
            summary=topic.summary,
        )
        for text in topic.lessons:
            lesson = add_lesson(
                actor=staging.keeper,
                module=module,
                title=text.title,
                minutes=text.minutes,
                pass_mark=0,
            )
            body = Content(body=clean(lesson_html(text)))
            add_activity(actor=staging.keeper, lesson=lesson, kind="text", content=body)
    publish(actor=staging.keeper, version=version, note="Bản đầu tiên")
    return version.course
