"""What clients of a software vendor ask, and how it goes on. All of it is made up."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """One conversation: opened, answered, gone on with, ended."""

    subject: str
    kind: str
    area: str
    priority: str
    details: str
    answer: str
    follow_up: str
    ending: str
    note: str = ""


AREAS = (
    "Reports",
    "Sign-in",
    "Integrations",
    "Billing",
    "Mobile app",
    "Performance",
    "Data import",
)

TOPICS = (
    Topic(
        "Monthly report shows last month’s figures",
        "problem",
        "Reports",
        "medium",
        "Since this morning the monthly revenue report shows the figures of last month, although "
        "the title says the current one. Exporting to CSV gives the right numbers.",
        "Thank you for the clear description. The page is served from a cache that was not "
        "emptied at the change of month. Could you reload with Shift held and tell us whether "
        "the right figures appear?",
        "Yes, with Shift+Reload it is right. My colleagues still see the old ones though.",
        "We have emptied the cache for your whole organisation and corrected the rule that "
        "should have done so. The report is right for everybody now.",
        "Cache key lacks the month; ticket with the platform team.",
    ),
    Topic(
        "Nobody can sign in since the update",
        "problem",
        "Sign-in",
        "critical",
        "Nobody in our Melbourne office can sign in since about 08:40. The page says "
        "“Your session could not be created”. We cannot dispatch any orders.",
        "We see it too and are working on it. The session store in your region is full. We free "
        "it now and write again within 30 minutes.",
        "About half of us are in again, thank you. Chris and Dana still get the message.",
        "All sessions are created normally again. We have doubled the store and set an alarm at "
        "70 %. A written report follows by Friday.",
        "Rang the client at 09:05, they confirm the impact: 140 people.",
    ),
    Topic(
        "How do I give our auditor read-only access?",
        "question",
        "Sign-in",
        "low",
        "Our auditor needs to look at the ledgers for two weeks. Is there a role that can read "
        "everything and change nothing?",
        "Yes: “Observer”. Under Settings, People, Invite choose Observer and an end date; the "
        "access ends by itself.",
        "That worked. Does an observer count towards our licence?",
        "No, up to three observers are free. Happy auditing.",
    ),
    Topic(
        "Webhook deliveries arrive twice",
        "problem",
        "Integrations",
        "high",
        "Since Tuesday each order.created webhook reaches us twice within a second, so every "
        "order is booked twice in our warehouse. We switched the integration off for now.",
        "I can confirm the double deliveries in our log. As a workaround you can drop events "
        "whose Webhook-Id you have seen. We look for the cause now.",
        "The workaround holds. When do you expect a correction?",
        "The cause was a time-out that was too short for your region. It is corrected since "
        "14:00 today; please switch the integration on again.",
        "Retry fires at 800 ms, their endpoint answers in 900.",
    ),
    Topic(
        "Invoice PDF has the wrong address",
        "request",
        "Billing",
        "low",
        "We moved in March. Invoices still carry the old street. Where can I change it?",
        "Under Settings, Billing, Address. Only the account owner sees that page; in your "
        "organisation that is Cem. Shall we change it for you?",
        "Please do: 14 Grattan Street, Carlton VIC 3053.",
        "Changed. The next invoice carries the new address; I have sent you the last one again.",
    ),
    Topic(
        "App closes when I open the camera",
        "problem",
        "Mobile app",
        "medium",
        "On my Pixel the app closes as soon as I tap the camera to scan a parcel. It worked "
        "before version 7.3.",
        "Thank you. Which Android version does the phone run, and is the app allowed to use the "
        "camera (Settings, Apps, Permissions)?",
        "Android 16, and yes, it is allowed.",
        "Version 7.3.2 contains the correction and is in the store since this morning.",
    ),
    Topic(
        "Import stops at row 5,001",
        "problem",
        "Data import",
        "high",
        "Our supplier list has 12,400 rows. The import stops at row 5,001 with “unexpected end”. "
        "We need the rest before Thursday’s stocktake.",
        "The file has a line break inside a quoted field at row 5,001. Our reader should accept "
        "that. I have imported the remaining rows for you by hand meanwhile.",
        "All rows are there, thank you! Will the next upload work by itself?",
        "Yes, the reader accepts line breaks inside quotes from today on.",
        "RFC 4180 section 2.6, we were wrong.",
    ),
    Topic(
        "Dashboard takes 40 seconds to load",
        "problem",
        "Performance",
        "high",
        "The operations dashboard takes about 40 seconds since the weekend. Other pages are "
        "fine. It is the first thing our dispatchers open.",
        "We see slow queries for your dashboard. Could you tell us which of the tiles you need? "
        "Removing “All shipments, all years” makes it quick at once.",
        "Without that tile it takes 2 seconds. We do need it for the quarterly meeting though.",
        "The tile now reads from a summary that is renewed each night. It loads in under a "
        "second with it.",
    ),
    Topic(
        "Can we have single sign-on with Entra ID?",
        "question",
        "Sign-in",
        "medium",
        "Our security team asks for single sign-on. We use Microsoft Entra ID. What do you need?",
        "It is part of your package. We need the issuer address and a client id; the secret you "
        "enter yourself. The steps are in the article “Single sign-on with OpenID Connect”.",
        "Done on our side. Could you switch it on for a test group first?",
        "It is on for the group “IT”. Tell us when everybody may follow.",
    ),
    Topic(
        "Please delete a former employee’s account",
        "request",
        "Sign-in",
        "low",
        "Jamie left us last week. Please delete the account and hand the open tasks to me.",
        "The tasks are yours now. The account is switched off; we delete it after 30 days, as "
        "agreed in your contract.",
        "Perfect, thank you.",
        "Gladly. We close this case; you get a note when the account is deleted.",
    ),
    Topic(
        "API answers 429 although we are below the limit",
        "problem",
        "Integrations",
        "medium",
        "We send about 40 requests a minute; the limit is 100. Around noon we get 429 for a few "
        "minutes each day.",
        "The limit counts all tokens of an organisation together. A second token named "
        "“old-bi” sends a burst of 90 requests at 12:00. Is it still needed?",
        "No, that server was switched off, or so we thought. Please revoke it.",
        "Revoked. There was no 429 since.",
    ),
    Topic(
        "Feature request: dark mode for the wall display",
        "request",
        "Reports",
        "low",
        "Our wall display runs day and night. A dark version would be kinder to the people below "
        "it.",
        "A good idea that others had too. I have added your voice to it; we tell you when it is "
        "planned.",
        "Great, thank you for listening.",
        "Dark mode comes with version 8. We close this case and write when it is out.",
    ),
)
