"""Validating: what a path holds, where a finding stands in it, and how findings are told."""
