"""A small protocol to extend and to break, and a child for it."""

from casework.conformance import Protocol, parse

PARENT = """\
id = "house"
scope = { nl = "Voor het huis.", en = "For the house." }

[[activities]]
id = "talk"
step = 3
names = { nl = "gesprek", en = "talk" }
labels = { nl = "Een gesprek voeren", en = "Have a talk" }

[[activities]]
id = "decide"
kind = "finding"
names = { nl = "beslissen", en = "decide" }
labels = { nl = "Beslissen", en = "Decide" }

[[rules]]
id = "talk-first"
template = "precedence"
first = ["talk"]
then = ["decide"]
severity = "norm"
since = 2019-01-01
source = ["S6"]
title = { nl = "Praat eerst", en = "Talk first" }
why = { nl = "Omdat het helpt.", en = "Because it helps." }
questions = { nl = ["Wat?"], en = ["What?"] }

[[rules]]
id = "talked"
template = "existence"
any_of = ["talk"]
severity = "advice"
since = 2019-01-01
source = ["S6"]
why = { nl = "Omdat het moet.", en = "Because it must." }
questions = { nl = ["Hoe?"], en = ["How?"] }
"""
ROUTE = """
[[routes]]
id = "stay"
title = { nl = "Blijven", en = "Stay" }
when = { ages = ["18+"] }
to = { nl = "Blijf.", en = "Stay." }
ground = { nl = "Het is veilig.", en = "It is safe." }
source = ["S6"]
since = 2019-01-01
"""
AGE = """
[[consent]]
age = "18+"
sharing = { nl = "Zelf.", en = "Oneself." }
signature = { nl = "Zelf.", en = "Oneself." }
parents = { nl = "Niets.", en = "Nothing." }
source = ["S6"]
since = 2019-01-01
"""
WHOLE = PARENT + ROUTE + AGE
CHILD = """
id = "flat"
extends = "house"
scope = { nl = "Voor de flat.", en = "For the flat." }
"""
RULE = PARENT[PARENT.rindex("[[rules]]") :]


def extend(house: Protocol, text: str) -> Protocol:
    """Return the child of the small protocol with this text added."""
    return parse(CHILD + text, {"house": house})
