"""Cleaning as a recipe: text that people edit, applied in one place, with what each step did.

`recipe` reads and digests it, `suggesting` drafts it from a profile, `result` is what was done.
"""
