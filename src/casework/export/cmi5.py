"""A launch by a learning environment, by the rules of cmi5 (github.com/AICC/CMI-5_Spec_Current, sections 7 to 11).

The environment says who plays and where statements go; we say that the case was opened, that it was played to an end
with its look back, and that the session is over. What was chosen it does not hear: an employer may read along there.
"""

import json
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID, uuid5

from casework.errors import LaunchUnusable
from casework.export.delivery import VERSION, Answer, Endpoint, ask
from casework.export.statements import COMPLETED, Statement, Verb
from casework.scenario.diagnostics import Both

PARAMETERS = ("endpoint", "fetch", "actor", "registration", "activityId")
SESSION = "https://w3id.org/xapi/cmi5/context/extensions/sessionid"
CATEGORY = {"objectType": "Activity", "id": "https://w3id.org/xapi/cmi5/context/categories/cmi5"}
MOVE_ON = {"objectType": "Activity", "id": "https://w3id.org/xapi/cmi5/context/categories/moveon"}
INITIALIZED = Verb("http://adlnet.gov/expapi/verbs/initialized", "initialized")
TERMINATED = Verb("http://adlnet.gov/expapi/verbs/terminated", "terminated")
NORMAL = "Normal"
# Whoever made no decision for so long has left; the next launch goes on where this one stopped.
IDLE = timedelta(minutes=30)
USED = "1"
LACKS = Both("de link mist {names}", "the link lacks {names}")
STRANGER = Both(
    "{name} in de link wijst naar geen leeromgeving die deze server kent (--lms)",
    "{name} in the link is at no learning environment that this server knows (--lms)",
)
NO_TOKEN = Both("de leeromgeving gaf geen toegang ({said})", "the environment gave no token ({said})")
NO_SESSION = Both("LMS.LaunchData noemt geen sessie", "LMS.LaunchData names no session")
STATUS = Both("{name} antwoordt met status {status}", "{name} answers with status {status}")
NO_JSON = Both("{name} is geen JSON-object", "{name} is no JSON object")
NO_ACCOUNT = Both("actor in de link heeft geen account", "actor in the link has no account")
NO_UUID = Both("registration in de link is geen UUID", "registration in the link is no UUID")


@dataclass(frozen=True, slots=True)
class Launch:
    """What stands in the address of a launch: where to send, where to fetch the token, and who plays what."""

    endpoint: str
    fetch: str
    actor: Statement
    registration: str
    activity: str


@dataclass(frozen=True, slots=True)
class Launched:
    """A session that has begun: all that its statements need. `mode` is `Normal`, `Browse` or `Review`."""

    session: str
    case: str
    attempt: str
    endpoint: str
    authorization: str
    actor: Statement
    registration: str
    activity: str
    template: Statement
    mode: str
    opened: str

    def to_json(self) -> str:
        """Return the session as text, to be kept until it is over."""
        return json.dumps(asdict(self))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an attempt is: when the first and the last decision were made, in ISO time, and whether it has ended."""

    first: str = ""
    last: str = ""
    has_ended: bool = False


def from_json(text: str) -> Launched:
    """Return a session from its text."""
    return Launched(**json.loads(text))


def origin(address: str) -> str:
    """Return the scheme, host and port of an address; empty for what is no address of the web."""
    try:
        place = urlsplit(address)
        port = place.port or {"http": 80, "https": 443}[place.scheme]
    except (ValueError, KeyError):
        return ""
    return f"{place.scheme}://{place.hostname}:{port}" if place.hostname else ""


def parse(given: Mapping[str, str], known: Sequence[str]) -> Launch:
    """Return the launch in an address's parameters; *known* are the origins of learning environments that may launch.

    Raises `LaunchUnusable`. Without *known* anybody could have this server send requests to wherever they like.
    """
    missing = [name for name in PARAMETERS if not given.get(name)]
    if missing:
        raise LaunchUnusable(_filled(LACKS, names=", ".join(missing)))
    for name in ("endpoint", "fetch"):
        if origin(given[name]) not in known:
            raise LaunchUnusable(_filled(STRANGER, name=name))
    endpoint = given["endpoint"] if given["endpoint"].endswith("/") else f"{given['endpoint']}/"
    registration = _registration(given["registration"])
    return Launch(endpoint, given["fetch"], _actor(given["actor"]), registration, given["activityId"])


def token(launch: Launch) -> str:
    """Fetch the token, which can be had once; empty where it was had before. Raises `LaunchUnusable`, `OSError`."""
    answer = ask("POST", launch.fetch, {"Content-Length": "0"})
    found = _document(answer, "fetch")
    if str(found.get("error-code", "")) == USED:
        return ""
    if not isinstance(found.get("auth-token"), str):
        raise LaunchUnusable(_filled(NO_TOKEN, said=found.get("error-text", found.get("error-code", "?"))))
    return str(found["auth-token"])


def launch_data(launch: Launch, authorization: str) -> Statement:
    """Return the environment's `LMS.LaunchData` for this launch. Raises `LaunchUnusable`, `OSError`."""
    agent = json.dumps(launch.actor)
    asked = {"stateId": "LMS.LaunchData", "activityId": launch.activity, "agent": agent}
    query = urlencode({**asked, "registration": launch.registration})
    found = _document(_get(f"{launch.endpoint}activities/state?{query}", authorization), "LMS.LaunchData")
    template = found.get("contextTemplate")
    if not isinstance(template, dict) or not isinstance(template.get("extensions", {}).get(SESSION), str):
        raise LaunchUnusable(NO_SESSION)
    # The specification has every unit look at the preferences. There is no sound here, and the language is the case's.
    preferred = urlencode({"profileId": "cmi5LearnerPreferences", "agent": agent})
    _get(f"{launch.endpoint}agents/profile?{preferred}", authorization)
    return found


def begin(launch: Launch, data: Statement, authorization: str, case: str, attempt: str, opened: str) -> Launched:
    """Return the session that a launch has begun."""
    template = data["contextTemplate"]
    return Launched(
        session=template["extensions"][SESSION],
        case=case,
        attempt=attempt,
        endpoint=launch.endpoint,
        authorization=authorization,
        actor=launch.actor,
        registration=launch.registration,
        activity=launch.activity,
        template=template,
        mode=str(data.get("launchMode", NORMAL)),
        opened=opened,
    )


def back(data: Statement) -> str:
    """Return where to go when the case is over, if the environment says so and it is an address of the web."""
    address = data.get("returnURL")
    return address if isinstance(address, str) and origin(address) else ""


def due(launched: Launched, progress: Progress, now: str) -> tuple[Statement, ...]:
    """Return what the environment must have heard by now, in order; the last is `terminated` when the session is over.

    Each time the same, with the same ids: completed once for a registration, the others once for a session.
    """
    last = max(launched.opened, progress.last)
    said = [_said(launched, INITIALIZED, launched.session, launched.opened)]
    if progress.has_ended and launched.mode == NORMAL:
        result = {"completion": True, "duration": _duration(progress.first, progress.last)}
        said.append(_said(launched, COMPLETED, launched.activity, last, result))
    if progress.has_ended or _time(now) - _time(last) >= IDLE:
        result = {"duration": _duration(launched.opened, last)}
        said.append(_said(launched, TERMINATED, launched.session, last, result))
    return tuple(said)


def endpoint_of(launched: Launched) -> Endpoint:
    """Return where the statements of a session go."""
    return Endpoint(launched.endpoint, launched.authorization)


def _said(launched: Launched, verb: Verb, of: str, at: str, result: Statement | None = None) -> Statement:
    # What stands in the template must come back as it is; we may only add to it.
    context = deepcopy(launched.template)
    activities = context.setdefault("contextActivities", {})
    given = activities.get("category", [])
    own = [CATEGORY, MOVE_ON] if verb is COMPLETED else [CATEGORY]
    activities["category"] = [*(given if isinstance(given, list) else [given]), *own]
    context["registration"] = launched.registration
    said: Statement = {
        "id": str(uuid5(UUID(launched.registration), f"{of} {verb.name}")),
        "actor": launched.actor,
        "verb": verb(),
        "object": {"objectType": "Activity", "id": launched.activity},
        "context": context,
        "timestamp": at,
    }
    return said if result is None else {**said, "result": result}


def _get(address: str, authorization: str) -> Answer:
    return ask("GET", address, {"Authorization": authorization, "X-Experience-API-Version": VERSION})


def _document(answer: Answer, name: str) -> dict[str, Any]:
    if answer.status != 200:
        raise LaunchUnusable(_filled(STATUS, name=name, status=answer.status))
    try:
        found = json.loads(answer.text)
    except ValueError as error:
        raise LaunchUnusable(_filled(NO_JSON, name=name)) from error
    if not isinstance(found, dict):
        raise LaunchUnusable(_filled(NO_JSON, name=name))
    return found


def _actor(text: str) -> Statement:
    try:
        actor = json.loads(text)
    except ValueError as error:
        raise LaunchUnusable(_filled(NO_JSON, name="actor")) from error
    account = actor.get("account") if isinstance(actor, dict) else None
    if not isinstance(account, dict) or not account.get("homePage") or not account.get("name"):
        raise LaunchUnusable(NO_ACCOUNT)
    return dict(actor)


def _registration(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError as error:
        raise LaunchUnusable(NO_UUID) from error


def _filled(sentence: Both, **gaps: object) -> Both:
    return Both(sentence.nl.format(**gaps), sentence.en.format(**gaps))


def _time(at: str) -> datetime:
    return datetime.fromisoformat(at)


def _duration(begun: str, ended: str) -> str:
    seconds = int((_time(ended) - _time(begun)).total_seconds()) if begun and ended else 0
    return f"PT{max(0, seconds)}S"
