"""Is it feasible at all? What a labelled table promises, before anything is built.

`asked` is the question; `reading` makes rows of a table and sets leaks aside; `folds` parts them;
`rules` and `onecolumn` are what no model is needed for; `measures` says how good an answer is;
`curve` what more labels are worth; `noise` how many labels look wrong; `result` what comes out.
"""
