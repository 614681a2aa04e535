"""Self-evaluation forms of a report's department and year, consistent with it, as workbooks with known truth."""

from samples.forms.write import write_forms

__all__ = ["write_forms"]
