"""A cmi5 package: tells a learning environment which cases a server has, where to launch them and what comes back.

The cases stay on the server; the package holds their names and addresses (github.com/AICC/CMI-5_Spec_Current, sections
13 and 14). A case is done when it was played to an end and its look back shown: `Completed`. There is no score to pass.
"""

import io
import zipfile
from collections.abc import Sequence
from urllib.parse import quote
from xml.etree import ElementTree

from casework.export.statements import SIMULATION
from casework.library import Case
from casework.scenario.model import Paragraph, Scenario
from casework.words import LANGUAGES, mark, words

NAMESPACE = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"
FILE = "cmi5.xml"
MOVE_ON = "Completed"
# Our pages cannot be framed by a stranger, and the quick way out has to take the whole window along.
LAUNCH = "OwnWindow"
# A zip file holds a time for each file. Always the same one: two packages of the same cases are the same bytes.
LONG_AGO = (1980, 1, 1, 0, 0, 0)
TITLE = mark("Cases about human trafficking")
DESCRIPTION = mark("Interactive cases for care professionals. The stories are fiction. There is no mark.")


def structure(cases: Sequence[Case], home: str) -> bytes:
    """Return the course structure of these cases, served at `home`; cases that cannot be played are left out."""
    ElementTree.register_namespace("", NAMESPACE)
    root = ElementTree.Element(_name("courseStructure"))
    playable = [(case, case.scenario) for case in cases if case.scenario is not None]
    names = "+".join(stem(case) for case, _ in playable)
    course = ElementTree.SubElement(root, _name("course"), {"id": f"{home}cmi5/course/{quote(names)}"})
    _text(course, "title", {language: words(language)(TITLE) for language in LANGUAGES})
    _text(course, "description", {language: words(language)(DESCRIPTION) for language in LANGUAGES})
    for case, scenario in playable:
        _unit(root, case, scenario, home)
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def package(found: bytes) -> bytes:
    """Return a course structure as the zip file that every learning environment takes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr(zipfile.ZipInfo(FILE, LONG_AGO), found)
    return file.getvalue()


def stem(case: Case) -> str:
    """Return the name under which a case is served: `leo.en` of `leo.en.ipynb`."""
    return case.path.name.removesuffix(".ipynb")


def _unit(root: ElementTree.Element, case: Case, scenario: Scenario, home: str) -> None:
    given = {"moveOn": MOVE_ON, "launchMethod": LAUNCH, "activityType": SIMULATION}
    # The learning environment makes an id of its own for what it launches; this one is the publisher's.
    unit = ElementTree.SubElement(root, _name("au"), {"id": f"{home}cmi5/au/{quote(stem(case))}", **given})
    _text(unit, "title", {scenario.language: scenario.title})
    _text(unit, "description", {scenario.language: "\n".join(_plain(part) for part in scenario.introduction)})
    ElementTree.SubElement(unit, _name("url")).text = f"{home}cmi5/{quote(stem(case))}"


def _text(parent: ElementTree.Element, name: str, editions: dict[str, str]) -> None:
    element = ElementTree.SubElement(parent, _name(name))
    for language, text in editions.items():
        ElementTree.SubElement(element, _name("langstring"), {"lang": language}).text = text


def _name(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _plain(part: Paragraph) -> str:
    return " ".join(sentence.text for sentence in part)
