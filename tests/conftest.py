"""Settings of all tests."""

from hypothesis import settings

from tests.browser.waiting import HAS_TIME

# A suite that is run all day tries other examples each time; CASEWORK_SLOW=on tries many at once.
EXAMPLES = 250 if HAS_TIME else 50
# How long an example takes says how busy the machine is, and nothing about the code.
settings.register_profile("casework", deadline=None, max_examples=EXAMPLES)
settings.load_profile("casework")
