"""The full page: Voilà's own, for a notebook that shows more than our light one can. It is about ninety times as heavy.

Nobody has to choose it: a page whose notebook turns out to need it goes there by itself, and from then on at once.
"""

import re
from pathlib import Path
from typing import Any

from voila.tornado.handler import TornadoVoilaHandler

from casework.serve import dashboards, pages
from casework.serve.dashboards import Role
from casework.serve.handlers import STILL_THERE, NotebookMixin
from casework.serve.roles import roles
from casework.words import LANGUAGES

# Voilà's page runs scripts inline, and a widget's module from a text. Still nothing may come from another host.
POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    ]
)
CASE = "case"
# Its template asks another host for icons: our policy would refuse it, with an error, where a reader might look.
FOREIGN = re.compile(r'<link\b[^>]*\bhref="https?://[^>]*>')
HEARTBEAT, MOST_BEATS = "<script>window.voila_heartbeat()</script>", 9


class FullHandler(NotebookMixin, TornadoVoilaHandler):
    """A case or a dashboard on Voilà's own page."""

    policy = POLICY

    async def get(self, kind: str, name: str, language: str | None = None) -> None:
        """Answer with the notebook; one that is not known to need this page is sent back to the light one."""
        self.language, self.kind = language if language in LANGUAGES else self.language, kind
        path = self._find(name)
        if path is None:
            self.show("sorry.html.j2", pages.sorry(self.language, self.base_url, name), status=404)
        elif kind != CASE and not self.admits(dashboards.role(path)):
            return
        elif not self._is_needed(path):
            self.redirect("/".join(filter(None, [f"{self.base_url}{kind}", name, language])))
        elif kind == CASE or self.admits(dashboards.role(path)):
            await self._stream(path.resolve().relative_to(self.root).as_posix())

    def is_told(self, cell: Any) -> bool:
        """Whether a cell of the notebook belongs on the page: a story's own cells would tell what lies ahead."""
        if cell.cell_type == "code":
            return True
        spoken = set(cell.metadata.get("tags", [])) & set(LANGUAGES)
        return self.kind != CASE and (not spoken or self.language in spoken)

    def _is_needed(self, path: Path) -> bool:
        """Whether the light page cannot show a notebook, as far as is known, or as the light page itself says.

        What it found out late holds for everybody if who leads a group says so; a visitor's word is for that visitor,
        or one of them could make the page heavy for all.
        """
        is_late = bool(self.get_query_argument(pages.LATE, ""))
        if is_late and Role.FACILITATOR in roles(self.current_user):
            self.shelf.full.add(path)
        return is_late or self.shelf.full.has(path)

    def _find(self, name: str) -> Path | None:
        if self.kind != CASE:
            return dashboards.find(self.folder, name)
        case = self.shelf.case(name)
        return case.path if case and case.scenario and case.protocol else None

    async def _stream(self, path: str) -> None:
        """Send the page as Voilà makes it, which beats on for ever when its template or kernel fails half-way."""
        beats = 0
        async for html in self.get_generator(path=path):
            beats = beats + 1 if html.strip() == HEARTBEAT else 0
            if beats == MOST_BEATS:
                break
            self.write(STILL_THERE if beats else FOREIGN.sub("", html))
            await self.flush()


def trimmed(handler: FullHandler, notebook: Any, **_: Any) -> Any:
    """Return the notebook with the cells that belong on the page; Voilà asks this before it runs one."""
    notebook.cells = [cell for cell in notebook.cells if handler.is_told(cell)]
    return notebook
