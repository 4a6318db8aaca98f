"""The second pass: all scenes together. Where links lead, what cannot be reached, and where a trainee is caught."""

from collections.abc import Iterable, Iterator, Mapping

from casework.conformance.protocol import Protocol
from casework.scenario.codes import ActsOn, Performs
from casework.scenario.diagnostics import Nearest, Remark, remark
from casework.scenario.drafts import Draft
from casework.scenario.model import Done, Seen
from casework.scenario.notation import Option
from casework.scenario.scenes import codes, signals
from casework.scenario.titles import anchor, key

Links = Mapping[str, frozenset[str]]


def headings(scenes: Iterable[Draft]) -> dict[str, Draft]:
    """Return the scenes by what a link to them is compared with; of two equal titles the first."""
    found: dict[str, Draft] = {}
    for scene in scenes:
        found.setdefault(key(scene.title), scene)
    return found


def target(option: Option, by_heading: Mapping[str, Draft]) -> Draft | None:
    """Return the scene to which a choice leads."""
    return by_heading.get(key(option.target.removeprefix("#")))


def check_graph(scenes: tuple[Draft, ...], protocol: Protocol | None) -> Iterator[Remark]:
    """Yield what is wrong between the scenes. Roads are judged only when every link leads to one scene."""
    by_heading = headings(scenes)
    unclear = (*_check_titles(scenes), *_check_links(scenes, by_heading))
    yield from unclear
    yield from _check_signals(scenes)
    if scenes and not unclear and all(scene.title for scene in scenes):
        links = {
            scene.id: frozenset(to.id for option in scene.sheet.options if (to := target(option, by_heading)))
            for scene in scenes
        }
        yield from _check_roads(scenes, links)
        yield from _check_order(scenes, links)
        yield from _check_done(scenes, protocol)


def reachable(links: Links, start: str) -> frozenset[str]:
    """Return every scene on some road from *start*, itself included."""
    found, waiting = {start}, [start]
    while waiting:
        for scene in links[waiting.pop()] - found:
            found.add(scene)
            waiting.append(scene)
    return frozenset(found)


def _check_titles(scenes: tuple[Draft, ...]) -> Iterator[Remark]:
    first: dict[str, Draft] = {}
    for scene in scenes:
        other = first.setdefault(key(scene.title), scene)
        if other is not scene and scene.title:
            yield remark("duplicate-title", scene.cell, scene.line, title=scene.title, other=other.cell)


def _check_links(scenes: tuple[Draft, ...], by_heading: Mapping[str, Draft]) -> Iterator[Remark]:
    anchors = tuple(anchor(scene.title) for scene in scenes)
    for scene in scenes:
        for option in scene.sheet.options:
            if target(option, by_heading) is None:
                near = Nearest(option.target or "#", anchors)
                yield remark("broken-link", scene.cell, option.line, text=option.text, target=option.target, near=near)


def _check_signals(scenes: tuple[Draft, ...]) -> Iterator[Remark]:
    known = tuple(dict.fromkeys(signal.id for scene in scenes for signal in signals(scene)))
    for scene, _, signal, line in _mentions(scenes):
        if signal not in known:
            yield remark("unknown-signal", scene.cell, line, signal=signal, near=Nearest(signal, known))


def _check_roads(scenes: tuple[Draft, ...], links: Links) -> Iterator[Remark]:
    arrived = reachable(links, scenes[0].id)
    ends = {scene.id for scene in scenes if scene.fact("ending") is not None}
    stops = {scene.id for scene in scenes if not scene.sheet.options}
    for scene in scenes:
        if scene.id not in arrived:
            yield remark("unreachable-scene", scene.cell, scene.line, scene=scene.title, anchor=anchor(scene.title))
        if scene.id in stops - ends:
            yield remark("dead-end", scene.cell, scene.line, scene=scene.title)
    if not ends and not stops:
        yield remark("no-ending", 0)
        return
    for scene in scenes:
        if not reachable(links, scene.id) & (ends | stops):
            yield remark("trap", scene.cell, scene.line, scene=scene.title)


def _check_order(scenes: tuple[Draft, ...], links: Links) -> Iterator[Remark]:
    arrived = reachable(links, scenes[0].id)
    after = {scene.id: reachable(links, scene.id) for scene in scenes}
    offers: dict[str, set[str]] = {}
    for scene in scenes:
        for offered in signals(scene):
            offers.setdefault(offered.id, set()).add(scene.id)
    for scene, _, signal, line in _mentions(scenes):
        is_known = signal in offers and scene.id in arrived
        if is_known and not any(scene.id in after[place] for place in offers[signal] & arrived):
            yield remark("signal-never-offered", scene.cell, line, signal=signal)


def _mentions(scenes: tuple[Draft, ...]) -> Iterator[tuple[Draft, Option, str, int]]:
    for scene in scenes:
        for option in scene.sheet.options:
            for code in codes(option):
                match code.meaning:
                    case ActsOn(signal) | Seen(signal):
                        yield scene, option, signal, code.line


def _check_done(scenes: tuple[Draft, ...], protocol: Protocol | None) -> Iterator[Remark]:
    meanings = [(scene, code) for scene in scenes for option in scene.sheet.options for code in codes(option)]
    performed = {_id(code.meaning.name, protocol) for _, code in meanings if isinstance(code.meaning, Performs)}
    for scene, code in meanings:
        if isinstance(code.meaning, Done) and _id(code.meaning.activity, protocol) not in performed | {""}:
            yield remark("activity-never-done", scene.cell, code.line, activity=code.meaning.activity)


def _id(name: str, protocol: Protocol | None) -> str:
    """Return the id of an activity; nothing for a name that is none, about which something else is said."""
    if protocol is None:
        return name
    return protocol.activity(name).id if protocol.has_activity(name) else ""
