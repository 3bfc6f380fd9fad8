// Numbers as readers see them: what equity_core/text/numbers.py writes; tests hold both to the same cases.
const NUMBERS = (() => {
  const MINUS = "\u2212", SMALLEST = 0.001, SAME_PERCENT = 1e-4, NO_CHANGE = "no change";
  const LARGE = [[1e12, "trillion"], [1e9, "billion"], [1e6, "million"]], LARGEST_IN_WORDS = 1e15;
  const UNITS = { m3: "m³", usd: "USD", mwh: "MWh" };
  const written = Array.from({ length: 8 }, (_, decimals) =>
    new Intl.NumberFormat("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals }));

  const magnitude = (size, digits) => {
    if (size === 0) return "0";
    if (size < SMALLEST) return `<${SMALLEST}`;
    const rounded = Number(size.toPrecision(digits));
    if (rounded >= LARGEST_IN_WORDS) return rounded.toExponential(digits - 1).replace("e+", "e");
    const decimals = Math.min(Math.max(0, digits - 1 - Math.floor(Math.log10(rounded))), written.length - 1);
    const text = written[decimals].format(rounded);
    return decimals ? text.replace(/\.?0+$/, "") : text;
  };

  const number = (value, digits = 3) => {
    if (!Number.isFinite(value)) return "not known";
    if (value < 0 && value > -SMALLEST) return `>${MINUS}${SMALLEST}`;
    return (value < 0 ? MINUS : "") + magnitude(Math.abs(value), digits);
  };

  const large = (value, digits = 3) => {
    const rounded = Math.abs(Number(value.toPrecision(digits)));
    const found = LARGE.find(([size]) => size <= rounded && rounded < LARGEST_IN_WORDS);
    return found ? `${number(value / found[0], digits)} ${found[1]}` : number(value, digits);
  };

  const withUnit = (text, unit) => {
    if (text === "not known") return text;
    if (unit === "%") return `${text}%`;
    if (unit.toLowerCase() === "usd") return text.replace(/^[+<>\u2212]*/, (signs) => `${signs}$`);
    return `${text} ${UNITS[unit.toLowerCase()] ?? unit}`;
  };

  const amount = (value, unit, digits = 3) => withUnit(large(value, digits), unit);

  const change = (value, unit, digits = 3) => {
    if (Math.abs(value) < (unit === "%" ? SAME_PERCENT : SMALLEST)) return NO_CHANGE;
    return withUnit((value > 0 && Number.isFinite(value) ? "+" : "") + large(value, digits), unit);
  };

  const percent = (value, digits = 3) => amount(value, "%", digits);
  const percentChange = (value, digits = 3) => change(value, "%", digits);
  const rounded = (percents) => {
    const size = Math.abs(percents);
    if (size >= 99 && size < 100) return percent(Math.sign(percents) * Math.min(size, 99.9));
    return percent(percents, size >= 100 ? 3 : size >= 1 ? 2 : 1);
  };
  const roundedChange = (percents) => {
    if (percentChange(percents) === NO_CHANGE) return NO_CHANGE;
    return (percents > 0 && Number.isFinite(percents) ? "+" : "") + rounded(percents);
  };
  const changePct = (before, after) => before === after ? 0 : before ? 100 * (after - before) / Math.abs(before) : NaN;
  const signed = (value) => (value > 0 && Number.isFinite(value) ? "+" : "") + number(value);
  const joined = (parts) => parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;

  return { NO_CHANGE, number, large, amount, change, percent, percentChange, rounded, roundedChange, changePct, signed, joined };
})();
