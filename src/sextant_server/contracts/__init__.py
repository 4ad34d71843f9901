"""Contracts: drafts, signatures, locks."""
