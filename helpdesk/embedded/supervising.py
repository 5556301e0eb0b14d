"""Starts children in order, starts again what dies, stops all in the opposite order."""

import contextlib
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn, Protocol

from helpdesk.embedded import leftovers, processes
from helpdesk.embedded.failures import CannotStart

SECONDS_BETWEEN_LOOKS = 0.25
SECONDS_TO_BE_HEALTHY = 60.0
SHORTEST_PAUSE = 1.0
LONGEST_PAUSE = 30.0


class Child(Protocol):
    """Something that runs: its name in sentences, and how it is told to end."""

    @property
    def name(self) -> str: ...

    @property
    def log(self) -> Path:
        """Where its last words are."""

    @property
    def how(self) -> signal.Signals:
        """The signal that ends it in good order."""

    @property
    def within(self) -> float:
        """Seconds that it may take to end before it is killed."""

    def start(self) -> subprocess.Popen[bytes]:
        """Start it and return once others may rely on it. Raises CannotStart."""


@dataclass
class Watched:
    """A child that was started, and how its last starts went."""

    child: Child
    process: subprocess.Popen[bytes]
    started_at: float
    again_at: float | None = None
    pause: float = SHORTEST_PAUSE


@dataclass
class Supervisor:
    """Keeps children running. `run` is where they are written down, `say` prints a sentence."""

    run: Path
    say: Callable[[str], None]
    watched: list[Watched] = field(default_factory=list)

    def start(self, child: Child) -> None:
        """Start `child`, to be kept running from now on. Raises CannotStart."""
        process = child.start()
        leftovers.write_down(process, name=child.name, folder=self.run)
        self.watched.append(Watched(child, process, started_at=time.monotonic()))

    def wait(self, *, until: Callable[[], bool], within: float) -> None:
        """Return when `until` holds; raise CannotStart after `within` seconds, or when one ends."""
        deadline = time.monotonic() + within
        while not until():
            for watched in self.watched:
                if watched.process.poll() is not None:
                    raise CannotStart(
                        f"{_end_of(watched)} before the desk was ready. Its last words, from "
                        f"{watched.child.log}:\n{processes.tail(watched.child.log)}"
                    )
            if time.monotonic() > deadline:
                raise CannotStart(f"The desk was not ready within {within:.0f} seconds.")
            time.sleep(0.1)

    def watch(self) -> NoReturn:
        """Keep looking; left only by an exception."""
        while True:
            self.look(now=time.monotonic())
            time.sleep(SECONDS_BETWEEN_LOOKS)

    def look(self, *, now: float) -> None:
        """See who has ended and start again those whose pause is over.

        The pause doubles from one second to half a minute; a minute of health resets it.
        """
        for watched in self.watched:
            if watched.again_at is None and watched.process.poll() is not None:
                if now - watched.started_at > SECONDS_TO_BE_HEALTHY:
                    watched.pause = SHORTEST_PAUSE
                self._put_off(watched, now=now, because=f"{_end_of(watched)}.")
            elif watched.again_at is not None and now >= watched.again_at:
                self._start_again(watched, now=now)

    def stop(self) -> None:
        """Stop all, those started last first; nothing is left when this returns."""
        while self.watched:
            self._end(self.watched.pop())

    def _put_off(self, watched: Watched, *, now: float, because: str) -> None:
        self.say(
            f"{because} It starts again in {watched.pause:.0f} s. "
            f"What it said is in {watched.child.log}."
        )
        watched.again_at = now + watched.pause
        watched.pause = min(watched.pause * 2, LONGEST_PAUSE)

    def _start_again(self, watched: Watched, *, now: float) -> None:
        try:
            watched.process = watched.child.start()
        except CannotStart as failure:
            self._put_off(watched, now=now, because=str(failure))
            return
        leftovers.write_down(watched.process, name=watched.child.name, folder=self.run)
        watched.started_at, watched.again_at = now, None
        self.say(f"{watched.child.name} runs again.")

    def _end(self, watched: Watched) -> None:
        processes.stop(watched.process, how=watched.child.how, within=watched.child.within)
        leftovers.strike_out(watched.child.name, folder=self.run)


@contextlib.contextmanager
def signals_as_interrupts() -> Iterator[None]:
    """Turn SIGINT, SIGTERM and SIGHUP into one KeyboardInterrupt; what comes later is ignored.

    So the clean-up that the first one starts is not itself cut short by an impatient second one.
    """
    wanted = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def interrupt(_number: int, _frame: object) -> None:
        for number in wanted:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    before = {number: signal.signal(number, interrupt) for number in wanted}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end_of(watched: Watched) -> str:
    code = watched.process.returncode
    how = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
    return f"{watched.child.name} ended ({how})"
