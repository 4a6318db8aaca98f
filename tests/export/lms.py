"""The smallest learning environment that launches by the rules of cmi5, and refuses what breaks them.

No independent one runs here: those in PyPI and npm are clients, or parts of a whole platform. The rules are those of
the specification's sections 8 to 10; the statements themselves are held against Ralph's models of xAPI.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import uuid4

from ralph.models.xapi.base.statements import BaseXapiStatement

SESSION = "https://w3id.org/xapi/cmi5/context/extensions/sessionid"
CMI5 = "https://w3id.org/xapi/cmi5/context/categories/cmi5"
MOVE_ON = "https://w3id.org/xapi/cmi5/context/categories/moveon"
VERBS = "http://adlnet.gov/expapi/verbs/"
Reply = tuple[int, Any]


@dataclass
class Lms:
    """One learner's registration for one case. Statements that break a rule are refused with the reason."""

    address: str = ""
    mode: str = "Normal"
    back: str = "https://lms.example.org/course?id=12"
    is_down: bool = False
    is_closed: bool = False
    registration: str = field(default_factory=lambda: str(uuid4()))
    activity: str = "https://lms.example.org/activities/1"
    actor: dict[str, Any] = field(
        default_factory=lambda: {
            "objectType": "Agent",
            "account": {"homePage": "https://lms.example.org", "name": "1625378"},
        }
    )
    sessions: dict[str, str] = field(default_factory=dict)
    fetched: set[str] = field(default_factory=set)
    statements: list[dict[str, Any]] = field(default_factory=list)
    looked_at: set[str] = field(default_factory=set)

    def launch(self) -> str:
        """Begin a session, and return the query with which the case is launched."""
        token, session = uuid4().hex, str(uuid4())
        self.sessions[token] = session
        given = {
            "endpoint": f"{self.address}xapi",
            "fetch": f"{self.address}fetch?k={token}",
            "actor": json.dumps(self.actor),
            "registration": self.registration,
            "activityId": self.activity,
        }
        return urlencode(given)

    @property
    def verbs(self) -> list[str]:
        """The verbs that it has heard, in order."""
        return [each["verb"]["id"].removeprefix(VERBS) for each in self.statements]

    def template(self, session: str) -> dict[str, Any]:
        return {
            "extensions": {SESSION: session, "https://lms.example.org/own": {"keep": ["this"]}},
            "contextActivities": {
                "grouping": [{"objectType": "Activity", "id": "https://training.example.org/cmi5/au/milan"}]
            },
        }

    def answer(self, method: str, address: str, headers: Any, body: bytes) -> Reply:
        """Return the status and the document for a request."""
        place = urlsplit(address)
        asked = {name: values[0] for name, values in parse_qs(place.query).items()}
        if self.is_down or place.path == "/fetch":
            return (503, None) if self.is_down else self._fetch(method, asked)
        token = headers.get("Authorization", "").removeprefix("Basic ")
        if token not in self.sessions or self.is_closed:
            return 403, {"why": "no session"}
        assert headers["X-Experience-API-Version"] == "1.0.3"
        self.looked_at.add(place.path)
        match method, place.path:
            case "GET", "/xapi/activities/state":
                return self._state(asked, self.sessions[token])
            case "GET", "/xapi/agents/profile":
                assert asked["profileId"] == "cmi5LearnerPreferences"
                return 404, None
            case "POST", "/xapi/statements":
                return self._take(json.loads(body), self.sessions[token])
            case _:
                return 404, None

    def _fetch(self, method: str, asked: dict[str, str]) -> Reply:
        if method != "POST":
            return 405, None
        if asked["k"] in self.fetched:
            return 200, {"error-code": "1", "error-text": "The token was returned already."}
        self.fetched.add(asked["k"])
        return 200, {"auth-token": asked["k"]}

    def _state(self, asked: dict[str, str], session: str) -> Reply:
        assert asked["stateId"] == "LMS.LaunchData"
        assert asked["activityId"] == self.activity
        assert asked["registration"] == self.registration
        assert json.loads(asked["agent"]) == self.actor
        told = {"contextTemplate": self.template(session), "launchMode": self.mode, "moveOn": "Completed"}
        return 200, told | ({"returnURL": self.back} if self.back else {})

    def _take(self, batch: list[dict[str, Any]], session: str) -> Reply:
        for each in batch:
            wrong = self._wrong(each, session)
            if wrong:
                return 400, {"why": wrong}
            if each["id"] in [kept["id"] for kept in self.statements]:
                return 409, None
            self.statements.append(each)
        return 200, [each["id"] for each in batch]

    def _wrong(self, said: dict[str, Any], session: str) -> str:
        BaseXapiStatement.model_validate_json(json.dumps(said))
        verb, context = said["verb"]["id"].removeprefix(VERBS), said["context"]
        before = [each for each in self.statements if each["context"]["extensions"][SESSION] == session]
        heard = [each["verb"]["id"].removeprefix(VERBS) for each in before]
        template = self.template(session)
        categories = [each["id"] for each in context["contextActivities"]["category"]]
        result = said.get("result", {})
        rules = {
            "the first is initialized": (verb == "initialized") == (not heard),
            "none after terminated": "terminated" not in heard,
            "no verb twice": verb not in heard,
            "completed once for a registration": verb != "completed" or "completed" not in self.verbs,
            "no completed outside normal": verb != "completed" or self.mode == "Normal",
            "the actor as given": said["actor"] == self.actor,
            "the activity as given": said["object"]["id"] == self.activity,
            "the registration": context["registration"] == self.registration,
            "the template kept": context["extensions"] == template["extensions"],
            "the grouping kept": context["contextActivities"]["grouping"] == template["contextActivities"]["grouping"],
            "the category": CMI5 in categories,
            "moveOn where completed": (MOVE_ON in categories) == (verb == "completed"),
            "completion where completed": result.get("completion") == (True if verb == "completed" else None),
            "no score and no success": not {"score", "success"} & set(result),
            "a duration": ("duration" in result) == (verb != "initialized"),
            "a time in UTC, in order": said["timestamp"].endswith("+00:00")
            and said["timestamp"] >= max((each["timestamp"] for each in before), default=""),
        }
        return "; ".join(rule for rule, holds in rules.items() if not holds)


@contextmanager
def running(lms: Lms) -> Iterator[Lms]:
    """Let a learning environment answer on a port of its own."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, found = lms.answer(self.command, self.path, self.headers, body)
            text = b"" if found is None else json.dumps(found).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None:
            """Keep silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    lms.address = f"http://127.0.0.1:{server.server_port}/"
    try:
        yield lms
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
