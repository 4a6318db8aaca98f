"""Opening stores in tests so that each is closed, and working on one from many processes at once."""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from typing import Any

from casework.store import Store, open_store

Opener = Callable[[str], Store]


@contextmanager
def opener() -> Iterator[Opener]:
    """Return a function that opens stores; they are closed at the end of the block."""
    with ExitStack() as stores:
        yield lambda address: stores.enter_context(closing(open_store(address)))


def at_once(work: Callable[..., None], address: str, names: Sequence[str]) -> list[Any]:
    """Run *work* in a process for each name, all from the same moment on, and return their answers in order."""
    # Forked from a process that has imported the store but opened none, as kernels are: all of them are there at once.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([work.__module__])
    # A process that fails before it answers breaks the barrier and closes its pipe: the test fails and does not hang.
    start = context.Barrier(len(names), timeout=60)
    pipes = [context.Pipe(duplex=False) for _ in names]
    processes = [
        context.Process(target=work, args=(address, name, start, sender))
        for name, (_, sender) in zip(names, pipes, strict=True)
    ]
    for process, (_, sender) in zip(processes, pipes, strict=True):
        process.start()
        sender.close()
    answers = [receiver.recv() for receiver, _ in pipes]
    for process, (receiver, _) in zip(processes, pipes, strict=True):
        process.join()
        process.close()
        receiver.close()
    return answers
