"""A release: one writer per format, and the steps from records to a published folder.

Each writer is a function ``write(dataset, folder, version)`` that returns the files it wrote. To add a
format, add a module and name it in :data:`communique_tools.release.pipeline.WRITERS`.
"""
