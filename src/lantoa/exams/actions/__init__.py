"""The only writers of sittings, attempts and results."""

from lantoa.exams.actions.enter_attempt import enter_attempt
from lantoa.exams.actions.keep_upload import keep_upload
from lantoa.exams.actions.note_export import note_export
from lantoa.exams.actions.report_results import report_results
from lantoa.exams.actions.save_page import save_page
from lantoa.exams.actions.sittings import move_sittings, open_sittings
from lantoa.exams.actions.start_attempt import start_attempt
from lantoa.exams.actions.submit_attempt import submit_attempt

__all__ = [
    "enter_attempt",
    "keep_upload",
    "move_sittings",
    "note_export",
    "open_sittings",
    "report_results",
    "save_page",
    "start_attempt",
    "submit_attempt",
]
