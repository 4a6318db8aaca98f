"""The door for who leads the group: the link with the token, and a page to type it where the link is not at hand."""

import math
import re
from typing import Any

from voila.handler import BaseVoilaHandler

from casework.serve.handlers import PageMixin
from casework.serve.roles import is_same
from casework.serve.tries import Tries
from casework.words import LANGUAGES, words

# Where one may go from here: pages of ours, and no address of a stranger's.
PLACE = re.compile(r"(?:[a-z]+(?:/[a-zA-Z0-9._-]+){0,3})?")


class DoorHandler(PageMixin, BaseVoilaHandler):
    """What going in and going out share: a form of ours."""

    def check_origin(self, _origin: str = "") -> bool:
        """Let a form of ours pass: our pages send no referrer, so the browser calls their origin `null`."""
        return self.request.headers.get("Origin") == "null" or bool(super().check_origin())


class OutHandler(DoorHandler):
    """Takes the cookie of who leads the group back: a laptop that is lent stays behind with nothing open."""

    def initialize(self, language: str, **kwargs: Any) -> None:
        """Keep the language of the house."""
        super().initialize(**kwargs)
        self.language = language

    def post(self, language: str | None = None) -> None:
        """Sign out, and go to the start page as everybody sees it."""
        self.identity_provider.let_out(self)
        self.redirect(f"{self.base_url}{language or self.language}", status=303)


class EnterHandler(DoorHandler):
    """Takes the token, gives a cookie for it, and goes on to an address without it.

    A token in the address would stay in the history, and stand on the wall when the browser is projected.
    """

    def initialize(self, language: str, token: str, tries: Tries, **kwargs: Any) -> None:
        """Keep the language of the house, the token, and who was wrong before."""
        super().initialize(**kwargs)
        self.language, self.token_of_house, self.tries = language, token, tries

    def get(self, language: str | None = None) -> None:
        """Answer the link with the token; without a token, show the page to type it."""
        self.language = language if language in LANGUAGES else self.language
        said = self.get_query_argument("token", "")
        if said:
            self._take(said, "")
        else:
            self.ask_token("")

    def post(self, language: str | None = None) -> None:
        """Answer the page on which the token was typed."""
        self.language = language if language in LANGUAGES else self.language
        to = self.get_body_argument("to", "")
        self._take(self.get_body_argument("token", ""), to if PLACE.fullmatch(to) else "")

    def _take(self, said: str, to: str) -> None:
        address = str(self.request.remote_ip)
        say = words(self.language)
        wait = math.ceil(self.tries.wait(address))
        if wait:
            # Not even a right token is looked at: otherwise guessing would go on while the wrong ones wait.
            self.set_header("Retry-After", str(wait))
            trouble = say.plural("Too many tries. Wait {count} second.", "Too many tries. Wait {count} seconds.", wait)
            self.ask_token(to, trouble, 429)
        elif is_same(self.token_of_house, said):
            self.tries.passed(address)
            self.identity_provider.let_in(self)
            self.redirect(f"{self.base_url}{to}", status=303)
        else:
            self.tries.failed(address)
            trouble = say("That is not the token. Who started casework has it.")
            self.ask_token(to, trouble, 403)
