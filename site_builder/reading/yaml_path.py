"""Paths to values in YAML."""

from __future__ import annotations

YamlPath = tuple[str | int, ...]
"""The path of a value: keys and indexes from the top, as in `("positions", 2, "actor")`."""
