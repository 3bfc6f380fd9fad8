// Puts the picture in place and answers the pointer: the point nearest to it says what it is, and
// a click adopts it.
const REACH = 28; // pixels

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".ee-curve-root");
  if (root.shown !== data.html) {
    root.innerHTML = data.html;
    root.shown = data.html;
  }
  const plot = root.querySelector(".ee-plot");
  if (!plot) return;
  const words = root.querySelector(".ee-words");

  const nearest = (event) => {
    let best = null;
    let least = REACH;
    for (const dot of plot.querySelectorAll(".ee-dot")) {
      const box = dot.getBoundingClientRect();
      const across = event.clientX - (box.x + box.width / 2);
      const up = event.clientY - (box.y + box.height / 2);
      const away = Math.hypot(across, up);
      if (away < least) [best, least] = [dot, away];
    }
    return best;
  };
  const point = (dot) => {
    plot.querySelector(".ee-near")?.classList.remove("ee-near");
    dot?.classList.add("ee-near");
    words.textContent = dot?.dataset.words ?? "";
  };
  plot.onpointermove = (event) => point(nearest(event));
  plot.onpointerleave = () => point(null);
  plot.onclick = (event) => {
    const dot = nearest(event);
    if (dot) setTriggerValue("picked", Number(dot.dataset.row));
  };
}
