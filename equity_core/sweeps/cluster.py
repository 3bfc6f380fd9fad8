"""Parts answered by the workers of dask.distributed: processes of this machine, or a cluster.

Every data set travels to each worker once: it is a key of its own, named by its content, that all
parts depend on. A worker that dies is replaced, and what it had under way is answered elsewhere.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from itertools import islice
from typing import TYPE_CHECKING, Any

from equity_core.errors import EquityError, SweepError, clipped, shown
from equity_core.inputs.dataset import Dataset
from equity_core.sweeps.answering import LOST, Part, Row, answer_part
from equity_core.version import __version__

if TYPE_CHECKING:  # an extra: whoever solves one scenario does without
    from distributed import Client, Future

IN_FLIGHT = 1000
"""Parts that the scheduler knows at a time: enough for some hundred workers, and a sweep of a
million questions never stands there as a whole."""

SECONDS_TO_CONNECT, SECONDS_FOR_A_WORKER = 20, 120
HERE = "127.0.0.1"
QUIET: Mapping[str, Any] = {
    # Neither dashboard nor any other page: what still listens there answers 404.
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    # Nobody looks at what dask would watch all the time: a tenth of a processor, measured idle.
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "1s",
    "distributed.admin.tick.limit": "60s",
    "distributed.admin.system-monitor.interval": "5s",
    "distributed.admin.system-monitor.gil.enabled": False,
    "distributed.admin.large-graph-warning-threshold": "1 GB",
}

Answered = tuple[Part, list[Row], bool]
"""A part, its rows, and whether they are worth keeping."""


def check_installed() -> None:
    """Raises `SweepError` where the extra `sweep` is not installed."""
    if find_spec("distributed") is None:
        raise SweepError(
            "Sweeps need dask.distributed, which is not installed here; install it with "
            "pip install 'equity-explorer[sweep]'."
        )


def answered(
    parts: Iterable[Part],
    datasets: Mapping[str, Dataset],
    digests: Mapping[str, str],
    address: str = "",
    workers: int | None = None,
) -> Iterator[Answered]:
    """The parts as they are answered, in any order.

    address  of a scheduler, tcp://host:8786; "" starts `workers` processes of this machine (as many
             as it has processors unless said)

    A part whose worker died again and again comes with rows that say so. Raises `SweepError` where
    no scheduler or worker can be reached.
    """
    with connected(address, workers) as client:
        check_workers(client)
        yield from streamed(client, iter(parts), sent(client, datasets, digests))


def sent(
    client: Client, datasets: Mapping[str, Dataset], digests: Mapping[str, str]
) -> dict[str, Future]:
    """The data sets as keys that parts depend on, by name."""
    return {
        name: client.submit(_held, dataset, key=f"data-{digests[name]}", pure=False)
        for name, dataset in datasets.items()
    }


def check_workers(client: Client) -> None:
    """Raises `SweepError` where scheduler or workers do not know this program, or another one."""
    future = client.submit(_version, pure=False)
    if error := future.exception():
        raise SweepError(
            f"The workers cannot run Equity Explorer {__version__} ({clipped(str(error))}); "
            "install it where scheduler and workers run, with its extra sweep."
        )
    if (there := future.result()) != __version__:
        raise SweepError(
            f"The workers run Equity Explorer {there}, but {__version__} asks; install the same "
            "version on all machines."
        )


def _version() -> str:
    return __version__


def _held(dataset: Dataset) -> Dataset:
    """What a worker keeps: the data set."""
    return dataset


def streamed(
    client: Client, parts: Iterator[Part], held: Mapping[str, Future]
) -> Iterator[Answered]:
    """The parts as they are answered, `IN_FLIGHT` of them under way; `held` by `sent`."""
    from distributed import as_completed  # noqa: PLC0415  an extra

    under_way: dict[str, Part] = {}

    def submit(part: Part) -> Future:
        names = dict.fromkeys(question.dataset for question in part.questions)
        data = {name: held[name] for name in names}
        # Two parts may ask the same, and two clients share a scheduler.
        key = f"part-{part.key}-{part.first}"
        under_way[key] = part
        return client.submit(answer_part, part, data, key=key, pure=False)

    done = as_completed([submit(part) for part in islice(parts, IN_FLIGHT)])
    for future in done:
        part = under_way.pop(future.key)
        yield _outcome(part, future)
        future.release()
        for following in islice(parts, 1):
            done.add(submit(following))


def _outcome(part: Part, future: Future) -> Answered:
    if future.status == "finished":
        return part, future.result(), True
    if future.status in ("cancelled", "lost"):
        raise SweepError(
            "The scheduler is gone. What was answered is kept: run the same command again to go on."
        )
    error = future.exception()
    if isinstance(error, EquityError):
        raise error
    sentence = (
        f"No worker could answer this ({type(error).__name__}: {clipped(str(error))}); run the "
        "same command again to try it once more."
    )
    return part, [{"status": LOST, "sentence": sentence} for _ in part.questions], False


@contextmanager
def connected(address: str = "", workers: int | None = None) -> Iterator[Client]:
    """A client of the scheduler at `address`, or of processes that end with it."""
    check_installed()
    import dask  # noqa: PLC0415  an extra
    from distributed import Client, LocalCluster  # noqa: PLC0415

    with ExitStack() as stack:
        stack.enter_context(dask.config.set(QUIET))
        place: Any = address
        if not address:
            place = stack.enter_context(
                LocalCluster(
                    n_workers=workers,
                    threads_per_worker=1,
                    host=HERE,
                    dashboard_address=None,
                    scheduler_kwargs={"dashboard": False, "dashboard_address": f"{HERE}:0"},
                    silence_logs=logging.CRITICAL,
                )
            )
        try:
            client = stack.enter_context(Client(place, timeout=SECONDS_TO_CONNECT))
            client.wait_for_workers(1, timeout=SECONDS_FOR_A_WORKER)
        except (OSError, TimeoutError, ValueError) as error:
            raise SweepError(
                f"No worker answers at {shown(address or HERE)} ({clipped(str(error))}); start a "
                "scheduler and workers there, as in docs/DEPLOY.md, or leave --scheduler away."
            ) from error
        yield client
