"""The server: Voilà, with our pages in the place of its tree and its files."""

import asyncio
import errno
import os
import socket
import threading
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import jinja2
from jupyter_events import EventLogger
from jupyter_server.utils import url_path_join
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop, PeriodicCallback
from tornado.web import RedirectHandler
from traitlets.config import Config
from voila.app import Voila

from casework.errors import PortTaken
from casework.serve.assets import AssetHandler, Assets, gather
from casework.serve.dashboards import Folder
from casework.serve.door import EnterHandler, OutHandler
from casework.serve.evenings import Evenings
from casework.serve.forking import immortal
from casework.serve.forking.nursery import is_possible
from casework.serve.full import FullHandler, trimmed
from casework.serve.handlers import CaseHandler, CatalogueHandler, CertificateHandler, DashboardHandler, SeatHandler
from casework.serve.health import HealthHandler, Readiness, ReadyHandler
from casework.serve.hub import Hub
from casework.serve.joins import Joins
from casework.serve.kernels import Kernels, Line
from casework.serve.launch import ROUND_MILLISECONDS, Launches, LaunchHandler
from casework.serve.lines import NotesLine, PhoneLine, StageLine
from casework.serve.logs import Style, configured, log_request
from casework.serve.modules import FOLDER, Modules
from casework.serve.pages import ENTER, OUT, STATUS
from casework.serve.proxy import Gate
from casework.serve.reading import rendered
from casework.serve.roles import Rights, Visitors, signing
from casework.serve.rooms import JoinHandler, NetworkHandler, ReportHandler, ScreenHandler, SessionsHandler
from casework.serve.seats import Seats, sensible
from casework.serve.shelf import Shelf
from casework.serve.status import StatusHandler
from casework.serve.tries import Tries
from casework.serve.vega import PATTERN, Bundle, VegaHandler
from casework.store import open_store

resource: Any = None
with suppress(ImportError):  # Windows has no such limits
    import resource

HERE = Path(__file__).parent
TEMPLATES = HERE / "share" / "voila" / "templates" / "casework"
STATIC = (HERE.parent / "widgets" / "static", HERE / "static")

# What Voilà serves besides pages, and we need: the kernel's address, its channels, a template's files, the farewell.
KEPT = (
    r"/api/kernels/",
    r"/voila/templates/",
    r"/voila/static/",
    r"/voila/api/shutdown/",
    r"/voila/labextensions/",
    "/voila/api/themes/",
)
# A view shrinks to a quarter. With zlib's usual memory, each open page would take 260 kB of the server's.
PACKING = {"compression_level": 6, "mem_level": 5}
MOST_FILES = 65_536
IDLE_SECONDS = 15 * 60
LOOK_SECONDS = 60
FAREWELL = 0.1  # seconds in which goodbyes leave
GRACE = 1.0  # seconds for what is being answered when the server is told to stop


@dataclass(frozen=True, slots=True)
class Options:
    """How to serve: where the notebooks are, where decisions are kept, and where the server listens.

    `environments` are the origins of learning environments that may launch cases; `ledger` is where launches are kept.
    `seats` is how many may play at once; 0 means as many as the memory carries. With `has_desk` the author's desk is
    served too, which shows what lies ahead and writes to the cases.
    Who says `token` leads the group, and may open what is not for trainees. `base` is the path under which all pages
    are, with a slash at both ends. What `proxies`, by their addresses, tell of who asks is believed.
    """

    scenarios: Path
    dashboards: Path
    store: str
    token: str
    language: str = "nl"
    ip: str = "127.0.0.1"
    port: int | None = None
    has_browser: bool = True
    exit_address: str = ""
    has_desk: bool = False
    seats: int = 0
    environments: tuple[str, ...] = ()
    ledger: Path = Path("casework-xapi.sqlite")
    log: Style = Style.PLAIN
    base: str = "/"
    proxies: tuple[str, ...] = ()


class Server(Voila):
    """Voilà with casework's pages; start it with `serve`."""

    options: Options
    shelf: Shelf
    assets: Assets
    port: int

    @cached_property
    def event_logger(self) -> EventLogger:
        """What Jupyter's managers of kernels share: each would make its own, which Python's `logging` never lets go."""
        return EventLogger(parent=self)

    def init_settings(self) -> dict[str, Any]:
        """Add our templates; compress here, because Voilà applies `tornado_settings` too late for that."""
        templates = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True)
        templates.filters["asset"] = self.assets.address
        templates.filters["markdown"] = rendered
        settings = super().init_settings()
        carried = sensible(can_fork=is_possible(), is_counted=not immortal.is_possible())
        seats = Seats(self.options.seats or carried)
        self.kernel_manager.seats = seats
        return {
            **settings,
            "compress_response": True,
            "websocket_compression_options": PACKING,
            "casework_templates": templates,
            "casework_seats": seats,
            "casework_joins": Joins(),
            "casework_modules": self.modules,
            "log_function": log_request,
            # Another service of the same host, such as JupyterHub, has a cookie of that name for its own forms.
            "xsrf_cookie_kwargs": {"path": self.base_url},
        }

    def init_handlers(self) -> list[Any]:
        """Keep what our pages need of Voilà, and leave out its tree and its files: they would show what lies ahead."""
        kept = [handler for handler in super().init_handlers() if any(part in handler[0] for part in KEPT)]
        house = {"voila_configuration": self.voila_configuration, "language": self.options.language}
        root = Path(self.root_dir)
        folder = Folder(self.options.dashboards, self.options.has_desk)
        case = {**house, "root": root, "shelf": self.shelf, "folder": folder}
        start = {**house, "shelf": self.shelf, "folder": folder, "evenings": self.evenings}
        full = {**case, "template_paths": self.template_paths, "config": self.config}
        return [
            (self._at(PATTERN), VegaHandler, {"bundle": Bundle()}),
            (self._at("casework/static/(.*)"), AssetHandler, {"assets": self.assets}),
            (self._at(f"{FOLDER}(.*)"), AssetHandler, {"assets": self.modules}),
            (self._at("case/([a-zA-Z0-9._-]+)"), CaseHandler, case),
            (self._at("dashboard/([a-zA-Z0-9._-]+?)(?:/(nl|en))?"), DashboardHandler, case),
            (self._at("seat/([a-zA-Z0-9_-]+)/(nl|en)"), SeatHandler, {"voila_configuration": self.voila_configuration}),
            (self._at("full/(case|dashboard)/([a-zA-Z0-9._-]+?)(?:/(nl|en))?"), FullHandler, full),
            (self._at("certificate"), CertificateHandler, {**house, "shelf": self.shelf, "store": self.options.store}),
            *self._launching(house),
            *workshop(self.rooms, self.options.language, self._at),
            *self._leading(house),
            (self._at("healthz"), HealthHandler),
            (self._at("readyz"), ReadyHandler, {"readiness": self.readiness}),
            *self._home(),
            (self._at("(nl|en)?"), CatalogueHandler, start),
            *kept,
        ]

    @cached_property
    def modules(self) -> Modules:
        """What the widgets of all kernels bring along."""
        return Modules()

    @cached_property
    def rooms(self) -> Hub:
        """The workshops of this server."""
        return Hub(self.shelf, self.options.store)

    @cached_property
    def evenings(self) -> Evenings:
        """Which workshops are open, as the start page tells it."""
        return Evenings(self.rooms)

    @cached_property
    def gate(self) -> HTTPServer:
        """What listens, once it is told where."""
        return HTTPServer(Gate(self.app, self.options.proxies))

    @cached_property
    def readiness(self) -> Readiness:
        """What is asked by a balancer, and shown to who leads the group."""
        return Readiness(self.shelf, self.options.store)

    def link(self, token: str) -> str:
        """Return the address, on this machine, at which the token opens the door."""
        # No browser can go to "every address of this machine".
        ip = "127.0.0.1" if self.ip in {"", "0.0.0.0", "::"} else self.ip  # noqa: S104
        return f"{self._url(f'[{ip}]' if ':' in ip else ip)}{ENTER}{f'?token={token}' if token else ''}"

    def listen(self) -> None:
        """Listen, at the first free port if none was asked for, until told to stop; Voilà's own believes no proxy."""
        self.port = next(port for port in self.random_ports(self.port, self.port_retries + 1) if self._has(port))
        if self.open_browser:
            self.launch_browser()
        self.ioloop = IOLoop.current()
        try:
            self.ioloop.start()
        except KeyboardInterrupt:
            self.log.info("stopping")
        finally:
            self.stop()

    def stop(self) -> None:
        """Send everybody on to another server, if there is one; then end their kernels.

        Kernels take seconds to end. A door that stayed open meanwhile, with nobody behind it, would keep a balancer
        waiting, and all who come.
        """
        self.ioloop.run_sync(self._let_go)
        super().stop()

    async def _let_go(self) -> None:
        self.gate.stop()
        self._hang_up()
        # Pages that are on their way come whole, and go on elsewhere by themselves.
        await asyncio.sleep(GRACE)
        # Whoever came in just before the door closed would wait for the end of the last kernel.
        self._hang_up()
        closing = [asyncio.ensure_future(each.close()) for each in tuple(self.gate._connections)]
        await asyncio.wait([asyncio.ensure_future(asyncio.sleep(FAREWELL)), *closing], timeout=GRACE)

    def _hang_up(self) -> None:
        self.rooms.hang_up()
        Line.hang_up_all()

    def _has(self, port: int) -> bool:
        try:
            self.gate.listen(port, self.ip)
        except OSError as trouble:
            if trouble.errno != errno.EADDRINUSE:
                raise
            return False
        return True

    def launch_browser(self) -> None:
        """Open the catalogue, as who leads the group.

        The token goes through a file that only this user may read, and that goes when the server stops: the command of
        a browser is there for all to see.
        """
        page = self.app.settings["casework_templates"].get_template("open.html.j2")
        file = Path(self.connection_dir) / "open.html"
        file.write_text(page.render(address=self.link(self.options.token)), "utf-8")
        threading.Thread(target=webbrowser.open, args=(file.as_uri(),), daemon=True).start()

    def _home(self) -> list[Any]:
        # People leave the last slash out when they type an address.
        return [] if self.base_url == "/" else [(self.base_url.rstrip("/"), RedirectHandler, {"url": self.base_url})]

    def _leading(self, house: dict[str, Any]) -> list[Any]:
        door = {**house, "token": self.options.token, "tries": Tries()}
        return [
            (self._at(f"{ENTER}(?:/(nl|en))?"), EnterHandler, door),
            (self._at(f"{OUT}(?:/(nl|en))?"), OutHandler, house),
            (self._at(f"{STATUS}(?:/(nl|en))?"), StatusHandler, {**house, "readiness": self.readiness}),
        ]

    def _launching(self, house: dict[str, Any]) -> list[Any]:
        launches = {"launches": _launches(self.options, self.shelf)}
        return (
            [(self._at("cmi5/([a-zA-Z0-9._-]+)"), LaunchHandler, {**house, **launches})]
            if self.options.environments
            else []
        )

    def _at(self, pattern: str) -> str:
        return str(url_path_join(self.server_url, pattern))


def workshop(hub: Hub, language: str, at: Callable[[str], str]) -> list[Any]:
    """Return the pages and lines of workshops; *at* tells where a pattern is served."""
    house, of = {"hub": hub, "language": language}, "([a-zA-Z0-9_-]+)"
    return [
        (at("join(?:/([^/]+))?(?:/(nl|en))?"), JoinHandler, house),
        (at("room/([^/]+)/line"), PhoneLine, {"hub": hub}),
        (at(f"stage/{of}"), ScreenHandler, {**house, "module": "stage"}),
        (at(f"stage/{of}/line"), StageLine, {"hub": hub}),
        (at(f"notes/{of}"), ScreenHandler, {**house, "module": "notes"}),
        (at(f"notes/{of}/report"), ReportHandler, house),
        (at(f"notes/{of}/line"), NotesLine, {"hub": hub}),
        (at("sessions"), SessionsHandler, house),
        (at("network/report/(nl|en)"), NetworkHandler, house),
    ]


def serve(options: Options, tell: Callable[[Server], None]) -> None:
    """Serve until stopped; once it listens, *tell* may say where.

    Raises `FolderWithoutScenarios`, `StoreUnusable` and `PortTaken`.
    """
    shelf = Shelf(options.scenarios.resolve())
    shelf.cases()
    if options.port is not None:
        _refuse_taken(options.ip, options.port)
    # A store that cannot be used must stop the facilitator now, at the desk, and not a trainee at the first choice.
    open_store(options.store).close()
    _tell_kernels(options)
    _open_files()
    server = Server(config=_config(options))
    server.options, server.shelf, server.assets = options, shelf, gather(STATIC)
    server.initialize([])
    loop = IOLoop.current()
    loop.add_callback(tell, server)
    # The first looks start the template of all kernels, and the watch over the store: without them the first visitor
    # would wait for that.
    loop.add_callback(server.readiness.reasons)
    loop.add_callback(server.evenings.cards)
    if options.environments:
        PeriodicCallback(_launches(options, shelf).round, ROUND_MILLISECONDS).start()
    server.start()


def _launches(options: Options, shelf: Shelf) -> Launches:
    return Launches(shelf, options.store, options.ledger, options.environments)


def _open_files() -> None:
    # Each visitor takes a dozen descriptors; the usual limit of a login shell ends at eighty visitors.
    if resource is not None:
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
        if soft != resource.RLIM_INFINITY and soft < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _refuse_taken(ip: str, port: int) -> None:
    # Voilà would say so in its log and leave; a room that was given an address needs it in one plain sentence.
    try:
        socket.create_server((ip, port), family=socket.AF_INET6 if ":" in ip else socket.AF_INET).close()
    except OSError as trouble:
        if trouble.errno == errno.EADDRINUSE:
            raise PortTaken(port) from trouble
        raise


def _tell_kernels(options: Options) -> None:
    # Kernels run in the folder of their notebook, where a path from here would name another file.
    os.environ["CASEWORK_STORE"] = options.store if "://" in options.store else str(Path(options.store).resolve())
    os.environ["CASEWORK_STORE_IS_CHECKED"] = "yes"
    os.environ["CASEWORK_SCENARIOS"] = str(options.scenarios.resolve())
    os.environ["CASEWORK_DASHBOARDS"] = str(options.dashboards.resolve())
    os.environ["CASEWORK_PAGE"] = "lean"
    os.environ["CASEWORK_LANGUAGE"] = options.language
    if options.exit_address:
        os.environ["CASEWORK_EXIT"] = options.exit_address


def _config(options: Options) -> Config:
    folders = [str(folder.resolve()) for folder in (options.scenarios, options.dashboards)]
    config = Config()
    config.Voila.root_dir = os.path.commonpath(folders)
    config.Voila.ip = options.ip
    config.Voila.base_url = options.base
    config.Voila.identity_provider_class = Visitors
    config.Voila.authorizer_class = Rights
    config.Voila.cookie_secret = signing(options.token)
    config.Voila.logging_config = configured(options.log)
    config.Voila.open_browser = options.has_browser
    if options.port is not None:
        config.Voila.port = options.port
        config.Voila.port_retries = 0
    config.VoilaConfiguration.template = "lab"
    config.VoilaConfiguration.prelaunch_hook = trimmed
    config.VoilaConfiguration.allow_template_override = "NO"
    config.VoilaConfiguration.allow_theme_override = "NO"
    config.VoilaConfiguration.show_tracebacks = False
    config.Voila.kernel_websocket_connection_class = Line
    config.KernelProvisionerFactory.default_provisioner_name = "casework"
    config.KernelManager.transport = "ipc"
    config.VoilaConfiguration.multi_kernel_manager_class = Kernels
    # A kernel that was started anew would know nothing of the page: it begins anew itself, and resumes.
    config.KernelRestarter.restart_limit = 0
    config.KernelRestarter.time_to_dead = 1.0
    # A phone that falls asleep never says farewell: without culling its kernel would stay for ever.
    config.MappingKernelManager.cull_idle_timeout = IDLE_SECONDS
    config.MappingKernelManager.cull_interval = LOOK_SECONDS
    return config
