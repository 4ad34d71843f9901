"""The small portfolio around the two real products: bets that are believed more than measured.

The people, the company and their numbers are invented, and graded as what they are.
"""
