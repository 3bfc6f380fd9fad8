"""A reader without a browser: speaks the page's own protocol over a websocket."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.state.session_state import STREAMLIT_INTERNAL_KEY_PREFIX
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

MOVED = ("water_weight_slider", "carbon_weight_slider")
LONGEST_STEP = 3
"""Steps of a slider that one change moves it at most."""


@dataclass(eq=False)
class Reader:
    """Moves one weight or the other, from time to time; notes how long each answer took.

    answers   seconds from a change to the end of the run that shows it
    curves    seconds from a change to the frontier that belongs to it
    problems  what a reader must never see, as text
    """

    address: str
    query: str
    random: random.Random
    answers: list[float] = field(default_factory=list)
    curves: list[float] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    received: int = 0
    _sliders: dict[str, Any] = field(default_factory=dict)
    _states: dict[str, WidgetState] = field(default_factory=dict)
    _unanswered: deque[float] = field(default_factory=deque)
    _covered: int = 0
    _newest: float = 0.0
    _asks_again: tuple[str, str] | None = None
    _fresh: bool = True

    async def read(self, seconds: float, pause: float) -> None:
        """Open the page, wait until it is complete, then change it every `pause` seconds."""
        target = self.address.replace("http", "ws", 1) + "/_stcore/stream"
        async with connect(
            target, subprotocols=[Subprotocol("streamlit")], max_size=None
        ) as socket:
            listening = asyncio.create_task(self._listen(socket))
            await self._send(socket)
            await self._until_settled()
            self.answers.clear()
            self.curves.clear()
            await asyncio.sleep(self.random.uniform(0, pause))
            next_change = time.perf_counter()
            end = next_change + seconds
            while next_change < end and not listening.done():
                await self._change(socket)
                next_change += pause
                await asyncio.sleep(next_change - time.perf_counter())
            await self._until_settled()
            listening.cancel()

    async def _until_settled(self) -> None:
        while self._unanswered or not self._fresh:
            await asyncio.sleep(0.02)

    async def _change(self, socket: ClientConnection) -> None:
        slider = self._sliders[self.random.choice(MOVED)]
        state = self._states.setdefault(slider.id, WidgetState(id=slider.id))
        shown = list(state.string_array_value.data) or [slider.options[int(slider.default[0])]]
        place = list(slider.options).index(shown[0])
        step = self.random.choice([*range(-LONGEST_STEP, 0), *range(1, LONGEST_STEP + 1)])
        # Away from the ends, where there is nowhere to go.
        moved = place + step if 0 < place + step < len(slider.options) else place - step
        state.string_array_value.data[:] = [slider.options[moved]]
        await self._send(socket)

    async def _send(self, socket: ClientConnection) -> None:
        """Ask for a run of the page with all that this reader has set."""
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.widget_states.widgets.extend(self._states.values())
        self._newest = time.perf_counter()
        self._unanswered.append(self._newest)
        await socket.send(message.SerializeToString())

    async def _ask_again(self, socket: ClientConnection, component: str, fragment: str) -> None:
        """What the page's own script does while the frontier is missing."""
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.fragment_id = fragment
        ticks = WidgetState(id=f"{STREAMLIT_INTERNAL_KEY_PREFIX}_{component}__events")
        ticks.json_trigger_value = json.dumps([{"event": "tick", "value": 1}])
        message.rerun_script.widget_states.widgets.extend([*self._states.values(), ticks])
        await socket.send(message.SerializeToString())

    async def _listen(self, socket: ClientConnection) -> None:
        async for data in socket:
            message = ForwardMsg.FromString(data)
            self.received += len(data)
            if message.WhichOneof("type") == "new_session":
                self._covered = len(self._unanswered)
            elif message.WhichOneof("type") == "delta":
                self._note(message.delta)
            elif message.WhichOneof("type") == "script_finished":
                await self._finished(socket, message.script_finished)

    def _note(self, delta: Delta) -> None:
        element = delta.new_element
        kind = element.WhichOneof("type")
        if kind == "slider":
            name = element.slider.id.split("-", 2)[2].rpartition("-")[0]
            self._sliders[name] = element.slider
        elif kind == "bidi_component" and element.bidi_component.id.endswith("-ask_again"):
            self._asks_again, self._fresh = (element.bidi_component.id, delta.fragment_id), False
        elif kind == "html" and 'class="ee-curve"' in element.html.body:  # not stale
            self._asks_again, self._fresh = None, True
        elif kind in ("exception", "alert"):
            self.problems.append(str(getattr(element, kind))[:300])

    async def _finished(self, socket: ClientConnection, how: int) -> None:
        now = time.perf_counter()
        if how == ForwardMsg.FINISHED_SUCCESSFULLY:
            # A change sent while a run was under way is answered by the next one.
            self.answers.extend(now - self._unanswered.popleft() for _ in range(self._covered))
            self._covered = 0
        elif how == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
            self.problems.append("The script does not compile.")
        if self._unanswered or how == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return
        if self._asks_again:
            await self._ask_again(socket, *self._asks_again)
        elif self._newest:
            self.curves.append(now - self._newest)
            self._newest = 0.0
