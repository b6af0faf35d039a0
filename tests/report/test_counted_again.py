"""The report's figures, counted a second time from the files of two sites, without the builder's own reading of them."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from site_builder.cli import main

REPOSITORY = Path(__file__).parents[2]
KINDS = ("actors", "articles", "claims", "events", "issues", "sources", "terms", "updates")
_CITE = re.compile(r'@?(?P<source>[\w-]+)(?:\s+"(?P<words>[^"]*)")?(?:\s*,[^;]*)?(?:;|$)')
_IN_TEXT = re.compile(r'\[@((?:[^\]"]|"[^"]*")*)\]')


class Counted:
    """A site as its files say: records by kind and slug, each with its body."""

    def __init__(self, root: Path) -> None:
        self.records: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
        for kind, records in self.records.items():
            for file in sorted((root / "content").glob(f"{kind}/*")):
                records[file.stem] = _record(file)
            for file in (root / "content").glob(f"{kind}.yaml"):
                records.update(_yaml(file.read_text("utf-8")))
        self.names = {
            name: slug
            for slug, record in self.records["actors"].items()
            for name in (slug, record.get("name", ""), *_list(record.get("aliases")))
        }

    def actor(self, name: str) -> str:
        return self.names[name.rpartition("/")[2]]

    def positions(self) -> list[tuple[str, str, dict[str, Any]]]:
        """The issue, the actor and the fields of each position."""
        return [
            (issue, self.actor(name), row)
            for issue, record in self.records["issues"].items()
            for row in _list(record.get("positions"))
            for name in _list(row["actor"])
        ]

    def voices(self) -> dict[str, tuple[int, int, int, int]]:
        """By actor: positions, claims, objections, and words quoted."""
        rows: dict[str, list[int]] = {}
        for _, actor, row in self.positions():
            rows.setdefault(actor, [0] * 4)[0] += 1
            rows[actor][3] += _words_in(row)
        for claim in self.records["claims"].values():
            for name in _list(claim.get("made_by")):
                rows.setdefault(self.actor(name), [0] * 4)[1] += 1
                rows[self.actor(name)][3] += _words_in({"cite": claim.get("cite")})
            for row in _list(claim.get("contested_by")):
                fields = row if isinstance(row, dict) else {"actor": row}
                actor = self.actor(fields["actor"])
                rows.setdefault(actor, [0] * 4)[2] += 1
                rows[actor][3] += _words_in(fields)
        return {actor: (row[0], row[1], row[2], row[3]) for actor, row in rows.items()}

    def statements(self) -> list[dict[str, Any]]:
        """All that ought to cite something, but for silence."""
        silent = ("unstated",)
        rows = [row for _, _, row in self.positions()]
        rows += [old for row in rows for old in _list(row.get("earlier"))]
        rows = [row for row in rows if row["stance"] not in silent]
        for article in self.records["articles"].values():
            for row in _list(article.get("key_points")):
                rows.append(row if isinstance(row, dict) else {"text": row})
        for claim in self.records["claims"].values():
            rows.append({key: claim.get(key) for key in ("statement", "cite")})
            contests = (row for row in _list(claim.get("contested_by")) if isinstance(row, dict))
            rows += [row for row in contests if row.get("statement")]
        rows += [{"cite": event.get("cite")} for event in self.records["events"].values()]
        return rows


def _yaml(text: str) -> Any:
    # An unsure date in braces is no YAML, but is allowed here.
    text = re.sub(r"(\d{4}-\d\d-\d\d\?)", r'"\1"', text)
    return yaml.load(text, yaml.BaseLoader) or {}  # all values as texts


def _record(file: Path) -> dict[str, Any]:
    text = file.read_text("utf-8")
    if file.suffix != ".md":
        return dict(_yaml(text))
    _, head, body = text.split("---\n", 2)
    return {**_yaml(head), "body": body}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _cited(value: Any) -> list[tuple[str, str]]:
    """The citations in fields and prose: each with its words."""
    if isinstance(value, dict):
        inner = [row for key, part in value.items() if key != "cite" for row in _cited(part)]
        return [*inner, *(row for item in _list(value.get("cite")) for row in _in_cite(item))]
    if isinstance(value, list):
        return [row for part in value for row in _cited(part)]
    return [row for found in _IN_TEXT.finditer(str(value or "")) for row in _in_cite(found[1])]


def _in_cite(item: Any) -> list[tuple[str, str]]:
    if isinstance(item, dict):
        return [(item["source"], item.get("words") or "")]
    text = re.sub(r"\s+", " ", item).strip()
    return [(row["source"], row["words"] or "") for row in _CITE.finditer(text)]


def _words_in(fields: dict[str, Any]) -> int:
    quoted = {words for _, words in _cited(fields) if words}
    return sum(len(re.findall(r"\w+(?:['’.,-]\w+)*", words)) for words in quoted)


@pytest.mark.parametrize("site", [REPOSITORY, REPOSITORY / "tests" / "sites" / "quay-street"])
def test_the_figures_are_those_of_the_files(tmp_path: Path, site: Path) -> None:
    for folder in ("content", "seeds", "static"):
        if (site / folder).is_dir():
            shutil.copytree(site / folder, tmp_path / folder)
    told = CliRunner().invoke(main, ["-C", str(tmp_path), "report", "--format", "json"])
    report = json.loads(told.stdout)
    counted = Counted(tmp_path)
    voices = {
        row["slug"]: (row["positions"], row["claims"], row["contests"], row["words"])
        for row in report["balance"]["actors"]
    }
    assert voices == counted.voices()
    kinds = Counter(row.get("kind", "without a kind") for row in counted.records["actors"].values())
    assert report["speakers"]["by_kind"] == kinds
    statements = [_cited(row) for row in counted.statements()]
    assert {key: report["coverage"][key] for key in ("statements", "cited", "quoted")} == {
        "statements": len(statements),
        "cited": sum(bool(row) for row in statements),
        "quoted": sum(any(words for _, words in row) for row in statements),
    }
    positions = counted.positions()
    cells = {(issue, actor) for issue, actor, _ in positions}
    issues, actors = {issue for issue, _ in cells}, {actor for _, actor in cells}
    assert report["balance"]["cells"] == len(issues) * len(actors)
    assert report["balance"]["empty_cells"] == len(issues) * len(actors) - len(cells)
