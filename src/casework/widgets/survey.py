"""The check of knowledge and confidence as JSON values: as asked, and with its right answers once that is over."""

from typing import Any

from casework import items
from casework.gains import Row, gains
from casework.play.survey import FIRST, SECOND, UNKNOWN, Learned, Question
from casework.widgets.view import Setting
from casework.words import Words, mark

View = dict[str, Any]

HEADINGS = {
    FIRST: mark("A few questions beforehand"),
    SECOND: mark("The same questions once more"),
}
LEADS = {
    FIRST: mark("What do you know already, and how sure do you feel? At the end the same questions come once more."),
    SECOND: mark("What do you know now, and how sure do you feel? After this you see the right answers."),
}
I_DO_NOT_KNOW = mark("I do not know")


def asked(turn: int, say: Words) -> View:
    """Return the items as a phone puts them; nothing in it says which answer is right."""
    found = items.survey()
    whole = len(found.questions) + len(found.statements)
    places = [say("Question {number} of {whole}", number=number, whole=whole) for number in range(1, whole + 1)]
    return {
        "turn": turn,
        "heading": say(HEADINGS[turn]),
        "text": say(LEADS[turn]),
        "questions": [
            {
                "id": each.id,
                "place": place,
                "text": say.text(each.text),
                "options": [
                    *({"id": option.id, "text": say.text(option.text)} for option in each.options),
                    {"id": UNKNOWN, "text": say(I_DO_NOT_KNOW)},
                ],
            }
            for each, place in zip(found.questions, places, strict=False)
        ],
        "statements": [
            {
                "id": each.id,
                "place": place,
                "text": say.text(each.text),
                "options": [{"id": str(step), "text": say.text(text)} for step, text in enumerate(found.scale, 1)],
            }
            for each, place in zip(found.statements, places[len(found.questions) :], strict=True)
        ],
    }


def answers(setting: Setting) -> View:
    """Return the right answers with their reasons and sources, and the texts of all that can be answered."""
    found, say = items.survey(), setting.say
    return {"note": say.text(found.note), "questions": [_answer(each, setting) for each in found.questions]}


def told(learned: Learned, say: Words) -> View:
    """Return what the room learned, for the projector."""
    found = gains(items.survey(), learned, say)
    tables = [(found.known_title, found.known), (found.felt_title, found.felt)]
    return {
        "line": found.few or f"{found.pairs} {found.score}",
        "notes": [each for each in (found.hidden, found.note) if each],
        "columns": list(found.columns),
        "tables": [{"title": title, "rows": [_row(row) for row in rows]} for title, rows in tables if rows],
    }


def _answer(question: Question, setting: Setting) -> View:
    say = setting.say
    texts = {option.id: say.text(option.text) for option in question.options}
    return {
        "id": question.id,
        "text": say.text(question.text),
        "right": {"id": question.right, "text": texts[question.right]},
        "options": {**texts, UNKNOWN: say(I_DO_NOT_KNOW)},
        "reason": say.text(question.reason),
        "source": "; ".join(f"{setting.sources.get(each, each)} ({each})" for each in question.sources),
    }


def _row(row: Row) -> View:
    return {
        "text": row.text,
        "first": row.first,
        "second": row.second,
        "change": row.change,
        "trend": row.trend.value if row.trend else "",
    }
