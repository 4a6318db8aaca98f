"""How often a word is used: the lists of the package `wordfreq`, where an author has installed it."""

from collections.abc import Callable

LANGUAGES = ("nl", "en")


def frequency(language: str) -> Callable[[str], float] | None:
    """Return a function from a word to its place on the Zipf scale; None without `wordfreq`, or in other languages.

    The lists mix film subtitles with newspapers, books and the web. They take a quarter of a second to load, at the
    first word, so only the author's desk asks for them; `casework check` does not.
    """
    if language not in LANGUAGES:
        return None
    try:
        from wordfreq import zipf_frequency  # noqa: PLC0415  (optional, and slow to load)
    except ImportError:
        return None
    return lambda word: zipf_frequency(word, language)
