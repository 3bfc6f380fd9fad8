import numpy as np

from equity_core.inputs.geography import site_regions
from equity_core.outcome.cartography import WORLD, Site, europe


def sites_at(*places):
    return [Site(*place, f"Site {n}", "+1,230 m³", (0, 0, 0)) for n, place in enumerate(places)]


def test_the_four_neighbours_stand_apart_in_the_inset(dataset):
    places = dataset.sites
    sites = [
        Site(row["longitude"], row["latitude"], site, "", (0, 0, 0))
        for site, row in places.iterrows()
    ]
    frame = europe(sites, site_regions(dataset).geometry)
    inside = [site.name for site in sites if frame.holds(site)]
    assert inside == ["germany", "belgium", "netherlands", "denmark"]
    near = places.loc[inside]
    points = frame.project(list(near["longitude"]), list(near["latitude"]))
    apart = np.linalg.norm(points[:, None] - points[None], axis=2)[np.triu_indices(4, 1)]
    width = np.ptp(frame.outline()[:, 0])
    assert apart.min() > 0.2 * width


def test_no_inset_without_two_european_sites(dataset):
    lone = sites_at((8.7, 50.1), (139.7, 35.7))
    assert europe(lone, site_regions(dataset).geometry) is None


def test_the_projection_keeps_east_right_and_north_up():
    origin, east, north = WORLD.project([0, 90, 0], [0, 0, 60])
    assert east[0] > origin[0] + 8e6
    assert north[1] > origin[1] + 5e6
