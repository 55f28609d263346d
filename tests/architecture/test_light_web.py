"""A web process loads neither NumPy nor HiGHS, although it has read the code of every page."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("numpy", "highspy", "scipy")
READ_ALL = """
import sys
import django
django.setup()
import lantoa.project.asgi
from django.urls import get_resolver

def walk(at):
    for each in at.url_patterns:
        walk(each) if hasattr(each, "url_patterns") else each.callback

walk(get_resolver())
print(",".join(name for name in %r if name in sys.modules), len(sys.modules))
"""


def test_pages_load_no_statistics(tmp_path: Path) -> None:
    env = {
        **os.environ,
        "LANTOA_DATA": str(tmp_path),
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "lantoa.project.settings",
    }
    command = [sys.executable, "-c", READ_ALL % (HEAVY,)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    heavy, number = done.stdout.rsplit(" ", 1)
    assert heavy == ""
    assert int(number) > 500  # the pages were really read
