"""Give templates the names and positions by slug, gathered once."""

from pathlib import PurePosixPath


def on_env(env, config, files):  # noqa: ARG001 - MkDocs passes the arguments by these names
    """MkDocs calls this when all pages are read and none is rendered."""
    pages = [file.page for file in files.documentation_pages()]
    issues = [page for page in pages if page.file.src_uri.startswith("issues/")]
    actors = [page for page in pages if page.file.src_uri.startswith("actors/")]
    positions = {}
    for issue in issues:
        for position in issue.meta["positions"]:
            positions.setdefault(position["actor"], []).append({**position, "issue": issue})
    env.globals["issues"] = issues
    env.globals["actors"] = actors
    env.globals["actor_by_slug"] = {slug(page): page for page in actors}
    env.globals["positions_of"] = positions
    env.globals["slug"] = slug
    return env


def slug(page):
    """The name of the page's file."""
    return PurePosixPath(page.file.src_uri).stem
