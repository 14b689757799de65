"""The player's modules that need no browser, run by Node."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from dance_core.pages import player

SOURCES = Path(player.__file__).parent / "src"


def run_js(imports: dict[str, str], body: str, **given: Any) -> Any:
    """What `body`, the inside of a function, returns. Skips where there is no Node.

    imports: names that it may use (as in `import { … }`), and the file in src/ that exports them.
    given: plain JSON, as the object `given`.
    """
    node = shutil.which("node")
    if node is None:
        pytest.skip("there is no Node (apt-get install nodejs)")
    lines = [f"import {{ {names} }} from {json.dumps((SOURCES / file).as_uri())};\n"
             for names, file in imports.items()]
    script = ("".join(lines) + f"const given = {json.dumps(given)};\n"
              f"const answer = (() => {{ {body} }})();\n"
              "console.log(JSON.stringify(answer ?? null));")
    done = subprocess.run([node, "--input-type=module", "-e", script], capture_output=True, text=True,
                          timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
