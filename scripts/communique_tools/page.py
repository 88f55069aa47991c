"""The text of a page, from a file or from standard input."""

import sys
from pathlib import Path

from communique_tools.errors import CannotRun


def read_page(file: Path) -> str:
    """The text of a file, or of standard input when the file is ``-``.

    Raises:
        CannotRun: when there is no such file, or it holds no UTF-8.
    """
    try:
        content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CannotRun(f"{file}: not UTF-8: {error.reason} at byte {error.start}; save the page as UTF-8") from error
    except OSError as error:
        raise CannotRun(f"{file}: cannot be read: {error.strerror}") from error
