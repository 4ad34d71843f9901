"""Composed analyses: questions that take more than one criterion's answer, a folder each."""
