"""The keyed hash of an access code: fast, because the codes are too random to be guessed."""

from django.conf import settings

from lantoa.exams.rules.codes import regular
from lantoa.kernel.secrets import keyed_hash


def code_hash(code: str) -> str:
    return keyed_hash(settings.SECRET_KEY, "exam-access-code", regular(code))
