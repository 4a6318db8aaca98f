"""Modules that belong together as one text.

JupyterLab loads a widget's module from a text and not from an address: there a module cannot import the one beside it.
On casework's own pages they could; but each module there is a request, and what it imports is known only once it came.
"""

import base64
import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

STATIC = Path(__file__).parent / "static"

_IMPORT = re.compile(r'^import (\{[^}]*\}|\w+) from "\./(\w+)\.js";\n', re.MULTILINE)
_ORDER = re.compile(r"^@layer [\w, ]+;\n", re.MULTILINE)
_LAYER = re.compile(r"^@layer \w+ \{", re.MULTILINE)
_FONT = re.compile(r'url\("(fonts/[\w.]+)"\)')
_EXPORT = re.compile(r"^export (?:const|function|class) (\w+)", re.MULTILINE)
_LATER = re.compile(r'import\("\./(\w+\.js)"\)')


@cache
def joined(name: str) -> str:
    """Return the module `name.js` and all that it imports as one module with the same default export.

    Each module keeps its names to itself: it becomes a function that is called once and returns what it exports.
    """
    folders = (STATIC,)
    needed = _order(name, folders)
    return "\n".join([*(_wrapped(each, folders) for each in needed), f"export default {name}_js;\n"])


def bundled(name: str, folders: Sequence[Path], address: Callable[[str], str]) -> str:
    """Return the module `name.js` of one of these folders, with all that it imports before it.

    What it imports only later, where it is needed, stays apart: *address* says where `player.js` is to be found.
    """
    *needed, own = _order(name, folders)
    # A page's own module may wait for something before it goes on, which only the outermost may.
    text = "\n".join([*(_wrapped(each, folders) for each in needed), _bound(own, folders)])
    return _LATER.sub(lambda found: f'import("./{address(found[1])}")', text)


@cache
def sheets(*names: str) -> str:
    """Return these sheets as one text that needs nothing beside it: the font they name is in it.

    A notebook's own rules stand in no layer, and would win from all that do: here the layers are opened.
    """
    text = "\n".join((STATIC / f"{name}.css").read_text(encoding="utf-8") for name in names)
    text = _LAYER.sub("@media all {", _ORDER.sub("", text))
    return _FONT.sub(lambda found: f'url("data:font/woff2;base64,{_encoded(found[1])}")', text)


def _encoded(file: str) -> str:
    return base64.b64encode((STATIC / file).read_bytes()).decode("ascii")


def _order(name: str, folders: Sequence[Path]) -> tuple[str, ...]:
    before = (each for _, wanted in _IMPORT.findall(_text(name, folders)) for each in _order(wanted, folders))
    return tuple(dict.fromkeys([*before, name]))


def _wrapped(name: str, folders: Sequence[Path]) -> str:
    exported = _EXPORT.findall(_text(name, folders))
    body = re.sub(r"^export (?=const|function|class)", "", _bound(name, folders), flags=re.MULTILINE)
    body = re.sub(r"^export default ", "return ", body, flags=re.MULTILINE)
    given = f"return {{ {', '.join(exported)} }};\n" if exported else ""
    return f"const {name}_js = (() => {{\n{body}{given}}})();"


def _bound(name: str, folders: Sequence[Path]) -> str:
    return _IMPORT.sub(lambda found: f"const {found[1]} = {found[2]}_js;\n", _text(name, folders))


def _text(name: str, folders: Sequence[Path]) -> str:
    return next(path for folder in folders if (path := folder / f"{name}.js").is_file()).read_text(encoding="utf-8")
