"""Where the ledger of mail stands in the console."""

from django.urls import path

from helpdesk.pages import mail_ledger

app_name = "mail-ledger"
urlpatterns = [
    path("", mail_ledger.inbound, name="inbound"),
    path("out/", mail_ledger.outbound, name="outbound"),
    path("out/<int:pk>/", mail_ledger.outbound_mail, name="outbound-mail"),
    path("out/<int:pk>/resend/", mail_ledger.resend, name="resend"),
    path("<int:pk>/", mail_ledger.inbound_mail, name="mail"),
    path("<int:pk>/raw/", mail_ledger.raw, name="raw"),
    path("<int:pk>/process-again/", mail_ledger.process_again, name="process-again"),
    path("<int:pk>/not-spam/", mail_ledger.not_spam, name="not-spam"),
]
