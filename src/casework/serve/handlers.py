"""The pages of the server: the catalogue, a case, a dashboard, and an apology where one cannot be shown."""

from contextlib import closing
from pathlib import Path
from typing import Any

from voila.handler import BaseVoilaHandler
from voila.tornado.handler import TornadoVoilaHandler

from casework.errors import AttemptUnfinished, AttemptUnknown, StoreUnusable
from casework.export.certificate import issue
from casework.export.retold import Cases
from casework.serve import pages
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
DESK = "author"
HEARTBEAT, STILL_THERE, MOST_BEATS = "voila_heartbeat", "<!-- -->", 9


class PageMixin:
    """What our pages share: headers, the templates and the cookie without which a closed tab cannot say so."""

    shelf: Shelf
    language: str

    def prepare_page(self) -> None:
        """Set the security headers, and the `_xsrf` cookie: without it the farewell of a closed tab is refused."""
        self.set_header("Content-Security-Policy", POLICY)  # type: ignore[attr-defined]
        self.set_header("Referrer-Policy", "no-referrer")  # type: ignore[attr-defined]
        self.set_header("X-Content-Type-Options", "nosniff")  # type: ignore[attr-defined]
        _ = self.xsrf_token  # type: ignore[attr-defined]

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
            self.write(STILL_THERE if beats else html)  # type: ignore[attr-defined]
            await self.flush()  # type: ignore[attr-defined]

    def _apology(self) -> str:
        page = self.settings["casework_templates"].get_template("late.html.j2")  # type: ignore[attr-defined]
        return str(page.render(**pages.frame(self.language, self.base_url)))  # type: ignore[attr-defined]


class CatalogueHandler(PageMixin, BaseVoilaHandler):
    """The start page."""

    def initialize(self, shelf: Shelf, language: str, **kwargs: Any) -> None:
        """Keep the shelf and the language in which the house speaks first."""
        super().initialize(**kwargs)
        self.shelf, self.language = shelf, language

    async def prepare(self) -> None:
        """Do what every page does."""
        await super().prepare()
        self.prepare_page()

    def get(self, language: str | None = None) -> None:
        """Answer with the catalogue in the language of the address."""
        asked = language if language in LANGUAGES else self.language
        self.show("catalogue.html.j2", pages.catalogue(self.shelf, asked, self.base_url))


class CaseHandler(NotebookMixin, TornadoVoilaHandler):
    """A case: Voilà runs its notebook, our template shows only the player."""

    def initialize(self, shelf: Shelf, language: str, root: Path, **kwargs: Any) -> None:
        """Keep the shelf, the language of the house and the folder to which Voilà's paths are relative."""
        super().initialize(**kwargs)
        self.shelf, self.language, self.root = shelf, language, root

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
            values = pages.case(case.scenario, self.base_url)
            self.page_config_hook = lambda config, **_: {**config, "casework": values}
            await self.stream(case.path.resolve().relative_to(self.root).as_posix())


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
    """A dashboard: a notebook for facilitators and authors."""

    def initialize(self, folder: Path, language: str, root: Path, *, has_desk: bool, **kwargs: Any) -> None:
        """Keep the folder of dashboards and the folder to which Voilà's paths are relative."""
        super().initialize(**kwargs)
        self.folder, self.language, self.root, self.has_desk = folder, language, root, has_desk

    async def prepare(self) -> None:
        """Do what every page does."""
        await super().prepare()
        self.prepare_page()

    async def get(self, name: str) -> None:
        """Answer with the dashboard of this name."""
        path = self.folder / f"{name}.ipynb"
        # The desk shows a whole story and repairs its file: whoever only plays must not come there by an address.
        if not path.is_file() or (name == DESK and not self.has_desk):
            self.show("sorry.html.j2", pages.sorry(self.language, self.base_url, name), status=404)
            return
        values = pages.dashboard(path, self.language, self.base_url)
        self.page_config_hook = lambda config, **_: {**config, "casework": values}
        await self.stream(path.resolve().relative_to(self.root).as_posix())
