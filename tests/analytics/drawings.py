"""What a drawing shows, read back from its SVG: its bars with their lengths, and its texts."""

import re
from dataclasses import dataclass
from xml.etree import ElementTree as Xml

from casework.analytics.bars import Chart, Tone
from casework.analytics.charts import TONES, Size, specification
from casework.analytics.svg import svg

BAR = re.compile(r"M([\d.-]+),([\d.-]+)h([\d.]+)v([\d.]+)h-[\d.]+Z")
NAMESPACE = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Rectangle:
    """A bar as it is drawn, in pixels of the drawing."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Drawing:
    """An SVG that can be asked what is on it."""

    root: Xml.Element

    @property
    def size(self) -> tuple[float, float]:
        """Width and height."""
        width, height = self.root.attrib["viewBox"].split()[2:]
        return float(width), float(height)

    @property
    def texts(self) -> list[str]:
        """Every text, as a reader sees it."""
        return ["".join(one.itertext()) for one in self.root.iter(f"{NAMESPACE}text")]

    def bars(self, *tones: Tone) -> list[Rectangle]:
        """The bars of these tones, or all, in the order of the chart."""
        fills = {TONES[tone] for tone in tones or Tone}
        paths = (one for one in self.root.iter(f"{NAMESPACE}path") if one.get("fill") in fills)
        return [Rectangle(*map(float, found.groups())) for one in paths if (found := BAR.fullmatch(one.attrib["d"]))]


def drawn(chart: Chart, size: Size) -> Drawing:
    """Draw a chart and read it back."""
    return Drawing(Xml.fromstring(str(svg(specification(chart, size), chart.alt, size.name))))
