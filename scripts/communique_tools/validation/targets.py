"""What is validated: the records of a checkout, a release, a folder of tables, or one file."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from communique.report import Finding
from communique.schemas import table_schema, table_schemas
from communique_tools.errors import CannotRun, UnreadableError
from communique_tools.explanations import FILE, Identity, identity, read_explanations, stale_finding, unanswered
from communique_tools.validation.places import Place, in_file, in_records, in_tables

UNREADABLE = "T001"
"""The code of a file of the truth that cannot be read."""


@dataclass(frozen=True)
class Located:
    """A finding and where it stands."""

    finding: Finding
    place: Place
    explanation: str | None = None
    """Why a warning stays."""

    @property
    def identity(self) -> tuple[str, str, str, str | None]:
        """What makes two findings the same in two states of a dataset, wherever they stand."""
        return self.finding.code, self.finding.table, self.finding.key, self.finding.column


def records_findings(dataset: Path) -> list[Located]:
    """What is wrong with the records and flat tables below a folder; needs no pandas.

    Files that cannot be read are told first, and alone: what they hold would be missed everywhere else.
    """
    from communique.check import check_rows
    from communique.derive import derive
    from communique_tools.truth import read_all

    truth = read_all(dataset)
    unreadable = list(truth.unreadable)
    explained: dict[Identity, tuple[int, str]] = {}
    try:
        explained = read_explanations(dataset)
    except UnreadableError as error:
        unreadable.append(error)
    if unreadable:
        return [
            Located(Finding(UNREADABLE, "-", error.path.stem, error.message), Place(str(error.path), error.line))
            for error in unreadable
        ]
    locate = in_records(dataset, truth.records)
    found = check_rows(derive(truth.rows)).findings
    idle = [] if any(one.severity == "error" for one in found) else unanswered(explained, found)  # errors hide warnings
    return [
        *(Located(one, locate(one), explained.get(identity(one), (0, None))[1]) for one in found),
        *(Located(stale_finding(one), Place(str(dataset / FILE), explained[one][0])) for one in idle),
    ]


def tables_findings(folder: Path) -> list[Located]:
    """What is wrong with a release, or with a folder of Parquet files.

    Raises:
        CannotRun: when it holds no tables, or a file is damaged, forged or of another schema.
    """
    from communique.check import check
    from communique.loading import load

    try:
        dataset = load(folder)
    except (FileNotFoundError, ValueError) as error:
        raise CannotRun(str(error)) from error
    locate = in_tables(folder)
    return [Located(finding, locate(finding)) for finding in check(dataset).findings]


def file_findings(path: Path, table: str) -> list[Located]:
    """What is wrong with one Parquet or CSV file, held against the Pandera model of its table.

    Raises:
        CannotRun: when there is no such table or file, or it cannot be read.
    """
    from communique.check import check_table
    from communique.columns import nearest

    if table not in table_schemas():
        raise CannotRun(f"--table {table}: no such table{nearest(table, table_schemas())}")
    if not path.is_file():
        raise CannotRun(f"{path}: no such file; --table goes with one Parquet or CSV file")
    from communique_tools.validation.frames import read_csv, read_parquet

    if path.suffix == ".parquet":
        frame, found = read_parquet(path, table_schema(table))
    else:
        frame, found = read_csv(path, table_schema(table)), []
    locate = in_file(path)
    return [Located(finding, locate(finding)) for finding in found or check_table(table, frame)]


def findings(path: Path, table: str | None = None) -> list[Located]:
    """What is wrong with whatever a path holds.

    Raises:
        CannotRun: when it holds nothing that can be validated.
    """
    if table is not None:
        return file_findings(path, table)
    if not path.is_dir():
        raise CannotRun(f"{path}: no such folder; one file needs --table to say which table it holds")
    if (path / "records").is_dir():
        return records_findings(path)
    return tables_findings(path)


def only_new(found: Iterable[Located], before: Iterable[Located]) -> list[Located]:
    """The findings that were not there before."""
    known = {located.identity for located in before}
    return [located for located in found if located.identity not in known]
