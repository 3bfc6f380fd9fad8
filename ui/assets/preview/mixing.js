// Between the nodes of the weight grid: a mix of the optimal plans at a cell's four corners, which is
// a plan itself. As equity_core/preview/mixing.py has it; tests hold both to the same cases.
const MIXING = (() => {
  const FAVOUR = 300; // a corner counts e times less for each 1 / 300 that its objective is behind here

  const numbers = (text, Kind) => new Kind(Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0)).buffer);

  const unpacked = (packed) => ({
    ...packed,
    amounts: numbers(packed.amounts, Uint16Array),
    worth: numbers(packed.worth, Float32Array),
  });

  // The number of the level below a value, of those that have another one above them.
  const levelBelow = (levels, value) => {
    const above = levels.findIndex((level) => level > value);
    return Math.min(Math.max((above < 0 ? levels.length : above) - 1, 0), levels.length - 2);
  };

  // The level below a weight, and how far it is on the way to the next one.
  const cellOf = (levels, weight, unit) => {
    const below = levelBelow(levels, weight);
    const [low, at, high] = [levels[below], weight, levels[below + 1]].map((x) => Math.log1p(x / unit));
    return [below, Math.min(Math.max((at - low) / (high - low), 0), 1)];
  };

  const covers = ({ levels }, weights) => weights.every((weight, k) => weight >= 0 && weight <= levels[k].at(-1));

  // A node's objective at other weights: it is linear in them.
  const objectiveAt = ({ levels, worth }, row, column, [water, carbon]) => {
    const at = 3 * (row * levels[1].length + column);
    return worth[at] + worth[at + 1] * (water - levels[0][row]) + worth[at + 2] * (carbon - levels[1][column]);
  };

  // The corners of the cell as [row, column, share], shares adding up to 1.
  const cornersOf = (nodes, weights) => {
    const [[row, down], [column, across]] = weights.map((weight, k) => cellOf(nodes.levels[k], weight, nodes.units[k]));
    const corners = [[0, 0], [0, 1], [1, 0], [1, 1]].map(([i, j]) => ({
      row: row + i, column: column + j,
      plain: (i ? down : 1 - down) * (j ? across : 1 - across),
      worth: objectiveAt(nodes, row + i, column + j, weights),
    }));
    const best = Math.min(...corners.map(({ worth }) => worth));
    const favoured = corners.map(({ plain, worth }) =>
      plain * (best ? Math.exp(-FAVOUR * (worth - best) / Math.abs(best)) : 1));
    const sum = favoured.reduce((a, b) => a + b);
    return corners.map((corner, k) => [corner.row, corner.column, sum ? favoured[k] / sum : corner.plain]);
  };

  // Energy, cost and burdens by region: an array for each column.
  const mix = (nodes, weights) => {
    const { columns, regions, low, step, amounts, levels } = nodes;
    const corners = cornersOf(nodes, weights).filter(([, , share]) => share > 0);
    return columns.map((_, column) => Array.from({ length: regions }, (_, region) => {
      const counts = corners.reduce((sum, [row, across, share]) =>
        sum + share * amounts[((row * levels[1].length + across) * columns.length + column) * regions + region], 0);
      return low[column] + step[column] * counts;
    }));
  };

  // A weight on the way from one to another, as the eye sees sliders move: by ratio where it is large.
  const between = (from, to, share, unit) =>
    unit * Math.expm1((1 - share) * Math.log1p(from / unit) + share * Math.log1p(to / unit));

  return { unpacked, levelBelow, cellOf, covers, cornersOf, mix, between };
})();
