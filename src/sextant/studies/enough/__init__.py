"""Are there rows enough to decide a contract, before anything is built?

`expected` reads what is expected of a model, `supposing` counts the rows and lets such a model
answer them, `judging` says of every criterion and segment whether that would decide it.
"""
