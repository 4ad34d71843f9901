"""What changed between a reference and the rows that came since?"""
