"""The items of the check of knowledge and confidence, read from `items.toml`."""

import tomllib
from functools import cache
from importlib import resources

from casework.conformance.model import Text
from casework.play.survey import Option, Question, Statement, Survey


@cache
def survey() -> Survey:
    """Return the check as it is put to every room, the first time and the second."""
    found = tomllib.loads(resources.files("casework").joinpath("items.toml").read_text("utf-8"))
    return Survey(
        questions=tuple(
            Question(
                id=row["id"],
                title=Text(**row["title"]),
                text=Text(**row["text"]),
                options=tuple(Option(each["id"], Text(each["nl"], each["en"])) for each in row["options"]),
                right=row["right"],
                reason=Text(**row["reason"]),
                sources=tuple(row["sources"]),
            )
            for row in found["questions"]
        ),
        statements=tuple(Statement(row["id"], Text(**row["text"])) for row in found["statements"]),
        scale=tuple(Text(**row) for row in found["scale"]),
        note=Text(**found["note"]),
    )
