"""Never a sentence in only one language."""

import re

import pytest
from babel.messages.catalog import Message

from tests.catalogue import DUTCH, compiled, found, translated

MESSAGES = [message for message in translated() if message.id]


def texts(value: object) -> tuple[str, ...]:
    """Return a message's text, or its singular and plural."""
    return value if isinstance(value, tuple) else (str(value),)


def test_the_catalogue_holds_exactly_the_sentences_of_the_code() -> None:
    assert {message.id for message in MESSAGES} == {message.id for message in found() if message.id}


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: str(message.id)[:40])
def test_each_sentence_is_translated_with_the_same_gaps(message: Message) -> None:
    english, dutch = texts(message.id), texts(message.string)

    assert all(dutch)
    assert not message.fuzzy
    for original, translation in zip(english, dutch, strict=True):
        assert set(re.findall(r"{\w+}", original)) == set(re.findall(r"{\w+}", translation))


def test_the_compiled_catalogue_is_that_of_the_text() -> None:
    assert DUTCH.with_suffix(".mo").read_bytes() == compiled(translated())
