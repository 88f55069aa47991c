"""The contract is what the models declare."""

from communique.contract import CONTRACT, contract, contract_text
from communique.schemas import table_schemas
from communique.tables import TABLES


def test_the_committed_contract_is_current() -> None:
    assert CONTRACT.read_text(encoding="utf-8") == contract_text(), "run `communique generate`"


def test_every_check_of_the_models_is_in_the_contract() -> None:
    for table, model in TABLES.items():
        declared = contract()[table]["columns"]
        for column, (name, pandera) in zip(declared, model.to_schema().columns.items(), strict=True):
            assert column["name"] == name
            bounds = {"pattern", "min_length", "max_length", "minimum", "maximum"} & set(column)
            named = {check.name for check in pandera.checks}
            assert bool(bounds) == bool(named - {"isin"}), name
            assert ("isin" in named) == ("vocabulary" in column), name


def test_the_schemas_list_the_tables_in_the_models_order() -> None:
    assert list(table_schemas()) == list(TABLES)
