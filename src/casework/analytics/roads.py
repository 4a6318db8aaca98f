"""What people did in a case: the roads they took, what they chose, and where they stopped."""

from collections.abc import Iterable, Mapping

from casework.analytics.findings import (
    PEOPLE,
    SHARE,
    WHAT,
    Finding,
    Table,
    Value,
    about,
    cells,
    end,
    few,
    line,
    percent,
    simple,
    spoken,
    table,
)
from casework.analytics.plots import Block, Line, Link, Node, Plot, Tone
from casework.analytics.tallies import STOPPED, Asked, Tallies
from casework.play.disclosure import fives, is_enough
from casework.scenario.model import Ending, Scene, SceneId
from casework.words import Words, mark

ENDINGS = {
    Ending.GOOD: mark("A good ending"),
    Ending.DEFENSIBLE: mark("A defensible ending"),
    Ending.REPAIRED: mark("A repaired ending"),
    Ending.HARM: mark("An ending with harm"),
}


def roads(tallies: Tallies, asked: Asked, say: Words) -> tuple[Finding, ...]:
    """Return which scenes people came by, and to which endings."""
    title = say("Which roads did people take?")
    weights = tallies.weights(asked)
    total = int(weights.sum())
    if not is_enough(total):
        return (few(say, "roads", title),)
    came = tallies.came(weights)
    told = {
        scene.id: table((came.get(scene.id, 0), total - came.get(scene.id, 0))) for scene in tallies.scenario.scenes
    }
    lines, rows = [], []
    for scene in tallies.scenario.scenes:
        found = told[scene.id]
        if found is not None:
            lines.append(Line(scene.title, found.pieces((Tone.FIRST,)), end(found, 0, say)))
            rows.append((scene.title, *cells(found, 0, say)))
    nodes, links = _flow(tallies, asked, told)
    plot = Plot(spoken(lines, say), (Block("", tuple(lines)),), nodes=nodes, links=links)
    return (
        Finding(
            "roads",
            title,
            (
                say("{people} people began this case.", people=about(total, say)),
                say(
                    "A bar shows how many people came by a scene. On a wide screen lines lead from scene to scene: the "
                    "thicker, the more people went that way."
                ),
            ),
            say(
                "A road that many took is not a better road, and people who stopped may have "
                "had reasons that no chart shows."
            ),
            (say("Scene"), say(PEOPLE), say(SHARE)),
            tuple(rows),
            plot,
        ),
        _endings(tallies, asked, say),
    )


def _endings(tallies: Tallies, asked: Asked, say: Words) -> Finding:
    title = say("Where did people end?")
    last = tallies.ended(tallies.weights(asked, is_over=True))
    kinds = list(ENDINGS)
    counts = [sum(last.get(scene.id, 0) for scene in tallies.scenario.scenes if scene.ending is kind) for kind in kinds]
    found = table(counts)
    if found is None:
        return few(say, "endings", title)
    labels = [say(ENDINGS[kind]) for kind in kinds]
    return simple(
        "endings",
        title,
        (say("Of those who came to an ending: {people} people.", people=about(sum(counts), say)),),
        say("An ending in a story does not say how somebody would act at work."),
        labels,
        found,
        say,
    )


def _flow(
    tallies: Tallies, asked: Asked, told: Mapping[SceneId, Table | None]
) -> tuple[tuple[Node, ...], tuple[Link, ...]]:
    weights = tallies.weights(asked)
    total, chose = int(weights.sum()), tallies.chose(weights)
    links: dict[tuple[SceneId, SceneId], float] = {}
    for scene in tallies.scenario.scenes:
        found = _options(scene, chose)
        if found is None:
            continue
        for at, choice in enumerate(scene.choices):
            count = found.cells[at].count
            if count:
                pair = scene.id, choice.target
                links[pair] = links.get(pair, 0) + count / fives(total)
    rows = _rows(tallies, links)
    nodes = [
        Node(scene.id, f"{scene.title} {percent(share)}", share, rows[scene.id])
        for scene in tallies.scenario.scenes
        if (found := told[scene.id]) is not None and (share := found.share(0)) and scene.id in rows
    ]
    here = {node.id for node in nodes}
    return tuple(nodes), tuple(
        Link(start, end, share) for (start, end), share in links.items() if start in here and end in here
    )


def _rows(tallies: Tallies, links: Iterable[tuple[SceneId, SceneId]]) -> Mapping[SceneId, int]:
    """Return in which row each scene stands: as far from the start as the shortest road to it."""
    start = tallies.scenario.start.id
    rows, edge = {start: 0}, [start]
    pairs = tuple(links)
    while edge:
        ahead = [end for begin, end in pairs if begin in edge and end not in rows]
        rows |= dict.fromkeys(ahead, rows[edge[0]] + 1)
        edge = list(dict.fromkeys(ahead))
    return rows


def _options(scene: Scene, chose: Mapping[tuple[SceneId, str], int]) -> Table | None:
    counts = [chose.get((scene.id, choice.id), 0) for choice in scene.choices]
    return table([*counts, chose.get((scene.id, STOPPED), 0)]) if scene.choices else None


def choices(tallies: Tallies, asked: Asked, say: Words) -> tuple[Finding, ...]:
    """Return what people chose in each scene."""
    title = say("What did people choose?")
    chose = tallies.chose(tallies.weights(asked))
    blocks: list[Block] = []
    rows: list[tuple[Value, ...]] = []
    hidden = 0
    for scene in tallies.scenario.scenes:
        found = _options(scene, chose)
        if found is None:
            hidden += bool(scene.choices)
            continue
        labels = [*(choice.text for choice in scene.choices), say("(stopped here)")]
        blocks.append(Block(scene.title, tuple(line(label, found, at, say) for at, label in enumerate(labels))))
        rows.extend((scene.title, label, *cells(found, at, say)) for at, label in enumerate(labels))
    if not blocks:
        return (few(say, "choices", title),)
    lines = [line for block in blocks for line in block.lines]
    told = [say("For each scene: what people chose the first time that they were there.")]
    if hidden:
        told.append(say("Scenes where fewer than five people came are left out: {count}.", count=hidden))
    return (
        Finding(
            "choices",
            title,
            tuple(told),
            say(
                "Not every choice is on offer to everybody: some are there only after another "
                "choice. So do not compare scenes with one another."
            ),
            (say("Scene"), say("Choice"), say(PEOPLE), say(SHARE)),
            tuple(rows),
            Plot(spoken(lines, say), tuple(blocks)),
        ),
    )


def stops(tallies: Tallies, asked: Asked, say: Words) -> tuple[Finding, ...]:
    """Return in which scenes people stopped."""
    title = say("Where did people stop?")
    weights = tallies.weights(asked)
    chose = tallies.chose(weights)
    total = int(weights.sum())
    over = int(tallies.weights(asked, is_over=True).sum())
    whole = table((over, total - over))
    if whole is None:
        return (few(say, "stops", title),)
    lines, rows = [], []
    for scene in tallies.scenario.scenes:
        counts = [chose.get((scene.id, choice.id), 0) for choice in scene.choices]
        stopped = chose.get((scene.id, STOPPED), 0)
        found = table((stopped, sum(counts))) if scene.choices else None
        if found is not None and stopped:
            lines.append(line(scene.title, found, 0, say, Tone.SECOND))
            rows.append((scene.title, *cells(found, 0, say)))
    played = [
        line(say("Played to an ending"), whole, 0, say),
        line(say("Stopped on the way"), whole, 1, say, Tone.SECOND),
    ]
    rows = [(line.label, *cells(whole, at, say)) for at, line in enumerate(played)] + rows
    blocks = [Block("", tuple(played))]
    if lines:
        blocks.append(Block(say("Of the people who came to a scene, so many stopped there:"), tuple(lines)))
    return (
        Finding(
            "stops",
            title,
            (say("People who have not come to an ending yet, in months that are over."),),
            say(
                "We do not know why somebody stopped: the break was over, the phone was empty, "
                "or the story came too close."
            ),
            (say(WHAT), say(PEOPLE), say(SHARE)),
            tuple(rows),
            Plot(spoken([*played, *lines], say), tuple(blocks)),
        ),
    )
