"""The board of bottlenecks: a move is stored before it is shown, undone by who made it, refused with a reason."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests import knots
from tests.cases import SCENARIOS

from casework.play.network import LONGEST_TITLE, Meeting, Receiver, Status
from casework.store import Store, open_store
from casework.widgets.board import Ground, open_ground
from casework.widgets.network import STRIDE, Network

TODAY = datetime.now(UTC).date().isoformat()


@pytest.fixture(scope="module")
def ground() -> Ground:
    return open_ground(SCENARIOS)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(str(knots.clustered(tmp_path / "store.db")))) as store:
        yield store


@pytest.fixture
def page(store: Store, ground: Ground) -> Network:
    return Network(store, ground)


def say(page: Network, kind: str, **message: Any) -> dict[str, Any]:
    """Send a message as the page does, and return what it shows then."""
    page._receive(page, {"kind": kind, **message}, [])
    return dict(page.view)


def cluster(view: dict[str, Any]) -> dict[str, Any]:
    """Return the cluster with which the store begins."""
    return next(each for each in view["clusters"] if each["id"] == knots.CLUSTER)


def place(page: Network, note: str, before: str, after: str) -> dict[str, Any]:
    return say(page, "move", what="place", of=note, before=before, after=after)


def test_the_board_shows_texts_of_all_workshops_with_their_case_and_what_rooms_found(page: Network) -> None:
    view = page.view

    assert view["summary"] == "6 teksten · uit 3 bijeenkomsten · 1 cluster"
    assert [each["id"] for each in view["loose"]] == ["milan-1", "milan-2", "leo-1", "een-oude-casus-0"]
    assert view["loose"][0]["about"] == "Milan en de pakjes · 1 maart 2026"
    assert view["loose"][0]["weight"] == "1,5 van 3"
    assert [each["id"] for each in cluster(view)["notes"]] == ["milan-0", "leo-0"]
    assert cluster(view)["status"] == "Doorgegeven · Gemeente · 5 maart 2026"


def test_a_case_that_is_gone_is_told_and_its_texts_stay(page: Network) -> None:
    assert page.view["loose"][-1]["about"].startswith("een-oude-casus (deze casus is er niet meer)")


def test_a_text_is_put_in_a_cluster_and_the_undo_of_its_page_puts_it_back(page: Network, store: Store) -> None:
    view = place(page, "milan-1", "", knots.CLUSTER)

    assert [each["id"] for each in cluster(view)["notes"]] == ["milan-0", "milan-1", "leo-0"]
    assert (view["notice"]["text"], view["can_undo"]) == ("Bewaard.", True)
    view = say(page, "undo")
    assert [each["id"] for each in cluster(view)["notes"]] == ["milan-0", "leo-0"]
    assert (view["notice"]["text"], view["can_undo"]) == ("Ongedaan gemaakt.", False)
    assert say(page, "undo")["notice"]["number"] == view["notice"]["number"]


def test_a_new_cluster_of_a_text_is_called_after_it_and_is_undone_as_one_move(page: Network) -> None:
    view = say(page, "make", title="woord " * 50, note="milan-1", before="")

    made = view["clusters"][-1]
    assert len(made["title"]) <= LONGEST_TITLE
    assert [each["id"] for each in made["notes"]] == ["milan-1"]
    view = say(page, "undo")
    assert "milan-1" in {each["id"] for each in view["loose"]}
    assert (len(view["clusters"]), view["notice"]["text"]) == (1, "Ongedaan gemaakt.")
    assert say(page, "make", title="Nog een")["clusters"][-1]["title"] == "Nog een"


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("  ", "Typ eerst een titel"),
        ("Bel 0612345678", "Hier lijkt een telefoonnummer"),
        ("\x00", "Typ eerst een titel"),
    ],
)
def test_a_cluster_with_a_title_that_cannot_be_is_not_made_and_the_reason_is_told(
    page: Network, title: str, wanted: str
) -> None:
    view = say(page, "make", title=title)

    assert len(view["clusters"]) == 1
    assert view["notice"]["is_trouble"]
    assert view["notice"]["text"].startswith(wanted)
    assert not view["can_undo"]


def test_texts_of_a_cluster_are_written_together_and_too_long_ones_not_at_all(page: Network) -> None:
    texts = {"title": ["Wie is waar in de regio?", "Wie is waar? "], "answer": ["", "Er komt een lijst."]}

    view = say(page, "write", of=knots.CLUSTER, texts=texts)

    assert (cluster(view)["title"], cluster(view)["answer"]) == ("Wie is waar?", "Er komt een lijst.")
    view = say(page, "write", of=knots.CLUSTER, texts={"answer": ["Er komt een lijst.", "x" * 301]})
    assert view["notice"]["text"] == "Dat is te lang. In een titel passen 120 tekens, in een tekst 300."
    view = say(page, "undo")
    assert (cluster(view)["title"], cluster(view)["answer"]) == ("Wie is waar in de regio?", "")


def test_weight_meeting_and_minutes_are_chosen_and_the_agenda_follows(page: Network) -> None:
    for what, before, after in (("weight", "3", "1"), ("meeting", "next", "theme"), ("minutes", "10", "45")):
        view = say(page, "move", what=what, of=knots.CLUSTER, before=before, after=after)

    nearest, theme = view["agenda"]
    assert (nearest["slots"], nearest["total"]) == ([], "")
    assert theme["title"] == "Themadag"
    assert [(each["begins"], each["minutes"]) for each in theme["slots"]] == [(0, 45)]
    assert {each["value"] for each in view["meetings"]} == set(Meeting)


def test_news_are_told_with_their_day_and_the_last_day_says_how_far_it_is(page: Network) -> None:
    view = say(page, "news", of=knots.CLUSTER, status="answered", receiver="municipality", day="2026-03-20")

    assert cluster(view)["status"] == "Beantwoord · Gemeente · 20 maart 2026"
    view = say(page, "news", of=knots.CLUSTER, status="solved", receiver="", day="2026-03-10")
    assert cluster(view)["status"] == "Beantwoord · Gemeente · 20 maart 2026"
    assert [each["label"] for each in cluster(view)["news"]][1] == "Opgelost · 10 maart 2026"
    view = say(page, "undo")
    assert len(cluster(view)["news"]) == 2


@pytest.mark.parametrize(
    ("status", "receiver", "day", "wanted"),
    [
        (Status.PASSED_ON, "", TODAY, "Kies aan wie het is doorgegeven."),
        (Status.SOLVED, "", "2999-01-01", "Kies een dag die al is geweest."),
        (Status.ANSWERED, Receiver.SOM, "", "Kies een dag die al is geweest."),
    ],
)
def test_news_that_cannot_be_are_refused_with_the_reason(
    page: Network, status: str, receiver: str, day: str, wanted: str
) -> None:
    view = say(page, "news", of=knots.CLUSTER, status=status, receiver=receiver, day=day)

    assert view["notice"] == {"text": wanted, "is_trouble": True, "number": 1}
    assert len(cluster(view)["news"]) == 1


def test_a_text_that_was_struck_is_gone_for_good_and_no_undo_brings_it_back(page: Network, store: Store) -> None:
    place(page, "milan-0", knots.CLUSTER, "")

    view = say(page, "strike", note="milan-0")

    assert "milan-0" not in {each["id"] for each in view["loose"]}
    assert "milan-0" not in {each.id for each in store.sessions.all_bottlenecks()}
    view = say(page, "undo")
    assert view["notice"]["is_trouble"]
    assert "milan-0" not in {each.id for each in store.sessions.all_bottlenecks()}


def test_two_people_at_once_lose_nothing_and_each_undoes_only_what_was_their_own(store: Store, ground: Ground) -> None:
    one, other = Network(store, ground), Network(store, ground)
    place(one, "milan-1", "", knots.CLUSTER)

    view = place(other, "milan-1", "", "elsewhere")
    assert view["notice"]["text"].startswith("Iemand anders heeft dit intussen veranderd")
    assert "milan-1" in {each["id"] for each in cluster(view)["notes"]}
    place(other, "milan-2", "", knots.CLUSTER)
    view = say(one, "look")
    assert {"milan-1", "milan-2"} <= {each["id"] for each in cluster(view)["notes"]}
    view = say(one, "undo")
    assert {each["id"] for each in cluster(view)["notes"]} == {"milan-0", "milan-2", "leo-0"}


def test_a_text_that_somebody_else_changed_is_not_written_over(store: Store, ground: Ground) -> None:
    one, other = Network(store, ground), Network(store, ground)
    before = cluster(one.view)["question"]
    say(one, "write", of=knots.CLUSTER, texts={"question": [before, "Van de een"]})

    view = say(other, "write", of=knots.CLUSTER, texts={"question": [before, "Van de ander"]})

    assert cluster(view)["question"] == "Van de een"
    assert view["notice"]["is_trouble"]


def test_rules_are_counted_a_stride_at_a_time_and_told_when_all_are(page: Network) -> None:
    assert (page.view["hard"], page.view["is_counting"]) == ([], True)

    view = say(page, "look")

    assert not view["is_counting"]
    assert STRIDE > 40
    assert view["hard"]
    assert all(each["said"].endswith(("niet meteen", "te herleiden zijn")) for each in view["hard"])
    tied = {each["id"] for each in view["hard"] if each["clusters"]}
    assert "consulted" in tied
    assert [each["value"] for each in view["ties"]["hard"]][: len(view["hard"])] == [
        f"rule {each['id']}" for each in view["hard"]
    ]


def test_with_few_playings_nothing_is_told_of_rules(tmp_path: Path, ground: Ground) -> None:
    with closing(open_store(str(tmp_path / "store.db"))) as store:
        knots.playing(store, count=4)
        page = Network(store, ground)

        assert (say(page, "look")["hard"], page.view["is_counting"]) == ([], False)


def test_a_rule_that_no_protocol_has_any_more_says_so(page: Network) -> None:
    view = say(page, "move", what="rule", of=knots.CLUSTER, before="", after="on", key="old-rule")

    assert cluster(view)["ties"][-1]["label"] == "old-rule (geen protocol heeft deze regel nog)"


def test_a_text_with_a_telephone_number_is_marked(store: Store, ground: Ground) -> None:
    knots.WORKSHOPS.setdefault("marked", (("Bel 06 12345678", "", 1),))
    try:
        knots.workshop(store, "marked", 9)
    finally:
        del knots.WORKSHOPS["marked"]

    marked = [each["text"] for each in Network(store, ground).view["loose"] if each["has_contact"]]
    assert marked == ["Bel 06 12345678"]


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"kind": "dance"},
        {"kind": "move"},
        {"kind": "move", "what": "title", "of": "a", "before": "", "after": "x"},
        {"kind": "move", "what": "status", "of": "a", "before": "", "after": "x", "key": "x"},
        {"kind": "write", "of": "a", "texts": {"weight": ["", "3"]}},
        {"kind": "write", "of": "a", "texts": 3},
        {"kind": "make"},
        {"kind": "news", "of": "a", "status": "new", "receiver": "king", "day": ""},
        {"kind": "strike", "note": "nowhere"},
        {"kind": "language", "language": "xx"},
    ],
)
def test_what_no_page_of_ours_sends_changes_nothing_and_is_answered(
    page: Network, store: Store, message: dict[str, Any]
) -> None:
    before = (store.network.clusters(), store.sessions.all_bottlenecks())

    page._receive(page, message, [])

    assert (store.network.clusters(), store.sessions.all_bottlenecks()) == before


def test_a_store_that_is_away_is_told_and_the_board_stays(tmp_path: Path, ground: Ground) -> None:
    path = knots.clustered(tmp_path / "store.db")
    with closing(open_store(str(path))) as store:
        page = Network(store, ground)
        before = page.view["clusters"]
        store.close()
        path.rename(tmp_path / "elsewhere.db")
        path.mkdir()

        view = place(page, "milan-1", "", knots.CLUSTER)

        assert view["notice"]["text"] == "Dat kon niet worden opgeslagen. Probeer het zo nog eens."
        assert view["clusters"] == before


def test_all_words_change_with_the_language_of_the_page(page: Network) -> None:
    dutch = dict(page.words)

    view = say(page, "language", language="en")

    assert view["lang"] == "en"
    assert cluster(view)["status"] == "Passed on · Municipality · March 5, 2026"
    same = {key for key, sentence in dutch.items() if page.words[key] == sentence}
    assert same <= {"clusters", "in_clusters", "agenda"}


def test_without_cases_and_workshops_the_board_is_there_and_empty(tmp_path: Path) -> None:
    with closing(open_store(":memory:")) as store:
        view = say(Network(store, open_ground(tmp_path / "nowhere")), "look")

    assert (view["loose"], view["clusters"], view["hard"]) == ([], [], [])
    assert view["summary"] == "0 teksten · uit 0 bijeenkomsten · 0 clusters"
