"""What our widgets share whose whole screen is one JSON value: it leaves in `view`, its words in `words`."""

from typing import Any

import anywidget
import traitlets

# On casework's own page the module and the sheets come from the browser's cache; the widget need not bring them.
LEAN_ESM, LEAN_CSS = "export default { render() {} };", ""


class Screen(anywidget.AnyWidget):
    """A screen that is drawn from `view`; what was pressed there arrives as a message."""

    view = traitlets.Dict().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)

    def tell(self, view: dict[str, Any]) -> None:
        """Send this view, also when it is the one that the page has.

        traitlets keeps silent when a value is equal; the page would wait for ever for the answer to its message.
        """
        if view == self.view:
            self.send_state("view")
        else:
            self.view = view
