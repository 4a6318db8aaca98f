"""A case beside another version of itself: as it was last committed, and as it stands in another language."""

import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from casework import history, library, notebook
from casework.play.changes import Changes, Step, after, before, changes
from casework.play.translation import Lack, Translation, measure
from casework.play.walk import Roads
from casework.scenario.cells import Source
from casework.scenario.editions import Held, Standing, marks, standings
from casework.scenario.model import Scenario
from casework.widgets.findings import told
from casework.widgets.manuscript import Manuscript
from casework.widgets.measures import ENDINGS, counted
from casework.words import Words, mark, words

Card = dict[str, Any]
STANDINGS = {
    Standing.HELD: mark("Cells held against the original"),
    Standing.STALE: mark("Cells that are stale"),
    Standing.UNMARKED: mark("Cells not held against it yet"),
    Standing.MISSING: mark("Cells that are missing"),
}
LACKS = {Standing.MISSING: Lack.MISSING, Standing.STALE: Lack.STALE}
HALTS = {
    Lack.MISSING: mark("the scene is missing"),
    Lack.STALE: mark("the scene is stale"),
    Lack.CHOICE: mark("a choice is missing, or not on offer at that moment"),
    Lack.ENDING: mark("it ends in another way"),
}
MOST_ROADS = 4


def committed(manuscript: Manuscript) -> Card | None:
    """Return what changed since the last commit and for whom; None without git, a commit, or a case to compare."""
    case, say = manuscript.case, words(manuscript.language)
    if case.scenario is None or case.protocol is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        found = history.unpack(manuscript.path, history.LAST, Path(folder))
        old = library.open_case(found, manuscript.language, is_checked=True) if found else None
    if old is None:
        return None
    title = say("Since the last commit")
    if old.scenario is None or old.protocol is None:
        return {"title": title, "text": say("At the last commit the case still had errors, so there is no comparison.")}
    what = changes(old.scenario, case.scenario, old.protocol, case.protocol)
    return {"title": title, **_changed(say, old.scenario, case.scenario, what)}


def translations(manuscript: Manuscript) -> list[Card]:
    """Return how far each translation of this case goes, or how far this one goes if it is a translation itself."""
    source = manuscript.found.source
    if source is None:
        return []
    original = manuscript.path.with_name(f"{source.name}.ipynb")
    if original != manuscript.path:
        return [_translated(manuscript, original, manuscript.path)] if original.is_file() else []
    editions = sorted(manuscript.path.parent.glob(f"{source.name}.*.ipynb"))
    return [card for edition in editions if (card := _translated(manuscript, original, edition))]


# ---- since the last commit


def _changed(say: Words, old: Scenario, new: Scenario, what: Changes) -> Card:
    if not what:
        return {"text": say("Nothing changed.")}
    rows = [(say("Roads before"), counted(say, what.before)), (say("Roads now"), counted(say, what.after))]
    rows += [(label, counted(say, roads.count)) for label, roads in _fates(say, what) if roads]
    text = "" if what.has_effect else say("Every road is still there and comes out the same.")
    return {
        "text": text,
        "rows": [{"label": label, "text": number} for label, number in (*rows, *_edited(say, what))],
        "roads": list(_examples(say, old, new, what))[:MOST_ROADS],
    }


def _fates(say: Words, what: Changes) -> Iterator[tuple[str, Roads[Step]]]:
    yield say("Roads that are gone"), what.vanished
    yield say("Roads that are new"), what.appeared
    for each in what.endings:
        ends = {"old": say(ENDINGS[each.old]), "new": say(ENDINGS[each.new])}
        yield say("Roads that end differently: {old}, now {new}", **ends), each.roads
    for rule in what.rules:
        title = rule.rule.title.in_(say.language)
        yield say("Roads that no longer keep a rule: {rule}", rule=title), rule.broken
        yield say("Roads that now keep a rule: {rule}", rule=title), rule.mended


def _edited(say: Words, what: Changes) -> Iterator[tuple[str, str]]:
    rows = (
        (say("New scenes and choices"), what.edits.added),
        (say("Scenes and choices that are gone"), what.edits.removed),
        (say("Scenes and choices that read differently"), what.edits.changed),
    )
    for label, edits in rows:
        if edits:
            yield label, ", ".join(f"{title} ({count})" for title, count in Counter(e.title for e in edits).items())


def _examples(say: Words, old: Scenario, new: Scenario, what: Changes) -> Iterator[Card]:
    for label, roads in _fates(say, what):
        if roads.shortest is None:
            continue
        is_gone = roads is what.vanished
        road = told(old, before(roads.shortest)) if is_gone else told(new, after(roads.shortest))
        # What is gone can be told, but no longer played.
        yield {**road, "label": say("Example: {what}", what=label), **({"road": None} if is_gone else {})}


# ---- in another language


def _translated(manuscript: Manuscript, original: Path, edition: Path) -> Card:
    say = words(manuscript.language)
    mine, other = notebook.read(edition, manuscript.language), notebook.read(original, manuscript.language)
    title = say("Translation: {file}", file=edition.name)
    first = library.open_case(original, manuscript.language, is_checked=True).scenario
    if mine.source is None or other.source is None or first is None:
        return {"title": title, "text": say("It cannot be measured yet: one of the two cannot be read or has errors.")}
    second = library.open_case(edition, manuscript.language, is_checked=True).scenario
    return {"title": title, **_measured(say, first, second, _held(edition, mine.source, other.source))}


def _held(edition: Path, mine: Source, other: Source) -> tuple[Held, ...]:
    return standings(mine, other, marks(notebook.own_metadata(edition)))


def _measured(say: Words, first: Scenario, second: Scenario | None, held: tuple[Held, ...]) -> Card:
    found = measure(first, second, {each.id: LACKS[each.standing] for each in held if each.standing in LACKS})
    counts = Counter(each.standing for each in held)
    rows = [(say("Roads that can be played from start to end"), _share(say, found))]
    rows += [(say(label), _titles(held, kind, counts[kind])) for kind, label in STANDINGS.items() if counts[kind]]
    rows += [
        (
            say("Halts at {scene}: {why}", scene=first.scene(each.at.scene).title, why=say(HALTS[each.at.lack])),
            counted(say, each.roads.count),
        )
        for each in found.broken
    ]
    text = "" if second else say("The translation has errors, so it cannot be played yet.")
    return {"text": text, "rows": [{"label": label, "text": number} for label, number in rows]}


def _share(say: Words, found: Translation) -> str:
    if found.share is None:
        return counted(say, found.whole.count)
    # Rounded down: what is nearly whole is never called whole.
    return say("{percent}% of {roads}", percent=int(found.share * 100), roads=counted(say, found.roads))


def _titles(held: tuple[Held, ...], kind: Standing, count: int) -> str:
    if kind is Standing.HELD:
        return str(count)
    return f"{count} ({', '.join(each.title or each.id for each in held if each.standing is kind)})"
