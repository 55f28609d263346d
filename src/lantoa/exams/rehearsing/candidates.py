"""Synthetic candidates: each enters with its code, starts, loads the paper, saves every answer,
submits and looks at the result. All take a step together, as on the day."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from threading import local
from typing import Any

from lantoa.exams.actions.rehearsal import Ticket
from lantoa.exams.rehearsing.client import Client
from lantoa.exams.rehearsing.judging import PHASES, Phase
from lantoa.items.papers import Opened, Place

WORKERS = 32


def answer_to(opened: Opened, place: Place) -> Any:
    """Something that the item takes for an answer, whatever its kind; None: nothing found."""
    parts = opened.kinds[place[0]].order_length(opened.arranged(place))
    guesses: Sequence[Any] = (
        0, [0], [0, 1], list(range(parts)), [0] * parts, [True] * parts, True, "1", "12",
        ["1"] * parts, {"0": 0}, {"0": "1"}, {str(n): n for n in range(parts)},
    )  # fmt: skip
    return next((guess for guess in guesses if opened.accepts(place, guess)), None)


@dataclass
class Seated:
    """A candidate on its way; `answers` are those it will save, slot by slot."""

    ticket: Ticket
    answers: list[Any]
    path: str = ""
    token: str = ""
    failed: bool = False


@dataclass
class Hall:
    """Everybody, and what each step took. `until`: when patience ends, by the monotonic clock."""

    seated: list[Seated]
    connect: Callable[[], Client]
    workers: int = WORKERS
    until: float = float("inf")
    phases: dict[str, Phase] = field(default_factory=dict)
    cut_off: bool = False

    def run(self, say: Callable[[str], None] = lambda _name: None) -> dict[str, Phase]:
        steps = {
            "enter": self._enter, "start": self._start, "paper": self._paper, "saves": self._saves,
            "submit": self._submit, "result": self._result,
        }  # fmt: skip
        for name in PHASES:
            say(name)
            self._together(name, steps[name])
        return self.phases

    def _together(self, name: str, step: Callable[[Client, Seated, Phase], None]) -> None:
        phase = self.phases[name] = Phase()
        began = time.perf_counter()
        waiting = [one for one in self.seated if not one.failed]
        if self.workers <= 1:
            client = self.connect()
            for one in waiting:
                self._one(step, client, one, phase)
        else:
            own = local()

            def take(one: Seated) -> None:
                if not hasattr(own, "client"):
                    own.client = self.connect()
                self._one(step, own.client, one, phase)

            with ThreadPoolExecutor(self.workers) as pool:
                list(pool.map(take, waiting))
        phase.seconds = time.perf_counter() - began

    def _one(
        self,
        step: Callable[[Client, Seated, Phase], None],
        client: Client,
        one: Seated,
        phase: Phase,
    ) -> None:
        if time.monotonic() > self.until:
            self.cut_off = one.failed = True
            return
        step(client, one, phase)

    def _ask(
        self, client: Client, one: Seated, phase: Phase, method: str, action: str, body: Any = None
    ) -> Any:
        """What was told; None (and the candidate is out) when it was refused."""
        path = f"{one.path}{action}" if one.path else action
        status, told, spent = client.ask(method, path, body, one.token)
        phase.spent.append(spent)
        if status == 200 and told is not None:
            return told
        error = str(told.get("error", status)) if isinstance(told, dict) else str(status)
        phase.errors[error] = phase.errors.get(error, 0) + 1
        one.failed = True
        return None

    def _enter(self, client: Client, one: Seated, phase: Phase) -> None:
        body = {"number": one.ticket.number, "code": one.ticket.code}
        told = self._ask(client, one, phase, "POST", "/sit/enter", body)
        if told:
            one.path, one.token = f"/sit/{told['attempt']}/", told["token"]

    def _start(self, client: Client, one: Seated, phase: Phase) -> None:
        self._ask(client, one, phase, "POST", "start", {})

    def _paper(self, client: Client, one: Seated, phase: Phase) -> None:
        self._ask(client, one, phase, "GET", "paper")

    def _saves(self, client: Client, one: Seated, phase: Phase) -> None:
        sequence = count(1)
        for slot, response in enumerate(one.answers):
            body = {"sequence": next(sequence), "slot": slot, "response": response}
            if self._ask(client, one, phase, "POST", "answers", body) is None:
                return

    def _submit(self, client: Client, one: Seated, phase: Phase) -> None:
        self._ask(client, one, phase, "POST", "submit", {})

    def _result(self, client: Client, one: Seated, phase: Phase) -> None:
        self._ask(client, one, phase, "GET", "result")
