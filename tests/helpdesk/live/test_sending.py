"""Messages to groups from ordinary code."""

from collections.abc import Iterator
from typing import Any

import pytest
import redis
from channels.layers import get_channel_layer
from django.conf import settings as django_settings
from redis.client import PubSub

from helpdesk.live.sending import send

GROUP = "case.7"
CHANNEL = f"waratah__group__{GROUP}"


@pytest.fixture
def server() -> redis.Redis:
    return redis.Redis.from_url(django_settings.REDIS_URL)


@pytest.fixture
def heard(server: redis.Redis) -> Iterator[PubSub]:
    listener = PubSub(server.connection_pool, ignore_subscribe_messages=True)
    listener.subscribe(CHANNEL)
    listener.get_message(timeout=5)
    yield listener
    listener.close()


def next_of(heard: PubSub) -> object:
    message = heard.get_message(timeout=5)
    layer = get_channel_layer()
    assert message is not None
    assert layer is not None
    return layer.deserialize(message["data"])


def connections(server: redis.Redis) -> int:
    return int(server.info("stats")["total_connections_received"])


def test_a_message_reaches_whoever_listens_to_the_group(heard: PubSub) -> None:
    send((GROUP, {"type": "nudge", "changed": "case:7"}))
    assert next_of(heard) == {"type": "nudge", "changed": "case:7"}


def test_messages_arrive_in_their_order(heard: PubSub) -> None:
    send((GROUP, {"type": "one"}), (GROUP, {"type": "two"}))
    assert [next_of(heard), next_of(heard)] == [{"type": "one"}, {"type": "two"}]


def test_further_messages_go_over_the_same_connection(server: redis.Redis) -> None:
    send((GROUP, {"type": "first"}))
    before = connections(server)
    for _ in range(20):
        send((GROUP, {"type": "nudge"}))
    assert connections(server) == before


def test_redis_away_is_an_error_for_the_caller(settings: Any) -> None:
    away = {"hosts": ["redis://127.0.0.1:1/0"], "prefix": "waratah"}
    settings.CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": away,
        }
    }
    with pytest.raises((redis.RedisError, OSError)):
        send((GROUP, {"type": "nudge"}))
