"""Lines to phones, projector and notes: what is said on them, and that nothing is lost, doubled or told too early."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from tests.serve.hall import Hall, Message, hall

from casework.play.workshop import Act

Scene = Callable[[Hall], Awaitable[None]]


def play(store: Path | str, scene: Scene, **options: object) -> None:
    """Let one evening happen."""

    async def evening() -> None:
        async with hall(store, **options) as one:  # type: ignore[arg-type]
            await scene(one)

    asyncio.run(evening())


def first(view: Message) -> str:
    return str(view["view"]["options"][0]["id"])


def test_a_phone_votes_and_everybody_else_sees_only_a_count(tmp_path: Path) -> None:
    async def scene(one: Hall) -> None:
        phone, stage = await one.inside("phone"), await one.line(f"stage/{one.card.id}")
        await stage.hear(kind="view")
        await one.press(Act.ASK)
        asked = await phone.hear_phase("vote")
        await stage.hear_phase("vote")

        told = await phone.ask("vote", round=asked["view"]["round"], number=1, choice=first(asked), sure=True)

        assert told["notice"] == ""
        assert told["own"] == {str(asked["view"]["round"]): {"choice": first(asked), "sure": True, "number": 1}}
        counted = await stage.hear(kind="counts")
        assert counted["counts"] == {"voted": "1", "of": "van 1 stemden", "joined": "1 doet mee"}

    play(tmp_path / "s.sqlite", scene)
