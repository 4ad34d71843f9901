"""How sure is "calibrated"? Reliability with joint bands, and what recalibration gains.

`asked` reads what is asked, `curves` judges the bins of scores, `mapping` and `fitting` make new
scores of old ones, `gains` measures them on rows that they were not fitted on, `calibrating` puts
them together; `result` is what comes out.
"""
