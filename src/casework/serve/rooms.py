"""The pages of a workshop: the phone's, the projector's and the notes'; and where a session is opened."""

import asyncio
import json
import re
from datetime import UTC, datetime
from typing import Any

from tornado.web import HTTPError, RequestHandler

from casework import library, room
from casework.errors import OmissionUnsound, SessionRunning, SessionUnknown, StoreUnusable
from casework.export import network
from casework.export.gathering import write
from casework.play.workshop import Act, Event
from casework.room.door import SEATS
from casework.serve import pages
from casework.serve.dashboards import Role
from casework.serve.handlers import PageMixin
from casework.serve.hub import Hub, case_setting
from casework.serve.roles import Visitors, roles
from casework.store import Card
from casework.widgets.homes import likely
from casework.words import LANGUAGES

# What stands in an address before the first slash; whoever leads the group picks it, and it is drawn as a QR code.
A_PLACE = re.compile(r"[\w.:\[\]-]{1,255}", re.ASCII)


def may_lead(handler: RequestHandler) -> bool:
    """Return whether whoever asks leads the group: who showed the token once has a cookie that says so."""
    visitors: Visitors = handler.settings["identity_provider"]
    return Role.FACILITATOR in roles(visitors.get_user(handler))


class HouseMixin(PageMixin):
    """What our pages share that need nothing of Jupyter: no kernel, no visitor's name, no cookie."""

    def initialize(self, hub: Hub, language: str) -> None:
        """Keep the hub and the language of the house."""
        self.hub, self.language = hub, language

    async def prepare(self) -> None:
        """Do what every page does; a handler of Tornado's own has nothing more to prepare."""
        self.prepare_page()

    @property
    def base_url(self) -> str:
        """Where everything else is."""
        return str(self.settings["base_url"])  # type: ignore[attr-defined]


class JoinHandler(HouseMixin, RequestHandler):
    """The phone's page. Whether its code is right says the line: an address that did would be one to guess at."""

    async def prepare(self) -> None:
        """Set the security headers; a phone needs no cookie, and gets none."""
        self.secure()

    def get(self, code: str | None = None, language: str | None = None) -> None:
        """Answer with the page to join on, or with the one to type a code."""
        # Both "/join/en" and "/join/CODE" have one word.
        asked = next((one for one in (language, code) if one in LANGUAGES), self.language)
        in_form = self.get_query_argument("code", "")
        typed = in_form if code is None or code in LANGUAGES else code
        self.show("join.html.j2", pages.join(asked, self.base_url, room.plain(typed)))


class ScreenHandler(HouseMixin, RequestHandler):
    """The projector's page, or the notes'."""

    def initialize(self, hub: Hub, language: str, module: str) -> None:  # type: ignore[override]
        """Keep also which module draws it."""
        super().initialize(hub, language)
        self.module = module

    async def get(self, session_id: str) -> None:
        """Answer with the page; with the one that asks for the token, or an apology where there is no such session."""
        if not may_lead(self):
            self.ask_token(self.request.path.removeprefix(self.base_url), status=403)
            return
        try:
            live = await self.hub.run(self.hub.found, session_id)
        except StoreUnusable as error:
            raise HTTPError(503) from error
        if live is None:
            raise HTTPError(404)
        # Asking for this machine's addresses takes a moment, for which nobody else is to wait.
        case, place = live.setting.scenario, await asyncio.to_thread(self._place)
        origin = f"{self.request.protocol}://{place}"
        self.show("screen.html.j2", pages.screen(self.module, live.card, case, self.base_url, origin))

    def _place(self) -> str:
        """Return the host and port at which phones come in: the one that was picked, or the likeliest."""
        picked = self.get_query_argument("at", "")
        here = f"{self.request.protocol}://{self.request.host}"
        return picked if A_PLACE.fullmatch(picked) else likely(here, self.base_url)


class ReportHandler(HouseMixin, RequestHandler):
    """The report of a session, once it has ended."""

    async def get(self, session_id: str) -> None:
        """Answer with the report; with an apology to who does not lead the group, or before the end."""
        if not may_lead(self):
            raise HTTPError(403)
        try:
            page = await self.hub.run(self._write, session_id)
        except SessionRunning as error:
            raise HTTPError(409) from error
        except SessionUnknown as error:
            raise HTTPError(404) from error
        except StoreUnusable as error:
            raise HTTPError(503) from error
        self.set_header("Cache-Control", "no-store")
        self.finish(page)

    def _write(self, session_id: str) -> str:
        card = self.hub.store.sessions.card(session_id)
        found = None if card is None else case_setting(self.hub.shelf, card.scenario, card.language)
        if card is None or found is None:
            raise SessionUnknown(session_id)
        return write(self.hub.store, found.scenario, found.protocol, card)


class NetworkHandler(HouseMixin, RequestHandler):
    """The report of what stands in the way over all workshops."""

    async def get(self, language: str) -> None:
        """Answer with the report; with the page that asks for the token to who does not lead the group."""
        if not may_lead(self):
            self.ask_token(self.request.path.removeprefix(self.base_url), status=403)
            return
        try:
            page = await self.hub.run(self._write, language)
        except StoreUnusable as error:
            raise HTTPError(503) from error
        self.set_header("Cache-Control", "no-store")
        self.finish(page)

    def _write(self, language: str) -> str:
        titles, today = library.source_titles(language), datetime.now(UTC).date()
        return network.write(self.hub.store, self.hub.shelf.cases(), titles, language, today)


class SessionsHandler(HouseMixin, RequestHandler):
    """Where a session is opened."""

    async def post(self) -> None:
        """Open a session as a JSON object asks: `case`, `language`, and perhaps `left_out`, `seats` and `survey`."""
        self.check_xsrf_cookie()
        if not may_lead(self):
            raise HTTPError(403)
        try:
            asked = json.loads(self.request.body)
            card = await self.hub.run(self._open, asked)
        except StoreUnusable as error:
            raise HTTPError(503) from error
        except OmissionUnsound as error:
            self.set_status(409)
            self.finish({"trouble": str(error)})
        except (KeyError, TypeError, ValueError) as error:
            raise HTTPError(400) from error
        else:
            self.finish({"id": card.id, "code": card.code})

    def _open(self, asked: dict[str, Any]) -> Card:
        name, language = str(asked["case"]), str(asked["language"])
        setting = case_setting(self.hub.shelf, name, language)
        if setting is None:
            raise KeyError(name)
        left_out = [str(scene) for scene in asked.get("left_out", [])]
        seats = max(1, min(int(asked.get("seats", SEATS)), SEATS))
        store = self.hub.store
        card = room.open_session(store, setting.scenario, setting.protocol, left_out=left_out, seats=seats)
        if asked.get("survey") is True:
            room.do(store, setting.scenario, card.id, Event(1, Act.SURVEY))
        return card
