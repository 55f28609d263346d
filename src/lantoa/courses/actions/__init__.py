"""The only writers of courses and of what people learn in them."""

from lantoa.courses.actions.arrange_pieces import remove, restore, shift
from lantoa.courses.actions.learn import (
    answer,
    finish_activity,
    finish_lesson,
    open_document,
    open_lesson,
    retake,
    save_position,
)
from lantoa.courses.actions.move_learners import move_learners
from lantoa.courses.actions.open_draft import open_draft
from lantoa.courses.actions.progress import Taken
from lantoa.courses.actions.publish import publish
from lantoa.courses.actions.rebuild_progress import rebuild_progress
from lantoa.courses.actions.register import register
from lantoa.courses.actions.replay import History, replay
from lantoa.courses.actions.write_course import create_course, edit_course
from lantoa.courses.actions.write_pieces import (
    add_activity,
    add_lesson,
    add_module,
    edit_activity,
    edit_lesson,
    edit_module,
)

__all__ = [
    "History",
    "Taken",
    "add_activity",
    "add_lesson",
    "add_module",
    "answer",
    "create_course",
    "edit_activity",
    "edit_course",
    "edit_lesson",
    "edit_module",
    "finish_activity",
    "finish_lesson",
    "move_learners",
    "open_document",
    "open_draft",
    "open_lesson",
    "publish",
    "rebuild_progress",
    "register",
    "remove",
    "replay",
    "restore",
    "retake",
    "save_position",
    "shift",
]
