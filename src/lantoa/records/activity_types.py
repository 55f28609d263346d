"""Kinds of xAPI objects, by their ADL IRIs."""

_ADL = "http://adlnet.gov/expapi/activities/"

COURSE = _ADL + "course"
LESSON = _ADL + "lesson"
QUESTION = _ADL + "cmi.interaction"
MEDIA = _ADL + "media"
FILE = _ADL + "file"
