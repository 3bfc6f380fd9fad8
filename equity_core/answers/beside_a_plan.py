"""Files of its own beside those that any plan has: what a replay and a set of draws share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping

from equity_core.answers.making import Making


class BesideAPlan(ABC):
    """A plan with files of its own, by name; read back by `verify` like the plan itself."""

    @property
    @abstractmethod
    def _own(self) -> Mapping[str, Callable[[], str]]:
        """Name -> maker of what a plan alone does not have."""

    @property
    @abstractmethod
    def making(self) -> Making:
        """Makes the files that any plan has."""

    def file(self, name: str) -> bytes:
        """One of its own files or of those that any plan has; raises `EquityError` for others."""
        if name in self._own:
            return self._own[name]().encode("utf-8")
        return self.making.file(name)

    @property
    def titled(self) -> dict[str, str]:
        """Title -> name of every picture."""
        return self.making.titled

    def zip(self) -> bytes:
        """The package of the plan."""
        return self.making.zip()
