"""What is a judge worth? People's verdicts on some rows, a judge's on all.

`asked` reads what is asked, `judging` answers it from the cells of one scan, `agreeing` and
`biases` say how far people and judge agree and what sways the judge; `result` is what comes out.
"""
