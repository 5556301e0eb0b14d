"""A form's field as the components need it: control, label, help, errors, choices, all wired.

Forms know nothing of this; templates write `{% field form.subject help="…" %}`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.safestring import SafeString

GROUPS = ("radios", "segments", "cards", "checkboxes")


class UnknownFieldKind(ValueError):
    """No component draws a field of this kind."""


@dataclass(frozen=True)
class Choice:
    """One choice of a group; `note` says more about it (a card's meaning, promise, icon, tone)."""

    id: str
    value: str
    label: str
    is_checked: bool
    note: Any = None


@dataclass(frozen=True)
class Options:
    """How a field is drawn; each is an argument of `{% field %}`."""

    hide_label: bool = False
    hide_optional: bool = False
    width: str = ""
    source: str = ""
    value_name: str = ""
    value: str = ""
    upload: str = ""
    token_name: str = ""
    most_bytes: int = 0


@dataclass(frozen=True)
class Field:
    """All that `components/field.html` and the group components draw."""

    kind: str
    id: str
    name: str
    label: str
    help: str
    errors: tuple[str, ...]
    is_required: bool
    control: SafeString
    choices: tuple[Choice, ...] = ()
    described_by: str = ""
    options: Options = Options()

    @property
    def is_group(self) -> bool:
        """Whether it is several controls under one legend, not one control with a label."""
        return self.kind in GROUPS

    @property
    def help_id(self) -> str:
        return f"{self.id}_help"

    @property
    def error_id(self) -> str:
        return f"{self.id}_error"


def field_of(
    bound: BoundField,
    *,
    kind: str = "",
    label: str = "",
    help: str = "",  # noqa: A002 - the word of the component's argument
    notes: Mapping[str, Any] | None = None,
    attributes: Mapping[str, Any] | None = None,
    **options: Any,
) -> Field:
    """The field of a form, ready to draw.

    `kind` asks for another control than the widget's own: "segments" or "cards" for radios,
    "combobox" for a text input. `notes` maps a choice's value to what is said about it.
    Raises `UnknownFieldKind` for a kind that the widget cannot be, `TypeError` for an option that
    `Options` has not.
    """
    kind = _kind_of(bound.field.widget, asked=kind)
    help = help or str(bound.help_text)  # noqa: A001
    errors = tuple(str(error) for error in bound.errors)
    identity = bound.id_for_label if kind not in GROUPS else (bound.auto_id or bound.html_name)
    described_by = " ".join(
        part
        for part, is_there in ((f"{identity}_error", errors), (f"{identity}_help", help))
        if is_there
    )
    return Field(
        kind=kind,
        id=identity,
        name=bound.html_name,
        label=label or str(bound.label or ""),
        help=help,
        errors=errors,
        is_required=bound.field.required,
        control=_control(bound, kind=kind, described_by=described_by, attributes=attributes or {}),
        choices=_choices(bound, kind=kind, notes=notes or {}),
        described_by=described_by,
        options=Options(**options),
    )


def _kind_of(widget: forms.Widget, *, asked: str) -> str:
    own = next(kind for types, kind in KINDS if isinstance(widget, types))
    if not asked or asked == own:
        return own
    if asked not in ALTERNATIVES.get(own, ()):
        raise UnknownFieldKind(f"a field of kind {own} cannot be drawn as {asked}")
    return asked


# The first that fits, from the narrowest type to the widest.
KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.HiddenInput, "hidden"),
    (forms.FileInput, "file"),
    (forms.CheckboxInput, "checkbox"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.Widget, "input"),
)
ALTERNATIVES = {
    "radios": ("segments", "cards"),
    "input": ("combobox", "password"),
}


def _control(
    bound: BoundField, *, kind: str, described_by: str, attributes: Mapping[str, Any]
) -> SafeString:
    if kind in GROUPS:
        return SafeString("")
    wired = {
        "class": "input" if kind != "checkbox" else "checkbox__box",
        "aria-describedby": described_by or None,
        "aria-invalid": "true" if bound.errors else None,
        **attributes,
    }
    return bound.as_widget(attrs={name: value for name, value in wired.items() if value})


def _choices(bound: BoundField, *, kind: str, notes: Mapping[str, Any]) -> tuple[Choice, ...]:
    if kind not in GROUPS:
        return ()
    return tuple(
        Choice(
            id=str(choice.id_for_label),
            value=str(choice.data["value"]),
            label=str(choice.data["label"]),
            is_checked=bool(choice.data["selected"]),
            note=notes.get(str(choice.data["value"])),
        )
        for choice in bound.subwidgets
        if kind == "checkboxes" or choice.data["value"] != ""
    )
