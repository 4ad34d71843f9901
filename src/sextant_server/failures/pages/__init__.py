"""The pages of failure modes."""
