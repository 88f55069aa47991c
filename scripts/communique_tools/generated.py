"""The committed files that are generated from the models and vocabularies, and the text that each must have."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from communique.schemas import table_schemas


def _contract(_: Path) -> str:
    from communique.contract import contract_text

    return contract_text()


def _record_schema(_: Path) -> str:
    from communique_tools.record_schema import record_json_schema

    return json.dumps(record_json_schema(), ensure_ascii=False, indent=2) + "\n"


def _report_schema(_: Path) -> str:
    from communique_tools.validation.rendering import JSON_SCHEMA

    return json.dumps(JSON_SCHEMA, ensure_ascii=False, indent=2) + "\n"


def _examples(root: Path) -> str:
    from communique_tools.rule_examples import examples_text

    return examples_text(root)


GENERATED: dict[str, Callable[[Path], str]] = {
    "schema/communique/contract.json": _contract,
    "dataset/record.schema.json": _record_schema,
    "dataset/report.schema.json": _report_schema,
    "schema/communique/rules/examples.json": _examples,
}
"""Each file, from the root of the checkout, with the function that makes its text from that root.

The contract comes first: the others read it.
"""


def outdated(root: Path) -> Iterator[tuple[Path, str]]:
    """Each file whose committed text is not the one that it must have, with that text.

    A caller who writes it before asking for the next gets what follows from the new text.
    """
    for name, text_of in GENERATED.items():
        path = root / name
        table_schemas.cache_clear()
        text = text_of(root)
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            yield path, text
