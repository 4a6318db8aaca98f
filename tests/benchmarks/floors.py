"""The pure floors at three sizes each: cost may grow with the work, and no faster."""

import math
import time
import timeit
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from casework import library
from casework.conformance.monitor import judge
from casework.conformance.protocol import Protocol
from casework.play.attempt import Attempt, decide, offered, replay, start
from casework.play.debrief import look_back
from casework.play.explore import explore
from casework.scenario import codes, drafts
from casework.scenario.cells import Cell, Source, parameters_cell, play_cell
from casework.scenario.compiler import compile_scenario
from casework.scenario.model import Scenario
from tests.benchmarks.trouble import Trouble

SCENES = (10, 20, 40)
LENGTHS = (10, 100, 1000)
REPEATS = 5
LEAST = 0.02  # seconds for one timing; shorter ones measure the clock
CLOCK = 1e-6
PROTOCOL = "meldcode"

COVER = """\
# De pleister

- **Taal:** nl
- **Protocol:** meldcode
- **Rol:** verpleegkundige
- **Duur:** 10 minuten
- **Inhoud:** een wond

Dit verhaal is verzonnen."""
SCENE = """\
## Kamertje {number}

- **Plaats:** het kamertje
- **Signaal:** een wond van dagen oud `wond-{number}`

Sam vraagt om een pleister. De wond is *oud*. `wond-{number}` Buiten valt een bal. Sam kijkt naar de deur.

"Ik moet zo weer weg." Op de gang wachten er nog vier. Sam haalt de schouders op, en blijft zitten.

1. [U plakt de pleister](#kamertje-{following}) `zorg-geven` `signaal wond-{number}` `vertrouwen +1` `dagen 2`
   > Sam is zo weer weg.
1. [U wacht even](#kamertje-{following}) `als vertrouwen >= 1` `feiten-vastleggen` `geheimhouding-beloven`
   > Sam wacht ook.
1. [U laat Sam gaan](#de-gang) `vertrouwen -1`
   > De deur valt dicht."""
END = """\
## De gang

- **Einde:** goed

Sam loopt de gang op."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of CPU that one thing takes at one size; `growth` is the factor for each doubling: 2 is linear."""

    what: str
    size: int
    unit: str
    seconds: float
    growth: float | None = None


def timings() -> Iterator[Timing]:
    """Time every floor at three sizes, smallest first."""
    yield from _series("compile", "scenes", SCENES, lambda size: lambda: _compile_afresh(size))
    yield from _series("explore", "scenes", SCENES, lambda size: _explore(_scenario(size)))
    yield from _series("judge", "activities", LENGTHS, _judge)
    yield from _series("replay", "decisions", LENGTHS, _replay)
    yield from _series("debrief", "decisions", LENGTHS, _debrief)


def _series(
    what: str, unit: str, sizes: tuple[int, ...], ready: Callable[[int], Callable[[], object]]
) -> Iterator[Timing]:
    last: Timing | None = None
    for size in sizes:
        seconds = _time(ready(size))
        growth = (seconds / last.seconds) ** (1 / math.log2(size / last.size)) if last else None
        last = Timing(what, size, unit, seconds, growth)
        yield last


def _time(work: Callable[[], object]) -> float:
    # Seconds of CPU, and the least of them: the rest is what else the machine did.
    timer = timeit.Timer(work, timer=time.process_time)
    number = max(1, math.ceil(LEAST / max(timer.timeit(1), CLOCK)))
    return min(timer.repeat(REPEATS, number)) / number


def _explore(scenario: Scenario) -> Callable[[], object]:
    return lambda: explore(scenario)


def _judge(length: int) -> Callable[[], object]:
    protocol = _protocol()
    names = [activity.id for activity in protocol.activities]
    trace = tuple(names[place % len(names)] for place in range(length))
    return lambda: judge(protocol, trace)


def _replay(length: int) -> Callable[[], object]:
    scenario, attempt = _scenario(SCENES[0]), _attempt(length)
    return lambda: replay(scenario, attempt.id, attempt.decisions)


def _debrief(length: int) -> Callable[[], object]:
    scenario, attempt = _scenario(SCENES[0]), _attempt(length)
    return lambda: look_back(scenario, _protocol(), attempt)


@cache
def _attempt(length: int) -> Attempt:
    scenario = _scenario(SCENES[0])
    attempt = start(scenario, "bench")
    for place in range(length):
        onward = offered(scenario, attempt)[:-1]
        attempt = decide(scenario, attempt, onward[place % len(onward)].id)
    return attempt


@cache
def _scenario(scenes: int) -> Scenario:
    return _compile(scenes)


@cache
def _protocol() -> Protocol:
    return library.protocol(PROTOCOL)


def _compile_afresh(scenes: int) -> Scenario:
    # A process reads each cell and each code once; what is timed here is the first time.
    drafts._read_cell.cache_clear()
    codes.read_code.cache_clear()
    return _compile(scenes)


def _compile(scenes: int) -> Scenario:
    compiled = compile_scenario(_source(scenes), {PROTOCOL: _protocol()})
    if compiled.scenario is None:
        # What cannot be played stops early in the compiler, and would look fast.
        raise Trouble("\n".join(["the case made for the benchmark has errors:", *map(str, compiled.diagnostics)]))
    return compiled.scenario


@cache
def _source(scenes: int) -> Source:
    """Return a case in which every scene leads on to the next, and the last to the first."""
    cells = [
        Cell(f"kamertje-{number}", "markdown", SCENE.format(number=number, following=number % scenes + 1))
        for number in range(1, scenes + 1)
    ]
    end = Cell("de-gang", "markdown", END)
    code = (parameters_cell(), play_cell("sam.ipynb"))
    return Source("sam.ipynb", (Cell("voorblad", "markdown", COVER), *cells, end, *code))
