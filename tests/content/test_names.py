"""Which files stay at home, by their names."""

from __future__ import annotations

import pytest

from site_builder.build import Options, build
from site_builder.reading.names import is_ignored, is_leftover
from tests.conftest import MakeSite

LEFTOVERS = """
    tea.md~ tea.md.~1~ ~ ~$tea.docx ~WRL0001.tmp ~syncthing~tea.md.tmp #tea.md# .#tea.md .tea.md.swp .tea.md.swo
    .tea.md.swn .tea.md.svz .tea.md.saa tea.md.swp tea.md.swo tea.md.swx _tea.swp 4913 .tea.md.un~ .netrwhist~
    tea.md.kate-swp .tea.md.kate-swp tea.md___jb_tmp___ tea.md___jb_old___ tea.md___jb_bak___ tea.pdf.part
    tea.pdf.partial tea.pdf.crdownload tea.pdf.opdownload tea.pdf.aria2 tea.md.tmp tea.md.tmp.4711.99 tea.md.bak
    tea.md.bck tea.md.orig tea.md.rej tea.md.sb-1a2b3c4d-AbC123 .~lock.tea.odt# ._tea.md .goutputstream-AB12CD
    .nfs000000000123 .fuse_hidden0001 .syncthing.tea.md.tmp .Trash-1000 .Trashes .git .gitignore .gitkeep .DS_Store
    .ds_store Thumbs.db thumbs.db desktop.ini Desktop.ini __pycache__ __MACOSX @eaDir .idea .vscode .hg .svn .keep
    site.sublime-workspace .site-builder .site-builder-0123456789abcdef.tmp
""".split()
NONE = """
    tea.md a~b.txt ~tea.md #1.png tea#2.md 4913.txt 49130 party.part.pdf part sweep.swf cat.swa tea.swamp x.sys.txt
    template tmp bak.md origin.md rejected.txt a___jb_tmp___.md tmp.4.txt tea.tmp.x notes.sb-1.txt
    thumbs.dba desktop.ini.txt cover.crdownload.png .htaccess .well-known .env
""".split()


@pytest.mark.parametrize("name", LEFTOVERS)
def test_leftovers(name: str) -> None:
    assert is_leftover(name)
    assert is_ignored(name)


@pytest.mark.parametrize("name", NONE)
def test_names_that_only_look_like_leftovers(name: str) -> None:
    assert not is_leftover(name)
    assert is_ignored(name) == name.startswith(".")


def test_hidden_files_stay_at_home_but_for_those_that_servers_read(make_site: MakeSite) -> None:
    hidden = (
        ".env", ".well-known/.env", ".config/keys", "a/.htpasswd", ".htaccess.txt", ".nojekyll.md",
        "a/.secret/.well-known/x", "b/.domains/x", ".#x", ".x.swp",
    )  # fmt: skip
    public = (
        ".well-known/security.txt",
        ".htaccess",
        "a/.htaccess",
        ".domains",
        "a/env",
        "a.b/.nojekyll",
    )
    root = make_site(
        {
            "content/site.yaml": "title: Tea\n",
            "content/terms.yaml": "tea:\n  definition: A drink.\n",
        }
        | {f"static/{name}": "x" for name in (*hidden, *public)}
    )

    result = build(Options(root))

    assert result.changes is not None
    assert {name for name in (*hidden, *public) if (root / "output" / name).exists()} == {*public}
    assert [row.location.path for row in result.diagnostics if row.code == "hidden-file"] == [
        "static/.config", "static/.env", "static/.htaccess.txt", "static/.nojekyll.md",
        "static/.well-known/.env", "static/a/.htpasswd", "static/a/.secret", "static/b/.domains",
    ]  # fmt: skip


@pytest.mark.parametrize("folder", ["content", "seeds", "static", "templates", "fonts"])
def test_no_folder_of_a_site_leads_out_of_it(make_site: MakeSite, folder: str) -> None:
    files = {
        "content/site.yaml": "title: Tea\n",
        "content/terms.yaml": "tea:\n  definition: A drink.\n",
        "seeds/letter.txt": "Secret words.",
        "static/letter.txt": "Secret words.",
        "templates/base.html": "{{ secret words",
        "fonts/face.ttf": "",
    }
    root = make_site(
        {name: text for name, text in files.items() if name.startswith((folder, "content/"))}
    )
    outside = (root / folder).rename(root.parent / "outside")
    (root / folder).symlink_to(outside)

    result = build(Options(root))

    assert [(row.code, row.location.path, row.message) for row in result.diagnostics] == [
        ("outside-site", folder, f"this symbolic link leads outside the site, to {outside}")
    ]
    assert not (root / "output").exists()

    outside.rename(root / "within")
    (root / folder).unlink()
    (root / folder).symlink_to("within")

    assert [row.code for row in build(Options(root)).diagnostics] == (
        ["template-syntax"] if folder == "templates" else []
    )
