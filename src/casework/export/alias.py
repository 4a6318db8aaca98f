"""Other names for attempts: whoever has an attempt's own id can go on with it, so that one never leaves casework."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from casework.store import Played

LENGTH = 8
BLOCK = 500


@dataclass(frozen=True, slots=True)
class Alias:
    """Gives each attempt another name, always the same one under the same key.

    Without the key a name does not lead back to its attempt, nor the id in somebody's browser to its name. A key that
    is thrown away after one export keeps two exports from being laid side by side.
    """

    key: bytes

    def name(self, attempt: str) -> str:
        """Return sixteen hexadecimal digits."""
        return self._digest(attempt, LENGTH).hex()

    def uuid(self, attempt: str, part: str) -> str:
        """Return the UUID of a part of an attempt, in the form of one that was drawn at random."""
        return str(UUID(bytes=self._digest(f"{attempt} {part}", 16), version=4))

    def mixed(self, played: Iterable[Played], block: int = BLOCK) -> Iterator[Played]:
        """Yield the attempts in an order that says nothing about their ids; `block` of them are held at a time."""
        rest = iter(played)
        while some := list(islice(rest, block)):
            yield from sorted(some, key=lambda each: self.name(each.record.id))

    def _digest(self, text: str, length: int) -> bytes:
        return hashlib.blake2b(text.encode(), key=self.key, digest_size=length).digest()
