"""The catalogue of the rules that look across rows and tables.

Each rule is one function in the module of its subject; its docstring is the sentence that users read.
"""

from communique.rules import dates, evidence, people, relations, status
from communique.rules.catalogue import RULES, Rule

__all__ = ["RULES", "Rule", "dates", "evidence", "people", "relations", "status"]
