"""`casework new`: a small case that is finished and passes the check, to play first and then to change."""

import argparse
import re
import sys
from dataclasses import replace
from pathlib import Path
from unicodedata import combining, normalize

from casework import library, notebook, remarks
from casework.cli.paths import CLEAN, ERRORS, UNUSABLE
from casework.conformance.model import Protocol
from casework.errors import ProtocolInvalid
from casework.scenario.cells import Source
from casework.scenario.compiler import compile_scenario
from casework.scenario.diagnostics import Both
from casework.scenario.ends import mend_source

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
LONGEST = 60
EDITIONS = {"nl": Both("de Nederlandse", "the Dutch"), "en": Both("de Engelse", "the English")}
_NAME = re.compile(r"(?P<stem>.*?)(?:\.(?P<edition>nl|en))?(?:\.ipynb)?", re.IGNORECASE | re.DOTALL)
_PROTOCOL = re.compile(r"^(- \*\*Protocol:\*\* ).*$", re.MULTILINE)

UNNAMED = Both(
    "met '{name}' kan een bestand niet heten; gebruik letters of cijfers, zoals in: casework new sam",
    "a file cannot be called '{name}'; use letters or digits, as in: casework new sam",
)
OTHER_LANGUAGE = Both(
    "'{name}' is de naam van {edition} uitgave; typ er --lang {language} achter, of kies een naam zonder .{language}",
    "'{name}' is the name of {edition} edition; add --lang {language}, or choose a name without .{language}",
)
NO_FOLDER = Both(
    "de map {folder} is er niet; maak hem eerst, of kies een andere met --folder",
    "there is no folder {folder}; make it first, or choose another with --folder",
)
TAKEN = Both(
    "{file} bestaat al en blijft zoals het is; kies een andere naam",
    "{file} exists already and stays as it is; choose another name",
)
UNWRITABLE = Both(
    "{file} kan hier niet worden geschreven ({reason}); kies een andere map met --folder",
    "{file} cannot be written here ({reason}); choose another folder with --folder",
)
RENAMED = Both(
    "In een bestandsnaam staan hier alleen kleine letters, cijfers en streepjes. Daarom heet het {file}.",
    "Here a file name has only small letters, digits and hyphens. So it is called {file}.",
)
MADE = Both(
    "{file} is klaar: een kleine casus die u meteen kunt spelen. Verander daarna alles wat u wilt.",
    "{file} is ready: a small case that you can play at once. Then change whatever you like.",
)
MISSING = Both(
    "Let op: het protocol {protocol} kent deze activiteiten niet: {names}. Vervang ze in het notebook; "
    "tot die tijd kan niemand het spelen.",
    "Note: the protocol {protocol} does not know these activities: {names}. Replace them in the notebook; "
    "until then nobody can play it.",
)
ASKS_MORE = Both(
    "Het protocol {protocol} vraagt iets anders dan dit voorbeeld doet. Dit kunt u nog veranderen:",
    "The protocol {protocol} asks for something else than this example does. This you can still change:",
)
NEXT = Both(
    "Typ nu, een voor een:\n"
    "    casework check {path}\n        zegt wat er niet klopt, en wat wel zou kloppen\n"
    "    casework test {path}\n        speelt tot elke keuze een keer is gemaakt\n"
    "    casework serve --scenarios {folder}\n        opent het verhaal in uw browser",
    "Now type, one by one:\n"
    "    casework check {path} --lang en\n        says what is wrong, and what would be right\n"
    "    casework test {path} --lang en\n        plays until every choice was made once\n"
    "    casework serve --scenarios {folder} --lang en\n        opens the story in your browser",
)


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add this command to the command line."""
    parser = commands.add_parser("new", help="write a small case that is finished, to change into your own")
    parser.add_argument("name", metavar="NAME", help="of the file, such as sam; sam.en is its English edition")
    parser.add_argument(
        "--lang", choices=("nl", "en"), help="the language of the case; Dutch if nothing says otherwise"
    )
    parser.add_argument("--folder", type=Path, default=Path(), metavar="FOLDER", help="where to write it")
    parser.add_argument("--protocol", default="meldcode", metavar="ID", help="such as meldcode-jeugd")
    parser.set_defaults(run=new)


def new(options: argparse.Namespace) -> int:
    """Write a notebook with a finished case, and say what to type next. Nothing is ever overwritten."""
    edition = _parts(options.name)[1]
    language = options.lang or edition or "nl"
    refusal = _refusal(options.name, edition, language, options.folder)
    if refusal is not None:
        return _refuse(refusal, language)
    try:
        protocol = library.protocol(options.protocol, options.folder)
    except ProtocolInvalid as error:
        return _refuse(Both(error.in_("nl"), error.in_("en")), language)
    path = options.folder / file_name(options.name)
    failed = _write(path, template(path.name, language, protocol.id))
    if failed is not None:
        return _refuse(failed, language)
    return _tell(path, options.name, language, protocol)


def file_name(name: str) -> str:
    """Return what a file may be called on every computer; only `.ipynb` where nothing of the name can stay."""
    stem, edition = _parts(name)
    letters = "".join(letter for letter in normalize("NFKD", stem) if not combining(letter))
    mended = re.sub(r"[^a-z0-9]+", "-", letters.casefold()).strip("-")[:LONGEST].strip("-")
    return f"{mended}.{edition}.ipynb" if mended and edition else f"{mended}.ipynb"


def template(file: str, language: str, protocol: str) -> Source:
    """Return the case that comes with casework in this language, as a notebook of this name with this protocol."""
    found = notebook.read(TEMPLATES / f"new.{language}.ipynb").source
    if found is None:
        raise FileNotFoundError(TEMPLATES / f"new.{language}.ipynb")
    cover, *others = found.cells
    named = replace(cover, text=_PROTOCOL.sub(rf"\g<1>{protocol}", cover.text))
    return mend_source(Source(file, (named, *others)))


def _parts(name: str) -> tuple[str, str]:
    match = _NAME.fullmatch(name)
    return (match["stem"], (match["edition"] or "").lower()) if match else (name, "")


def _refusal(name: str, edition: str, language: str, folder: Path) -> Both | None:
    if file_name(name) == ".ipynb":
        return _filled(UNNAMED, name=name)
    if edition not in ("", language):
        named = EDITIONS[edition]
        dutch = OTHER_LANGUAGE.nl.format(name=name, edition=named.nl, language=edition)
        return Both(dutch, OTHER_LANGUAGE.en.format(name=name, edition=named.en, language=edition))
    return None if folder.is_dir() else _filled(NO_FOLDER, folder=folder)


def _refuse(why: Both, language: str) -> int:
    print(f"casework new: {why.in_(language)}", file=sys.stderr)
    return UNUSABLE


def _write(path: Path, source: Source) -> Both | None:
    """Write the notebook; return why it could not be written."""
    try:
        # Between a look whether the file is there and the writing, another program could put one.
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(notebook.dump(notebook.document(source)))
    except FileExistsError:
        return _filled(TAKEN, file=path.name)
    except OSError as error:
        return _filled(UNWRITABLE, file=path.name, reason=error.strerror or type(error).__name__)
    return None


def _tell(path: Path, name: str, language: str, protocol: Protocol) -> int:
    if path.name != f"{name.removesuffix('.ipynb')}.ipynb":
        print(RENAMED.in_(language).format(file=path.name))
    print(MADE.in_(language).format(file=path.name))
    missing = _missing(path, language, protocol)
    said = () if missing else library.open_case(path, language).diagnostics
    if missing:
        print(MISSING.in_(language).format(protocol=protocol.id, names=", ".join(missing)))
    elif said:
        print(ASKS_MORE.in_(language).format(protocol=protocol.id))
        print("\n".join(remarks.one(each, language) for each in said))
    print(NEXT.in_(language).format(path=_typed(path), folder=_typed(path.parent)))
    return ERRORS if missing else CLEAN


def _missing(path: Path, language: str, protocol: Protocol) -> tuple[str, ...]:
    """Return the activities of the case that this protocol does not know, as an author types them."""
    known = library.Protocols()
    scenario = compile_scenario(template(path.name, language, "meldcode"), known, language).scenario
    choices = scenario.choices if scenario else ()
    done = dict.fromkeys(activity for choice in choices for activity in choice.activities)
    names = (known["meldcode"].activity(activity).names.in_(language) for activity in done)
    return tuple(name for name in names if not protocol.has_activity(name))


def _filled(sentence: Both, **gaps: object) -> Both:
    return Both(sentence.nl.format(**gaps), sentence.en.format(**gaps))


def _typed(path: Path) -> str:
    return f'"{path}"' if " " in str(path) else str(path)
