"""What was decided, as statements that follow the rules of xAPI, and that an independent record store keeps once."""

import json
import random
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from tests.cases import DUTCH, SCENARIOS, setting
from tests.export.grumpy import grumpy
from tests.export.recordstore import PASSWORD, USER, RecordStore
from tests.export.stores import filled, played, put

from casework.cli import main
from casework.errors import LedgerUnusable, RecordStoreRefuses, RecordStoreSilent
from casework.export.alias import Alias
from casework.export.delivery import BATCH, Delivered, Endpoint, Rhythm, basic, deliver
from casework.export.retold import Cases, Retold
from casework.export.statements import ANSWERED, COMPLETED, IGNORED, Statement, Teller
from casework.ledger import open_ledger
from casework.store import Played, Record, open_store

HOME = "https://training.example.org/"
AT = "2026-01-05T09:00:00+00:00"
AT_ONCE = Rhythm(0.0)
CASES = Cases.within(SCENARIOS)


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RecordStore]:
    """A record store by others, which all tests share: each has its own key, and so its own ids."""
    one = RecordStore(tmp_path_factory.mktemp("others"))
    one.start()
    yield one
    one.stop()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[RecordStore]:
    """A record store that a test may kill; it does not run yet."""
    (tmp_path / "own").mkdir()
    one = RecordStore(tmp_path / "own")
    yield one
    one.stop()


def retold(name: str, seed: int = 1, most: int = 60) -> Retold:
    """Return an attempt in which chance decided."""
    scenario = setting(name).scenario
    attempt = played(scenario, random.Random(seed), AT, most)
    record = Record(f"id-{seed}", scenario.name, scenario.version, scenario.language, AT)
    return CASES.one(Played(record, attempt.decisions, frozenset()))


def told(*attempts: Retold, key: bytes = b"key", has_times: bool = False) -> list[Statement]:
    teller = Teller(HOME, Alias(key), has_times)
    return [statement for attempt in attempts for statement in teller.statements(attempt)]


def verbs(statements: list[Statement]) -> Counter[str]:
    return Counter(statement["verb"]["id"] for statement in statements)


def endpoint(store: RecordStore, user: str = f"{USER}:{PASSWORD}") -> Endpoint:
    return Endpoint(store.address, basic(user))


@pytest.fixture(scope="module")
def some() -> list[Statement]:
    """More statements than fit one batch."""
    found = told(*(retold("milan", seed) for seed in range(30)))
    assert len(found) > 2 * BATCH
    return found


@pytest.mark.parametrize("name", [*DUTCH, "milan.en"])
@pytest.mark.parametrize("has_times", [False, True])
def test_every_statement_follows_the_rules_of_xapi(name: str, has_times: bool) -> None:
    from ralph.models.xapi.base.statements import BaseXapiStatement

    for seed in range(5):
        for statement in told(retold(name, seed), has_times=has_times):
            BaseXapiStatement.model_validate_json(json.dumps(statement))


def test_the_rules_are_held_against_what_would_break_them() -> None:
    from pydantic import ValidationError
    from ralph.models.xapi.base.statements import BaseXapiStatement

    sound = told(retold("milan"))[0]
    for broken in ({"id": "no-uuid"}, {"verb": {"id": "no iri"}}, {"result": None}, {"surprise": 1}):
        with pytest.raises(ValidationError):
            BaseXapiStatement.model_validate_json(json.dumps({**sound, **broken}))


@pytest.mark.parametrize("name", [*DUTCH, "milan.en"])
def test_there_is_one_statement_for_each_decision_one_for_each_missed_signal_and_one_for_the_ending(name: str) -> None:
    attempt = retold(name, 2)
    assert attempt.has_ended

    found = told(attempt)

    assert verbs(found) == Counter(
        {ANSWERED.id: len(attempt.played.decisions), IGNORED.id: len(attempt.missed), COMPLETED.id: 1}
    ) - Counter({IGNORED.id: 0})
    answers = [each["result"]["response"] for each in found if each["verb"]["id"] == ANSWERED.id]
    assert answers == [decision.choice for decision in attempt.played.decisions]
    for each in found:
        if each["verb"]["id"] == ANSWERED.id:
            assert each["result"]["response"] in [choice["id"] for choice in each["object"]["definition"]["choices"]]


def test_a_signal_is_not_called_ignored_as_long_as_it_may_still_be_noted() -> None:
    assert set(verbs(told(retold("milan", 1, most=1)))) == {ANSWERED.id}


def test_the_actor_is_an_account_that_leads_back_to_nobody() -> None:
    statements = told(retold("milan"), key=b"one")

    assert {tuple(each["actor"]["account"].items()) for each in statements} == {
        (("homePage", HOME), ("name", Alias(b"one").name("id-1")))
    }
    assert not any("id-1" in json.dumps(each) or "timestamp" in each for each in statements)
    assert {each["timestamp"] for each in told(retold("milan"), has_times=True)} == {AT}


def test_the_same_attempt_gives_the_same_statements_each_with_an_id_of_its_own() -> None:
    one, other = told(retold("kim", 4)), told(retold("kim", 4))

    assert one == other
    ids = [UUID(each["id"]) for each in one]
    assert len(set(ids)) == len(ids)
    assert {each.version for each in ids} == {4}


def test_decisions_of_a_case_that_has_gone_are_stated_without_its_words() -> None:
    from ralph.models.xapi.base.statements import BaseXapiStatement

    here = retold("milan")
    gone = CASES.one(replace(here.played, record=replace(here.played.record, scenario="gone")))

    found = told(gone)

    assert verbs(found) == {ANSWERED.id: len(here.played.decisions)}
    for each in found:
        BaseXapiStatement.model_validate_json(json.dumps(each))
        assert "definition" not in each["object"]


def test_a_scene_is_called_the_same_whether_its_case_is_there_or_not() -> None:
    here = retold("milan")
    changed = CASES.one(replace(here.played, record=replace(here.played.record, version="older")))

    ids = [[each["object"]["id"] for each in told(one)][: len(here.played.decisions)] for one in (here, changed)]

    assert ids[0] == ids[1]


def test_an_independent_record_store_takes_them_and_gives_them_back(
    others: RecordStore, some: list[Statement], tmp_path: Path
) -> None:
    with open_ledger(tmp_path / "l") as ledger:
        assert deliver(iter(some), endpoint(others), ledger, AT_ONCE) == Delivered(now=len(some))

    for sent in (some[0], some[-1], next(each for each in some if each["verb"]["id"] == IGNORED.id)):
        kept = others.one(sent["id"])
        assert {name: kept[name] for name in sent} == sent


def test_what_was_sent_is_not_sent_again_and_what_was_sent_again_is_kept_once(
    others: RecordStore, tmp_path: Path
) -> None:
    statements = told(*(retold("leo", seed) for seed in range(8)), key=b"again")
    with open_ledger(tmp_path / "one") as ledger, open_ledger(tmp_path / "other") as lost:
        deliver(iter(statements), endpoint(others), ledger, AT_ONCE)
        again = deliver(iter(statements), endpoint(others), ledger, AT_ONCE)
        # As when the record store took a batch, and the answer was lost on its way back.
        deliver(iter(statements), endpoint(others), lost, AT_ONCE)

    assert again == Delivered(before=len(statements))
    kept = Counter(each["id"] for each in others.statements())
    assert {kept[each["id"]] for each in statements} == {1}


def test_a_record_store_that_is_down_for_an_hour_loses_nothing_and_gets_everything_once(
    own: RecordStore, some: list[Statement], tmp_path: Path
) -> None:
    waited: list[float] = []

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        if sum(waited) >= 3600 and own.process is None:
            own.start()

    with open_ledger(tmp_path / "l") as ledger:
        done = deliver(iter(some), endpoint(own), ledger, Rhythm(7200, sleep))

    assert done == Delivered(now=len(some))
    assert 3600 <= sum(waited) < 3600 + 61
    assert len(waited) < 80
    assert [each["id"] for each in own.statements()] == [each["id"] for each in some]


def test_a_run_that_gave_up_leaves_the_rest_for_the_next(
    own: RecordStore, some: list[Statement], tmp_path: Path
) -> None:
    own.start()

    def until_the_power_fails() -> Iterator[Statement]:
        for number, each in enumerate(some):
            if number == BATCH + 5:
                own.stop()
            yield each

    with open_ledger(tmp_path / "l") as ledger:
        with pytest.raises(RecordStoreSilent, match="does not answer"):
            deliver(until_the_power_fails(), endpoint(own), ledger, AT_ONCE)
        assert len(own.statements()) == BATCH

        own.start()
        done = deliver(iter(some), endpoint(own), ledger, AT_ONCE)

    assert done == Delivered(now=len(some) - BATCH, before=BATCH)
    assert [each["id"] for each in own.statements()] == [each["id"] for each in some]


def test_a_statement_that_is_there_in_other_words_keeps_no_other_out(others: RecordStore, tmp_path: Path) -> None:
    statements = told(*(retold("kim", seed) for seed in range(4)), key=b"conflict")
    older = {**statements[7], "result": {"response": "what the case said before"}}
    with open_ledger(tmp_path / "one") as before, open_ledger(tmp_path / "other") as ledger:
        deliver([older], endpoint(others), before, AT_ONCE)
        done = deliver(iter(statements), endpoint(others), ledger, AT_ONCE)
        again = deliver(iter(statements), endpoint(others), ledger, AT_ONCE)

    assert done == Delivered(now=len(statements) - 1, before=1)
    assert again == Delivered(before=len(statements))
    assert others.one(older["id"])["result"] == older["result"]


def test_a_wrong_password_is_said_at_once_and_nothing_is_noted(others: RecordStore, tmp_path: Path) -> None:
    statements = told(retold("milan"), key=b"password")
    with open_ledger(tmp_path / "l") as ledger:
        with pytest.raises(RecordStoreRefuses) as refused:
            deliver(iter(statements), endpoint(others, "casework:wrong"), ledger, Rhythm(7200))
        assert len(ledger.open_ones(others.address, [each["id"] for each in statements])) == len(statements)

    assert refused.value.status == 401
    assert "wrong" not in str(refused.value)


def test_a_batch_that_is_too_large_goes_in_halves(some: list[Statement], tmp_path: Path) -> None:
    got: list[str] = []

    def behave(batch: list[dict[str, Any]]) -> tuple[int, dict[str, str]]:
        if len(batch) > 7:
            return 413, {}
        got.extend(each["id"] for each in batch)
        return 200, {}

    with grumpy(behave) as address, open_ledger(tmp_path / "l") as ledger:
        assert deliver(iter(some), Endpoint(address), ledger, AT_ONCE) == Delivered(now=len(some))

    assert got == [each["id"] for each in some]


def test_a_record_store_that_is_busy_is_left_alone_as_long_as_it_asks(tmp_path: Path) -> None:
    answers = iter([(503, {"Retry-After": "30"}), (429, {"Retry-After": "Fri, 01 Jan 2100 00:00:00 GMT"}), (200, {})])
    waited: list[float] = []
    with grumpy(lambda _: next(answers)) as address, open_ledger(tmp_path / "l") as ledger:
        deliver(told(retold("milan", 1, most=2)), Endpoint(address), ledger, Rhythm(7200, waited.append))

    assert waited == [30.0, 2.0]


def test_no_redirect_carries_statements_and_password_to_another_host(tmp_path: Path) -> None:
    reached: list[object] = []

    def behave(batch: list[dict[str, Any]]) -> tuple[int, dict[str, str]]:
        reached.append(batch)
        return 200, {}

    with (
        grumpy(behave) as elsewhere,
        grumpy(lambda _: (302, {"Location": f"{elsewhere}statements"})) as address,
        open_ledger(tmp_path / "l") as ledger,
        pytest.raises(RecordStoreRefuses, match="302"),
    ):
        deliver(told(retold("milan")), Endpoint(address, basic("a:b")), ledger, AT_ONCE)

    assert not reached


def test_a_ledger_keeps_its_key_and_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "l"
    with open_ledger(path) as one:
        key = one.key
    with open_ledger(path) as again, open_ledger(tmp_path / "other") as other:
        assert again.key == key != other.key

    assert len(key) == 32
    assert path.stat().st_mode & 0o077 == 0


def test_a_file_of_another_program_is_no_ledger(tmp_path: Path) -> None:
    (tmp_path / "l").write_text("a letter " * 1000)

    with pytest.raises(LedgerUnusable, match="--ledger"), open_ledger(tmp_path / "l"):
        pass
    with pytest.raises(LedgerUnusable, match="--ledger"), open_ledger(tmp_path / "no" / "l"):
        pass


def test_a_whole_store_goes_to_a_record_store_and_again_when_more_was_played(
    others: RecordStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store = filled(tmp_path / "s.sqlite", {"2026-01": 5})
    monkeypatch.setenv("CASEWORK_LRS_AUTH", f"{USER}:{PASSWORD}")
    where = ["--store", str(store), "--scenarios", str(SCENARIOS), "--ledger", str(tmp_path / "l"), "--lang", "en"]
    command = ["export", "xapi", "--home", HOME[:-1], "--to", others.address, *where]
    before = len(others.statements())

    assert main(command) == 0
    first = len(others.statements()) - before
    with closing(open_store(str(store))) as opened:
        put(opened, "milan", played(setting("milan").scenario, random.Random(9), AT, most=3))
    assert main(command) == 0

    assert len(others.statements()) - before == first + 3
    assert capsys.readouterr().err.splitlines() == [
        f"Statements: {first} were taken, 0 were there already.",
        f"Statements: 3 were taken, {first} were there already.",
    ]


def test_a_record_store_that_stays_away_is_no_loss(
    own: RecordStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = filled(tmp_path / "s.sqlite", {"2026-01": 5})
    where = ["--store", str(store), "--scenarios", str(SCENARIOS), "--ledger", str(tmp_path / "l"), "--lang", "en"]

    assert main(["export", "xapi", "--home", HOME, "--to", own.address, "--patience", "0", *where]) == 1

    said = capsys.readouterr().err
    assert "does not answer" in said
    assert "Nothing is lost" in said
    with closing(sqlite3.connect(tmp_path / "l")) as ledger:
        assert ledger.execute("SELECT count(*) FROM taken").fetchone() == (0,)


def test_statements_in_a_file_are_the_same_each_time_and_hold_back_small_groups(tmp_path: Path) -> None:
    store = filled(tmp_path / "s.sqlite", {"2026-01": 5})
    filled(store, {"2026-01": 4}, "kim")
    where = ["--store", str(store), "--scenarios", str(SCENARIOS), "--ledger", str(tmp_path / "l")]
    for name in ("one", "other"):
        assert main(["export", "xapi", "--home", HOME, "-o", str(tmp_path / name), *where]) == 0

    text = (tmp_path / "one").read_text("utf-8")
    assert text == (tmp_path / "other").read_text("utf-8")
    cases = {
        json.loads(line)["object"]["id"].removeprefix(f"{HOME}xapi/case/").split("/")[0] for line in text.splitlines()
    }
    assert cases == {"milan"}


@pytest.mark.parametrize(
    "address", ["example.org", "ftp://example.org", "https://", "https://a/?b", "http://a:b/", "https://me:secret@a/"]
)
def test_what_is_no_address_is_refused(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["export", "xapi", "--home", address])

    assert "--home" in capsys.readouterr().err
