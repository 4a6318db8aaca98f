"""A run sheet as a facilitator reads it: where to vote, where to stop, how long each road takes, what to leave out."""

from collections.abc import Iterable, Mapping
from typing import Any

from casework.conformance.protocol import Protocol
from casework.play.omission import Omission
from casework.play.runsheet import MINUTE, Leg, Place, Plan, RunSheet, Way
from casework.scenario.model import Scenario, SceneId
from casework.widgets.view import ENDINGS, paragraph
from casework.words import Words, mark

View = dict[str, Any]

FAULTS = {
    "no-start": mark("it is the first scene"),
    "stuck": mark("somebody could get stuck"),
    "no-end-ahead": mark("from somewhere no ending could be reached"),
    "no-good-ending": mark("the good ending could not be reached"),
    "no-sound-road": mark("no road would keep every norm"),
    "good-breaks-norm": mark("a good ending would break a norm"),
}


def sheet(scenario: Scenario, found: RunSheet, say: Words) -> View:
    """Return a run sheet; the story's own words are in the language of the case, all else in that of the reader."""
    titles = {scene.id: scene.title for scene in scenario.scenes}
    return {
        "plan": _plan(found.plan, say),
        "votes": [titles[scene] for scene in found.votes],
        "most": _most(found, say),
        "places": [_place(place, titles, say) for place in found.places],
        "ways": [_way(way, found.plan, titles, say) for way in found.ways],
    }


def omission(scenario: Scenario, protocol: Protocol, found: Omission, say: Words) -> View:
    """Return what leaving scenes out comes to: that all still holds, or what would fail."""
    titles = {scene.id: scene.title for scene in scenario.scenes}
    rules = {rule.id: rule.title.in_(say.language) for rule in protocol.rules}
    with_it = ", ".join(titles[scene] for scene in found.gone)
    return {
        "scenes": list(found.scenes),
        "title": ", ".join(titles[scene] for scene in found.scenes),
        "is_sound": found.is_sound,
        "said": "; ".join(_reasons(found, titles, rules, say)) or say("Every ending and every rule still holds."),
        "gone": say("Left out with it: {titles}.", titles=with_it) if with_it else "",
    }


def length(seconds: int, say: Words) -> str:
    """Return a time in whole minutes, at least one."""
    return say.plural("{count} minute", "{count} minutes", max(1, round(seconds / MINUTE)))


def _most(found: RunSheet, say: Words) -> str:
    most = max((sum(leg.is_vote for leg in way.legs) for way in found.ways), default=0)
    if most == len(found.votes):
        return ""
    return say.plural("You come by {count} of these.", "You come by {count} of these at most: roads differ.", most)


def _plan(plan: Plan, say: Words) -> list[View]:
    rows = (
        (mark("Welcome, and what the story is about"), plan.welcome),
        (mark("The story, with votes"), plan.story // MINUTE),
        (mark("A break"), plan.rest),
        (mark("Looking back, what stands in the way, next steps"), plan.closing),
    )
    return [{"label": say(label), "time": length(minutes * MINUTE, say)} for label, minutes in rows if minutes]


def _place(place: Place, titles: Mapping[SceneId, str], say: Words) -> View:
    ways = say.plural("{count} thing can follow.", "{count} different things can follow.", place.ways)
    return {
        "title": titles[place.scene],
        "is_vote": place.is_vote,
        "stay": length(place.seconds, say),
        "ways": ways if place.ways > 1 else "",
        "pitfall": say("An option leaves a rule broken: stop and talk here.") if place.has_pitfall else "",
        "ahead": say("At least {time} of story left.", time=length(place.ahead, say)),
        "note": [paragraph(part) for part in place.note],
    }


def _way(way: Way, plan: Plan, titles: Mapping[SceneId, str], say: Words) -> View:
    ending = say(ENDINGS[way.ending][0]) if way.ending else ""
    halt = say("The time is spent after ‘{title}’: look back there.", title=titles[way.halt]) if way.halt else ""
    rest = say("Have the break before ‘{title}’.", title=titles[way.rest]) if way.rest else ""
    return {
        "title": say("The road of an experienced colleague") if way.is_best else ending,
        "ending": ending if way.is_best else "",
        "time": length(way.seconds, say),
        "legs": list(_legs(way.legs, plan, titles, say)),
        "advice": [text for text in (rest, halt) if text],
    }


def _legs(legs: Iterable[Leg], plan: Plan, titles: Mapping[SceneId, str], say: Words) -> Iterable[View]:
    for leg in legs:
        minute = plan.welcome + leg.begins // MINUTE
        yield {"title": titles[leg.scene], "begins": say("minute {minute}", minute=minute), "is_vote": leg.is_vote}


def _reasons(found: Omission, titles: Mapping[SceneId, str], rules: Mapping[str, str], say: Words) -> Iterable[str]:
    for scene in found.endings:
        yield say("the ending ‘{title}’ would be gone", title=titles[scene])
    for rule in found.rules:
        yield say("the rule ‘{title}’ would not be put to the test as it is now", title=rules[rule])
    for fault in found.faults:
        yield say(FAULTS[fault])
