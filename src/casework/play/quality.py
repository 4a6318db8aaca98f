"""The quality of choices, over all that trainees can meet: advice to the author, each check a row.

None of it keeps a case from being played. A check says something only where it is sure, for advice that is wrong one
time in three is read by nobody. What makes a set of options guessable comes from the rules for writing test items and
from branched cases for groups: like options look alike, and each has its reason.
"""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace

from casework.conformance.protocol import Kind, Protocol
from casework.play import wording
from casework.play.attempt import HIGHEST, LOWEST
from casework.play.expert import expert
from casework.play.explore import Graph, Road
from casework.play.ground import Ground, Menu
from casework.scenario.diagnostics import Both, Remark, Value, remark
from casework.scenario.model import Choice, Measure, Scenario
from casework.scenario.reading import texts, words

FEWEST, MOST = 2, 5
SCALES = (Measure.TRUST, Measure.SAFETY, Measure.AUTONOMY)
ADVICE, ACTION = 2, 5
ALWAYS, NEARLY = 3, 5
SHARE = 0.8

TOO_FEW = Both(
    "Bied altijd een tweede weg aan, die een goede collega ook zou kunnen kiezen.",
    "Always offer a second way, one that a good colleague might choose too.",
)
TOO_MANY = Both(
    "Niemand weegt zoveel keuzes af. Verdeel ze over twee scènes, of maak er een paar afhankelijk met `als ...`.",
    "Nobody weighs so many choices. Spread them over two scenes, or let some depend on something with `if ...`.",
)
TOP, BOTTOM, NOWHERE = Both("bovenaan", "at the top"), Both("onderaan", "at the bottom"), Both("", "")


def lint(scenario: Scenario, protocol: Protocol, graph: Graph) -> tuple[Remark, ...]:
    """Return advice about the choices and the text of a case; *graph* holds all its states."""
    return advise(Ground(scenario, protocol, graph, expert(scenario, protocol)))


def advise(ground: Ground) -> tuple[Remark, ...]:
    """Return what each check has to say, in the order of the checks."""
    return tuple(said for check in CHECKS for said in check(ground))


def false_choices(ground: Ground) -> Iterator[Remark]:
    """Yield each choice that is on offer beside another from which nothing tells it apart but its own words."""
    said: set[str] = set()
    for menu in ground.all_menus:
        first: dict[object, Choice] = {}
        for choice in menu.choices:
            other = first.setdefault(_all_that_follows(choice), choice)
            if other is not choice and choice.id not in said:
                said.add(choice.id)
                yield _at(ground, menu, "false-choice", choice, text=choice.text, other=other.text)


def dominated(ground: Ground) -> Iterator[Remark]:
    """Yield each choice that another, on offer whenever it is, makes pointless.

    Both lead to the same scene, perform the same activities and act on the same signals, so that every rule and the
    debrief see no difference; the other is at least as good in each measure and better in one. A choice that leaves an
    activity or a signal out is no such choice: there the debrief can say what was missed. This one is only worse.
    """
    for menus in ground.menus.values():
        for choice in dict.fromkeys(choice for menu in menus for choice in menu.choices):
            with_it = [menu for menu in menus if choice in menu.choices]
            better = [other for other in with_it[0].choices if _is_dominated(choice, other)]
            always = [other for other in better if all(other in menu.choices for menu in with_it)]
            if always:
                yield _at(ground, with_it[0], "dominated-choice", choice, text=choice.text, other=always[0].text)


def given_away(ground: Ground) -> Iterator[Remark]:
    """Yield what gives the best option away: on the experienced colleague's road it is (nearly) always the same one."""
    if ground.road is None:
        return
    states = ground.graph.along(ground.road)
    taken = [(ground.menu(state), ground.choices[name]) for state, name in zip(states, ground.road, strict=False)]
    real = [(menu, choice) for menu, choice in taken if len(menu.choices) >= FEWEST]
    for slug, place, is_tell in TELLS:
        told = [menu for menu, choice in real if is_tell(menu, choice)]
        if _is_regular(len(told), len(real)):
            scenes = ", ".join(dict.fromkeys(menu.scene.title for menu in told))
            values: dict[str, Value] = {"count": len(told), "total": len(real), "place": place, "scenes": scenes}
            yield replace(remark(slug, 0, 0, **values), road=ground.road)


def no_advice(ground: Ground) -> Iterator[Remark]:
    """Yield each choice of step 5 that can be reached by a road on which no scene, this one included, offered step 2.

    Exact for all roads: walked over the states, each with whether advice was on offer yet. What lifts the protocol's
    own rule on this (acute danger, say) lifts it here. Comes with the shortest such road.
    """
    advice = [each for each in ground.protocol.activities if each.step == ADVICE and each.kind is Kind.WORK]
    if not advice:
        return
    said: set[str] = set()
    for road, state, choice in _unadvised(ground):
        if choice.id not in said:
            said.add(choice.id)
            scene = ground.scenes[ground.graph.scene(state)]
            names = Both(advice[0].names.nl, advice[0].names.en)
            scenes = " > ".join(ground.titles(ground.graph.along(road)))
            found = remark("no-advice", scene.cell, choice.line, text=choice.text, activity=names, scenes=scenes)
            yield replace(found, road=road)


def counts(ground: Ground) -> Iterator[Remark]:
    """Yield each scene in which somebody can have one choice, or more than five. Who has none is stuck: see `prove`."""
    for menus in ground.menus.values():
        odd = [menu for menu in menus if menu.choices and not FEWEST <= len(menu.choices) <= MOST]
        if odd:
            worst = max(odd, key=lambda menu: abs(len(menu.choices) - (FEWEST + MOST) / 2))
            hint = TOO_FEW if len(worst.choices) < FEWEST else TOO_MANY
            scene, count = worst.scene, _counted(len(worst.choices))
            found = remark("choice-count", scene.cell, title=scene.title, count=count, hint=hint)
            yield replace(found, road=ground.graph.road(worst.state))


def unused_signals(ground: Ground) -> Iterator[Remark]:
    """Yield each signal that a scene offers, that no choice acts on and that no condition reads."""
    used = {signal for choice in ground.choices.values() for signal in choice.acts_on}
    used |= {getattr(each, "signal", "") for choice in ground.choices.values() for each in choice.conditions}
    for scene in ground.scenario.scenes:
        for signal in scene.signals:
            if signal.id not in used:
                yield remark("signal-never-used", scene.cell, signal=signal.id, title=scene.title)


def _at(ground: Ground, menu: Menu, slug: str, choice: Choice, **values: str | int) -> Remark:
    return replace(remark(slug, menu.scene.cell, choice.line, **values), road=ground.graph.road(menu.state))


def _counted(count: int) -> Both:
    return Both("één keuze", "one choice") if count == 1 else Both(f"{count} keuzes", f"{count} choices")


def _all_that_follows(choice: Choice) -> object:
    said = tuple(word.casefold() for text in texts(choice.consequence) for word in words(text))
    return choice.target, choice.activities, frozenset(choice.acts_on), _changes(choice), said


def _is_dominated(choice: Choice, other: Choice) -> bool:
    if _coded(choice) != _coded(other):
        return False
    pairs = list(zip(_changes(choice), _changes(other), strict=True))
    return all(mine <= its for mine, its in pairs) and any(mine < its for mine, its in pairs)


def _coded(choice: Choice) -> object:
    return choice.target, frozenset(choice.activities), frozenset(choice.acts_on)


def _changes(choice: Choice) -> tuple[int, ...]:
    """Return where each scale ends from each place where it may stand, and then the days, less being more."""
    days = sum(effect.amount for effect in choice.effects if effect.measure is Measure.DAYS)
    ends = (_moved(choice, scale, start) for scale in SCALES for start in range(LOWEST, HIGHEST + 1))
    return (*ends, -days)


def _moved(choice: Choice, scale: Measure, value: int) -> int:
    for effect in choice.effects:
        if effect.measure is scale:
            value = min(max(value + effect.amount, LOWEST), HIGHEST)
    return value


def _is_longest(menu: Menu, choice: Choice) -> bool:
    mine = len(words(choice.text))
    return all(len(words(other.text)) < mine for other in menu.choices if other is not choice)


def _is_first(menu: Menu, choice: Choice) -> bool:
    return menu.choices[0] is choice


def _is_last(menu: Menu, choice: Choice) -> bool:
    return menu.choices[-1] is choice


def _is_regular(count: int, total: int) -> bool:
    return (total >= ALWAYS and count == total) or (total >= NEARLY and count >= SHARE * total)


def _unadvised(ground: Ground) -> Iterator[tuple[Road, int, Choice]]:
    """Yield each choice of step 5 before which nobody offered advice, with its state and a shortest road there."""
    lifting = _lifting(ground)
    start = (0, _offers_advice(ground, 0))
    came: dict[tuple[int, bool], Road] = {start: ()}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        state, is_advised = here
        for name, target in ground.graph.edges[state]:
            choice = ground.choices[name]
            is_free = is_advised or bool(lifting & set(choice.activities))
            if not is_free and any(_is_action(ground, activity) for activity in choice.activities):
                yield came[here], state, choice
            after = (target, is_free or _offers_advice(ground, target))
            if after not in came:
                came[after] = (*came[here], name)
                waiting.append(after)


def _lifting(ground: Ground) -> frozenset[str]:
    steps = {name: activity.step for name, activity in ground.activities.items()}
    asking = [
        rule
        for rule in ground.protocol.rules
        if rule.template == "precedence"
        and all(steps[first] == ADVICE for first in rule.first)
        and all(steps[then] == ACTION for then in rule.then)
    ]
    return frozenset(activity for rule in asking for activity in rule.unless)


def _is_action(ground: Ground, activity: str) -> bool:
    found = ground.activities[activity]
    return found.step == ACTION and found.kind in (Kind.WORK, Kind.WAIVED)


def _offers_advice(ground: Ground, state: int) -> bool:
    offered = (ground.choices[name] for name, _ in ground.graph.edges[state])
    return any(
        ground.activities[activity].step == ADVICE and ground.activities[activity].kind is Kind.WORK
        for choice in offered
        for activity in choice.activities
    )


TELLS: tuple[tuple[str, Both, Callable[[Menu, Choice], bool]], ...] = (
    ("give-away-length", NOWHERE, _is_longest),
    ("give-away-place", TOP, _is_first),
    ("give-away-place", BOTTOM, _is_last),
)
CHECKS: tuple[Callable[[Ground], Iterator[Remark]], ...] = (
    false_choices,
    dominated,
    given_away,
    no_advice,
    counts,
    unused_signals,
    *wording.CHECKS,
)
