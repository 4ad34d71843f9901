"""Two versions on the same rows: the difference B - A of every kind of number, with its interval.

`shares` for shares of the same rows, `ratios` for numbers whose denominators differ, `ranking` for
AUC, `power` for what the data could have shown. Differences of means are `stats.mean` of the rows'
own differences.
"""
