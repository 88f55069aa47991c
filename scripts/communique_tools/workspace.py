"""Where a command works: the checkout's ``dataset/`` folder, and how to read it or say why not."""

from pathlib import Path
from typing import TYPE_CHECKING

from communique_tools.errors import CannotRun

if TYPE_CHECKING:
    from communique.dataset import Dataset
    from communique_tools.records import Record, Rows


def dataset_folder() -> Path:
    """The ``dataset`` folder of this checkout, or of the one above the current folder.

    Raises:
        CannotRun: when there is none.
    """
    for folder in (Path.cwd(), *Path.cwd().parents):
        if (folder / "dataset" / "records").is_dir():
            return (folder / "dataset").relative_to(Path.cwd()) if folder == Path.cwd() else folder / "dataset"
    raise CannotRun("no dataset/records here or above; run this in a checkout of communique")


def read_dataset(folder: Path | None = None) -> "tuple[Dataset, dict[str, Record]]":
    """The dataset that the truth stands for, and its records.

    Raises:
        CannotRun: when a file cannot be read; the message names file and line.
    """
    from communique.dataset import Dataset

    rows, records = read_rows(folder)
    return Dataset.from_rows(rows), records


def read_rows(folder: Path | None = None) -> "tuple[Rows, dict[str, Record]]":
    """The rows that the truth stands for, with all that is derived, and its records; needs no pandas.

    Raises:
        CannotRun: when a file cannot be read; the message names file and line.
    """
    from communique.derive import derive
    from communique_tools.errors import UnreadableError
    from communique_tools.truth import read_truth

    try:
        rows, records = read_truth(folder or dataset_folder())
    except UnreadableError as error:
        raise CannotRun(str(error)) from error
    return derive(rows), records


def read_source(place: str) -> "Dataset":
    """The dataset of ``records``, of a ``dataset`` folder, of a release or of a folder of Parquet tables.

    Raises:
        CannotRun: when it cannot be read; the message says where and why.
    """
    from communique.loading import load

    if place == "records":
        return read_dataset()[0]
    if (Path(place) / "records").is_dir():
        return read_dataset(Path(place))[0]
    try:
        return load(place)
    except (OSError, ValueError) as error:
        raise CannotRun(str(error)) from error


def read_nearest() -> "Dataset":
    """The dataset of the checkout around the current folder, outside of one the release that is installed.

    Raises:
        CannotRun: when it cannot be read; the message says where and why.
    """
    from communique.loading import load

    try:
        dataset_folder()
    except CannotRun:
        try:
            return load()
        except (OSError, ValueError) as error:
            raise CannotRun(str(error)) from error
    return read_dataset()[0]
