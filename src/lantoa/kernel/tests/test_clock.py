import pytest

from lantoa.kernel import clock


class Machine:
    """A machine whose clock somebody sets."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.wall, self.ran = 1_000_000.0, 500.0
        monkeypatch.setattr("lantoa.kernel.clock.time.time", lambda: self.wall)
        monkeypatch.setattr("lantoa.kernel.clock.time.monotonic", lambda: self.ran)

    def passes(self, seconds: float, *, off: float = 0.0) -> None:
        self.ran += seconds
        self.wall += seconds + off


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(monkeypatch)


@pytest.mark.parametrize("jump", [3600.0, -3600.0, 2.0, -86_400.0])
def test_a_jump_of_the_machines_clock_moves_no_deadline(machine: Machine, jump: float) -> None:
    steady = clock.Steady()
    machine.passes(10)
    machine.passes(5, off=jump)
    assert steady.seconds() == 1_000_015
    machine.passes(60)
    assert steady.seconds() == 1_000_075
    assert steady.jumped == pytest.approx(jump)
    # Set right again: nothing has to be made up for.
    machine.passes(1, off=-jump)
    assert steady.seconds() == 1_000_076
    assert steady.jumped == 0


def test_small_corrections_are_followed(machine: Machine) -> None:
    steady = clock.Steady()
    for _ in range(20):
        machine.passes(60, off=0.5)
        assert steady.seconds() == machine.wall
    assert steady.jumped == 0


def test_a_restart_takes_the_clock_as_it_is(machine: Machine) -> None:
    machine.passes(1, off=3600)
    assert clock.Steady().seconds() == machine.wall
