// A table of fields. What was typed is sent with a number, and again until the server has seen it;
// until then, and while the cursor is in it, a field is not overwritten.
const NOW = "data-entry";

const make = (tag, attributes = {}, text = "") => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = text;
  return element;
};

const field = (row, column) =>
  make("input", {
    type: "text", inputmode: "decimal", autocomplete: "off", title: column.help,
    "aria-label": `${row.name}, ${column.label}`, "data-site": row.site, "data-column": column.name,
  });

const build = (data) => {
  const table = make("table");
  const head = table.createTHead().insertRow();
  head.append(make("th", { scope: "col" }, "Region"));
  for (const { label, help } of data.columns) {
    head.append(make("th", { scope: "col", title: help }, label));
  }
  const body = table.createTBody();
  for (const row of data.rows) {
    const line = body.insertRow();
    line.append(make("th", { scope: "row" }, row.name));
    for (const column of data.columns) line.insertCell().append(field(row, column));
  }
  return table;
};

const layout = (data) =>
  JSON.stringify([data.columns.map(({ name }) => name), data.rows.map(({ site }) => site)]);

// The sentence below a region's row, as an alert: screen readers say it at once.
const refuse = (line, row, columns) => {
  const told = columns.filter(({ name }) => row.refusals[name])
    .map(({ name, label }) => `${row.name}, ${label}: ${row.refusals[name]}`).join(" ");
  const below = line.nextElementSibling;
  const shown = below?.className === "refusal" ? below : null;
  if (shown?.textContent === told) return;
  shown?.remove();
  if (!told) return;
  const refusal = make("tr", { class: "refusal" });
  refusal.append(make("td", { colspan: columns.length + 1, role: "alert" }, told));
  line.after(refusal);
};

const show = (root, data) => {
  const lines = root.querySelectorAll("tbody tr:not(.refusal)");
  data.rows.forEach((row, at) => {
    lines[at].querySelectorAll("input").forEach((input, column) => {
      const entry = Number(input.getAttribute(NOW) ?? 0);
      const typing = input.getRootNode().activeElement === input && input.value !== input.dataset.text;
      if (entry <= data.seen && !typing) {
        input.value = input.dataset.text = row.texts[column];
      }
      input.toggleAttribute("data-changed", row.texts[column] !== "1");
      input.setAttribute("aria-invalid", Boolean(row.refusals[input.dataset.column]));
    });
    refuse(lines[at], row, data.columns);
  });
};

const newRoot = () => {
  const root = make("div", { class: "grid" });
  root.addEventListener("focusin", ({ target }) => target.select?.());
  return root;
};

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".grid") ?? newRoot();
  if (root.dataset.layout !== layout(data)) {
    root.replaceChildren(build(data));
    root.dataset.layout = layout(data);
    root.entries = [];
  }
  if (!root.isConnected) parentElement.append(root);
  root.entries = root.entries.filter(([number]) => number > data.seen);
  show(root, data);

  root.onchange = ({ target }) => {
    const number = Math.max(Date.now(), data.seen + 1, (root.entries.at(-1)?.[0] ?? 0) + 1);
    target.setAttribute(NOW, number);
    target.dataset.text = target.value;
    root.entries.push([number, target.dataset.site, target.dataset.column, target.value]);
    setStateValue("entries", [...root.entries]);
  };
  root.onkeydown = (event) => {
    const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.target.tagName !== "INPUT") return;
    const same = [...root.querySelectorAll(`input[data-column="${event.target.dataset.column}"]`)];
    const next = same[same.indexOf(event.target) + step] ?? event.target;
    event.preventDefault();
    event.target.blur(); // takes over what was typed
    next.focus();
  };
}
