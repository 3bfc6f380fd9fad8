// Draws amounts by region where the page shows those of the certified plan: headline, figures, totals,
// bars, legend. What is written over is kept, for a preview that comes to nothing.
const PICTURE = (() => {
  const { NO_CHANGE, amount, large, change, rounded, roundedChange, changePct, number, signed } = NUMBERS;
  const LONGEST = 0.62; // of the room: the longest bar leaves some for its figure
  const LITTLE = 0.1; // of what the mean region carries
  const ALIKE = 0.005; // regions whose burdens are so close carry most together
  const STEPS = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];
  const sum = (values) => values.reduce((total, value) => total + value, 0);
  const write = (element, text) => { if (element && element.textContent !== text) element.textContent = text; };

  // The smallest round number at or above every size, as the page's own scales have it.
  const niceLimit = (values) => {
    const largest = Math.max(0, ...values.filter(Number.isFinite).map(Math.abs));
    if (largest < 1e-6) return 1;
    const magnitude = 10 ** Math.floor(Math.log10(largest));
    return STEPS.find((step) => step * magnitude >= largest * (1 - 1e-9)) * magnitude;
  };

  // What the map colours, and the scale of it: {values, low, high, shades}.
  const coloured = (plan, amounts, shades) => {
    const [before, after] = [plan.before[plan.column], amounts[plan.column]];
    const values = plan.mode === "change" ? after.map((value, at) => value - before[at]) : after;
    const shown = plan.mode === "both" ? [...values, ...before] : values;
    const centred = plan.mode === "change" || shown.some((value) => value < 0);
    const high = niceLimit(shown);
    return { values, low: centred ? -high : 0, high, shades: centred ? shades.change : shades.burden };
  };

  const coloursOf = ({ values, low, high, shades }) => values.map((value) => {
    const share = Math.min(1, Math.max(0, (value - low) / (high - low)));
    return `rgb(${shades[Math.round(share * (shades.length - 1))]})`;
  });

  const legend = (ticks, { low, high }, mode) => {
    const say = mode === "change" ? signed : number;
    ticks.forEach((tick, at) => write(tick, say(low + (high - low) * at / (ticks.length - 1))));
  };

  const carrying = (values, names) => {
    const most = Math.max(...values);
    const which = names.filter((_, at) => values[at] >= most - ALIKE * Math.abs(most));
    const told = which.length > 2 ? `${which.length} regions` : which.join(" and ");
    return which.length === 1 ? told : `${told} alike`;
  };

  const figure = (part, value, moved, note) => {
    if (!part) return;
    write(part.querySelector(".ee-value"), value);
    const beside = part.querySelector(".ee-change");
    write(beside, moved);
    beside.dataset.is = moved;
    if (note) write(part.querySelector(".ee-note"), note);
  };

  const figures = (list, plan, amounts, seen) => {
    const at = (key) => list.querySelector(`.ee-figure-${key}`);
    figure(at("cost"), amount(seen.cost, "usd"), roundedChange(changePct(seen.costBefore, seen.cost)));
    plan.footprints.forEach(({ name, unit }, k) => {
      const { before, after } = seen.worst[k];
      const who = carrying(amounts[k + 2], plan.names);
      figure(at(`worst_${name}`), amount(after, unit), roundedChange(changePct(before, after)),
        `${who}; baseline ${amount(before, unit)}`);
    });
    const losers = plan.names.filter((_, region) => GLANCE.isWorse(plan.footprints, plan.before, amounts, region));
    figure(at("worse"), `${losers.length} of ${seen.regions}`, "", losers.join(", ") || "none");
  };

  const totals = (line, plan, amounts) => plan.footprints.forEach(({ noun, unit }, k) => {
    const [before, after] = [plan.before, amounts].map((columns) => sum(columns[k + 2]));
    const [total, moved] = [amount(after, unit), roundedChange(changePct(before, after))];
    const part = line.children[k + 1];
    write(part?.querySelector("b"), total);
    if (part && part.lastChild.data !== ` (${moved})`) part.lastChild.data = ` (${moved})`;
  });

  // Of a rise from next to nothing no percentage is told, as in equity_core/text/shares.py.
  const changeWords = (before, after, unit, mean) => {
    const moved = change(after - before, unit);
    if (moved === NO_CHANGE) return [NO_CHANGE, ""];
    const up = after > before;
    return [`${up ? "▲ +" : "▼ "}${large(after - before, 2)}`,
      up && before <= LITTLE * mean ? "from little" : roundedChange(changePct(before, after))];
  };

  const track = (line, value, low, length) => {
    const [bar, told] = line.children;
    const start = 100 * (Math.min(value, 0) - low) / length, width = 100 * Math.abs(value) / length * LONGEST;
    bar.style.marginLeft = `${start.toFixed(2)}%`;
    bar.style.width = `${width.toFixed(2)}%`;
    write(told, large(value));
  };

  const row = (line, before, after, words, told, low, length) => {
    const [tracks, right] = [line.cells[1], line.cells[2]];
    track(tracks.children[0], before, low, length);
    track(tracks.children[1], after, low, length);
    tracks.dataset.value = after;
    right.dataset.value = told;
    if (right.dataset.words === words.join("|")) return;
    right.dataset.words = words.join("|");
    const small = document.createElement("small");
    small.textContent = words[1];
    right.replaceChildren(words[0], ...(words[1] ? [small] : []));
  };

  const bars = (table, plan, amounts) => {
    const [before, after] = [plan.before[plan.column], amounts[plan.column]];
    const low = Math.min(0, ...before, ...after), length = Math.max(1e-12, ...before, ...after) - low;
    const all = sum(after) || 1, mean = sum(before) / before.length, ofChange = plan.mode === "change";
    const lines = [...table.tBodies[0].rows].map((line) => {
      const at = plan.sites.indexOf(line.dataset.site);
      const told = ofChange ? after[at] - before[at] : after[at];
      const words = ofChange ? changeWords(before[at], after[at], plan.unit, mean) : [rounded(100 * after[at] / all), ""];
      row(line, before[at], after[at], words, told, low, length);
      return { line, told };
    });
    if (sorts.has(table.dataset.table)) sort(table); // as the reader has sorted it
    else reorder(table.tBodies[0], lines);
  };

  // Largest figure first, as the certified table will stand: nothing moves when it comes.
  const reorder = (body, lines) => {
    const wanted = [...lines].sort((a, b) => b.told - a.told);
    if (wanted.some(({ line }, at) => line !== lines[at].line)) body.append(...wanted.map(({ line }) => line));
  };

  return { coloured, coloursOf, niceLimit, legend, figures, totals, bars };
})();
