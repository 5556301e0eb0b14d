"""What clients wrote of incidents, each in their own words; made up, after real tickets.

`SAME` holds groups that report one thing; `APART` are cases of the same days and areas that have
nothing to do with any of them, though they share words with them.
"""

Report = tuple[str, str]

SAME: dict[str, list[Report]] = {
    "sign-in": [
        ("Nobody can sign in since the update", "The page says your session could not be created."),
        ("Sign-in fails for all staff", "We get the message session could not be created."),
        ("Cannot log in: session could not be created", "Started about 8:40, the whole office."),
        (
            "Login broken, session error",
            "Your session could not be created, it says.",
        ),
        ("Our staff are unable to sign in", "It tells us that no session could be created."),
        (
            "Logging in not possible",
            "Session could not be created. Nobody gets past the page.",
        ),
    ],
    "report": [
        ("Monthly report is empty", "The revenue report shows no rows since this morning."),
        ("Revenue report shows no rows", "The monthly report has been empty since 9."),
        ("Empty report", "Monthly revenue report: no rows at all today, yesterday it was fine."),
        ("No data in the monthly report", "The report is empty, no rows for November."),
        ("Reports empty today", "Monthly revenue, all rows are missing in the report."),
    ],
    "import": [
        ("CSV import stops at 99 %", "The import of customers hangs at 99 percent and never ends."),
        ("Customer import hangs", "Importing our CSV it stops at 99 percent."),
        ("Import never finishes", "We import customers by CSV; the bar stays at 99 percent."),
        ("Import of CSV file hangs at the end", "99 percent for an hour, customers not imported."),
        ("Stuck import", "Our customer CSV import has been stuck at 99 percent for two hours."),
    ],
    "webhook": [
        ("Webhooks arrive twice", "Each order webhook is delivered two times since last night."),
        ("Duplicate webhooks for orders", "Every webhook for an order arrives twice."),
        ("Order webhook sent twice", "Our endpoint receives duplicate webhooks for each order."),
        ("Orders duplicated by webhook", "The webhook arrives twice, so we book each order twice."),
        ("Webhook delivered twice per order", "Duplicate deliveries since the maintenance."),
    ],
}

APART: list[Report] = [
    ("How do I change my password?", "I can sign in but want another password."),
    ("Sign-in mail goes to spam", "The invitation for a new colleague landed in the spam folder."),
    ("Please add a user", "Our new colleague needs to be able to log in from Monday on."),
    ("Report in another currency", "Can the monthly revenue report be shown in dollars?"),
    ("Schedule a report by mail", "We want the monthly report sent each first of the month."),
    (
        "Report columns in the wrong order",
        "The columns of the stock report moved.",
    ),
    ("Import of suppliers", "Which columns does the CSV import for suppliers expect?"),
    ("Import refuses dates", "The CSV import says that the date format is not valid."),
    ("Webhook signature", "How do we check the signature of a webhook in Python?"),
    ("Webhook for cancelled orders", "We get no webhook when an order is cancelled."),
    ("Invoice has the wrong address", "The invoice of November still has our old address."),
    ("App logs out every hour", "The mobile app signs us out each hour."),
    ("Slow search", "Searching customers takes ten seconds since last week."),
    ("Session on training", "When is the next training session for new staff?"),
    ("Order history", "How long is the order history kept?"),
    ("Customers missing in export", "The export has only half of our customers."),
]

# Written after the threshold was chosen on the groups above.
HELD_OUT: dict[str, list[Report]] = {
    "app": [
        ("App crashes when opening an order", "On Android the mobile app closes on any order."),
        ("Mobile app closes by itself", "As soon as an order is opened the app crashes."),
        ("Crash of the mobile app", "Opening an order on the phone makes the app crash."),
        ("Android app crashing on orders", "The mobile app crashes when we open an order."),
        ("The app crashes on every order", "Open any order on a phone: the mobile app is gone."),
    ],
    "payment": [
        ("Card payments are declined", "Since 10 all card payments of our clients are declined."),
        ("All payments declined", "Every card is declined at the checkout."),
        ("Checkout declines every card", "Our clients cannot pay by card: payment declined."),
        ("Payment declined for all cards", "Cards that worked yesterday are declined."),
        ("Declined card payments", "No card payment goes through at the checkout."),
    ],
}
HELD_OUT_APART: list[Report] = [
    ("Mobile app in dark mode", "Is there a dark mode for the mobile app?"),
    ("Print an order from the phone", "How do we print an order from the mobile app?"),
    ("Pay by card or invoice", "Can we pay our yearly plan by card?"),
    ("Refund of a card payment", "How is a card payment given back to a client?"),
    ("Order cannot be opened by a colleague", "She has the role of a viewer."),
]
