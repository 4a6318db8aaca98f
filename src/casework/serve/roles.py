"""Who asks, and what they may: everybody plays; who leads a group shows the token once, and then has a cookie."""

import hmac
from collections.abc import Collection
from typing import Any

from jupyter_server.auth.authorizer import Authorizer
from jupyter_server.auth.identity import IdentityProvider, User
from tornado.web import RequestHandler

from casework.serve.dashboards import Role

OPEN = frozenset({Role.TRAINEE})
ALL = frozenset(Role)
KERNELS = "kernels"
# A browser that brings its tabs back after a restart keeps a cookie "of this session" for ever.
MOST_DAYS = 7


class Visitors(IdentityProvider):
    """Tells who leads a group from everybody else.

    Jupyter's own gives each visitor a name that a cookie keeps for thirty days; here nobody has one. A trainee gets no
    cookie but `_xsrf`, and the facilitator's holds one word, signed, until the browser is closed.
    """

    def get_user(self, handler: RequestHandler) -> User:
        """Return who asks: the facilitator if the cookie says so, a trainee otherwise; never nobody."""
        said = handler.get_signed_cookie(self.get_cookie_name(handler), max_age_days=MOST_DAYS)
        return User(Role.FACILITATOR if said == Role.FACILITATOR.encode() else Role.TRAINEE)

    def get_cookie_name(self, handler: RequestHandler) -> str:
        """Return the name of the cookie: the port is in it, because a browser sends it to every port of this host."""
        return "casework-" + "".join(one if one.isalnum() else "-" for one in handler.request.host)

    def let_in(self, handler: RequestHandler) -> None:
        """Give the cookie that says who leads the group; it ends with the browser."""
        # A proxy that adds HTTPS talks to us without it. Whoever makes this header up harms only themselves.
        request = handler.request
        is_secret_line = "https" in {request.protocol, request.headers.get("X-Forwarded-Proto", "")}
        handler.set_signed_cookie(
            self.get_cookie_name(handler),
            Role.FACILITATOR,
            expires_days=None,
            httponly=True,
            samesite="Lax",
            secure=is_secret_line,
            path=handler.settings["base_url"],
        )

    def let_out(self, handler: RequestHandler) -> None:
        """Take that cookie back."""
        handler.clear_cookie(self.get_cookie_name(handler), path=handler.settings["base_url"])

    def get_handlers(self) -> list[Any]:
        """Return no pages: Jupyter's page to log in would ask for a password that nobody has."""
        return []


class Rights(Authorizer):
    """What a visitor may open."""

    def is_authorized(self, handler: RequestHandler, user: User, action: str, resource: str) -> bool:  # noqa: ARG002
        """Return whether this visitor may open what is for this role, or reach a kernel.

        Whoever knows a kernel's id may talk to it and end it: an id is 122 random bits, stands only in the page that
        the kernel was started for, and the list of them is not served. A phone has nothing else to show.
        """
        return resource == KERNELS or resource in roles(user)


def roles(user: User) -> Collection[Role]:
    """Return for whom a page may be that this visitor opens."""
    return ALL if user.username == Role.FACILITATOR else OPEN


def is_same(token: str, said: str) -> bool:
    """Return whether someone said the token, in a time that does not tell how much of it was right."""
    return hmac.compare_digest(token.encode(), said.strip().encode())


def signing(token: str) -> bytes:
    """Return the secret that signs cookies: with the same token they outlive a restart, and hold on other replicas."""
    return hmac.digest(token.encode(), b"casework: who leads the group", "sha256")
