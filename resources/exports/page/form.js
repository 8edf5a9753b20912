// Part 4 of 5: numbers in the reader's writing, and the form in which a row is typed, clicked or drawn.

const MINUS = "\u2212", NBSP = "\u00a0", MOST_BUTTONS = 4, FIRST_COLUMNS = 5;
let marks = { decimal: ".", group: "," };

function written(value, decimals) {
  const [whole, rest] = Math.abs(value).toFixed(decimals).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, marks.group) + (rest ? marks.decimal + rest : "");
  return value < 0 && /[1-9]/.test(grouped) ? MINUS + grouped : grouped;
}

// A sentence with values in the place of {names}; they may hold anything, also what `replace` would take for a sign.
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

const whole = value => written(value, 0);

function inCircle(value, decimals) {
  const text = written(value, decimals);
  return text.length <= 5 ? text : Math.abs(value) < 99999 ? whole(value) : value.toExponential(0).replace("e+", "e").replace("-", MINUS);
}

function percent(share) {
  const value = Math.round(100 * share);
  if (value === 0 && share > 0) return `<1${NBSP}%`;
  if (value === 100 && share < 1) return `>99${NBSP}%`;
  return `${value}${NBSP}%`;
}

function fourDigits(value) {
  const size = Math.abs(value);
  return size >= 1e12 ? value.toExponential(3) : written(value, size >= 1000 ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : 3);
}

// A yes or no that the file writes as 1 or 0 is read as a word.
const textOf = (column, value) => (column.texts ? column.texts[column.categories.indexOf(value)] ?? value : value);

const dateOf = days => new Date(Math.round(days * 86400) * 1000);

// A cell as it is read beside the network and in a reason.
function cellText(column, value, words) {
  if (value === null || value === "") return words.empty;
  if (typeof value !== "number") return textOf(column, value);
  if (column.kind === "date") return dateOf(value).toISOString().slice(0, column.hasTime ? 16 : 10).replace("T", " ");
  if (column.whole || Math.abs(value) >= 1000) return whole(value);
  return written(value, Math.min(6, Math.max(0, -Math.floor(Math.log10(column.step || 1)))));
}

// Make an element. Texts are set as text: what comes from a table is never taken for markup.
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

class Form {
  // `changed` is called with the whole row whenever a value is another.
  constructor(page, row, changed) {
    this.page = page;
    this.row = row;
    this.changed = changed;
    this.fields = page.columns.map((column, place) => this.field(column, place));
  }

  element() {
    const { order, words } = this.page;
    const first = order.slice(0, FIRST_COLUMNS), rest = order.slice(FIRST_COLUMNS);
    const list = make("div", { class: "fields" }, ...first.map(place => this.fields[place].element));
    if (!rest.length) return list;
    const more = make("div", { class: "fields", id: "rest", hidden: true }, ...rest.map(place => this.fields[place].element));
    const closed = rest.length === 1 ? words.moreOne : filled(words.more, { n: rest.length });
    const button = make("button", { type: "button", class: "link", "aria-expanded": "false", "aria-controls": "rest" }, closed);
    button.addEventListener("click", () => {
      more.hidden = !more.hidden;
      button.setAttribute("aria-expanded", String(!more.hidden));
      button.textContent = more.hidden ? closed : words.fewer;
    });
    return make("div", {}, list, more, button);
  }

  set(place, value) {
    this.row[place] = value;
    this.changed();
  }

  show(row) {
    this.row = row;
    this.fields.forEach((field, place) => field.show(row[place]));
  }

  field(column, place) {
    if (column.kind === "yes_no") return this.choices(column, place, [...column.categories].reverse());
    if (column.kind === "category") {
      const other = column.inputs.some(input => input.asked === "other") ? column.inputs.find(input => input.asked === "other").label : null;
      return this.choices(column, place, other === null ? column.categories : [...column.categories, other]);
    }
    if (column.choices) return this.choices(column, place, column.choices);
    if (column.kind === "date") return this.date(column, place);
    return column.kind === "text" ? this.text(column, place) : this.number(column, place);
  }

  labelled(name, ...parts) {
    return make("div", { class: "field" }, make("span", { class: "name" }, name), ...parts);
  }

  choices(column, place, values) {
    const texts = values.map(value => (typeof value === "number" ? whole(value) : textOf(column, value)));
    if (values.length > MOST_BUTTONS || texts.join("").length > 40) {
      const list = make("select", { "aria-label": column.name }, ...texts.map(text => make("option", {}, text)));
      list.addEventListener("change", () => this.set(place, values[list.selectedIndex]));
      return { element: this.labelled(column.name, list), show: value => (list.selectedIndex = values.indexOf(value)) };
    }
    const buttons = values.map((value, i) => {
      const input = make("input", { type: "radio", name: `column${place}`, id: `c${place}-${i}` });
      input.addEventListener("change", () => this.set(place, value));
      return [input, make("label", { for: input.id }, texts[i])];
    });
    const group = make("div", { class: "segments", role: "radiogroup", "aria-label": column.name }, ...buttons.flat());
    return {
      element: this.labelled(column.name, group),
      show: value => buttons.forEach(([input], i) => (input.checked = values[i] === value)),
    };
  }

  number(column, place) {
    const limits = { min: column.low, max: column.high, step: column.step };
    const slider = make("input", { type: "range", ...limits, "aria-label": column.name });
    const box = make("input", { type: "number", step: "any", "aria-label": column.name, title: this.page.words.emptyHint });
    const fill = () => slider.style.setProperty("--share", (slider.value - column.low) / (column.high - column.low || 1));
    slider.addEventListener("input", () => {
      box.value = slider.value;
      fill();
      this.set(place, Number(slider.value));
    });
    box.addEventListener("input", () => {
      const value = box.value === "" ? null : Number(box.value);
      if (value !== null) slider.value = value;
      fill();
      this.set(place, value);
    });
    return {
      element: make("div", { class: "field" }, make("span", { class: "name" }, column.name), box, slider),
      show: value => {
        box.value = value === null ? "" : value;
        if (value !== null) slider.value = value;
        fill();
      },
    };
  }

  date(column, place) {
    const length = column.hasTime ? 16 : 10;
    const box = make("input", { type: column.hasTime ? "datetime-local" : "date", "aria-label": column.name, title: this.page.words.emptyHint });
    box.addEventListener("input", () => this.set(place, box.value ? Date.parse(`${box.value}Z`.replace(/(^\d+-\d+-\d+)Z$/, "$1")) / 86400000 : null));
    return {
      element: this.labelled(column.name, box),
      show: value => (box.value = value === null ? "" : dateOf(value).toISOString().slice(0, length)),
    };
  }

  text(column, place) {
    const box = make("input", { type: "text", "aria-label": column.name });
    box.addEventListener("input", () => this.set(place, box.value.trim() || null)); // as cells are read
    return { element: this.labelled(column.name, box), show: value => (box.value = typeof value === "string" ? value : "") };
  }
}

// A pad to draw on where the columns are the pixels of a square picture.
class Pad {
  constructor(page, row, changed) {
    Object.assign(this, { page, row, changed, side: page.drawing.pixels.side });
    const { words } = page;
    this.canvas = make("canvas", { class: "pad", width: 280, height: 280, role: "img", "aria-label": words.draw, tabindex: 0 });
    this.clear = make("button", { type: "button", class: "quiet" }, words.clear);
    this.clear.addEventListener("click", () => this.set(page.columns.map(column => column.low)));
    this.canvas.addEventListener("pointerdown", event => {
      this.canvas.setPointerCapture(event.pointerId);
      this.stroke(event);
    });
    this.canvas.addEventListener("pointermove", event => event.buttons && this.stroke(event));
  }

  element() {
    return make("div", { class: "drawing" }, this.canvas, make("div", {}, make("p", {}, this.page.words.padHint), this.clear));
  }

  set(row) {
    this.row.splice(0, row.length, ...row);
    this.paint();
    this.changed();
  }

  show(row) {
    this.row = row;
    this.paint();
  }

  // The pen is round and soft: pixels near it get darker, those farther off a little.
  stroke(event) {
    const box = this.canvas.getBoundingClientRect(), places = this.page.drawing.pixels.places;
    const x = ((event.clientX - box.left) / box.width) * this.side, y = ((event.clientY - box.top) / box.height) * this.side;
    this.set(this.row.map((value, input) => {
      const { low, high } = this.page.columns[input];
      const distance = Math.hypot((places[input] % this.side) + 0.5 - x, Math.floor(places[input] / this.side) + 0.5 - y);
      const ink = Math.max(0, Math.min(1, 1.5 - distance / (0.06 * this.side + 0.25)));
      return Math.max(value ?? low, low + (high - low) * ink);
    }));
    event.preventDefault();
  }

  paint() {
    const pen = this.canvas.getContext("2d"), size = this.canvas.width / this.side, colours = this.page.colours[this.page.shownLook];
    pen.fillStyle = colours.node_base;
    pen.fillRect(0, 0, this.canvas.width, this.canvas.height);
    this.row.forEach((value, input) => {
      const { low, high } = this.page.columns[input], place = this.page.drawing.pixels.places[input];
      pen.fillStyle = mix(colours.node_base, colours.text, Math.max(0, Math.min(1, ((value ?? low) - low) / (high - low || 1))));
      pen.fillRect((place % this.side) * size, Math.floor(place / this.side) * size, size + 0.5, size + 0.5);
    });
  }
}
