"""Cases that a learning environment launches: the page that begins one, and what the environment hears meanwhile."""

import asyncio
import http.client
import logging
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voila.handler import BaseVoilaHandler

from casework import session
from casework.errors import LaunchUnusable, LedgerUnusable, RecordStoreRefuses, RecordStoreSilent, StoreUnusable
from casework.export import cmi5
from casework.export.alias import Alias
from casework.export.cmi5 import Launch, Launched, Progress
from casework.export.delivery import Rhythm, deliver
from casework.ledger import Ledger, open_ledger
from casework.library import Case
from casework.play.attempt import has_ended
from casework.scenario.diagnostics import Both
from casework.scenario.model import Scenario
from casework.serve import pages
from casework.serve.handlers import PageMixin
from casework.serve.shelf import Shelf
from casework.store import Record, Store, open_store

# A round asks each environment once; one that is down is asked again in the next round, from what the ledger holds.
ROUND_MILLISECONDS = 5000
ONCE = Rhythm(0.0)
UNPLAYABLE = Both("deze casus kan niet worden gespeeld", "this case cannot be played")
USED = Both("deze link is al gebruikt", "this link was used before")
SILENT = Both("de leeromgeving antwoordt niet", "the learning environment does not answer")
LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Launches:
    """The sessions that environments began here. `known` are the origins that may begin one."""

    shelf: Shelf
    store: str
    ledger: Path
    known: tuple[str, ...]
    clock: Callable[[], str] = session.now

    def begin(self, case: Case, launch: Launch) -> tuple[str, str]:
        """Begin a session, or go on with it when its page is loaded again; return the attempt, and where to go after.

        Raises `LaunchUnusable`, `StoreUnusable`, `LedgerUnusable` and `OSError`.
        """
        if case.scenario is None:
            raise LaunchUnusable(UNPLAYABLE)
        with open_ledger(self.ledger) as ledger, closing(open_store(self.store)) as store:
            # One attempt for a registration: a second launch goes on where the first one stopped.
            attempt = Alias(ledger.key).uuid(f"{launch.registration} {launch.activity}", "attempt")
            opened = self.clock()
            found = cmi5.token(launch)
            if not found:
                if store.record(attempt) is None:
                    raise LaunchUnusable(USED)
                return attempt, ""
            authorization = f"Basic {found}"
            data = cmi5.launch_data(launch, authorization)
            name = case.path.name.removesuffix(".ipynb")
            launched = cmi5.begin(launch, data, authorization, name, attempt, opened)
            # Without a record the page would be given an attempt of another name.
            store.begin(_record(case.scenario, attempt, opened))
            ledger.launch(launched.session, launched.to_json())
            return attempt, cmi5.back(data)

    async def round(self) -> None:
        """Tell every environment what it must have heard by now, beside the work of the server."""
        await asyncio.get_running_loop().run_in_executor(None, self.tell)

    def tell(self) -> None:
        """Tell every environment what it must have heard by now; sessions that are over are forgotten."""
        try:
            with open_ledger(self.ledger) as ledger, closing(open_store(self.store)) as store:
                for text in ledger.launches():
                    self._tell(cmi5.from_json(text), ledger, store)
        except (LedgerUnusable, StoreUnusable) as error:
            LOG.warning("launches: %s", error)

    def _tell(self, launched: Launched, ledger: Ledger, store: Store) -> None:
        said = cmi5.due(launched, self._progress(launched, store), self.clock())
        try:
            deliver(said, cmi5.endpoint_of(launched), ledger, ONCE)
        except RecordStoreSilent:
            return
        except RecordStoreRefuses as error:
            # The environment has closed the session, so its token is worth nothing any more.
            LOG.warning("a launch has ended: %s", error)
            ledger.forget(launched.session)
            return
        if said[-1]["verb"]["id"] == cmi5.TERMINATED.id:
            ledger.forget(launched.session)

    def _progress(self, launched: Launched, store: Store) -> Progress:
        case = self.shelf.case(launched.case)
        if case is None or case.scenario is None:
            return Progress()
        # As the page does: where the case was changed since, the attempt has gone on under another name.
        attempt = session.resume(store, case.scenario, launched.attempt).attempt
        made = attempt.decisions
        times = (made[0].at, made[-1].at) if made else ("", "")
        return Progress(*times, has_ended(case.scenario, attempt))


class LaunchHandler(PageMixin, BaseVoilaHandler):
    """The address that an environment opens. It remembers the attempt on the device, and goes on to the case."""

    def initialize(self, launches: Launches, language: str, **kwargs: Any) -> None:
        """Keep the launches and the language of the house."""
        super().initialize(**kwargs)
        self.launches, self.language = launches, language

    async def get(self, name: str) -> None:
        """Begin a session and show the page that goes on to the case, or an apology with the reason."""
        case = self.launches.shelf.case(name)
        if case is None or case.scenario is None:
            self.show("sorry.html.j2", pages.sorry(self.language, self.base_url, name), status=404)
            return
        # The reason is for whoever runs the server and the environment, in the language of the house.
        language = self.language
        given = {one: self.get_query_argument(one, "") for one in cmi5.PARAMETERS}
        try:
            launch = cmi5.parse(given, self.launches.known)
            loop = asyncio.get_running_loop()
            attempt, back = await loop.run_in_executor(None, self.launches.begin, case, launch)
        except LaunchUnusable as error:
            self._refuse(error.reason.in_(language), 400)
        except (StoreUnusable, LedgerUnusable) as error:
            LOG.warning("launches: %s", error)
            self._refuse("", 500)
        except (OSError, http.client.HTTPException) as error:
            LOG.warning("launches: %s", error)
            self._refuse(SILENT.in_(language), 502)
        else:
            self.show("launch.html.j2", pages.launch(case, self.base_url, attempt, back))

    def _refuse(self, why: str, status: int) -> None:
        self.show("sorry.html.j2", pages.excuse(self.language, self.base_url, why), status=status)


def _record(scenario: Scenario, attempt: str, begun: str) -> Record:
    return Record(attempt, scenario.name, scenario.version, scenario.language, begun)
