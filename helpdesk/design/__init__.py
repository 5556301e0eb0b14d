"""The design language in code: component tag, icons, times, numbers, the one stylesheet."""
