"""Property tests: the same examples every time, unless a profile is named on the command line."""

from hypothesis import settings

settings.register_profile("fixed", derandomize=True, deadline=None, max_examples=50)
settings.register_profile("long", deadline=None, max_examples=1_000)

if settings.get_current_profile_name() in {"default", "ci"}:
    settings.load_profile("fixed")
