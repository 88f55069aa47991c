"""One verb per file; each module holds a click command named ``command``."""
