"""Counting no references to what was there before a fork.

Python writes into each object how many use it, so a kernel that only reads what the template has loaded copies most of
its pages. Since Python 3.12 there is a count that is never written to, that of `None` (PEP 683): everything that is
there before the fork gets it here. Nothing of it is let go of after that, which a template does not do anyhow.
"""

import gc
import sys
import sysconfig
from collections.abc import Iterable
from ctypes import c_uint32
from types import CodeType

UNCOUNTED = 1 << 31  # the bit of a count by which Python knows not to write to it


def is_possible() -> bool:
    """Whether this Python has such a count, in the first four bytes of each object."""
    return (
        sys.implementation.name == "cpython"
        and sys.byteorder == "little"
        and not sysconfig.get_config_var("Py_GIL_DISABLED")
        and bool(_count(None).value & UNCOUNTED)
    )


def made() -> int:
    """Let nobody count references to anything that can be found now; return how many objects that were."""
    if not is_possible():
        return 0
    never, number = _count(None).value, 0
    found: Iterable[object] = gc.get_objects()
    while found:
        fresh = []
        for each in found:
            count = _count(each)
            if not count.value & UNCOUNTED:
                count.value = never
                fresh.append(each)
        number += len(fresh)
        found = [*gc.get_referents(*fresh), *_of_code(fresh)]
    return number


def _count(thing: object) -> c_uint32:
    return c_uint32.from_address(id(thing))


def _of_code(things: Iterable[object]) -> Iterable[object]:
    """Return what code holds, of which the collector knows nothing."""
    for each in things:
        if isinstance(each, CodeType):
            yield from (each.co_consts, each.co_names, each.co_varnames, each.co_linetable, each.co_exceptiontable)
            yield each.co_qualname
