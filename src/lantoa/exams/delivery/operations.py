"""What can be asked of the hot path, and what comes back. Times are milliseconds since 1970, taken
by whoever received the request: the database's part of the work doesn't move a deadline."""

from typing import Any

from msgspec import Struct


class Device(Struct, frozen=True):
    """What is known of where a request came from."""

    address: str = ""
    urls: tuple[str, ...] = ()
    """Of the request, and of the page that made it."""
    seb_config: str = ""
    seb_exam: str = ""


NOWHERE = Device()


class Enter(Struct, frozen=True):
    """By candidate number and (the keyed hash of) the access code. `held`: attempt and epoch of a
    token that the device showed, if any."""

    number: str
    code_hash: str
    now_ms: int
    device: Device = NOWHERE
    held: tuple[int, int] | None = None


class Start(Struct, frozen=True):
    attempt: int
    epoch: int
    now_ms: int
    device: Device = NOWHERE


class Save(Struct, frozen=True):
    """`response` is the JSON as it came and is kept, `value` what it says."""

    attempt: int
    epoch: int
    now_ms: int
    sequence: int
    slot: int
    response: str
    value: Any
    spent_ms: int | None = None
    claimed_ms: int | None = None


class Look(Struct, frozen=True):
    """Where the attempt stands; with `paper`, its questions and answers; with `result`, how it
    went, as far as may be told."""

    attempt: int
    epoch: int
    now_ms: int
    paper: bool = False
    result: bool = False
    language: str = "vi"
    device: Device = NOWHERE


class Submit(Struct, frozen=True):
    attempt: int
    epoch: int
    now_ms: int
    cause: str = "candidate"


Operation = Enter | Start | Save | Look | Submit


class Refusal(Struct, frozen=True):
    """Nothing was changed. `error` names why (docs/exam-protocol.md); `more` belongs to it."""

    status: int
    error: str
    more: dict[str, Any] = {}


class Standing(Struct, frozen=True):
    """Where an attempt stands. None: hasn't happened."""

    attempt: str
    state: str
    """waiting, working, paused, over or submitted"""
    now: int
    opens: int
    deadline: int | None
    paused: int | None
    """Since when the clock stands."""
    paused_for: str
    """"sitting" (all of it), "attempt" (this one), or "" """
    last_sequence: int
    saves: int
    answered: int
    slots: int


class Entered(Struct, frozen=True):
    attempt: int
    public_id: str
    epoch: int
    standing: Standing


class Saved(Struct, frozen=True):
    """On disk. `kept`: apart, as late or from a fenced device ("late", "fenced"), else ""."""

    saved: int
    hash: str
    now: int
    deadline: int
    paused: bool = False
    kept: str = ""


class Looked(Struct, frozen=True):
    """`about`: what is to be known before and while one works (`delivery.about`)."""

    standing: Standing
    about: dict[str, Any] | None = None
    paper: dict[str, Any] | None = None
    answers: list[tuple[int, Any]] | None = None
    result: dict[str, Any] | None = None


class Submitted(Struct, frozen=True):
    """`head` is the end of the answer chain that was scored: the candidate's receipt."""

    attempt: str
    at: int
    cause: str
    saves: int
    head: str
    result: dict[str, Any] | None = None


Outcome = Entered | Looked | Saved | Submitted | Standing | Refusal | Exception
