"""A release: one writer per format, and the steps from records to a published folder.

Each writer is a function ``write(edition, folder)`` that returns the files it wrote; the edition is all that a
release says (:mod:`communique_tools.release.edition`). To add a format, add a module and name it in
:data:`communique_tools.release.pipeline.WRITERS`.
"""
