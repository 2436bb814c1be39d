"""Reads YAML."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import yaml


@lru_cache(maxsize=256)
def read_yaml_text(text: str) -> Any:  # noqa: ANN401
    """Read a YAML text, each once: what comes out is shared, so nobody may change it.

    Raises:
        yaml.YAMLError: It is no YAML.
    """
    # The loader in C is ten times as fast on the large source files.
    return yaml.load(text, Loader=yaml.CSafeLoader)
