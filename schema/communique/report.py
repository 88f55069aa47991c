"""What a check found: findings, and the report that gathers them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
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
    """The findings of a check."""

    findings: tuple[Finding, ...] = ()

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> "Report":
        """The report of some findings, in a stable order."""
        return cls(tuple(sorted(findings, key=lambda one: (one.code, one.table, one.key, one.message))))

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
