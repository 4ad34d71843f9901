"""How are we doing without labels: what they would show, where it can be said, and who has one.

`asked` says what is asked, `learning` what a labelled reference teaches about scores, `measures`
which numbers can be expected from that, `judging` what they say of the criteria, `counting` scans,
`estimating` puts it together; `result` is what comes out.
"""
