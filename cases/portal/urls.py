"""The cases of the Help Center."""

from django.urls import path, register_converter

from cases.numbers import NumberConverter
from cases.portal.views import case, listing, opening

register_converter(NumberConverter, "number")

app_name = "cases"
urlpatterns = [
    path("", listing.my_cases, name="list"),
    path("new/", opening.open_a_case, name="new"),
    path("<number:number>/", case.show, name="case"),
    path("<number:number>/thread/", case.thread, name="thread"),
    path("<number:number>/replies/", case.reply, name="reply"),
    path("<number:number>/closure/", case.close, name="close"),
    path("<number:number>/reopening/", case.reopen, name="reopen"),
    path("<number:number>/priority/", case.priority, name="priority"),
    path("<number:number>/files/<slug:public_id>/", case.file, name="file"),
]
