"""What a check found: findings, and the report that gathers them."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Finding:
    """One broken row: which rule, which table, which key, and what is wrong."""

    code: str
    table: str
    key: str
    message: str
    severity: Severity = "error"
    column: str | None = None


@dataclass(frozen=True)
class Report:
    """The findings of a check, in a stable order."""

    findings: tuple[Finding, ...] = field(default=())

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that block a release."""
        return tuple(finding for finding in self.findings if finding.severity == "error")

    @property
    def is_clean(self) -> bool:
        """Whether no finding is an error."""
        return not self.errors

    def counts(self) -> dict[str, int]:
        """How often each code was found."""
        return dict(sorted(Counter(finding.code for finding in self.findings).items()))
