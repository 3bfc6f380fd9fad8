"""The Foresight page: figures, the record that is played, and what is asked for."""

import json
import time

import numpy as np
import pytest

from equity_core import Scenario, replay
from equity_core.online.film import film_of
from equity_core.store.packing import pack
from ui.charts import foresight as pictures
from ui.jobs import tasks
from ui.jobs.plays import Play
from ui.jobs.uploads import Brought
from ui.maps.outlines import HEIGHT, WIDTH, outline
from ui.maps.places import ALL, camera_for, place_of
from ui.maps.polygons import shapes_of
from ui.maps.view import View, read_view, view_query
from ui.panels.hourly.foresight import play_of, table
from ui.theme import DARK, LIGHT


@pytest.fixture(scope="module")
def films(dataset):
    played = {name: replay(Scenario(), dataset, name, "noisy") for name in ("weights", "blend")}
    return {name: film_of(each) for name, each in played.items()}


def test_lines_end_at_the_price_of_not_knowing(films):
    figure = pictures.above_figure(films, "blend", 12, LIGHT)
    by_name = {trace.get("name"): trace for trace in figure["data"]}
    for method, film in films.items():
        end = by_name[pictures.NAMES[method]]["y"][-1]
        assert end == pytest.approx(100 * film.price_of_not_knowing, rel=1e-3)
    band = by_name["What the guarantee allows the blend"]["y"]
    blend = by_name[pictures.NAMES["blend"]]["y"]
    assert np.all(np.array(blend) <= np.array(band) + 1e-2)
    assert figure["layout"]["shapes"][0]["x0"] == "2022-09-22T12:00"


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_the_player_gets_every_frame_in_the_pages_colours(films, look):
    film = films["blend"]
    record = pictures.player_record(film, "name", 3, look)
    assert json.loads(json.dumps(record)) == record
    assert len(record["hours"]) == len(record["cost"]) == 457
    assert [layer["label"] for layer in record["layers"]] == [
        "Load now",
        "Water so far",
        "Carbon so far",
    ]
    worst = max(record["layers"][1]["values"][-1])
    assert worst == pytest.approx(film.outcome.worst("water_m3"), rel=1e-4)
    assert record["colours"]["ink"] == look.ink


def test_the_outline_lies_within_its_picture(dataset):
    camera = camera_for(place_of(dataset, ALL).extent)
    drawn = outline(dataset, shapes_of(dataset, camera), camera)
    assert {region["site"] for region in drawn["regions"]} == set(range(10))
    for site in drawn["sites"]:
        assert 0 < site["x"] < WIDTH
        assert 0 < site["y"] < HEIGHT


def test_what_a_method_does_not_use_is_not_asked():
    view = View(method="weights", forecast="noisy", error="0.5", trust="0.3")
    assert play_of(Scenario(), view, None) == play_of(Scenario(), View(), None)
    blend = play_of(Scenario(), view.replace(method="blend"), None)
    assert (blend.forecast, blend.error, blend.trust) == ("noisy", 0.5, 0.3)


def test_the_state_is_in_the_link(dataset):
    view = View(method="blend", forecast="biased", error="0.3", trust="0.1", hour="120")
    assert read_view(view_query(view), dataset) == (view, [])
    _, problems = read_view({"show_method": "blind", "show_trust": "-1", "show_hour": "x"}, dataset)
    assert len(problems) == 3
    assert "give a number from 0 to 10" in problems[1]


def test_the_table_says_who_is_worst(films):
    rows = table(films)
    assert rows["Planned by"].iloc[0] == "Whole period known (offline)"
    assert rows["Worst water"].str.contains("m³").all()


def leave(folder):
    return tasks.Leave(60.0, time.monotonic() + 60, folder / "7")


def test_a_worker_plays_a_readers_own_forecast(dataset, tmp_path):
    own = Brought(dataset.id, pack(dataset), (), ())
    film = tasks.foresight(leave(tmp_path), Play(Scenario(), "forecast", "own", 0.1, 0.05, own))
    perfect = replay(Scenario(), dataset, "forecast", "perfect")
    assert film.outcome.objective == pytest.approx(perfect.outcome.objective, rel=1e-9)
    share = float(tasks.progress_file(tmp_path / "7").read_text(encoding="ascii"))
    assert 0.9 < share < 1


@pytest.mark.parametrize("method", ["weights", "mirror_descent", "forecast", "blend"])
def test_what_nobody_waits_for_is_stopped(method, tmp_path):
    (tmp_path / "7").touch()
    with pytest.raises(tasks.Stopped):
        tasks.foresight(leave(tmp_path), Play(Scenario(), method, "adversary", 0.1, 0.05))


def test_files_of_what_was_played_state_how(tmp_path):
    play = Play(Scenario(), "blend", "adversary", 0.1, 0.2)
    for name in ("foresight-hours.csv", "regions.csv", "hours.csv", "regions.geojson"):
        made = tasks.foresight_file(leave(tmp_path), play, name)
        assert b"method=blend&forecast=adversary&trust=0.2" in made
