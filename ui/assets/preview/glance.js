// What is seen at one glance of a preview, and in words: as equity_core/preview/glance.py has it; tests
// hold both to the same cases. Amounts are arrays by column (energy, cost, burdens), each by region.
const GLANCE = (() => {
  const { amount, large, rounded, roundedChange, changePct, joined, NO_CHANGE } = NUMBERS;
  const WORSE_BEYOND = 2e-4, DIGITS = 4;
  const sum = (values) => values.reduce((total, value) => total + value, 0);

  const isWorse = (footprints, before, after, region) => footprints.some((_, k) =>
    after[k + 2][region] - before[k + 2][region] > WORSE_BEYOND * Math.max(...before[k + 2]));

  const glance = (footprints, before, after) => ({
    costBefore: sum(before[1]), cost: sum(after[1]),
    worst: footprints.map(({ noun, unit }, k) =>
      ({ noun, unit, before: Math.max(...before[k + 2]), after: Math.max(...after[k + 2]) })),
    worse: before[0].filter((_, region) => isWorse(footprints, before, after, region)).length,
    regions: before[0].length,
  });

  const moved = ({ before, after, unit }) => before ? roundedChange(changePct(before, after)) : amount(after, unit);

  const cost = ({ costBefore, cost: after }) => {
    if (costBefore <= 0) return `${amount(after, "usd")} against ${amount(costBefore, "usd")}`;
    const change = changePct(costBefore, after);
    if (roundedChange(change) === NO_CHANGE) return "as much as";
    return `${rounded(Math.abs(change))} ${change > 0 ? "more" : "less"} than`;
  };

  const previewSentence = (seen, than, [place, places]) =>
    `Electricity costs ${cost(seen)} ${than}; in the ${place} that carries most: ` +
    `${seen.worst.map((item) => `${item.noun} ${moved(item)}`).join(", ")}; ` +
    `${seen.worse} of ${seen.regions} ${places} ${seen.worse === 1 ? "carries" : "carry"} more.`;

  const apart = (unit, preview, certified) => {
    const [before, after] = [preview, certified].map((value) => amount(value, unit, DIGITS));
    return before === after ? "" : `${unit === "usd" ? before : large(preview, DIGITS)} → ${after}`;
  };

  const certifiedSentence = (preview, certified) => {
    const pairs = [["cost", "usd", preview.cost, certified.cost], ...preview.worst.map((seen, k) =>
      [`worst ${seen.noun}`, seen.unit, seen.after, certified.worst[k].after])];
    const told = pairs.map(([name, ...pair]) => [name, apart(...pair)]).filter(([, change]) => change)
      .map(([name, change]) => `${name} ${change}`);
    if (preview.worse !== certified.worse) told.push(`regions worse off ${preview.worse} → ${certified.worse}`);
    return told.length ? `Certified: ${joined(told)}.` : "Certified: as in the preview.";
  };

  return { glance, isWorse, previewSentence, certifiedSentence };
})();
