from lantoa.classes.models.attendance import Dispute, Mark, Presence
from lantoa.classes.models.classes import Feed, Member, TrainingClass
from lantoa.classes.models.meetings import Meeting, Teaching
from lantoa.classes.models.online import Entry, Room, Stay
from lantoa.classes.models.points import Point, PointEvent, PointStanding
from lantoa.classes.models.proposals import Lecturer, Proposal
from lantoa.classes.models.scores import ClassTest, Score, ScoreChange
from lantoa.classes.models.venues import Venue

__all__ = [
    "ClassTest",
    "Dispute",
    "Entry",
    "Feed",
    "Lecturer",
    "Mark",
    "Meeting",
    "Member",
    "Point",
    "PointEvent",
    "PointStanding",
    "Presence",
    "Proposal",
    "Room",
    "Score",
    "ScoreChange",
    "Stay",
    "Teaching",
    "TrainingClass",
    "Venue",
]
