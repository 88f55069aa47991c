"""The version of the schemas, in Semantic Versioning; data releases carry a calendar version of their own."""

__version__ = "0.2.0"
