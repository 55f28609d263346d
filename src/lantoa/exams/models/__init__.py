from lantoa.exams.models.attempts import Answer, Attempt, LateAnswer, Submission, Upload
from lantoa.exams.models.marking import (
    Appeal,
    CouncilDecision,
    Incident,
    KeyCorrection,
    Mark,
    Result,
    ResultChange,
)
from lantoa.exams.models.markings import ItemReport, KeyProposal, Marking
from lantoa.exams.models.sittings import Candidate, Duty, Exam, Room, Sitting

__all__ = [
    "Answer",
    "Appeal",
    "Attempt",
    "Candidate",
    "CouncilDecision",
    "Duty",
    "Exam",
    "Incident",
    "ItemReport",
    "KeyCorrection",
    "KeyProposal",
    "LateAnswer",
    "Mark",
    "Marking",
    "Result",
    "ResultChange",
    "Room",
    "Sitting",
    "Submission",
    "Upload",
]
