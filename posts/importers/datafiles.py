"""Files of values that generators keep beside the texts: settings, lists of authors."""

import json
import tomllib
from pathlib import Path

from posts.importers import yaml
from posts.importers.reading import Refused, read_text


def read_values(path: Path):
    """What a YAML, TOML or JSON file holds; None where it cannot be read."""
    try:
        text, _remark = read_text(path)
        if path.suffix == ".toml":
            return tomllib.loads(text)
        return json.loads(text) if path.suffix == ".json" else yaml.load(text)
    except (Refused, ValueError, RecursionError):
        return None
