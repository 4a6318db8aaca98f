"""What the other processes do in tests of stores; each function runs in one of its own."""

import sys
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier

from casework.errors import CaseworkError
from casework.play.attempt import Decision
from casework.store import Record, open_store


def begin_own(address: str, name: str, start: Barrier, answer: Connection) -> None:
    """Open a store at the same moment as everybody else, and begin an attempt in it."""
    start.wait()
    try:
        store = open_store(address)
        store.begin(Record(name, "leo", "1", "nl", ""))
        store.close()
    except CaseworkError as error:
        answer.send(f"{type(error).__name__}: {error}")
    else:
        answer.send("opened")


def race(address: str, choice: str, start: Barrier, answer: Connection) -> None:
    """Append *choice* at numbers 1 to 20 of one attempt, as long as nobody else was first; answer who won."""
    store = open_store(address)
    start.wait()
    won = []
    for number in range(1, 21):
        try:
            store.append("contested", Decision(number, choice))
            won.append(number)
        except CaseworkError as error:
            if type(error).__name__ != "NumberTaken":
                answer.send(f"{type(error).__name__}: {error}")
                return
    store.close()
    answer.send(won)


def append_for_ever(address: str, attempt: str) -> None:
    """Append decisions without end, and print each number once the store has it."""
    store = open_store(address)
    number = len(store.decisions(attempt))
    while True:
        number += 1
        store.append(attempt, Decision(number, "a/b"))
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    append_for_ever(*sys.argv[1:])
