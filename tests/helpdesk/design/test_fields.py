"""`{% field %}`: a form's field drawn with label, help and errors, all wired."""

import pytest
from django import forms
from django.template import engines

from helpdesk.design.fields import UnknownFieldKind


class Form(forms.Form):
    subject = forms.CharField(help_text="A few words.")
    page = forms.URLField(required=False, assume_scheme="https")
    kind = forms.ChoiceField(
        choices=[("q", "Question"), ("i", "Incident")], widget=forms.RadioSelect
    )
    copies = forms.BooleanField(required=False)
    token = forms.CharField(widget=forms.HiddenInput)
    picture = forms.FileField(required=False)


def rendered(source: str, form: Form | None = None, **values: object) -> str:
    source = "{% load design %}" + source
    return engines["django"].from_string(source).render({"form": form or Form(), **values})


def test_help_and_label_belong_to_the_control() -> None:
    html = rendered("{% field form.subject %}")
    assert '<label class="field__label" for="id_subject">Subject</label>' in html
    assert '<p class="field__help" id="id_subject_help">A few words.</p>' in html
    assert 'aria-describedby="id_subject_help"' in html


def test_an_error_is_read_before_the_help() -> None:
    html = rendered("{% field form.subject %}", Form(data={}))
    assert 'aria-describedby="id_subject_error id_subject_help"' in html
    assert 'aria-invalid="true"' in html
    assert "<span>This field is required.</span>" in html


def test_what_was_typed_is_kept_and_escaped() -> None:
    assert 'value="&lt;b&gt;"' in rendered(
        "{% field form.subject %}", Form(data={"subject": "<b>"})
    )


def test_what_may_be_left_out_says_so() -> None:
    assert "(optional)" in rendered("{% field form.page %}")
    assert "(optional)" not in rendered("{% field form.page hide_optional=True %}")
    assert "(optional)" not in rendered("{% field form.subject %}")


def test_attributes_go_to_the_control() -> None:
    html = rendered('{% field form.subject data-keep="1" autocomplete="off" %}')
    assert 'data-keep="1"' in html
    assert 'autocomplete="off"' in html


def test_choices_stand_under_a_legend() -> None:
    html = rendered("{% field form.kind %}", Form(data={"kind": "i"}))
    assert '<legend class="field__label">Kind</legend>' in html
    assert 'id="id_kind_1" name="kind" value="i" checked required' in html


def test_cards_say_what_each_choice_means() -> None:
    notes = {"q": {"meaning": "You want to know.", "promise": "By Thursday", "tone": "waratah"}}
    html = rendered('{% field form.kind kind="cards" notes=notes %}', notes=notes)
    assert '<label class="cards__choice cards__choice--waratah" for="id_kind_0">' in html
    assert '<span class="cards__meaning">You want to know.</span>' in html
    assert "<span>By Thursday</span>" in html


def test_a_kind_that_the_widget_cannot_be_is_an_error() -> None:
    with pytest.raises(UnknownFieldKind):
        rendered('{% field form.subject kind="cards" %}')


def test_an_option_that_no_field_has_is_an_error() -> None:
    with pytest.raises(TypeError, match="hide_lable"):
        rendered("{% field form.subject hide_lable=True %}")


def test_a_combobox_is_a_text_input_without_script() -> None:
    html = rendered('{% field form.subject kind="combobox" source="/people/" %}')
    assert '<input type="text" name="subject"' in html
    assert 'data-source="/people/"' in html


def test_a_hidden_field_has_no_label() -> None:
    assert rendered("{% field form.token %}").startswith('<input type="hidden" name="token"')


def test_a_checkbox_stands_before_its_label() -> None:
    html = rendered("{% field form.copies %}")
    assert html.index('type="checkbox"') < html.index('for="id_copies">Copies</label>')


def test_a_file_field_is_a_plain_file_input_without_script() -> None:
    assert '<input type="file" name="picture"' in rendered("{% field form.picture %}")
