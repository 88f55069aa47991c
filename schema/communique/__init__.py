"""Communique: a hand-curated dataset of diplomatic events, and the schemas that check it.

>>> import communique
>>> data = communique.load()  # doctest: +SKIP
>>> data.events.head()  # doctest: +SKIP
"""

from typing import TYPE_CHECKING, Any

from communique.version import __version__

if TYPE_CHECKING:
    from communique.asof import as_of
    from communique.check import check
    from communique.dataset import Dataset
    from communique.loading import load

__all__ = ["Dataset", "__version__", "as_of", "check", "load"]

_HOME = {"Dataset": "dataset", "as_of": "asof", "check": "check", "load": "loading"}


def __getattr__(name: str) -> Any:
    """Import pandas and Pandera only when something that needs them is asked for."""
    if name not in _HOME:
        raise AttributeError(f"module 'communique' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"communique.{_HOME[name]}"), name)
