"""The SQL behind a multiplied desk: which copies there are, and what differs in each.

A row of the temporary table `copies` stands for one case to be made. Whatever belongs to a case
is copied by a join with it: `src` is the row that is copied, `copy` says for which new case.
"""

from itertools import islice, product

from django.db import models

from cases.actions.indexing import TITLE

# A copy gets a number of its own, and came in no mail.
NOT_COPIED = {"number", "inbound_mail_id"}
_VOCABULARY = """
CREATE TEMP TABLE vocabulary ON COMMIT DROP AS
SELECT n - 1 AS n, word FROM unnest(%(vocabulary)s) WITH ORDINALITY AS words (word, n)
"""

_CLIENTS = """
CREATE TEMP TABLE clients ON COMMIT DROP AS
SELECT row_number() OVER (ORDER BY person.id) - 1 AS n, person.id, full_name, email,
    organisation_id, organisation.name AS organisation
FROM people_person person JOIN people_organisation organisation ON organisation.id = organisation_id
WHERE username LIKE 'contact-%%'
"""

_AGENTS = """
CREATE TEMP TABLE agents ON COMMIT DROP AS
SELECT row_number() OVER (ORDER BY id) - 1 AS n, id, full_name
FROM people_person WHERE username LIKE 'agent-%%'
"""

# Ended cases are copied first, the furthest back first, as numbers rise with time.
_PICKS = """
CREATE TEMP TABLE picks ON COMMIT DROP AS
SELECT src.id AS of, round,
    CASE WHEN round <= %(ended_rounds)s
        THEN ceil((%(ended_rounds)s - round + 1) * %(weeks)s::float / %(ended_rounds)s)
            * interval '7 days'
        ELSE round * interval '1 millisecond' END AS shift,
    floor((SELECT count(*) FROM clients) * power(random(), 1.5))::int AS client,
    floor((SELECT count(*) FROM agents) * random())::int AS agent,
    floor((SELECT count(*) FROM vocabulary) * power(random(), 3))::int AS w1,
    floor((SELECT count(*) FROM vocabulary) * power(random(), 3))::int AS w2,
    floor((SELECT count(*) FROM vocabulary) * power(random(), 3))::int AS w3
FROM generate_series(1, %(ended_rounds)s + %(active_rounds)s) AS round
JOIN cases_case src ON src.id = ANY(%(originals)s)
    AND (src.state IN ('resolved', 'closed')) = (round <= %(ended_rounds)s)
"""

_COPIES = """
CREATE TEMP TABLE copies ON COMMIT DROP AS
SELECT picks.of, round, picks.of + round * %(step)s::bigint AS id, round * %(step)s::bigint AS step,
    shift, clients.id AS client_id, clients.full_name AS client_name, clients.email,
    clients.organisation_id, clients.organisation, agents.id AS agent_id,
    agents.full_name AS agent_name, src.client_id AS was_client_id, src.assignee_id AS was_agent_id,
    was_client.full_name AS was_client_name, was_agent.full_name AS was_agent_name,
    v1.word, concat_ws(' ', v1.word, v2.word, v3.word) AS words
FROM picks
JOIN cases_case src ON src.id = picks.of
JOIN people_person was_client ON was_client.id = src.client_id
LEFT JOIN people_person was_agent ON was_agent.id = src.assignee_id
JOIN clients ON clients.n = client JOIN agents ON agents.n = agent
JOIN vocabulary v1 ON v1.n = w1 JOIN vocabulary v2 ON v2.n = w2 JOIN vocabulary v3 ON v3.n = w3
ORDER BY round, picks.of
"""

# The words of the originals without their titles (weights A and B) and without anybody's name.
_WORDS = """
CREATE TEMP TABLE played_words ON COMMIT DROP AS
WITH names AS (
    SELECT tsvector_to_array(to_tsvector('english', string_agg(full_name, ' '))) AS lexemes
    FROM people_person WHERE id IN (SELECT author_id FROM thread_message)
)
SELECT case_id AS of, ts_delete(ts_filter(public, '{d}'), lexemes) AS public,
    ts_delete(ts_filter(everything, '{d}'), lexemes) AS everything
FROM cases_casewords, names WHERE case_id = ANY(%(originals)s)
"""

PREPARATIONS = (
    "SELECT setseed(0.2026)",
    _VOCABULARY,
    _CLIENTS,
    _AGENTS,
    _PICKS,
    _COPIES,
    "CREATE INDEX ON copies (round)",
    "ANALYZE copies",
    _WORDS,
)

COPY_WORDS = """
INSERT INTO cases_casewords (case_id, public, everything)
SELECT made.id, title || src.public || more, title || src.everything || more
FROM copies copy
JOIN cases_case made ON made.id = copy.id
JOIN played_words src ON src.of = copy.of,
LATERAL (SELECT {title} AS title, to_tsvector('english', copy.words) AS more) AS own
WHERE round BETWEEN %(first)s AND %(last)s
""".format(
    title=TITLE.format(
        subject="made.subject || ' ' || lpad(made.number::text, 8, '0') || ' ' || made.number",
        names="copy.client_name || ' ' || copy.email || ' ' || copy.organisation",
    )
)

_PERSON = """CASE src.{column} WHEN copy.was_client_id THEN copy.client_id
    WHEN copy.was_agent_id THEN copy.agent_id ELSE src.{column} END"""
_NAME = """CASE src.{column} WHEN copy.was_client_name THEN copy.client_name
    WHEN copy.was_agent_name THEN copy.agent_name ELSE src.{column} END"""
_DATA = """src.data
    || CASE WHEN src.data ? 'message'
        THEN jsonb_build_object('message', (src.data->>'message')::bigint + copy.step)
        ELSE '{}' END
    || CASE WHEN src.data ? 'timer'
        THEN jsonb_build_object('timer', (src.data->>'timer')::bigint + copy.step)
        ELSE '{}' END
    || CASE WHEN src.data ? 'assignee'
        THEN jsonb_build_object('assignee', copy.agent_id, 'to', copy.agent_name)
        ELSE '{}' END"""

_VALUES = {
    "id": "src.id + copy.step",
    "timer_id": "src.timer_id + copy.step",
    "case_id": "copy.id",
    "subject_id": "copy.id",
    "client_id": "copy.client_id",
    "organisation_id": "copy.organisation_id",
    "assignee_id": _PERSON,
    "author_id": _PERSON,
    "actor_id": _PERSON,
    "author_label": _NAME,
    "actor_label": _NAME,
    "last_message_by": _NAME,
    "subject": "left(src.subject || ' (' || copy.word || ')', 250)",
    "text": "CASE WHEN src.is_ours THEN src.text ELSE src.text || E'\\n\\n' || copy.words END",
    "data": _DATA,
}


def vocabulary() -> list[str]:
    """Twenty thousand words of no topic, the most frequent ones first."""
    consonants, vowels = "bdklmnrt", "aeio"
    syllables = [consonant + vowel for consonant, vowel in product(consonants, vowels)]
    threes = ("".join(reversed(parts)) + "n" for parts in product(syllables, repeat=3))
    return list(islice(threes, 20_000))


def value_of(field: models.Field) -> str:  # type: ignore[type-arg]
    """The SQL expression for a column of a copied row."""
    if field.column in _VALUES:
        return _VALUES[field.column].replace("{column}", field.column)
    if isinstance(field, models.DateTimeField):
        return f"src.{field.column} - copy.shift"
    return f"src.{field.column}"
