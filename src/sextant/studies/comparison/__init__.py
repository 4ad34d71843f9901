"""Is B better than A? Two versions of a model judged on the same rows.

`asked` reads what is asked, `questions` puts it to the cells of a scan, `changes` says for whom
what changes, `comparing` puts them together; `result` is what comes out.
"""
