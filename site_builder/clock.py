"""The only question that a build asks the clock: today's date."""

from __future__ import annotations

import datetime
import os
import time

from site_builder.faults import Fault


def today() -> datetime.date:
    """The day of the build, which decides what is published: `SOURCE_DATE_EPOCH` if set, else today (UTC).

    See https://reproducible-builds.org/specs/source-date-epoch/ . Raises `Fault` if the variable is not a
    number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        moment = int(epoch) if epoch else time.time()
        return datetime.datetime.fromtimestamp(moment, datetime.UTC).date()
    except (ValueError, OverflowError, OSError):
        raise Fault(
            f"SOURCE_DATE_EPOCH is '{epoch}'; it must be a number of seconds since 1970"
        ) from None
