"""Opens a target: the implementation of its kind, imported only when it is used."""

from __future__ import annotations

from site_builder.content.targets import (
    DirectoryTarget,
    GitTarget,
    RsyncTarget,
    S3Target,
    Target,
    ZipTarget,
)
from site_builder.publish.destination import Destination, Surroundings


def open_destination(target: Target, around: Surroundings) -> Destination:
    """The implementation of a target. Raises a `Fault` if nothing may be published there."""
    match target:
        case DirectoryTarget():
            from site_builder.publish.directory import Directory

            return Directory(target, around)
        case ZipTarget():
            from site_builder.publish.zip_file import ZipFile

            return ZipFile(target, around)
        case GitTarget():
            from site_builder.publish.git import Git

            return Git(target, around)
        case RsyncTarget():
            from site_builder.publish.rsync import Rsync

            return Rsync(target, around)
        case S3Target():
            from site_builder.publish.s3 import S3

            return S3(target, around)
