"""At which addresses phones may come in: where the facilitator's page was opened, and this machine's own addresses."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from casework.room.addresses import addresses, answers
from casework.words import Words, mark

LOCAL = ("localhost", "127.0.0.1", "::1")
PORTS = {"http": 80, "https": 443}
DEAF = mark("casework listens on this computer only. Start it again with: casework serve --ip {ip}")
EVERYWHERE, EVERYWHERE_SIX = "0.0.0.0", "::"  # noqa: S104 what a reader is told to type; nothing listens here


@dataclass(frozen=True, slots=True)
class Home:
    """A place where phones may come in: a host with its port, and the whole address of the start page there."""

    place: str
    address: str
    host: str
    port: int
    is_own: bool

    @property
    def is_open(self) -> bool:
        """Whether something answers there, as far as this machine can tell; asking takes a moment."""
        return not self.is_own or answers(self.host, self.port)

    def trouble(self, say: Words) -> str:
        """Return what is wrong with it, as far as this machine can tell; empty where something answers."""
        if self.is_open:
            return ""
        return say(DEAF, ip=EVERYWHERE_SIX if ":" in self.host else EVERYWHERE)


def homes(origin: str, base: str) -> tuple[Home, ...]:
    """Return the places where phones may come in, the likeliest first; none while it is not known where the page is.

    Behind a proxy, as in an organisation, that is the page's own address alone: this machine's are no use to a phone.
    """
    opened = urlsplit(origin)
    if not opened.hostname:
        return ()
    port = opened.port or PORTS[opened.scheme]
    own = addresses()
    is_local = opened.hostname in LOCAL
    given = Home(opened.netloc, f"{origin}{base}", opened.hostname, port, is_own=False)
    hosts = own if is_local or opened.hostname in own else ()
    found = [] if is_local else [given]
    found += [_home(opened.scheme, host, port, base) for host in hosts if host != opened.hostname]
    return tuple(found)


def likely(origin: str, base: str) -> str:
    """Return where phones most likely come in, as a host with its port: where this page is if nothing else answers."""
    return next((home.place for home in homes(origin, base) if home.is_open), urlsplit(origin).netloc)


def _home(scheme: str, host: str, port: int, base: str) -> Home:
    name = f"[{host}]" if ":" in host else host
    return Home(f"{name}:{port}", f"{scheme}://{name}:{port}{base}", host, port, is_own=True)
