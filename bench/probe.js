// Runs in the page before its own scripts. Notes, in milliseconds of performance.now():
// marks   when a part of the page was repainted (after the frame that showed it),
// keys    when a key was pressed,
// frames  what came and went over the websocket; small frames with their bytes.
(() => {
  const probe = { marks: [], keys: [], frames: [] };
  window.__probe = probe;
  probe.clear = () => {
    for (const list of [probe.marks, probe.keys, probe.frames]) list.length = 0;
  };
  const isStale = () => document.querySelector(".ee-stale") !== null;
  probe.settled = (quiet) => {
    const times = [...probe.marks, ...probe.frames].map((note) => note.at);
    return !isStale() && performance.now() - Math.max(0, ...times) > quiet;
  };

  const SLIDER = ".st-key-weight_water_weight input[type=range]";
  probe.isPainted = () => document.querySelector(SLIDER) !== null &&
    ["figures", "bars", "map"].every((part) => probe.marks.some((mark) => mark.part === part));

  const PARTS = { figures: ".ee-figures", bars: ".ee-bars", frontier: ".st-key-frontier_plot" };
  const waiting = new Set();
  const painted = (part) => {
    if (waiting.has(part)) return;
    waiting.add(part);
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        waiting.delete(part);
        probe.marks.push({ part, at: performance.now(), stale: isStale() });
      };
      channel.port2.postMessage(0);
    });
  };

  const partsAround = (node) => {
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    return element ? Object.keys(PARTS).filter((part) => element.closest(PARTS[part])) : [];
  };
  const partsWithin = (node) => node.nodeType === Node.ELEMENT_NODE
    ? Object.keys(PARTS).filter((part) => node.querySelector(PARTS[part])) : [];
  new MutationObserver((changes) => {
    for (const change of changes) {
      partsAround(change.target).forEach(painted);
      for (const node of change.addedNodes) {
        [...partsAround(node), ...partsWithin(node)].forEach(painted);
      }
    }
  }).observe(document, {
    subtree: true, childList: true, characterData: true,
  });

  for (const kind of ["drawElements", "drawArrays", "drawElementsInstanced", "drawArraysInstanced"]) {
    const original = WebGL2RenderingContext.prototype[kind];
    WebGL2RenderingContext.prototype[kind] = function (...given) {
      painted("map");
      return original.apply(this, given);
    };
  }

  document.addEventListener("keydown", () => probe.keys.push(performance.now()), true);

  const SMALL = 400;
  const base64 = (bytes) => btoa(String.fromCharCode(...bytes));
  const note = (way, data) => {
    if (!(data instanceof ArrayBuffer || ArrayBuffer.isView(data))) return;
    const bytes = ArrayBuffer.isView(data)
      ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      : new Uint8Array(data);
    probe.frames.push({
      way, at: performance.now(), size: bytes.length,
      bytes: bytes.length <= SMALL ? base64(bytes) : "",
    });
  };
  const Original = window.WebSocket;
  window.WebSocket = class extends Original {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", (event) => note("in", event.data));
    }
    send(data) {
      note("out", data);
      super.send(data);
    }
  };
})();
