"""The defects in the console."""

from django.urls import path

from cases.console.defects import campaigns, changing, defect, linking, listing, surges

app_name = "defects"
urlpatterns = [
    path("", listing.show, name="list"),
    path("new/", changing.new, name="new"),
    path("similar/", listing.similar, name="similar"),
    path("options/", listing.options, name="options"),
    path("of-case/<number:number>/", linking.of_case, name="of-case"),
    path("<defect:number>/", defect.show, name="defect"),
    path("<defect:number>/live/", defect.live, name="live"),
    path("<defect:number>/words/", changing.rewrite, name="words"),
    path("<defect:number>/state/", changing.state, name="state"),
    path("<defect:number>/merger/", changing.merge, name="merge"),
    path("<defect:number>/cases/", linking.cases, name="cases"),
    path("<defect:number>/cases/<number:case>/detachment/", linking.detach, name="detach"),
    path("campaigns/<int:pk>/", campaigns.show, name="campaign"),
    path("campaigns/<int:pk>/words/", campaigns.words, name="campaign-words"),
    path("campaigns/<int:pk>/departure/", campaigns.departure, name="campaign-departure"),
    path("campaigns/<int:pk>/delay/", campaigns.delay, name="campaign-delay"),
    path("surges/<int:pk>/", surges.show, name="surge"),
    path("surges/<int:pk>/defect/", surges.settle, name="surge-settle"),
    path("surges/<int:pk>/dismissal/", surges.dismiss, name="surge-dismiss"),
]
