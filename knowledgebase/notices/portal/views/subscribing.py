"""News of the status page by mail: asking for it, confirming it, leaving."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from helpdesk.people.models import Person
from helpdesk.people.sign_in.limits import Limit
from helpdesk.people.sign_in.refusing import limited
from knowledgebase.notices import subscribing
from knowledgebase.notices.models import Product

ASKED = Limit("status news asked for", 10, 3600)


class SubscriptionForm(forms.Form):
    """Which products, and for a visitor: which address."""

    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        error_messages={
            "required": "Type your e-mail address.",
            "invalid": "This is no e-mail address. Write it like carla@acme.example.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    products = forms.ModelMultipleChoiceField(
        label="Only news of these products",
        queryset=Product.objects.filter(is_shown=True),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Choose none for news of all.",
    )

    def without_address(self) -> "SubscriptionForm":
        """The same for somebody whose address is known."""
        del self.fields["email"]
        return self


@never_cache
@limited(ASKED)
def subscription(request: HttpRequest) -> HttpResponse:
    """What the reader gets by mail, and the form to change it."""
    person = request.user if isinstance(request.user, Person) else None
    own = subscribing.subscription_of(person) if person else None
    initial = {"products": list(own.products.all()) if own else []}
    posted = request.POST if request.method == "POST" else None
    form = SubscriptionForm(posted, initial=initial)
    form = form.without_address() if person else form
    if request.method == "POST":
        if person and own and "leave" in request.POST:
            subscribing.leave(own, at=timezone.now())
            messages.success(request, "You get no more mails of the status page.")
            return redirect("status:overview")
        if form.is_valid():
            return _begin(request, form, person)
    context = {"form": form, "own": own, "person": person}
    status = 422 if form.errors else 200
    return render(request, "portal/status/subscription.html", context, status=status)


@never_cache
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Say yes. Only a press of the button counts: mail scanners follow every link."""
    try:
        if request.method == "POST":
            subscribing.confirm(token, at=timezone.now())
            return render(request, "portal/status/confirmed.html")
        asked = subscribing.asked_with(token)
    except subscribing.LinkExpired:
        return render(request, "portal/status/expired.html", status=410)
    return render(request, "portal/status/confirm.html", {"email": asked.email})


# Mail programs post here by themselves (RFC 8058); the token in the address is the right to do so.
@csrf_exempt
@never_cache
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """End a subscription with one click."""
    try:
        own = subscribing.leaving_with(token)
    except subscribing.LinkExpired as error:
        raise Http404("There is no such subscription.") from error
    if request.method == "POST":
        subscribing.leave(own, at=timezone.now())
        return render(request, "portal/status/left.html")
    return render(request, "portal/status/leave.html", {"email": own.email})


@transaction.atomic
def _begin(request: HttpRequest, form: SubscriptionForm, person: Person | None) -> HttpResponse:
    products = list(form.cleaned_data["products"])
    if person is not None:
        subscribing.follow(person, products=products, at=timezone.now())
        messages.success(request, f"News of the status page goes to {person.email}.")
        return redirect("status:overview")
    address = str(form.cleaned_data["email"])
    subscribing.ask(address, products=products, at=timezone.now())
    return render(request, "portal/status/asked.html", {"email": address})
