"""Do the rows stand for the people they are meant for?

`declared` reads whom a table is to stand for, `judging` holds its rows against that, `result` is
what comes out.
"""
