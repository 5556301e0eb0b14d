"""Keys are kept as long as anybody may send again."""

from datetime import timedelta

from django.utils import timezone

from helpdesk.api.models import UsedKey
from helpdesk.api.tasks import forget_old_keys
from helpdesk.people.models import Person


def test_keys_are_forgotten_after_a_week(ada: Person) -> None:
    for key, days in (("old", 8), ("young", 6)):
        used_at = timezone.now() - timedelta(days=days)
        UsedKey.objects.create(person=ada, key=key, fingerprint="", result_id=1, used_at=used_at)
    forget_old_keys()
    assert [used.key for used in UsedKey.objects.all()] == ["young"]
