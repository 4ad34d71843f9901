"""A judge behind an OpenAI-compatible endpoint: rubric, questions, client, journal, run.

`rubric` is what is asked, `asking` makes the messages of a row, `client` sends them, `answers`
reads strictly what comes back, `journal` keeps it, `running` does all of it within a budget.
"""
