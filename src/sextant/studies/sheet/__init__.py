"""The data sheet: what is known of a table, who uses which field, and what nobody has said.

`declared` reads what only people know, `making` puts it beside what was measured and agreed.
"""
