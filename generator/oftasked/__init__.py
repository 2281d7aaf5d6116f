"""Oftasked: FAQ entries written in YAML become a static, searchable, ranked help site."""

__version__ = "0.1.0"
