"""The command line: one module for each group of commands. Only this package prints or exits.

Exit codes: 0, done; 1, problems in the content or on this machine, all shown; 2, a mistake in the
command line; 3, a bug in site-builder. Each command imports what it needs when it runs, so that
`--help` and a build with nothing to do start fast.
"""

from __future__ import annotations

from site_builder.cli.building import build, check
from site_builder.cli.previewing import serve
from site_builder.cli.program import main, run
from site_builder.cli.publishing import publish
from site_builder.cli.renaming import remove, rename
from site_builder.cli.reporting import report
from site_builder.cli.sources import source
from site_builder.cli.starting import init, new, schema

__all__ = ["main", "run"]

for _command in (init, new, source, rename, remove, build, check, report, serve, publish, schema):
    main.add_command(_command)
