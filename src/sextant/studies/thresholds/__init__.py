"""Where do we cut? Every threshold of a score weighed by what its errors cost.

`asked` reads what is asked, `cuts` holds the rows by score, `curve` measures every cut, `limits`
says which keep what is asked, `best` which may be the cheapest, `groups` what a threshold per group
would change, `fallback` what to leave to people; `exploring` puts them together, `result` is what
comes out.
"""
