"""A widget's modules as one text, for hosts that load a widget's module from a text and not from an address.

JupyterLab does: there a module cannot import the one beside it. On casework's own page nothing is joined.
"""

import base64
import re
from functools import cache
from pathlib import Path

STATIC = Path(__file__).parent / "static"

_IMPORT = re.compile(r'^import (\{[^}]*\}|\w+) from "\./(\w+)\.js";\n', re.MULTILINE)
_ORDER = re.compile(r"^@layer [\w, ]+;\n", re.MULTILINE)
_LAYER = re.compile(r"^@layer \w+ \{", re.MULTILINE)
_FONT = re.compile(r'url\("(fonts/[\w.]+)"\)')
_EXPORT = re.compile(r"^export (?:const|function|class) (\w+)", re.MULTILINE)


@cache
def joined(name: str) -> str:
    """Return the module `name.js` and all that it imports as one module with the same default export.

    Each module keeps its names to itself: it becomes a function that is called once and returns what it exports.
    """
    needed = _order(name)
    return "\n".join([*(_wrapped(each) for each in needed), f"export default {name}_js;\n"])


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


def _order(name: str) -> tuple[str, ...]:
    before = (each for _, wanted in _IMPORT.findall(_text(name)) for each in _order(wanted))
    return tuple(dict.fromkeys([*before, name]))


def _wrapped(name: str) -> str:
    text = _text(name)
    exported = _EXPORT.findall(text)
    body = _IMPORT.sub(lambda found: f"const {found[1]} = {found[2]}_js;\n", text)
    body = re.sub(r"^export (?=const|function|class)", "", body, flags=re.MULTILINE)
    body = re.sub(r"^export default ", "return ", body, flags=re.MULTILINE)
    given = f"return {{ {', '.join(exported)} }};\n" if exported else ""
    return f"const {name}_js = (() => {{\n{body}{given}}})();"


def _text(name: str) -> str:
    return (STATIC / f"{name}.js").read_text(encoding="utf-8")
