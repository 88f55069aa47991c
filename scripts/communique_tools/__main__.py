"""``python -m communique_tools`` is the command line."""

from communique_tools.cli import main

main()
