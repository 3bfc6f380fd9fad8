"""A store that takes everybody in and answers nobody holds up whoever needs it, and nobody else."""

from __future__ import annotations

import asyncio
from urllib.request import urlopen

import pytest

from bench.serving import served
from tests.faults.visits import visit
from tests.store.hanging import hanging_store

HEADLINE = "ee-headline"
SORRY = "The store of saved data cannot be used now"
NEEDY = ("saved=AAAAAAAAAAAA", "v=2&dataset=own-0123456789abcdef01234567", "saved=BBBBBBBBBBBB")


@pytest.mark.slow
def test_who_needs_no_saved_data_does_not_wait_for_the_store(tmp_path) -> None:
    with (
        hanging_store() as url,
        served(tmp_path / "server.log", settings={"DATABASE_URL": url}) as app,
    ):

        async def together() -> list[str]:
            assert HEADLINE in await visit(app.address)  # all is loaded
            waiting = [asyncio.create_task(visit(app.address, query)) for query in NEEDY]
            await asyncio.sleep(0.5)
            for _ in range(3):
                assert HEADLINE in await visit(app.address)
            assert not any(task.done() for task in waiting)
            return await asyncio.gather(*waiting)

        for said in asyncio.run(together()):
            assert SORRY in said.replace("\\", "")
            assert "it does not answer in time" in said
            assert HEADLINE in said  # the default scenario is shown instead
        head = urlopen(f"{app.address}/?saved=AAAAAAAAAAAA", timeout=20).read()
        assert b"<title>" in head
        log = app.log.read_text(encoding="utf-8")
    assert log.count('"store_failed"') == len(NEEDY)
    assert "secret" not in log
