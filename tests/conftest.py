"""How properties are tried: the same examples in every run, however slow the machine.

`--hypothesis-profile=explore` looks for new ones instead, twenty times as many.
"""

from hypothesis import HealthCheck, settings

# A busy machine must not turn a passing law into a failing one.
SLOW_IS_FINE = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}

settings.register_profile("fixed", derandomize=True, **SLOW_IS_FINE)
settings.register_profile("explore", max_examples=2000, **SLOW_IS_FINE)
settings.load_profile("fixed")
