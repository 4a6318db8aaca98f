"""What proving costs: real cases, generated ones at three sizes, random play beside our cover, and a whole folder.

`python -m tests.benchmarks.proofs 5000` proves one generated case in a process of its own and prints what it took.
"""

import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

import psutil

from casework import library
from casework.play.attempt import decide, offered, start
from casework.play.expert import expert
from casework.play.explore import cover, explore
from casework.play.prove import prove
from casework.play.reach import study
from casework.scenario.model import Choice, Ending, Run, Scenario, Scene, Seen, Sentence, Signal
from tests.benchmarks.kinds import ROOT

PROTOCOL = "meldcode"
SIZES = (50, 500, 5000)
CONDITIONS = 12
FOLDERS = (2, 8, 32)
PLAYS = 10_000
RANDOM_SIZES = ("milan", "leo", "500")
REPEATS = 5
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Proved:
    """One case proved: its size, the seconds of CPU, and the memory at its highest, in MB (0 where not measured)."""

    case: str
    scenes: int
    choices: int
    states: int
    findings: int
    seconds: float
    memory: float = 0.0


@dataclass(frozen=True, slots=True)
class Covered:
    """Random play beside our cover of the same case: the choices that each takes, in how many plays and seconds."""

    case: str
    choices: int
    random_choices: int
    random_last: int
    random_seconds: float
    roads: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Checked:
    """A folder checked, process start included, beside reading the same notebooks with nbformat alone, in seconds."""

    notebooks: int
    seconds: float
    nbformat: float


def real() -> Iterator[Proved]:
    """Prove the cases that come with casework."""
    for path in library.notebooks(ROOT / "scenarios"):
        case = library.open_case(path)
        if case.scenario is not None and case.protocol is not None:
            yield _proved(path.stem, case.scenario, REPEATS)


def generated() -> Iterator[Proved]:
    """Prove generated cases, each in a process of its own, so that its memory is its own."""
    for size in SIZES:
        command = [sys.executable, "-m", "tests.benchmarks.proofs", str(size)]
        told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        yield Proved(**json.loads(told))


def random_play() -> Iterator[Covered]:
    """Play cases at random, as the state of the art does, and cover them."""
    for name in RANDOM_SIZES:
        scenario = made(int(name)) if name.isdigit() else _real(name)
        began = time.process_time()
        found, last = _at_random(scenario, PLAYS)
        between = time.process_time()
        graph = explore(scenario)
        roads = cover(graph)
        ended = time.process_time()
        yield Covered(name, len(graph.choices), found, last, between - began, len(roads), ended - between)


def folders() -> Iterator[Checked]:
    """Check folders of several sizes, made of copies of the cases."""
    cases = library.notebooks(ROOT / "scenarios")
    for size in FOLDERS:
        with tempfile.TemporaryDirectory() as folder:
            for number in range(size):
                original = cases[number % len(cases)]
                name = f"{original.stem}{number}.ipynb"
                text = original.read_text("utf-8").replace(original.name, name)
                Path(folder, name).write_text(text, "utf-8")
            for picture in (ROOT / "scenarios").glob("*.svg"):
                shutil.copy(picture, folder)
            reading = (
                f"import nbformat, pathlib; [nbformat.read(p, 4) for p in pathlib.Path({folder!r}).glob('*.ipynb')]"
            )
            yield Checked(size, _run("-m", "casework", "check", folder), _run("-c", reading))


def made(scenes: int, seed: int = 1) -> Scenario:
    """Return a case of so many scenes with three choices each, which leads on, and twelve conditions at random."""
    chance = random.Random(seed)
    offers, reads = _conditions(chance, scenes)
    activities = [activity.id for activity in library.protocol(PROTOCOL).activities]
    text = ((Sentence("s:1", (Run("Er gebeurt iets."),)),),)
    found = []
    for number in range(scenes):
        choices = []
        for place in range(3):
            target = min(scenes, number + 1 + chance.randrange(4))
            choices.append(
                Choice(
                    id=f"{number}/{place}",
                    text=f"U doet {place}",
                    target=f"s{target}",
                    consequence=text,
                    activities=(chance.choice(activities),) if chance.random() < 0.3 else (),
                    conditions=tuple(map(Seen, reads.get(number, ()))) if place == 2 else (),
                )
            )
        signals = tuple(Signal(signal, signal) for signal in offers.get(number, ()))
        found.append(Scene(f"s{number}", f"Scene {number}", text, tuple(choices), signals))
    end = Scene(f"s{scenes}", "Het einde", text, ending=Ending.GOOD)
    facts = ("nl", "Gemaakt", (), PROTOCOL, "verpleegkundige", 10, "", ())
    return Scenario("made", f"{scenes}-{seed}", *facts, scenes=(*found, end))


def _conditions(chance: random.Random, scenes: int) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    offers: dict[int, list[str]] = {}
    reads: dict[int, list[str]] = {}
    for number in range(CONDITIONS):
        at = chance.randrange(scenes - 10)
        later = chance.randrange(at + 1, min(scenes - 1, at + 1 + scenes // 2))
        offers.setdefault(at, []).append(f"signal-{number}")
        reads.setdefault(later, []).append(f"signal-{number}")
    return offers, reads


def _proved(name: str, scenario: Scenario, repeats: int) -> Proved:
    protocol = library.protocol(scenario.protocol)
    seconds = []
    for _ in range(repeats):
        # What was explored is kept for a next question; here each proof begins with nothing.
        study.cache_clear()
        expert.cache_clear()
        began = time.process_time()
        proof = prove(scenario, protocol)
        seconds.append(time.process_time() - began)
    choices = sum(len(scene.choices) for scene in scenario.scenes)
    return Proved(name, len(scenario.scenes), choices, proof.states, len(proof.findings), min(seconds))


def _at_random(scenario: Scenario, plays: int) -> tuple[int, int]:
    """Return how many choices random plays take, and in which play the last new one was taken."""
    chance = random.Random(1)
    taken: set[str] = set()
    last = 0
    for number in range(1, plays + 1):
        attempt = start(scenario, "random")
        while choices := offered(scenario, attempt):
            attempt = decide(scenario, attempt, chance.choice(choices).id)
        if not taken.issuperset(attempt.taken):
            taken |= attempt.taken
            last = number
    return len(taken), last


def _real(name: str) -> Scenario:
    scenario = library.open_case(ROOT / "scenarios" / f"{name}.ipynb").scenario
    if scenario is None:
        raise ValueError(name)
    return scenario


def _run(*arguments: str) -> float:
    seconds = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        subprocess.run([sys.executable, *arguments], capture_output=True, check=True)
        seconds.append(time.perf_counter() - began)
    return median(seconds)


def _peak() -> float:
    # The highest memory of a process has another name on each system.
    memory = psutil.Process().memory_info()
    if hasattr(memory, "peak_wset"):
        return float(memory.peak_wset) / MEGABYTE
    import resource

    scale = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale / MEGABYTE


if __name__ == "__main__":
    found = asdict(_proved(sys.argv[1], made(int(sys.argv[1])), 1))
    sys.stdout.write(json.dumps({**found, "memory": _peak()}))
