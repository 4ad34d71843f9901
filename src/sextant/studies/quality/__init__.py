"""What a table holds, what is suspicious in it, which rules it keeps.

`columns` reads what was counted, `predicting` searches columns that give the label away, `personal`
looks for personal data, `rules` reads and checks what people demand, `suggesting` drafts it;
`profiling` puts them together and `result` is what comes out.
"""
