// Part 2 of 5: a row of the table as numbers, and the reasons for an answer.
//
// A row is a list of values, one for each column: a number, a text, or null where there is none. A date is the number of
// days since 1970. Each column becomes one or more inputs of the network; `asked` says what an input wants to know.

const STEPS = {
  log: x => Math.sign(x) * Math.log1p(Math.abs(x)),
  standardise: (x, centre, spread) => (x - centre) / spread,
  clip: (x, most) => Math.min(most, Math.max(-most, x)),
  log_tails: (x, start) => Math.sign(x) * (Math.min(Math.abs(x), start) + Math.log1p(Math.max(Math.abs(x) - start, 0))),
  soften: (x, end) => x / Math.sqrt(1 + (x / end) ** 2),
};

const CYCLES = { month: 12, weekday: 7, hour: 24 };

function partOfDate(days, part) {
  if (part === "days") return days;
  const date = new Date(Math.round(days * 86400) * 1000);
  if (part === "year") return date.getUTCFullYear();
  if (part === "month") return date.getUTCMonth();
  if (part === "weekday") return (date.getUTCDay() + 6) % 7; // 0 for Monday
  return (date.getTime() / 3600000) % 24;
}

// What stands in for a missing value, and what is counted in a text.
function cellOf(column, value) {
  const known = Object.fromEntries(column.spellings);
  if (column.kind === "yes_no") return column.categories.includes(known[value] ?? value) ? (known[value] ?? value) : column.fill;
  if (value === null || value === undefined || value === "") return column.fill;
  if (column.kind === "category") return known[value] ?? value;
  if (column.kind !== "text" || typeof value === "number") return value;
  return column.counts === "length" ? [...value].length : value.trim().split(/\s+/).length;
}

function inputsOf(column, value) {
  const missing = value === null || value === undefined || value === "";
  const cell = cellOf(column, value);
  return column.inputs.map(({ asked, of, steps }) => {
    if (asked === "missing") return missing ? 1 : 0;
    if (asked === "yes" || asked === "category") return cell === of ? 1 : 0;
    if (asked === "other") return cell !== null && !column.categories.includes(cell) ? 1 : 0;
    if (asked === "sine" || asked === "cosine") {
      const angle = (partOfDate(cell, of) * 2 * Math.PI) / CYCLES[of];
      return Math.fround(asked === "sine" ? Math.sin(angle) : Math.cos(angle));
    }
    const number = asked === "part" ? partOfDate(cell, of) : cell;
    return Math.fround(steps.reduce((x, [name, ...numbers]) => STEPS[name](x, ...numbers), number));
  });
}

const encode = (columns, row) => columns.flatMap((column, place) => inputsOf(column, row[place]));

// Why this answer? Walk from a typical row to this one, changing one column after the other, and note how much the
// answer moves at each. As that depends on the order, do it in many orders and take the mean. These are Shapley values:
// together they are exactly the difference between this row's answer and that of the typical row.
function reasonsFor(columns, row, typical, answer) {
  const inputs = columns.map((column, place) => inputsOf(column, row[place]));
  const start = columns.map((column, place) => inputsOf(column, typical[place]));
  const different = columns.map((_, place) => place).filter(place => String(inputs[place]) !== String(start[place]));
  const moved = columns.map(() => 0);
  const orders = ordersOf(different);
  for (const order of orders) {
    const mixed = [...start];
    let before = answer(mixed.flat());
    for (const place of order) {
      mixed[place] = inputs[place];
      const after = answer(mixed.flat());
      moved[place] += (after - before) / orders.length;
      before = after;
    }
  }
  return moved;
}

// Thirty orders and their reverses, the same each time: the reasons must not change while one looks at them.
function ordersOf(places) {
  const orders = [];
  let seed = 1;
  for (let count = 0; count < (places.length > 1 ? 30 : 1); count++) {
    const order = [...places];
    for (let i = order.length - 1; i > 0; i--) {
      seed = (seed * 48271) % 2147483647; // Park and Miller's random numbers
      const j = seed % (i + 1);
      [order[i], order[j]] = [order[j], order[i]];
    }
    orders.push(order, [...order].reverse());
  }
  return orders;
}
