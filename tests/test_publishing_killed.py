"""However often a build is killed, visitors have a whole site: the old one or the new one."""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from oftasked import publishing
from oftasked.integrity import differences

KILLS = 50
FILES = 40
PUBLISH_FOR_EVER = f"""
import sys
from pathlib import Path
from oftasked import publishing
target, number = Path(sys.argv[1]), 0
while True:
    number += 1
    with publishing.staging_folder(target) as staging:
        for file in range({FILES}):
            (staging / f"{{file}}.html").write_text(f"{{sys.argv[2]}} {{number}} {{file}}")
        publishing.write_manifest(staging)
        publishing.publish(staging, target)
    print(number, flush=True)
"""


def seen(site: Path) -> bool:
    """Read the manifest and two pages as one visitor would; tell whether there was a site."""
    try:
        folder = os.open(site, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        return False
    try:
        texts = {name: read(folder, name) for name in (publishing.MANIFEST, "0.html", "39.html")}
    except FileNotFoundError:
        return False  # it was exchanged meanwhile, and is being cleared away
    finally:
        os.close(folder)
    listed = json.loads(texts.pop(publishing.MANIFEST))["files"]
    for name, text in texts.items():
        assert hashlib.sha256(text).hexdigest() == listed[name]
    return True


def read(folder: int, name: str) -> bytes:
    with open(os.open(name, os.O_RDONLY, dir_fd=folder), "rb") as file:  # noqa: PTH123 - pathlib knows no dir_fd
        return file.read()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="exchanges folders in one step")
def test_a_site_is_whole_after_fifty_kills_and_at_every_look(tmp_path: Path) -> None:
    if not publishing.can_exchange(tmp_path):
        pytest.skip("folders cannot be exchanged here")
    site, chance, looks = tmp_path / "site", random.Random(50), 0  # noqa: S311 - the same kills in every run
    for kill in range(KILLS):
        command = [sys.executable, "-c", PUBLISH_FOR_EVER, str(site), str(kill)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as running:
            assert running.stdout is not None
            assert running.stdout.readline()  # it has published once
            end = time.monotonic() + chance.uniform(0, 0.03)
            while time.monotonic() < end:
                looks += seen(site)
            running.kill()
        assert differences(site, shown_as="site") == ()
        looks += seen(site)
    assert looks >= KILLS
    with publishing.staging_folder(site):
        assert len(list(tmp_path.iterdir())) == 2, "what the killed ones left is cleared away"
