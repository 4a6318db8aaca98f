"""Never a sentence in only one language."""

import re

import pytest
from babel.messages.catalog import Message
from babel.messages.mofile import read_mo

from tests.catalogue import DUTCH, found, translated

MESSAGES = [message for message in translated() if message.id]


def texts(value: object) -> tuple[str, ...]:
    """Return a message's text, or its singular and plural."""
    return tuple(value) if isinstance(value, tuple | list) else (str(value),)


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
    """Sentence by sentence: the head of a compiled catalogue says which version of Babel made it."""
    with DUTCH.with_suffix(".mo").open("rb") as file:
        kept = {texts(message.id): texts(message.string) for message in read_mo(file) if message.id}

    assert kept == {texts(message.id): texts(message.string) for message in MESSAGES}
