"""The pages of the server: the catalogue, a case, a dashboard, and an apology where one cannot be shown."""

import asyncio
import os
import uuid
from collections.abc import Awaitable, Iterable, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, TypeVar

from jupyter_server.utils import ensure_async
from tornado.iostream import StreamClosedError
from voila import _version
from voila.handler import BaseVoilaHandler

from casework import notebook
from casework.errors import AttemptUnfinished, AttemptUnknown, StoreUnusable
from casework.export.certificate import issue
from casework.export.retold import Cases
from casework.scenario.model import Scenario
from casework.serve import dashboards, pages
from casework.serve.dashboards import Folder, Role
from casework.serve.evenings import Evenings
from casework.serve.reading import Part, before_code, parts
from casework.serve.roles import roles
from casework.serve.running import run
from casework.serve.shelf import Shelf
from casework.serve.shown import Shown
from casework.store import open_store
from casework.widgets.homes import likely
from casework.words import LANGUAGES

# Nothing on our own pages comes from another host, runs inline or can be framed by a stranger.
RULES = {
    "default-src": "'self'",
    "img-src": "'self' data:",
    "style-src": "'self' 'unsafe-inline'",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}
# A widget may make pictures and sounds of bytes from its kernel, and its sheet may have a font in it: none of it runs.
BYTES = {"img-src": "'self' data: blob:", "media-src": "'self' data: blob:", "font-src": "'self' data:"}


def header(rules: Mapping[str, str]) -> str:
    """Return rules as the header that carries them."""
    return "; ".join(f"{kind} {places}" for kind, places in rules.items())


# A proxy gives up on a page that is silent for a minute, and the page itself (lean.js) after ten seconds, because no
# browser tells it that its server went: a comment keeps it open.
BEAT = 3  # seconds
T = TypeVar("T")
STILL_THERE = "<!-- -->"


class PageMixin:
    """What our pages share: headers, the templates and the cookie without which a closed tab cannot say so."""

    shelf: Shelf
    language: str
    policy = header(RULES)

    async def prepare(self) -> None:
        """Do what every page does before it answers."""
        await super().prepare()  # type: ignore[misc]
        self.prepare_page()

    def prepare_page(self) -> None:
        """Set the security headers, and the `_xsrf` cookie: without it the farewell of a closed tab is refused."""
        self.secure()
        _ = self.xsrf_token  # type: ignore[attr-defined]

    def secure(self) -> None:
        """Set the security headers alone."""
        self.set_header("Content-Security-Policy", self.policy)  # type: ignore[attr-defined]
        self.set_header("Referrer-Policy", "no-referrer")  # type: ignore[attr-defined]
        self.set_header("X-Content-Type-Options", "nosniff")  # type: ignore[attr-defined]

    def set_cookie(self, name: str, value: str | bytes, *given: Any, **more: Any) -> None:
        """Set a cookie; one that was given over HTTPS stays on it."""
        more.setdefault("secure", self.request.protocol == "https")  # type: ignore[attr-defined]
        super().set_cookie(name, value, *given, **more)  # type: ignore[misc]

    def set_kind(self) -> None:
        """Say that the answer is a page, which nobody keeps."""
        self.set_header("Content-Type", "text/html; charset=utf-8")  # type: ignore[attr-defined]
        self.set_header("Cache-Control", "no-store")  # type: ignore[attr-defined]

    def show(self, template: str, values: dict[str, Any], status: int = 200) -> None:
        """Render one of our templates as the whole answer."""
        self.set_status(status)  # type: ignore[attr-defined]
        self.set_kind()
        page = self.settings["casework_templates"].get_template(template)  # type: ignore[attr-defined]
        self.finish(page.render(**values))  # type: ignore[attr-defined]

    def begin_page(self, template: str, values: dict[str, Any]) -> Any:
        """Write one of our templates as the first part of the answer; return where the others are."""
        self.set_kind()
        templates = self.settings["casework_templates"]  # type: ignore[attr-defined]
        self.write(templates.get_template(template).render(**values))  # type: ignore[attr-defined]
        return templates

    @property
    def leaving(self) -> dict[str, Any]:
        """What the button to sign out needs, which stands on the screens of who leads the group and on no others."""
        leads = Role.FACILITATOR in roles(self.current_user)  # type: ignore[attr-defined]
        xsrf = self.xsrf_token.decode()  # type: ignore[attr-defined]
        out = pages.out(self.language, self.base_url, xsrf) if leads else None  # type: ignore[attr-defined]
        return {"out": out}

    def admits(self, role: Role) -> bool:
        """Return whether this visitor may open what is for this role; who may not gets the page that asks the token."""
        user = self.current_user  # type: ignore[attr-defined]
        if self.authorizer.is_authorized(self, user, "read", role):  # type: ignore[attr-defined]
            return True
        self.ask_token(self.request.path.removeprefix(self.base_url), status=403)  # type: ignore[attr-defined]
        return False

    def ask_token(self, to: str, trouble: str = "", status: int = 200) -> None:
        """Answer with the page on which the token is typed, and that leads on to the page *to*."""
        values = pages.enter(self.language, self.base_url, to, trouble)  # type: ignore[attr-defined]
        self.show("enter.html.j2", {**values, "xsrf": self.xsrf_token.decode()}, status)  # type: ignore[attr-defined]

    def write_error(self, status_code: int, **_: Any) -> None:
        """Apologise on a page of ours: Voilà's own would ask another host for its icons."""
        self.show("sorry.html.j2", pages.excuse(self.language, self.base_url), status_code)  # type: ignore[attr-defined]


class NotebookMixin(PageMixin):
    """What the pages of cases and dashboards share: where those are."""

    def initialize(self, shelf: Shelf, folder: Folder, language: str, root: Path, **kwargs: Any) -> None:
        """Keep the shelf, the dashboards, the language of the house and the folder of the kernels' paths."""
        super().initialize(**kwargs)  # type: ignore[misc]
        self.shelf, self.folder, self.language, self.root = shelf, folder, language, root


class KernelMixin(NotebookMixin):
    """What the pages that run a notebook themselves share: a kernel of the visitor's own, and what its cells show."""

    policy = header({**RULES, **BYTES})
    is_gone = False

    def on_connection_close(self) -> None:
        """Remember that whoever asked has left."""
        super().on_connection_close()  # type: ignore[misc]
        self.is_gone = True

    async def send(self) -> None:
        """Send what was written; who has left must not keep us from ending, and giving back, what was begun."""
        with suppress(StreamClosedError):
            await self.flush()  # type: ignore[attr-defined]

    async def begin(self, kernel: str, path: Path, codes: Iterable[str]) -> Shown:
        """Start a kernel of this name for a notebook, and return what these cells of it showed there.

        A kernel to which nothing will speak, because the page shows no widget or its tab was closed meanwhile, is let
        go at once: no socket's end would ever tell.
        """
        shown = await self._beating(self._started(kernel, path, codes))
        if not shown.fits:
            self.shelf.full.add(path)
        kernels = self.kernel_manager  # type: ignore[attr-defined]
        if kernel in kernels and (self.is_gone or not (shown.fits and shown.drawn)):
            await ensure_async(kernels.shutdown_kernel(kernel, now=True))
        return shown

    def ended(self, language: str, shown: Shown, kernel: str, full: str) -> pages.Values:
        """Return the end of the page of a notebook that has run; *full* is where its full page is."""
        modules = self.settings["casework_modules"]  # type: ignore[attr-defined]
        hosting = pages.hosting(language, full, modules, shown) if shown.fits and shown.guests else pages.ALONE
        return {**pages.begun(shown, kernel, full), **hosting}

    async def _started(self, kernel: str, path: Path, codes: Iterable[str]) -> Shown:
        folder = path.resolve().parent.relative_to(self.root).as_posix()
        environment = {**os.environ, **self._request(), "VOILA_KERNEL_ID": kernel}
        kernels = self.kernel_manager  # type: ignore[attr-defined]
        try:
            await kernels.start_kernel(kernel_id=kernel, kernel_name="python3", path=folder, env=environment)
            return await run(kernels.get_kernel(kernel), codes)
        except Exception:
            # Half of the page has been sent: its end apologises. A kernel that did not come up holds no seat.
            self.log.exception("a notebook could not begin")  # type: ignore[attr-defined]
            self.settings["casework_seats"].leave(kernel)  # type: ignore[attr-defined]
            return Shown(failed=True)

    def _request(self) -> dict[str, str]:
        """Return what Voilà tells a notebook of the request; never who asks, or with what words."""
        return {
            "SERVER_SOFTWARE": f"voila/{_version.__version__}",
            "SCRIPT_NAME": self.request.path,  # type: ignore[attr-defined]
            "QUERY_STRING": "",
        }

    async def _beating(self, work: Awaitable[T]) -> T:
        """Return what comes of *work*, and keep the page open meanwhile."""
        task = asyncio.ensure_future(work)
        while not (await asyncio.wait({task}, timeout=BEAT))[0]:
            self.write(STILL_THERE)  # type: ignore[attr-defined]
            await self.send()
        return task.result()


class CatalogueHandler(PageMixin, BaseVoilaHandler):
    """The start page."""

    def initialize(self, shelf: Shelf, language: str, folder: Folder, evenings: Evenings, **kwargs: Any) -> None:
        """Keep the shelf, the dashboards, the workshops and the language in which the house speaks first."""
        super().initialize(**kwargs)
        self.shelf, self.language, self.folder, self.evenings = shelf, language, folder, evenings

    async def get(self, language: str | None = None) -> None:
        """Answer with the catalogue in the language of the address."""
        self.language = asked = language if language in LANGUAGES else self.language
        may, base = roles(self.current_user), self.base_url
        cards = await self.evenings.cards()
        leads = Role.FACILITATOR in may
        # Asking for this machine's addresses takes a moment, for which nobody else is to wait.
        at = await asyncio.to_thread(likely, self._origin, base) if leads and cards else ""
        values = pages.catalogue(self.shelf, self.folder, asked, base, may)
        going_on = pages.going_on(self.shelf, cards, asked, base, leads=leads, at=at)
        self.show("catalogue.html.j2", {**values, **going_on, **self.leaving})

    @property
    def _origin(self) -> str:
        return f"{self.request.protocol}://{self.request.host}"


class CaseHandler(KernelMixin, BaseVoilaHandler):
    """A case: its cover at once; then its notebook is run in a kernel of the visitor's own, and the player begins."""

    async def get(self, name: str) -> None:
        """Answer with the case, or with an apology where it cannot be played."""
        case = self.shelf.case(name)
        if case is None:
            self.show("sorry.html.j2", pages.sorry(self.language, self.base_url, name), status=404)
        elif case.scenario is None or case.protocol is None:
            remarks = tuple(str(remark) for remark in case.diagnostics)
            self.show("sorry.html.j2", pages.sorry(self.language, self.base_url, name, remarks), status=500)
        else:
            await self._seat(case.path, name, case.scenario)

    async def _seat(self, path: Path, name: str, scenario: Scenario) -> None:
        full, kernel = f"{self.base_url}full/case/{name}", str(uuid.uuid4())
        if self.shelf.full.has(path):
            self.redirect(full)
        elif self.settings["casework_seats"].enter(kernel, self.get_query_argument("seat", "")):
            await self._play(kernel, path, full, pages.case(scenario, self.base_url, self.folder))
        else:
            await self._keep_waiting(scenario, name)

    async def _keep_waiting(self, scenario: Scenario, name: str) -> None:
        seats = self.settings["casework_seats"]
        ticket = seats.queue()
        await self.kernel_manager.make_room()
        self.set_header("Retry-After", "5")
        page = pages.waiting(scenario, self.base_url, name, ticket, seats.place(ticket) or 1)
        self.show("waiting.html.j2", page, status=503)

    async def _play(self, kernel: str, path: Path, full: str, values: pages.Values) -> None:
        templates = self.begin_page("case.html.j2", values)
        await self.send()
        shown = await self.begin(kernel, path, self.shelf.codes(path))
        self._note(shown)
        end = self.ended(values["language"], shown, kernel, full)
        self.finish(templates.get_template("begun.html.j2").render(**values, **end))

    def _note(self, shown: Shown) -> None:
        joins = self.settings["casework_joins"]
        if shown.failed:
            joins.failed(f"kernel {self.request.path}")
        else:
            joins.note(self.request.request_time())


class SeatHandler(BaseVoilaHandler):
    """What a waiting page asks: how many are before it."""

    def get(self, ticket: str, language: str) -> None:
        """Answer with the place in the line: 0 once it is one's turn, null for who has left it."""
        ahead = self.settings["casework_seats"].place(ticket)
        self.set_header("Cache-Control", "no-store")
        self.finish({"ahead": ahead, "text": pages.place(language, ahead or 1)})


class CertificateHandler(PageMixin, BaseVoilaHandler):
    """A certificate for whoever played to an end. Asked for by POST: an address stays in a browser's history."""

    def initialize(self, shelf: Shelf, store: str, language: str, **kwargs: Any) -> None:
        """Keep the shelf, the store's address and the language of the house."""
        super().initialize(**kwargs)
        self.shelf, self.store, self.language = shelf, store, language

    def check_origin(self, _origin: str = "") -> bool:
        """Let a form of ours pass: because our pages send no referrer, the browser calls their origin `null`.

        That it is ours is said by its `_xsrf` field, which a page elsewhere cannot know.
        """
        return self.request.headers.get("Origin") == "null" or bool(super().check_origin())

    def post(self) -> None:
        """Answer with the certificate, or with an apology where there is none to give."""
        try:
            with closing(open_store(self.store)) as store:
                page = issue(store, Cases(self.shelf.cases()), self.get_body_argument("attempt", ""))
        except (AttemptUnknown, AttemptUnfinished, StoreUnusable):
            self.show("sorry.html.j2", pages.excuse(self.language, self.base_url), status=404)
            return
        self.set_kind()
        self.finish(page)


class DashboardHandler(KernelMixin, BaseVoilaHandler):
    """A dashboard: a notebook with cards, figures or a desk."""

    async def get(self, name: str, language: str | None = None) -> None:
        """Answer with the dashboard of this name, in the language of the address."""
        self.language = language if language in LANGUAGES else self.language
        path = dashboards.find(self.folder, name)
        source = notebook.read(path, self.language, is_checked=True).source if path else None
        if path is None or source is None:
            self.show("sorry.html.j2", pages.sorry(self.language, self.base_url, name), status=404)
            return
        if not self.admits(dashboards.role(path)):
            return
        full = f"{self.base_url}full/dashboard/{name}/{self.language}"
        if self.shelf.full.has(path):
            self.redirect(full)
            return
        await self._show(path, parts(source, self.language), full)

    async def _show(self, path: Path, told: tuple[Part, ...], full: str) -> None:
        values = {**pages.dashboard(path, self.language, self.base_url), **self.leaving}
        first = before_code(told)
        templates = self.begin_page("dashboard.html.j2", {**values, "begin": first})
        await self.send()
        kernel = str(uuid.uuid4())
        shown = await self.begin(kernel, path, [part.code for part in told if part.code])
        end = {**self.ended(self.language, shown, kernel, full), **pages.told(told[len(first) :], shown)}
        self.finish(templates.get_template("shown.html.j2").render(**values, **end))
