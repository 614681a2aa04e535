"""Self-evaluation forms of a report's department and year, consistent with it, in every medium, with known truth."""

from samples.forms.media import FORM_MEDIA
from samples.forms.write import write_forms

__all__ = ["FORM_MEDIA", "write_forms"]
