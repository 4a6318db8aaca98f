"""What is shown of a workshop, to whom: the room, the facilitator alone, and whoever reads the report later.

The room's view is a value of its own. It is made from ballots only for rounds that were revealed; before that it holds
how many voted, and nothing else of any vote.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from casework.conformance.model import Protocol, Rule
from casework.play import disclosure
from casework.play.attempt import Attempt, Decision, offered, replay
from casework.play.ballot import Ballot, Hands, Shift, Tally, leaders, shift, tally
from casework.play.debrief import Judged, Stop, look_back
from casework.play.disclosure import Cell, Trend, Word
from casework.play.dissent import Dissent, Said, alike, confident, dissent, outcomes, said
from casework.play.feedback import Mark
from casework.play.workshop import Act, Phase, Round, Workshop, allowed, proposed
from casework.scenario.model import ChoiceId, Paragraph, Scenario, SceneId

Ballots = Mapping[int, tuple[Ballot, ...]]


@dataclass(frozen=True, slots=True)
class Row:
    """One option of a vote that was shown: as a number, or as a word where the facilitator prefers words."""

    choice: ChoiceId
    count: int | None
    word: Word


@dataclass(frozen=True, slots=True)
class Result:
    """A vote as the room sees it. Without rows, fewer than five voted, and nothing is shown."""

    round: int
    voters: int
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Room:
    """What everybody may see: projector and phones. `voted` counts the voters of the open or last round.

    `raised` are those of them who raised a hand, which everybody saw: they are no part of `joined`, which are phones.

    `results` are those of this question that were revealed, the first vote first; `said` is what the protocol says of
    each option, in the second stage of a reveal. `turn` is 1 at the first vote on a question, 2 at the second.
    `came` is the choice by which the room came to this scene, empty in the first; `is_at_door` while people come in.
    `asked` says which time knowledge and confidence are asked now, 0 where they are not, and `finished` how many have
    replied or skipped it; `is_told` that the room has seen the right answers.
    """

    phase: Phase
    number: int
    round: int
    scene: SceneId
    options: tuple[ChoiceId, ...]
    turn: int
    voted: int
    joined: int
    deadline: str
    is_paused: bool
    is_blank: bool
    is_away: bool
    results: tuple[Result, ...] = ()
    said: tuple[Said, ...] = ()
    came: ChoiceId = ""
    is_at_door: bool = False
    has_survey: bool = False
    asked: int = 0
    finished: int = 0
    is_told: bool = False
    raised: int = 0


@dataclass(frozen=True, slots=True)
class Sureness:
    """How sure those were who chose an option, in words; None where fewer than five voted for it by phone."""

    choice: ChoiceId
    word: Word | None


@dataclass(frozen=True, slots=True)
class Notes:
    """What the facilitator sees besides the room's view, and nobody else.

    `hands` are those that were counted in the last vote here, which everybody saw. The fields from `leading` on are
    empty until the reveal: a facilitator who sees votes trickle in steers the room. `leading` are the options with the
    most votes, `flagged` those that many chose, surely, and that leave a rule broken.
    """

    room: Room
    note: tuple[Paragraph, ...]
    onward: tuple[tuple[ChoiceId, SceneId], ...]
    allowed: tuple[Act, ...]
    proposed: Act | None
    wishes: int
    left: int
    hands: Hands = ()
    leading: tuple[ChoiceId, ...] = ()
    flagged: tuple[ChoiceId, ...] = ()
    sureness: tuple[Sureness, ...] = ()
    alike: tuple[tuple[ChoiceId, ...], ...] = ()
    dissent: Dissent | None = None
    shift: Shift | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One option in the report; `trend` compares with the first vote on it, None where there was one vote."""

    choice: ChoiceId
    cell: Cell
    trend: Trend | None


@dataclass(frozen=True, slots=True)
class Held:
    """The votes about one question as the report may show them; no lines where fewer than five voted."""

    scene: SceneId
    followed: ChoiceId | None
    rounds: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Minutes:
    """What a session comes to, for its report: nothing in it is about fewer than five people.

    `rules` were put to the test on the road; `discussed` are those of them and of the revealed options, each once.
    """

    attempt: Attempt
    path: tuple[Stop, ...]
    detours: tuple[tuple[Stop, ...], ...]
    held: tuple[Held, ...]
    rules: tuple[Judged, ...]
    discussed: tuple[Rule, ...]
    open_rules: tuple[Rule, ...]
    joined: Cell


def room(scenario: Scenario, protocol: Protocol, workshop: Workshop, ballots: Ballots, joined: int) -> Room:
    """Return what everybody may see now; *ballots* are those of the rounds of this question, by round."""
    here = workshop.here
    last = here[-1] if here else None
    is_told = workshop.phase is Phase.RULES
    return Room(
        phase=workshop.phase,
        number=workshop.number,
        round=workshop.open_round,
        scene=workshop.attempt.scene,
        options=tuple(choice.id for choice in offered(scenario, workshop.attempt)),
        turn=len(here),
        voted=_voted(last, ballots) if last else 0,
        joined=joined,
        deadline=workshop.deadline,
        is_paused=workshop.is_paused,
        is_blank=workshop.is_blank,
        is_away=workshop.home is not None,
        results=tuple(_result(workshop, each, ballots) for each in here) if _is_revealed(workshop) else (),
        said=said(scenario, protocol, workshop.attempt) if is_told else (),
        came=workshop.attempt.decisions[-1].choice if workshop.attempt.decisions else "",
        is_at_door=workshop.is_at_door,
        has_survey=workshop.has_survey,
        asked=workshop.open_turn,
        is_told=workshop.is_told,
        raised=sum(count for _, count in last.hands) if last else 0,
    )


def notes(
    scenario: Scenario, protocol: Protocol, workshop: Workshop, ballots: Ballots, joined: int, wishes: int = 0
) -> Notes:
    """Return what the facilitator sees; *wishes* counts those who asked for more time in the open round."""
    shown = room(scenario, protocol, workshop, ballots, joined)
    plain = Notes(
        room=shown,
        note=scenario.scene(workshop.attempt.scene).note,
        onward=tuple((choice.id, choice.target) for choice in offered(scenario, workshop.attempt)),
        allowed=allowed(scenario, workshop),
        proposed=proposed(scenario, workshop),
        wishes=wishes,
        left=workshop.left,
        hands=workshop.here[-1].hands if workshop.here else (),
    )
    revealed = tuple(each for each in workshop.here if each.is_shown)
    if not revealed or not _is_enough(counted(revealed[-1], ballots)):
        return plain
    return _told(scenario, protocol, workshop, ballots, plain)


def majority(workshop: Workshop, ballots: Ballots) -> ChoiceId | None:
    """Return the option that leads in the last vote here; None at a tie, before the reveal, or under five voters."""
    revealed = [each for each in workshop.here if each.is_shown]
    votes = counted(revealed[-1], ballots) if revealed else Tally(())
    first = leaders(votes)
    return first[0] if len(first) == 1 and _is_enough(votes) else None


def minutes(scenario: Scenario, protocol: Protocol, workshop: Workshop, ballots: Ballots, joined: int) -> Minutes:
    """Return what the report of a session says; *ballots* are those of all its rounds, by round.

    Votes stand in it only once the session has ended, when nothing can change any more: two reports made before and
    after a second vote would show by their difference how one person voted.
    """
    attempt = (workshop.home or workshop).attempt
    back = look_back(scenario, protocol, attempt)
    talked = _options_said(scenario, protocol, workshop)
    ruled = {judged.rule.id: judged.rule for judged in back.rules}
    ruled |= {each.rule.id: each.rule for one in talked for each in one.remarks}
    return Minutes(
        attempt=attempt,
        path=back.path,
        detours=tuple(look_back(scenario, protocol, each).path for each in workshop.detours),
        held=_all_held(workshop, attempt, ballots) if workshop.phase is Phase.ENDED else (),
        rules=back.rules,
        discussed=tuple(rule for rule in protocol.rules if rule.id in ruled),
        open_rules=tuple(judged.rule for judged in back.rules if judged.mark is not Mark.KEPT),
        joined=Cell(disclosure.Cover.EXACT, joined) if disclosure.is_enough(joined) else disclosure.FEW,
    )


def counted(held: Round, ballots: Ballots) -> Tally:
    """Return the tally of a round, hands included."""
    return tally(held.options, ballots.get(held.number, ()), held.hands)


def _is_enough(votes: Tally) -> bool:
    """Whether a vote may be shown: five or more voted, and not just one to four of them by phone."""
    phones = sum(votes.phones)
    # Hands are seen by all, and the difference with what is shown would be those few.
    return disclosure.is_enough(votes.voters) and (not phones or disclosure.is_enough(phones))


def _is_revealed(workshop: Workshop) -> bool:
    return workshop.phase in (Phase.VOTES, Phase.RULES)


def _voted(held: Round, ballots: Ballots) -> int:
    return counted(held, ballots).voters


def _result(workshop: Workshop, held: Round, ballots: Ballots) -> Result:
    votes = counted(held, ballots)
    if not _is_enough(votes):
        return Result(held.number, votes.voters)
    rows = zip(held.options, votes.counts, disclosure.in_words(votes.counts), strict=True)
    return Result(
        held.number,
        votes.voters,
        tuple(Row(choice, None if workshop.in_words else count, word) for choice, count, word in rows),
    )


def _told(scenario: Scenario, protocol: Protocol, workshop: Workshop, ballots: Ballots, plain: Notes) -> Notes:
    here = [each for each in workshop.here if each.is_shown]
    first, last = here[0], here[-1]
    votes = counted(last, ballots)
    follows = outcomes(scenario, protocol, workshop.attempt)
    moved = None
    if first is not last and _is_enough(counted(first, ballots)):
        moved = shift(ballots.get(first.number, ()), ballots.get(last.number, ()), counted(first, ballots), votes)
    return replace(
        plain,
        leading=leaders(votes),
        flagged=confident(votes, said(scenario, protocol, workshop.attempt)),
        sureness=tuple(_sureness(each.choice, each.sure, each.unsure) for each in votes.votes),
        alike=alike(votes, follows),
        dissent=dissent(votes, follows),
        shift=moved,
    )


def _sureness(choice: ChoiceId, sure: int, unsure: int) -> Sureness:
    is_shown = disclosure.is_enough(sure + unsure)
    return Sureness(choice, disclosure.in_words((sure, unsure))[0] if is_shown else None)


def _options_said(scenario: Scenario, protocol: Protocol, workshop: Workshop) -> Iterable[Said]:
    for held in workshop.shown:
        road = [Decision(number, choice) for number, choice in enumerate(held.after, 1)]
        yield from said(scenario, protocol, replay(scenario, workshop.attempt.id, road))


def _all_held(workshop: Workshop, attempt: Attempt, ballots: Ballots) -> tuple[Held, ...]:
    stops = dict.fromkeys(each.stop for each in workshop.shown)
    return tuple(_held(stop, workshop, attempt, ballots) for stop in stops)


def _held(stop: int, workshop: Workshop, attempt: Attempt, ballots: Ballots) -> Held:
    here = [each for each in workshop.shown if each.stop == stop]
    first, last = counted(here[0], ballots), counted(here[-1], ballots)
    made = tuple(decision.choice for decision in attempt.decisions)
    after = here[-1].after
    is_on_road = made[: len(after)] == after and len(made) > len(after)
    return Held(
        scene=here[-1].scene,
        followed=made[len(after)] if is_on_road else None,
        rounds=len(here),
        lines=_lines(here[-1], first, last, is_twice=len(here) > 1),
    )


def _lines(held: Round, first: Tally, last: Tally, *, is_twice: bool) -> tuple[Line, ...]:
    cells = disclosure.protect_secret(last.phones, last.hands)
    if cells is None:
        return ()
    is_compared = is_twice and _is_enough(first)
    trends = disclosure.trends(first.counts, last.counts) if is_compared else (None,) * len(cells)
    return tuple(map(Line, held.options, cells, trends))
