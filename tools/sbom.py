"""Write the packages of .venv as a CycloneDX bill of materials, sbom.json or the file named: `make sbom`.

It lists every installed package with its version, its licence and the SHA-256 of the archive it was installed from.
Its scope is `required` if building a site needs it, `optional` if only an extra does, and `excluded` if only tests,
checks or building this package do. The same environment gives the same bytes. The programs that tests get from npm are
not in it: package-lock.json lists them.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from tools.inventory import PROJECT, Package, packages


def main(arguments: list[str]) -> int:
    """Write the bill; the exit code is 1 if a licence or a hash is not known."""
    found = packages()
    wanting = [
        f"{row.name}: its {what} is not known"
        for row in found
        for what, value in (("licence", row.licence), ("hash", row.sha256))
        if not value and (row.name, what) != (PROJECT, "hash")
    ]
    if wanting:
        print(*wanting, "'make clean' and 'make sbom' install all packages anew", sep="\n")
        return 1
    file = Path(arguments[0] if arguments else "sbom.json")
    file.write_text(document(found), encoding="utf-8")
    print(f"{file}: {len(found)} packages")
    return 0


def document(found: list[Package]) -> str:
    """The bill of materials, in CycloneDX 1.6 as JSON.

    Raises:
        ValueError: it does not follow CycloneDX's schema.
    """
    components = {row.name: _component(row) for row in found}
    bom = Bom(serial_number=None)
    bom.metadata.component = components[PROJECT]
    for row in found:
        if row.name != PROJECT:
            bom.components.add(components[row.name])
        bom.register_dependency(components[row.name], [components[name] for name in row.requires])
    text = _without_the_moment(JsonV1Dot6(bom).output_as_string(indent=1))
    wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if wrong is not None:
        raise ValueError(str(wrong))
    return text


def _component(row: Package) -> Component:
    url = PackageURL("pypi", None, row.name, row.version)
    return Component(
        name=row.name,
        version=row.version,
        type=ComponentType.APPLICATION if row.name == PROJECT else ComponentType.LIBRARY,
        bom_ref=url.to_string(),
        purl=url,
        description=row.summary,
        scope=ComponentScope(row.scope),
        licenses=[LicenseExpression(row.licence)],
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=row.sha256)] if row.sha256 else [],
    )


def _without_the_moment(text: str) -> str:
    """The library writes when it ran and a number of its own; without them, two runs are equal."""
    bill = json.loads(text)
    bill.pop("serialNumber", None)
    bill["metadata"].pop("timestamp", None)
    return json.dumps(bill, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
