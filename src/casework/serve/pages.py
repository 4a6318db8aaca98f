"""What the server's own pages need to know: values for the templates, without a kernel."""

import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from casework import library, notebook, room
from casework.library import Case
from casework.scenario.model import Paragraph, Scenario
from casework.scenario.outputs import HTML
from casework.serve import dashboards, vega
from casework.serve.dashboards import CARDS, Dashboard, Folder, Role
from casework.serve.modules import FOLDER as MODULES
from casework.serve.modules import Modules
from casework.serve.reading import Part
from casework.serve.shelf import Shelf
from casework.serve.shown import Cell, Output, Shown
from casework.store import Card
from casework.widgets.door import JOIN, door
from casework.widgets.mime import MODULE, SHEET, WIDGET
from casework.widgets.phone import captions
from casework.widgets.vocabulary import vocabulary
from casework.words import LANGUAGES, Words, day, mark, words

Values = dict[str, Any]
MOST_SENTENCES = 3
ENTER, OUT, STATUS = "enter", "sign-out", "status"
TITLE = mark("How the server does")
PLAYER = "player"
EXPLORED = " data-explore="
# Of a page without widgets that bring their own modules.
ALONE: Values = {"hosting": None, "modules": ()}
# With this question the full page is asked for by a page that turned out to need it.
LATE = "late"
GUESTS = {
    "wait": mark("One moment, this part is being prepared."),
    "failed": mark("Something went wrong in this part. The rest of the page still works."),
    "offline": mark("No connection for now. What you fill in is kept, and goes on as soon as the connection is back."),
    "needs": mark("This part needs another page. What you filled in here does not come along."),
    "open": mark("Open it now"),
}
ROLES = {
    Role.TRAINEE: mark("For participants, and for conversations"),
    Role.FACILITATOR: mark("For who leads a group"),
    Role.AUTHOR: mark("For authors and coordinators"),
}


def catalogue(shelf: Shelf, folder: Folder, language: str, base: str, may: Collection[Role]) -> Values:
    """Return the start page: the cases that can be played, those in the reader's language first, and the dashboards.

    A dashboard is listed for whom *may* open it, and so is the status page.
    """
    playable = [case for case in shelf.cases() if case.scenario]
    groups: dict[str, list[Case]] = {}
    for case in playable:
        groups.setdefault(stem(case), []).append(case)
    return {
        **frame(language, base),
        "cases": [_card(_edition(editions, language), editions, base) for editions in groups.values()],
        "roles": _roles(dashboards.dashboards(folder, language, may), language, base),
        "leads": _leads(language, base, may),
        "other_language": _other(language, base),
    }


def going_on(
    shelf: Shelf, cards: Iterable[Card] | None, language: str, base: str, *, leads: bool, at: str = ""
) -> Values:
    """Return what the start page says of workshops: where to type a code, and for who *leads* a group which are open.

    *at* is where phones come in, as a host with its port. Nobody else learns which sessions there are, nor how many.
    Where it is not known which are open, *cards* is None: "none" would have a facilitator open a second one.
    """
    say, found = words(language), tuple(cards or ())
    unknown = say("We cannot see now which workshops are open. Load this page again in a moment.")
    is_on = any(room.is_tonight(card) for card in found)
    told = captions(language)
    return {
        "join": {
            "title": say("Join in the room"),
            "text": say("A workshop is going on now. Are you in the room? Then type the six letters.") if is_on else "",
            "label": say("The six letters on the big screen"),
            "button": told["join"],
            "address": f"{base}{JOIN}/{language}",
        },
        "going_on": {
            "title": say("What is going on"),
            "none": unknown if cards is None else say("No workshop is open."),
            "stage": say("Projector"),
            "notes": say("Notes"),
            "code": say("Code"),
            "rows": [_evening(shelf, card, say, base, at) for card in found],
        }
        if leads
        else None,
    }


def case(scenario: Scenario, base: str, folder: Folder) -> Values:
    """Return the page of one case before play begins: what may be read without knowing what lies ahead."""
    return {
        **frame(scenario.language, base),
        "title": scenario.title,
        "cards": f"{base}dashboard/{CARDS}/{scenario.language}" if dashboards.find(folder, CARDS) else "",
        "cover": {
            "name": scenario.name,
            "introduction": [text(part) for part in scenario.introduction],
            "content": scenario.content,
            "role": scenario.role,
            "minutes": scenario.minutes,
        },
    }


def waiting(scenario: Scenario, base: str, name: str, ticket: str, ahead: int) -> Values:
    """Return the page for whom comes when all seats are taken."""
    return {
        **frame(scenario.language, base),
        "title": scenario.title,
        "seat": f"{base}seat/{ticket}/{scenario.language}",
        "address": f"{base}case/{name}?seat={ticket}",
        "place": place(scenario.language, ahead),
    }


def place(language: str, ahead: int) -> str:
    """Return one's place in the line as a sentence; 1 is next."""
    say = words(language)
    if ahead < 2:
        return say("You are next.")
    return say.plural("{count} person is before you.", "{count} people are before you.", ahead - 1)


def dashboard(path: Path, language: str, base: str) -> Values:
    """Return the page of a dashboard: it is called what its notebook calls itself."""
    found = notebook.read(path, language, is_checked=True).source
    title = dashboards.heading(found, language)[0] if found else ""
    spoken = {tag for cell in found.cells for tag in cell.tags if tag in LANGUAGES} if found else set()
    return {
        **frame(language, base),
        "title": title or path.stem,
        "wait": words(language)("One moment, this page is being prepared."),
        # Where a page has no cells in one language alone, it speaks to all readers at once.
        "other_language": _other(language, f"{base}dashboard/{path.stem}/") if len(spoken) > 1 else None,
    }


def begun(shown: Shown, kernel: str, full: str) -> Values:
    """Return the end of a page whose notebook has run: what it shows first, or where the full page is if it needs one.

    `others` is what the notebook shows beside its widget.
    """
    others = [replace(cell, outputs=tuple(_others(cell, shown.player))) for cell in shown.cells if shown.fits]
    return {
        "kernel": kernel,
        "model": shown.player,
        "state": shown.state,
        "others": [cell for cell in others if cell.outputs],
        "full": "" if shown.fits else full,
    }


def hosting(language: str, full: str, modules: Modules, shown: Shown) -> Values:
    """Return what a page needs to show widgets that bring their own modules, which are kept in *modules*.

    The full page is asked for with `late` where it turns out to be needed only once the page is there.
    """
    say = words(language)
    given = {
        "words": {name: say(sentence) for name, sentence in GUESTS.items()},
        "full": f"{full}?{LATE}=1",
        "modules": MODULES,
        "first": shown.drawn[0],
        "states": modules.silent(shown),
    }
    return {"hosting": given, "modules": [MODULES + name for name in modules.names(shown)]}


def told(rest: Iterable[Part], shown: Shown) -> Values:
    """Return the cells of a dashboard with what each showed, and the sheets and the module that these need."""
    cells, bundles = iter(shown.cells), shown.bundles
    modules = [bundle[MODULE]["module"] for bundle in bundles if MODULE in bundle]
    sheets = [bundle[SHEET]["name"] for bundle in bundles if SHEET in bundle]
    return {
        "rest": [(part, next(cells, None) if part.code else None) for part in rest],
        "sheets": list(dict.fromkeys([*modules, *sheets])),
        "module": (modules[0] if modules else PLAYER) if shown.player else "",
        "vega": vega.name() if any(EXPLORED in bundle.get(HTML, "") for bundle in bundles) else "",
        "failed": shown.failed,
    }


def enter(language: str, base: str, to: str, trouble: str = "") -> Values:
    """Return the page that asks for the token; it leads on to the page *to*, and says what was the trouble before."""
    say = words(language)
    told = {
        "about": say(
            "This page is for who leads a group. Who started casework has the token, "
            "and a link that opens everything at once."
        ),
        "token": say("Token"),
        "enter": say("Open"),
        "cases": say("Do you want to practise? You need no token for that."),
    }
    values = {"told": told, "to": to, "trouble": trouble, "address": f"{base}{ENTER}/{language}"}
    return {**framed(say("For who leads a group"), f"{base}{ENTER}/", language, base), **values}


def out(language: str, base: str, xsrf: str) -> Values:
    """Return the button with which who leads the group signs out; *xsrf* shows that it stood on a page of ours."""
    return {"address": f"{base}{OUT}/{language}", "xsrf": xsrf, "label": words(language)("Sign out")}


def framed(title: str, place: str, language: str, base: str) -> Values:
    """Return what a page has that is at the same *place* in either language."""
    return {**frame(language, base), "title": title, "other_language": _other(language, place)}


def launch(case: Case, base: str, attempt: str, back: str) -> Values:
    """Return the page between a learning environment and a case: what the device must remember, and where to go on."""
    if case.scenario is None:
        raise ValueError(case.path.name)
    return {
        **frame(case.scenario.language, base),
        "title": case.scenario.title,
        "name": case.scenario.name,
        "address": address(case, base),
        "attempt": attempt,
        "back": back,
    }


def join(language: str, base: str, code: str) -> Values:
    """Return a phone's page in a workshop; an empty code gives the one on which it is typed."""
    values = frame(language, base)
    told = captions(language)
    page = {"base": base, "code": code, "language": language, "exit": values["words"]["exit"], "words": told}
    shown = {"title": told["title"], "told": told, "code": code, "spelled": room.spelled(code), "page": page}
    return {**values, **shown, "other": next(known for known in LANGUAGES if known != language)}


def screen(module: str, card: Card, scenario: Scenario, base: str, origin: str) -> Values:
    """Return the page of the projector or of the notes; *origin* is the server as phones in the room reach it."""
    values = frame(scenario.language, base)
    place = f"{base}{module}/{card.id}"
    page = {
        "base": base,
        "module": module,
        "id": card.id,
        "language": scenario.language,
        "door": door(card.code, f"{origin}{base}", card.language),
        "words": values["words"],
        "report": f"{place}/report",
        "out": f"{base}{OUT}/{scenario.language}",
    }
    return {**values, "title": scenario.title, "module": module, "page": page}


def sorry(language: str, base: str, title: str, remarks: tuple[str, ...] = ()) -> Values:
    """Return the page for a case that cannot be played: an apology, and the remarks for its author."""
    return {**frame(language, base), "title": title, "remarks": remarks}


def excuse(language: str, base: str, why: str = "") -> Values:
    """Return the page for what was asked for and cannot be given: an apology, and why, for who runs the server."""
    values = sorry(language, base, "", (why,) if why else ())
    told = {part: values["words"][f"excuse_{part}"] for part in ("title", "text", "author")}
    return {**values, "words": {**values["words"], **{f"sorry_{part}": text for part, text in told.items()}}}


def frame(language: str, base: str) -> Values:
    """Return what every page has: its language, its words and where everything else is."""
    return {"language": language, "words": vocabulary(language, os.environ.get("CASEWORK_EXIT", "")), "base": base}


def text(part: Paragraph) -> str:
    """Return a paragraph as plain text."""
    return " ".join(sentence.text for sentence in part)


def stem(case: Case) -> str:
    """Return the name that all editions of a case share: `leo` of `leo.en.ipynb`."""
    return case.path.name.split(".")[0]


def address(case: Case, base: str) -> str:
    """Return where a case is played."""
    return f"{base}case/{case.path.name.removesuffix('.ipynb')}"


def _evening(shelf: Shelf, card: Card, say: Words, base: str, at: str) -> Values:
    editions = [each.scenario for each in shelf.cases() if each.scenario and each.scenario.name == card.scenario]
    titles = {scenario.language: scenario.title for scenario in editions}
    begun, picked = datetime.fromisoformat(card.begun).astimezone(), f"?at={quote(at)}" if at else ""
    return {
        "title": titles.get(card.language, card.scenario),
        "language": card.language,
        "code": room.spelled(card.code),
        "begun": say("open since {day}, {time}", day=day(begun.date(), say.language), time=f"{begun:%H:%M}"),
        "stage": f"{base}stage/{card.id}{picked}",
        "notes": f"{base}notes/{card.id}{picked}",
    }


def _other(language: str, place: str) -> Values:
    other = next(known for known in LANGUAGES if known != language)
    return {"language": other, "address": f"{place}{other}"}


def _others(cell: Cell, player: str) -> Iterator[Output]:
    return (each for each in cell.outputs if each.bundle.get(WIDGET, {}).get("model_id", "-") != player)


def _roles(found: tuple[Dashboard, ...], language: str, base: str) -> list[Values]:
    say = words(language)
    grouped = ((role, [each for each in found if each.role is role]) for role in Role)
    return [
        {
            "title": say(ROLES[role]),
            "dashboards": [
                {"title": each.title, "text": each.text, "address": f"{base}dashboard/{each.name}/{language}"}
                for each in group
            ],
        }
        for role, group in grouped
        if group
    ]


def _leads(language: str, base: str, may: Collection[Role]) -> Values:
    # Whoever leads a group goes on to the status page; everybody else may say that they do.
    say = words(language)
    title, place = (TITLE, STATUS) if Role.FACILITATOR in may else (ROLES[Role.FACILITATOR], ENTER)
    return {"title": say(title), "address": f"{base}{place}/{language}"}


def _edition(editions: list[Case], language: str) -> Case:
    return next((case for case in editions if case.scenario and case.scenario.language == language), editions[0])


def _card(chosen: Case, editions: list[Case], base: str) -> Values:
    scenario = chosen.scenario
    if scenario is None:
        raise ValueError(chosen.path.name)
    pictures = library.pictures(chosen)
    first = next((scene.picture for scene in scenario.scenes if scene.picture and scene.picture.file in pictures), None)
    return {
        "name": scenario.name,
        "title": scenario.title,
        "teaser": _teaser(scenario),
        "role": scenario.role,
        "minutes": scenario.minutes,
        "language": scenario.language,
        "content": scenario.content,
        "address": address(chosen, base),
        "picture": {"src": pictures[first.file], "alt": first.alt} if first else None,
        "editions": [
            {"language": case.scenario.language, "address": address(case, base), "title": case.scenario.title}
            for case in editions
            if case.scenario
        ],
    }


def _teaser(scenario: Scenario) -> str:
    # The first paragraph says that the story is fiction, which the catalogue says of all; the second sets the scene.
    paragraphs = [*scenario.introduction[1:2], *scenario.introduction[:1]]
    sentences = [sentence.text for sentence in paragraphs[0]] if paragraphs else []
    return " ".join(sentences[:MOST_SENTENCES])
