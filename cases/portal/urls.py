"""The cases of the Help Center."""

from django.urls import path

from cases.portal.views import case, following, incident, listing, opening

app_name = "portal"
urlpatterns = [
    path("", listing.my_cases, name="cases"),
    path("export/", listing.export, name="export"),
    path("views/", listing.save_view, name="save-view"),
    path("views/<int:pk>/removal/", listing.forget_view, name="forget-view"),
    path("new/", opening.open_a_case, name="open-case"),
    path("<number:number>/", case.show, name="case"),
    path("<number:number>/live/", case.live, name="live"),
    path("<number:number>/promises/", case.promises, name="promises"),
    path("<number:number>/incident/", incident.show, name="incident"),
    path(
        "<number:number>/messages/<int:pk>/formatted/",
        case.formatted_message,
        name="formatted",
    ),
    path("<number:number>/messages/", case.reply, name="reply"),
    path("<number:number>/closure/", case.close, name="close"),
    path("<number:number>/reopening/", case.reopen, name="reopen"),
    path("<number:number>/priority/", case.priority, name="priority"),
    path("<number:number>/following/", following.follow, name="follow"),
    path("<number:number>/colleagues/", following.colleagues, name="colleagues"),
    path("<number:number>/files/<slug:public_id>/", case.file, name="file"),
]
