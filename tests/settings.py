"""Hygie's own settings, on data folders of the tests' own; nothing else differs from what users run."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="hygie-tests-"))  # conftest.py removes it
os.environ["HYGIE_DATA_DIR"] = str(FOLDER)  # before the settings are read: they look there

from hygie.server.settings import *  # noqa: E402, F403
from hygie.server.settings import DATABASES  # noqa: E402

# A file, not memory: the same locks and the same journal as in real life.
DATABASES["default"]["TEST"] = {} if "HYGIE_DATABASE_URL" in os.environ else {"NAME": FOLDER / "tests.sqlite3"}
DATABASES["default"]["CONN_MAX_AGE"] = 0  # a kept connection would prevent the test database from being dropped
