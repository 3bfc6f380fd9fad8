"""A replay as it is watched: its frames are its hours, and its words say its figures."""

import numpy as np
import pytest

from equity_core import Scenario, load_dataset, replay
from equity_core.answers.foresight import headline
from equity_core.errors import ScenarioError
from equity_core.online.asked import from_words, to_words
from equity_core.online.film import DAY, film_of, frame_ends
from equity_core.online.parameters import Parameters


@pytest.fixture(scope="module")
def played():
    return replay(Scenario(), load_dataset("paper-2022"), "blend", "noisy")


def test_a_short_period_is_watched_hour_by_hour(played):
    film = film_of(played)
    assert len(film.hours) == len(played.hours) == 457
    np.testing.assert_array_equal(film.load, played.load)
    np.testing.assert_array_equal(film.burdens, played.burdens)
    assert film.cost_usd[-1] == pytest.approx(played.outcome.cost_usd)
    assert film.objective[-1] <= film.ceiling[-1]
    assert film.price_of_not_knowing == played.price_of_not_knowing
    assert film.outcome.dispatch.size == 0


@pytest.mark.parametrize("hours", [24, 1000, 1001, 8760, 8761])
def test_frames_end_with_the_period(hours):
    ends = frame_ends(hours)
    assert ends[-1] == hours - 1
    assert len(ends) == (hours if hours <= 1000 else -(-hours // DAY))


def test_the_frame_of_an_hour_holds_it(played):
    film = film_of(played)
    assert film.frame_at(0) == 0
    assert film.frame_at(30) == 30
    assert film.frame_at(1e6) == len(film.hours) - 1


def test_the_headline_says_the_price_and_never_optimal(played):
    told = headline(film_of(played))
    assert told.startswith("Planned hour by hour without knowing the future, simulated for ")
    assert " this plan costs " in told
    assert "more, cost and fairness together, than with the whole period known" in told
    assert "Optimal" not in told


def test_the_share_that_is_over_is_told_and_it_can_be_stopped():
    shares, data = [], load_dataset("paper-2022")
    replay(Scenario(), data, "forecast", "adversary", reached=shares.append)
    assert shares == sorted(shares)
    assert len(shares) == 20

    class Enough(Exception):
        pass

    def stop() -> None:
        raise Enough

    for method in ("weights", "mirror_descent", "forecast"):
        with pytest.raises(Enough):
            replay(Scenario(), data, method, "adversary", watch=stop)


def test_how_it_was_played_comes_back_from_words():
    asked = ("blend", "noisy", Parameters(error=0.3, trust=0.0))
    words = to_words(*asked)
    assert words == "method=blend&forecast=noisy&error=0.3&trust=0.0"
    assert from_words(words) == asked
    for wrong in ("method=blend&speed=3", "method=blend&error=much"):
        with pytest.raises(ScenarioError, match="cannot be read"):
            from_words(wrong)
