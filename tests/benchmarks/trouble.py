"""The one thing that goes wrong in a benchmark: something did not answer in time."""


class Trouble(Exception):
    """A measurement that could not be made; `said` is what the server said last."""

    def __init__(self, what: str, said: str = "") -> None:
        self.what = what
        self.said = said
        super().__init__(f"{what}; the server says:\n{said}" if said else what)
