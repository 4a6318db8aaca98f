"""The server's log: in plain lines, or one JSON object for each; neither says who asked, or with what words."""

import json
import logging
import re
from datetime import UTC, datetime
from enum import StrEnum
from ipaddress import ip_address
from typing import Any

from tornado.web import RequestHandler
from traitlets.config.application import LevelFormatter

LOG = logging.getLogger("casework.requests")
FAILED, REFUSED = 500, 400
HIDDEN = (
    # Tickets of who waits for a seat.
    (re.compile(r"(/seat/)[\w-]+"), r"\1…"),
    # What stands behind a question mark: tokens of launches, join codes.
    (re.compile(r"\?[^\s'\")]+"), "?…"),
    # Ids of kernels, and of attempts that a learning environment began.
    (re.compile(r"\b[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}\b", re.IGNORECASE), "…"),
    # Ids of attempts that a phone began: 22 letters of three kinds. A word has hardly ever all three.
    (re.compile(r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{22}(?![\w-])"), "…"),
)
# What may be an address of a device, old or new; a time of day looks the same until it is parsed.
ADDRESS = re.compile(r"(?<![\w:.])(?:[0-9a-f]*:[0-9a-f:.]*[0-9a-f:]|\d+(?:\.\d+){3})(?![\w:])", re.IGNORECASE)


class Style(StrEnum):
    """How the log is written."""

    PLAIN = "plain"
    JSON = "json"


class Plain(LevelFormatter):
    """A line for people."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, with `…` for whatever leads to somebody."""
        return discreet(super().format(record))


class Lines(logging.Formatter):
    """A line for programs: one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the object: when, how bad, which part said it, what; for a request its method, place, status, time."""
        said: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "part": record.name,
            "said": discreet(record.getMessage()),
            **getattr(record, "request", {}),
        }
        if record.exc_info:
            said["trace"] = discreet(self.formatException(record.exc_info))
        return json.dumps(said, ensure_ascii=False)


def discreet(text: str) -> str:
    """Return a text with `…` for addresses, ids and query strings."""
    for pattern, instead in HIDDEN:
        text = pattern.sub(instead, text)
    return ADDRESS.sub(_hide, text)


def _hide(found: re.Match[str]) -> str:
    try:
        address = ip_address(found[0])
    except ValueError:
        return found[0]
    # What this machine calls itself leads to nobody.
    return found[0] if address.is_loopback or address.is_unspecified else "…"


def configured(style: Style) -> dict[str, Any]:
    """Return what the application must know to write its log so, and that of everything it uses."""
    formatter = Lines if style is Style.JSON else Plain
    # Programs want every request; people at a terminal want to see what went wrong.
    level = "INFO" if style is Style.JSON else "WARNING"
    return {
        "formatters": {"console": {"class": f"{formatter.__module__}.{formatter.__name__}"}},
        "root": {"level": level, "handlers": ["console"]},
    }


def log_request(handler: RequestHandler) -> None:
    """Write a line for a request that was answered, and remember one that failed; tornado's own names the address."""
    status = handler.get_status()
    place = discreet(handler.request.path)
    request = {
        "method": handler.request.method,
        "place": place,
        "status": status,
        "milliseconds": round(handler.request.request_time() * 1000),
    }
    level = logging.ERROR if status >= FAILED else logging.WARNING if status >= REFUSED else logging.INFO
    LOG.log(level, "%s %s %s", request["method"], place, status, extra={"request": request})
    # A probe that hears "not ready", and a room that is full, are answers and no faults.
    if status >= FAILED and status != 503:
        handler.settings["casework_joins"].failed(f"{status} {place}")
