from django.db import migrations

# Each agent has a line of numbers of their own: minutes since 1970, moved by the agent's id times
# 2^32. So one range type says who and when, and the built-in GiST operators of ranges are enough:
# the embedded server has no btree_gist.
FORBID = """
ALTER TABLE calls_call ADD CONSTRAINT agent_makes_one_call_at_a_time
EXCLUDE USING gist (
    int8range(
        agent_id * 4294967296 + extract(epoch FROM starts_at AT TIME ZONE 'UTC')::bigint / 60,
        agent_id * 4294967296 + extract(epoch FROM starts_at AT TIME ZONE 'UTC')::bigint / 60
            + minutes + buffer_minutes
    ) WITH &&
) WHERE (state = 'booked')
"""
ALLOW = "ALTER TABLE calls_call DROP CONSTRAINT agent_makes_one_call_at_a_time"


class Migration(migrations.Migration):
    """No two booked calls of one agent overlap, pause included, whatever writes them."""

    dependencies = [("calls", "0001_initial")]

    operations = [migrations.RunSQL(FORBID, ALLOW)]
