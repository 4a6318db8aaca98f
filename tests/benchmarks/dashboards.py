"""The dashboards: what a first load weighs beside stock Voilà, and how soon a warm one is there beside a case.

`python -m tests.benchmarks.dashboards`, or the part `dashboards` of `make bench`. Stock Voilà serves the same notebooks
with its own page and its own kernels; beside our start page stands its list of notebooks.
"""

import argparse
import asyncio
import json
import secrets
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from http.cookies import SimpleCookie
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from playwright.sync_api import Error, sync_playwright
from tornado.httpclient import AsyncHTTPClient

from casework.serve.forking.kind import Kind
from tests.benchmarks import browser, wire
from tests.benchmarks.browser import Traffic
from tests.benchmarks.figures import Figures, found, ratios, spread
from tests.benchmarks.kinds import CASEWORK, ROOT, VOILA
from tests.benchmarks.report import say
from tests.benchmarks.servers import START, Server, running
from tests.benchmarks.trouble import Trouble

TOKEN = secrets.token_hex()
CASE = "leo"
NAMES = ("trends", "toolkit", "facilitator", "cases", "insight", "network")
CATALOGUE = "catalogue"
SHOWN = ":is(#casework, .question, .shown, .jp-OutputArea) :is(h2, h3, label, table)"
STARTED = ".cases"
LISTED = ".jp-DirListing-item"
LAPS = 5  # warm joins of each in one round, in turns with those of the case
PAUSE = 0.5
SETTLE = 2.0
PATIENCE = 120
MOST_WEIGHT, MOST_WAIT = 0.2, 2.0
TEMPLATE = "casework.serve.forking.template"
KEPT = ROOT / "build" / "dashboards.json"
OURS = replace(CASEWORK, command=(*CASEWORK.command, "--token", TOKEN))
STOCK = replace(VOILA, command=tuple("dashboards" if part == "scenarios" else part for part in VOILA.command))
LOADED = {
    "bytes": ("kB", 1),
    "requests": ("requests", 0),
    "strangers": ("requests to other hosts", 0),
    "shown": ("s", 2),
}


@dataclass(frozen=True, slots=True)
class Page:
    """A page of ours and the one of stock Voilà beside it; something of each *shown* says that it is there."""

    name: str
    ours: str
    stock: str
    shown: str = SHOWN
    listed: str = SHOWN


def pages() -> tuple[Page, ...]:
    """Return the start page, and the dashboards that there are."""
    there = (name for name in NAMES if (ROOT / "dashboards" / f"{name}.ipynb").is_file())
    start = Page(CATALOGUE, "/", "/", STARTED, LISTED)
    return (start, *(Page(name, f"/dashboard/{name}/nl", f"/voila/render/{name}.ipynb") for name in there))


def measure(rounds: int) -> tuple[list[Figures], list[Figures]]:
    """Return the figures of our pages and of stock Voilà's, round by round; they take turns. Raises `Trouble`."""
    ours: list[Figures] = []
    stock: list[Figures] = []
    for number in range(1, rounds + 1):
        say(f"dashboards, round {number} of {rounds}")
        with running(OURS, CASE) as server:
            cookie = asyncio.run(_warm(server))
            loaded = {f"{page.name}.{key}": value for page in pages() for key, value in _ours(server, page, cookie)}
            ours.append({**loaded, **asyncio.run(_joins(server, cookie))})
        with running(STOCK, CASE) as server:
            stock.append({f"{page.name}.{key}": value for page in pages() for key, value in _stock(server, page)})
    return ours, stock


def lines(ours: Sequence[Figures], stock: Sequence[Figures]) -> Iterator[str]:
    """Return what is said of each page: its weight beside stock Voilà, and its warm join beside that of a case."""
    for page in pages():
        for key, (unit, decimals) in LOADED.items():
            name = f"{page.name}.{key}"
            own, other = _cell(found(ours, name), decimals), _cell(found(stock, name), decimals)
            told = f"{page.name:>12}: first load {own} {unit}; stock Voilà {other}"
            yield told + _ratio(ratios(ours, stock, name), MOST_WEIGHT if key == "bytes" else None)
        joins = found(ours, f"{page.name}.join")
        if joins:
            case = [figures[f"{page.name}.join"] / figures["case.join"] for figures in ours]
            yield f"{page.name:>12}: warm join {_cell(joins, 3)} s{_ratio(case, MOST_WAIT)} of a case"
    yield f"{'a case':>12}: warm join {_cell(found(ours, 'case.join'), 3)} s"


def save(path: Path, ours: Sequence[Figures], stock: Sequence[Figures]) -> None:
    """Write every figure of every round as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"casework": ours, "voila": stock}, indent=1) + "\n", "utf-8")


def run(rounds: int, path: Path) -> None:
    """Measure, print and keep. Raises `Trouble`."""
    ours, stock = measure(rounds)
    for line in lines(ours, stock):
        say(line)
    save(path, ours, stock)
    say(f"kept in {path}")


def _address(server: Server, path: str) -> str:
    return f"http://{urlsplit(server.address).netloc}{path}"


async def _warm(server: Server) -> str:
    """Let one visitor see a case and each dashboard, wait for the template of those, and return their cookie."""
    client = AsyncHTTPClient(force_instance=True)
    try:
        enter = _address(server, f"/enter?token={TOKEN}")
        entered = await client.fetch(enter, follow_redirects=False, raise_error=False)
        cookie = "; ".join(each.split(";")[0] for each in entered.headers.get_list("Set-Cookie"))
        limit, seen = time.monotonic() + START, False
        # Where kernels are not forked this waits in vain, and what is measured is a dashboard that loads everything.
        while not seen and time.monotonic() < limit:
            for path in (f"/case/{CASE}", *(page.ours for page in pages())):
                await _join(client, _address(server, path), cookie)
            seen = await asyncio.to_thread(_has_template, server)
        await asyncio.sleep(SETTLE)
        return cookie
    finally:
        client.close()


def _has_template(server: Server) -> bool:
    """Whether a kernel was forked from the process of the dashboards: it has the command of that one, as a second."""
    commands = [process.cmdline() for process in server.processes()]
    return sum(TEMPLATE in command and Kind.DASHBOARDS in command for command in commands) > 1


async def _joins(server: Server, cookie: str) -> Figures:
    """Return the median seconds of a warm join, of the case and of each dashboard: they take turns."""
    client = AsyncHTTPClient(force_instance=True)
    paths = {"case": f"/case/{CASE}", **{page.name: page.ours for page in pages() if page.name != CATALOGUE}}
    waits: dict[str, list[float]] = {name: [] for name in paths}
    try:
        for _ in range(LAPS):
            for name, path in paths.items():
                waits[name].append(await _join(client, _address(server, path), cookie))
                await asyncio.sleep(PAUSE)
    finally:
        client.close()
    return {f"{name}.join": median(seconds) for name, seconds in waits.items()}


async def _join(client: AsyncHTTPClient, address: str, cookie: str) -> float:
    """Return the seconds until the page is there and, where it has a widget, its first view came over the line."""
    began = time.perf_counter()
    visitor = await wire.join_page(client, address, cookie)
    seconds = time.perf_counter() - began
    if visitor is not None:
        visitor.leave()
    return seconds


def _ours(server: Server, page: Page, cookie: str) -> Iterator[tuple[str, float]]:
    jar = SimpleCookie(cookie)
    cookies = [{"name": name, "value": each.value, "url": _address(server, "/")} for name, each in jar.items()]
    return _load(_address(server, page.ours), page.shown, cookies)


def _stock(server: Server, page: Page) -> Iterator[tuple[str, float]]:
    return _load(_address(server, page.stock), page.listed, [])


def _load(address: str, shown: str, cookies: Sequence[Mapping[str, str]]) -> Iterator[tuple[str, float]]:
    """Return what one first load weighs in a Chromium with an empty cache, and the seconds until something is shown."""
    with sync_playwright() as playwright:
        chromium = browser.launch(playwright)
        try:
            context = chromium.new_context(viewport={"width": 1280, "height": 900})
            context.add_cookies([dict(cookie) for cookie in cookies])  # type: ignore[arg-type]
            page, traffic = context.new_page(), Traffic()
            traffic.watch(page, None)
            began = time.perf_counter()
            page.goto(address, wait_until="commit", timeout=browser.PATIENCE)
            page.locator(shown).locator("visible=true").first.wait_for(timeout=PATIENCE * 1000)
            seconds = time.perf_counter() - began
            with suppress(Error):  # a page that never rests has its traffic counted so far
                page.wait_for_load_state("networkidle", timeout=browser.QUIET)
        except Error as error:
            raise Trouble(f"{address} showed nothing: {error.message.splitlines()[0]}") from error
        finally:
            chromium.close()
    yield "bytes", (traffic.body + traffic.frames) / 1000
    yield "requests", traffic.requests
    yield "strangers", traffic.strangers
    yield "shown", seconds


def _cell(values: Sequence[float], decimals: int) -> str:
    middle = spread(values)
    if middle is None:
        return "-"
    told = f"{middle.middle:.{decimals}f}"
    return told if len(values) == 1 else f"{told} ({middle.least:.{decimals}f} - {middle.most:.{decimals}f})"


def _ratio(values: Sequence[float], most: float | None) -> str:
    middle = spread(values)
    if middle is None:
        return ""
    is_over = most is not None and middle.middle > most
    return f"; ratio {_cell(values, 3)}{f', over the limit of {most:g}' if is_over else ''}"


def main(arguments: Sequence[str]) -> int:
    """Measure and print; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.dashboards", description="Measure the dashboards."
    )
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="turns of each server")
    parser.add_argument("--json", type=Path, default=KEPT, metavar="FILE", help="keep every figure here")
    options = parser.parse_args(arguments)
    try:
        run(options.rounds, options.json)
    except Trouble as trouble:
        say(f"bench: {trouble}")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
