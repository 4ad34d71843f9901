"""Roles, skills, life cycles and the glossary."""
