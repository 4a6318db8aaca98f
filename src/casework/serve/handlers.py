"""The pages of the server: the catalogue, a case, a dashboard, and an apology where one cannot be shown."""

import asyncio
import os
import re
import uuid
from collections.abc import Awaitable
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

from jupyter_server.utils import ensure_async
from voila import _version
from voila.handler import BaseVoilaHandler
from voila.tornado.handler import TornadoVoilaHandler

from casework.errors import AttemptUnfinished, AttemptUnknown, StoreUnusable
from casework.export.certificate import issue
from casework.export.retold import Cases
from casework.serve import dashboards, pages
from casework.serve.dashboards import Folder
from casework.serve.running import Shown, run
from casework.serve.shelf import Shelf
from casework.store import open_store
from casework.words import LANGUAGES

# Nothing on our own pages comes from another host, runs inline or can be framed by a stranger.
POLICY = "; ".join(
    [
        "default-src 'self'",
        "img-src 'self' data:",
        "style-src 'self' 'unsafe-inline'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    ]
)


# A browser or a proxy gives up on a page that is silent for a minute; a comment keeps it open. One beat is ten seconds.
BEAT = 10
T = TypeVar("T")
SPENT = re.compile(r"<!-- spent ([\w-]+) -->")
HEARTBEAT, STILL_THERE, MOST_BEATS = "voila_heartbeat", "<!-- -->", 9


class PageMixin:
    """What our pages share: headers, the templates and the cookie without which a closed tab cannot say so."""

    shelf: Shelf
    language: str

    def prepare_page(self) -> None:
        """Set the security headers, and the `_xsrf` cookie: without it the farewell of a closed tab is refused."""
        self.secure()
        _ = self.xsrf_token  # type: ignore[attr-defined]

    def secure(self) -> None:
        """Set the security headers alone."""
        self.set_header("Content-Security-Policy", POLICY)  # type: ignore[attr-defined]
        self.set_header("Referrer-Policy", "no-referrer")  # type: ignore[attr-defined]
        self.set_header("X-Content-Type-Options", "nosniff")  # type: ignore[attr-defined]

    def show(self, template: str, values: dict[str, Any], status: int = 200) -> None:
        """Render one of our templates as the whole answer."""
        self.set_status(status)  # type: ignore[attr-defined]
        self.set_header("Content-Type", "text/html; charset=utf-8")  # type: ignore[attr-defined]
        self.set_header("Cache-Control", "no-store")  # type: ignore[attr-defined]
        page = self.settings["casework_templates"].get_template(template)  # type: ignore[attr-defined]
        self.finish(page.render(**values))  # type: ignore[attr-defined]

    def write_error(self, status_code: int, **_: Any) -> None:
        """Apologise on a page of ours: Voilà's own would ask another host for its icons."""
        self.show("sorry.html.j2", pages.excuse(self.language, self.base_url), status_code)  # type: ignore[attr-defined]


class NotebookMixin(PageMixin):
    """What the pages that run a notebook share."""

    async def stream(self, path: str) -> None:
        """Send the page as Voilà makes it, and an apology at its end where the notebook never gets ready.

        Voilà beats on for ever when its template or kernel fails half-way, with scripts that our policy refuses.
        """
        beats = 0
        async for html in self.get_generator(path=path):  # type: ignore[attr-defined]
            beats = beats + 1 if HEARTBEAT in html else 0
            if beats == MOST_BEATS:
                self.write(self._apology())  # type: ignore[attr-defined]
                break
            self.write(STILL_THERE if beats else SPENT.sub("", html))  # type: ignore[attr-defined]
            await self.flush()  # type: ignore[attr-defined]
            for kernel in SPENT.findall(html):
                # A tab that shows no widget has no socket whose end would tell; its kernel would idle for a long time.
                await ensure_async(self.kernel_manager.shutdown_kernel(kernel, now=True))  # type: ignore[attr-defined]

    def _apology(self) -> str:
        page = self.settings["casework_templates"].get_template("late.html.j2")  # type: ignore[attr-defined]
        return str(page.render(**pages.frame(self.language, self.base_url)))  # type: ignore[attr-defined]


class CatalogueHandler(PageMixin, BaseVoilaHandler):
    """The start page."""

    def initialize(self, shelf: Shelf, language: str, folder: Folder, **kwargs: Any) -> None:
        """Keep the shelf, the dashboards and the language in which the house speaks first."""
        super().initialize(**kwargs)
        self.shelf, self.language, self.folder = shelf, language, folder

    async def prepare(self) -> None:
        """Do what every page does."""
        await super().prepare()
        self.prepare_page()

    def get(self, language: str | None = None) -> None:
        """Answer with the catalogue in the language of the address."""
        asked = language if language in LANGUAGES else self.language
        self.show("catalogue.html.j2", pages.catalogue(self.shelf, self.folder, asked, self.base_url))


class CaseHandler(PageMixin, BaseVoilaHandler):
    """A case: its cover at once; then its notebook is run in a kernel of the visitor's own, and the player begins."""

    def initialize(self, shelf: Shelf, language: str, root: Path, folder: Folder, **kwargs: Any) -> None:
        """Keep the shelf, the dashboards, the language of the house and the folder of the kernels' paths."""
        super().initialize(**kwargs)
        self.shelf, self.language, self.root, self.folder = shelf, language, root, folder

    async def prepare(self) -> None:
        """Do what every page does."""
        await super().prepare()
        self.prepare_page()

    async def get(self, name: str) -> None:
        """Answer with the case, or with an apology where it cannot be played."""
        case = self.shelf.case(name)
        if case is None:
            self.show("sorry.html.j2", pages.sorry(self.language, self.base_url, name), status=404)
        elif case.scenario is None or case.protocol is None:
            remarks = tuple(str(remark) for remark in case.diagnostics)
            self.show("sorry.html.j2", pages.sorry(self.language, self.base_url, name, remarks), status=500)
        else:
            await self._play(case.path, pages.case(case.scenario, self.base_url, self.folder))

    async def _play(self, path: Path, values: pages.Values) -> None:
        templates = self.settings["casework_templates"]
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.write(templates.get_template("case.html.j2").render(**values))
        await self.flush()
        kernel, shown = await self._beating(self._begin(path))
        end = {**values, "kernel": kernel, "model": shown.player}
        self.finish(templates.get_template("begun.html.j2").render(**end))

    async def _begin(self, path: Path) -> tuple[str, Shown]:
        folder = path.resolve().parent.relative_to(self.root).as_posix()
        kernel = str(uuid.uuid4())
        environment = {**os.environ, **self._request(), "VOILA_KERNEL_ID": kernel}
        await self.kernel_manager.start_kernel(kernel_id=kernel, kernel_name="python3", path=folder, env=environment)
        return kernel, await run(self.kernel_manager.get_kernel(kernel), self.shelf.codes(path))

    def _request(self) -> dict[str, str]:
        """Return what Voilà tells a notebook of the request; never who asks, or with what words."""
        return {
            "SERVER_SOFTWARE": f"voila/{_version.__version__}",
            "SCRIPT_NAME": self.request.path,
            "QUERY_STRING": "",
        }

    async def _beating(self, work: Awaitable[T]) -> T:
        """Return what comes of *work*, and keep the page open meanwhile."""
        task = asyncio.ensure_future(work)
        while not (await asyncio.wait({task}, timeout=BEAT))[0]:
            self.write(STILL_THERE)
            await self.flush()
        return task.result()


class CertificateHandler(PageMixin, BaseVoilaHandler):
    """A certificate for whoever played to an end. Asked for by POST: an address stays in a browser's history."""

    def initialize(self, shelf: Shelf, store: str, language: str, **kwargs: Any) -> None:
        """Keep the shelf, the store's address and the language of the house."""
        super().initialize(**kwargs)
        self.shelf, self.store, self.language = shelf, store, language

    async def prepare(self) -> None:
        """Do what every page does."""
        await super().prepare()
        self.prepare_page()

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
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.finish(page)


class DashboardHandler(NotebookMixin, TornadoVoilaHandler):
    """A dashboard: a notebook with cards, figures or a desk."""

    def initialize(self, folder: Folder, language: str, root: Path, **kwargs: Any) -> None:
        """Keep the dashboards, the language of the house and the folder to which Voilà's paths are relative."""
        super().initialize(**kwargs)
        self.folder, self.language, self.root = folder, language, root

    async def prepare(self) -> None:
        """Do what every page does."""
        await super().prepare()
        self.prepare_page()

    async def get(self, name: str, language: str | None = None) -> None:
        """Answer with the dashboard of this name, in the language of the address."""
        self.language = language if language in LANGUAGES else self.language
        path = dashboards.find(self.folder, name)
        if path is None:
            self.show("sorry.html.j2", pages.sorry(self.language, self.base_url, name), status=404)
            return
        values = pages.dashboard(path, self.language, self.base_url)
        self.page_config_hook = lambda config, **_: {**config, "casework": values}
        await self.stream(path.resolve().relative_to(self.root).as_posix())
