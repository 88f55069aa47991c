"""Other people's files into the truth: CSV, XLSX or Parquet → sheets → typed rows → merged rows → text files.

Everything that a file says is taken for hostile or mistaken until it is shown to fit. What cannot be read at all
ends the import (:class:`communique_tools.errors.CannotRun`); what can be read but not taken is a
:class:`Problem`, and with a single one of them nothing is written.
"""
