// Runs in the page: notes every frame in which figures, bars and map were drawn anew, and long tasks.
(() => {
  const drag = { figures: [], bars: [], map: [], long: [], frames: [] };
  window.__drag = drag;
  drag.clear = () => [drag.figures, drag.bars, drag.map, drag.long, drag.frames].forEach((list) => { list.length = 0; });
  const note = (part) => drag[part].push(performance.now());
  const watch = (part, selector) => new MutationObserver((changes) => {
    const within = ({ target }) => (target.nodeType === 1 ? target : target.parentElement)?.closest(selector);
    if (changes.some(within)) note(part);
  }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["style"] });
  drag.begin = () => {
    watch("figures", ".ee-figures, .ee-headline");
    watch("bars", ".ee-bars");
    new PerformanceObserver((list) => list.getEntries().forEach(({ startTime, duration }) =>
      drag.long.push([startTime, duration]))).observe({ type: "longtask" });
    const clear = CanvasRenderingContext2D.prototype.clearRect;
    CanvasRenderingContext2D.prototype.clearRect = function (...given) {
      if (this.canvas.className === "ee-overlay") note("map");
      return clear.apply(this, given);
    };
    const frame = (at) => { drag.frames.push(at); requestAnimationFrame(frame); };
    requestAnimationFrame(frame);
  };
})();
