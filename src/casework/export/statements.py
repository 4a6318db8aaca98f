"""Attempts as xAPI statements: who did what, for a learning record store.

One statement for each decision, one for each signal that passed by, one for an ending. `ignored` is the word of the
Virtual Patient Profile for a flag that was there and got no answer (w3id.org/xapi/virtual-patient); for the rest that
profile builds on ADL's own verbs. The rules are those of xAPI 1.0.3 (github.com/adlnet/xAPI-Spec).

Statements can be made again at any time and are the same then, their ids too: what was sent twice is stored once. They
say nothing about the moment, unless that was asked for; a record store then notes when it got them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from casework.export.alias import Alias
from casework.export.retold import Retold, Told
from casework.play.attempt import Decision
from casework.play.debrief import find_signal
from casework.scenario.model import Measure, Scene, SignalId

Statement = dict[str, Any]
PROFILE = "https://w3id.org/xapi/virtual-patient/v1.0"
SIMULATION = "http://adlnet.gov/expapi/activities/simulation"
QUESTION = "http://adlnet.gov/expapi/activities/cmi.interaction"


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of xAPI, and what it is called in English."""

    id: str
    name: str

    def __call__(self) -> Statement:
        """Return the verb as it stands in a statement."""
        return {"id": self.id, "display": {"en": self.name}}


ANSWERED = Verb("http://adlnet.gov/expapi/verbs/answered", "answered")
IGNORED = Verb("https://w3id.org/xapi/medbiq/verbs/ignored", "ignored")
COMPLETED = Verb("http://adlnet.gov/expapi/verbs/completed", "completed")


@dataclass(frozen=True, slots=True)
class Teller:
    """Says attempts as statements. `home` is an address of the organisation, which makes the names in them unique."""

    home: str
    alias: Alias
    has_times: bool = False

    def statements(self, attempt: Retold) -> Iterator[Statement]:
        """Yield what there is to say of an attempt: its decisions, and after an ending also what passed by."""
        for number, decision in enumerate(attempt.played.decisions):
            yield self._answered(attempt, decision, attempt.steps[number] if attempt.steps else None)
        for signal in attempt.missed:
            yield self._ignored(attempt, signal)
        if attempt.has_ended:
            yield self._completed(attempt)

    def case(self, name: str) -> str:
        """Return the id that a case has as an activity."""
        return f"{self.home}xapi/case/{quote(name)}"

    def extension(self, name: str) -> str:
        """Return the name that a value of ours has in a statement."""
        return f"{self.home}xapi/extension/{name}"

    def _answered(self, attempt: Retold, decision: Decision, told: Told | None) -> Statement:
        result: Statement = {"response": decision.choice}
        if told is not None:
            broken = {self.extension("rules-broken"): list(told.broken)} if told.broken else {}
            result["extensions"] = {**self._outcomes(told), **broken}
        scene = told.scene.id if told else decision.choice.partition("/")[0]
        asked: Statement = {
            "objectType": "Activity",
            "id": f"{self.case(attempt.played.record.scenario)}/scene/{quote(scene)}",
        }
        if told is not None:
            asked |= {"definition": _question(told.scene, attempt.played.record.language)}
        numbered = {self.extension("number"): decision.number}
        return self._said(attempt, f"decision {decision.number}", ANSWERED, asked, decision.at, result, numbered)

    def _ignored(self, attempt: Retold, signal: SignalId) -> Statement:
        record, scenario = attempt.played.record, attempt.case.scenario if attempt.case else None
        if scenario is None:
            raise ValueError(record.scenario)
        passed = {
            "objectType": "Activity",
            "id": f"{self.case(record.scenario)}/signal/{quote(signal)}",
            "definition": {
                "type": f"{self.home}xapi/activity-type/signal",
                "name": {record.language: find_signal(scenario, signal)[0].text},
            },
        }
        return self._said(attempt, f"signal {signal}", IGNORED, passed, attempt.played.decisions[-1].at)

    def _completed(self, attempt: Retold) -> Statement:
        outcomes = self._outcomes(attempt.steps[-1])
        result = {"completion": True, "extensions": {**outcomes, self.extension("ending"): attempt.ending}}
        at = attempt.played.decisions[-1].at
        return self._said(attempt, "completed", COMPLETED, self._simulation(attempt), at, result)

    def _said(
        self,
        attempt: Retold,
        part: str,
        verb: Verb,
        what: Statement,
        at: str,
        result: Statement | None = None,
        extensions: Statement | None = None,
    ) -> Statement:
        record, alias = attempt.played.record, self.alias
        parent = {} if verb is COMPLETED else {"parent": [self._simulation(attempt)]}
        said: Statement = {
            "id": alias.uuid(record.id, part),
            "actor": {
                "objectType": "Agent",
                "account": {"homePage": self.home, "name": alias.name(record.id)},
            },
            "verb": verb(),
            "object": what,
            "context": {
                "registration": alias.uuid(record.id, "registration"),
                "platform": "casework",
                "revision": record.version,
                "language": record.language,
                "contextActivities": {**parent, "category": [{"objectType": "Activity", "id": PROFILE}]},
            },
        }
        if extensions:
            said["context"]["extensions"] = extensions
        if result:
            said["result"] = result
        if self.has_times and at:
            said["timestamp"] = at
        return said

    def _simulation(self, attempt: Retold) -> Statement:
        record, scenario = attempt.played.record, attempt.case.scenario if attempt.case else None
        definition: Statement = {"type": SIMULATION}
        if scenario is not None:
            definition["name"] = {record.language: scenario.title}
        return {"objectType": "Activity", "id": self.case(record.scenario), "definition": definition}

    def _outcomes(self, told: Told) -> Statement:
        return {self.extension(each.value): told.after.outcomes.value(each) for each in Measure}


def _question(scene: Scene, language: str) -> Statement:
    return {
        "type": QUESTION,
        "name": {language: scene.title},
        "interactionType": "choice",
        "choices": [{"id": choice.id, "description": {language: choice.text}} for choice in scene.choices],
    }
