"""Forms made from the schema: what they show (`sheet`), and what is done in them (`typed`)."""

from twin.view.forms.places import Json
from twin.view.forms.sheet import SECTIONS, Refusal, form, limits
from twin.view.forms.typed import added, refusal, reshaped, typed

__all__ = ["SECTIONS", "Json", "Refusal", "added", "form", "limits", "refusal", "reshaped", "typed"]
