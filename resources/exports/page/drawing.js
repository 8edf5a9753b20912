// Part 3 of 5: the picture of the network.
//
// Thickness is how large a weight is, colour its sign: −3 is drawn exactly as thick as +3. A circle is the tinter the
// larger the number that it passes on; the small square beside it is its bias. All sizes come from the program that wrote this page.

const BEAD_SECONDS = 0.6; // through one gap
const NUMBERS_FROM = 11; // smaller circles carry no number
const FONT = 'Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

const rgb = colour => [1, 3, 5].map(at => parseInt(colour.slice(at, at + 2), 16));

function mix(base, colour, share) {
  const from = rgb(base), to = rgb(colour);
  return `rgb(${from.map((part, i) => Math.round(part + (to[i] - part) * share)).join()})`;
}

function inkOn(fill, colours, dark) {
  const [r, g, b] = fill.slice(4, -1).split(",").map(part => (part / 255) ** 2.2);
  return dark || 0.2126 * r + 0.7152 * g + 0.0722 * b < 0.3 ? colours.ink_light : colours.ink_dark;
}

class Drawing {
  constructor(canvas, page) {
    this.canvas = canvas;
    this.page = page;
    this.rules = page.drawing;
    this.haze = document.createElement("canvas");
  }

  // Draw one moment. `layers` are its weights, `values` what every circle holds, `full` the weight that is drawn at full
  // thickness, `beads` how far signals have come (in gaps; −1 for none), `texts` what stands beside inputs and answer.
  draw({ layers, values, full, beads, texts, look, renewHaze }) {
    const width = this.canvas.clientWidth;
    const layout = this.rules.layouts[width < 560 ? "narrow" : "wide"];
    const scale = width / layout.width, ratio = window.devicePixelRatio || 1;
    this.canvas.parentElement.style.minHeight = `${layout.height * scale}px`;
    const height = this.canvas.clientHeight / scale; // as much as the page gives it, in units of the layout
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * scale * ratio);
    Object.assign(this, { layout, layers, values, full, look, narrow: width < 560, zoom: scale * ratio });
    this.shown = this.chosenNeurons();
    this.colours = this.page.colours[look];
    this.shift = (this.zoom * (height - layout.height)) / 2; // in the middle of a taller page
    const pen = (this.pen = this.canvas.getContext("2d"));
    pen.setTransform(this.zoom, 0, 0, this.zoom, 0, 0);
    pen.fillStyle = this.colours.canvas;
    pen.fillRect(0, 0, layout.width, height);
    this.dots(height);
    pen.setTransform(this.zoom, 0, 0, this.zoom, 0, this.shift);
    const drawn = this.chosenLines();
    if (drawn.some(lines => lines.rest.length)) this.drawHaze(drawn, renewHaze);
    this.lines(drawn);
    if (beads >= 0) this.beads(beads);
    if (this.rules.pixels) this.pixels(texts.cells);
    this.circles();
    this.words(texts);
  }

  dots(height) {
    this.pen.fillStyle = this.colours.grid;
    for (let x = 12; x < this.layout.width; x += 24)
      for (let y = 12; y < height; y += 24) this.pen.fillRect(x - 0.75, y - 0.75, 1.5, 1.5);
  }

  // Which are drawn of each layer; of more classes than can be read beside each other, the row's most likely.
  chosenNeurons() {
    const { shown, likeliest } = this.rules;
    if (!likeliest) return shown;
    const output = this.values.at(-1), places = [...output.keys()];
    places.sort((one, other) => Math.abs(output[other]) - Math.abs(output[one]));
    return [...shown.slice(0, -1), places.slice(0, likeliest).sort((one, other) => one - other)];
  }

  // Lines ------------------------------------------------------------------------------------------------------------
  // All lines up to a few hundred; above, the strongest of every gap, and the rest as a haze.
  chosenLines() {
    const { shown } = this, { allLines, strongest } = this.rules;
    const total = this.layers.reduce((sum, _, gap) => sum + shown[gap].length * shown[gap + 1].length, 0);
    return this.layers.map((layer, gap) => {
      const lines = [];
      shown[gap].forEach((source, s) => shown[gap + 1].forEach((target, t) => {
        lines.push({ s, t, w: layer.W[source * layer.m + target] });
      }));
      lines.sort((one, other) => Math.abs(one.w) - Math.abs(other.w)); // weakest first
      const first = total <= allLines ? 0 : Math.max(0, lines.length - Math.floor(strongest / this.layers.length));
      return { rest: lines.slice(0, first), lines: lines.slice(first) };
    });
  }

  curve(pen, gap, { s, t }) {
    const { x, y, gaps } = this.layout, g = gaps[gap];
    const startX = g.startX[t], startY = y[gap][s] + g.leave[t], endX = g.endX[s], endY = y[gap + 1][t] + g.arrive[s];
    pen.moveTo(startX, startY);
    pen.bezierCurveTo(startX + g.handle, startY, endX - g.handle, endY, endX, endY);
  }

  lines(drawn) {
    const levels = this.rules.levels, buckets = new Map();
    drawn.forEach(({ lines }, gap) => lines.forEach(line => {
      const level = Math.min(levels.length - 1, Math.floor((Math.abs(line.w) * levels.length) / this.full));
      const key = 2 * level + (line.w < 0 ? 1 : 0);
      if (!buckets.has(key)) buckets.set(key, []);
      buckets.get(key).push([gap, line]);
    }));
    for (const key of [...buckets.keys()].sort((a, b) => a - b)) {
      const { width, opacity } = levels[key >> 1];
      this.pen.beginPath();
      for (const [gap, line] of buckets.get(key)) this.curve(this.pen, gap, line);
      this.pen.lineWidth = width;
      this.pen.strokeStyle = mix(this.colours.canvas, key & 1 ? this.colours.negative : this.colours.positive, opacity);
      this.pen.stroke();
    }
  }

  drawHaze(drawn, renew) {
    const { haze, canvas } = this, classes = this.shown.at(-1).join();
    if (renew || classes !== this.hazeOf || haze.width !== canvas.width || haze.height !== canvas.height) {
      this.hazeOf = classes;
      haze.width = canvas.width;
      haze.height = canvas.height;
      const pen = haze.getContext("2d");
      pen.setTransform(this.zoom, 0, 0, this.zoom, 0, this.shift);
      pen.lineWidth = 0.6;
      pen.globalAlpha = 0.05;
      pen.strokeStyle = this.colours.muted;
      drawn.forEach(({ rest }, gap) => {
        const every = Math.ceil(rest.length / 2000);
        pen.beginPath();
        for (let i = 0; i < rest.length; i += every) this.curve(pen, gap, rest[i]);
        pen.stroke();
      });
    }
    this.pen.setTransform(1, 0, 0, 1, 0, 0);
    this.pen.drawImage(haze, 0, 0);
    this.pen.setTransform(this.zoom, 0, 0, this.zoom, 0, this.shift);
  }

  // Signals on their way: the strongest of the gap, w · a.
  beads(progress) {
    const gap = Math.min(Math.floor(progress), this.layers.length - 1), t = Math.min(1, progress - gap);
    const { shown } = this, layer = this.layers[gap], { x, y, gaps } = this.layout, g = gaps[gap];
    const signals = [];
    shown[gap].forEach((source, s) => shown[gap + 1].forEach((target, at) => {
      const signal = layer.W[source * layer.m + target] * this.values[gap][source];
      if (signal) signals.push({ s, t: at, signal });
    }));
    signals.sort((one, other) => Math.abs(other.signal) - Math.abs(one.signal));
    const largest = signals.length ? Math.abs(signals[0].signal) : 1;
    for (const { s, t: at, signal } of signals.slice(0, 12)) {
      const ends = [[g.startX[at], y[gap][s] + g.leave[at]], [g.endX[s], y[gap + 1][at] + g.arrive[s]]];
      const along = [(1 - t) ** 3 + 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t + t ** 3];
      const bulge = g.handle * (3 * (1 - t) ** 2 * t - 3 * (1 - t) * t * t);
      const px = ends[0][0] * along[0] + ends[1][0] * along[1] + bulge, py = ends[0][1] * along[0] + ends[1][1] * along[1];
      this.circle(px, py, 2.8 + (1.7 * Math.abs(signal)) / largest);
      this.pen.fillStyle = this.colours.node_base;
      this.pen.fill();
      this.pen.lineWidth = 1.5;
      this.pen.strokeStyle = signal < 0 ? this.colours.negative : this.colours.positive;
      this.pen.stroke();
    }
  }

  // Circles ----------------------------------------------------------------------------------------------------------
  circle(x, y, radius) {
    this.pen.beginPath();
    this.pen.arc(x, y, radius, 0, 2 * Math.PI);
  }

  fillOf(value, reference) {
    if (Math.abs(value) < this.rules.empty) return this.colours.node_base;
    const [none, all] = this.rules.tints[this.look];
    const strength = Math.min(1, Math.abs(value) / reference) ** this.rules.tintPower;
    return mix(this.colours.node_base, value < 0 ? this.colours.negative : this.colours.positive, none + (all - none) * strength);
  }

  circles() {
    const { pen, colours, rules } = this;
    this.layout.x.forEach((x, column) => {
      if (column === 0 && rules.pixels) return;
      const radius = this.layout.radius[column];
      this.shown[column].forEach((neuron, place) => {
        const y = this.layout.y[column][place], value = this.values[column][neuron];
        const fill = this.fillOf(value, rules.references[column]), empty = fill === colours.node_base;
        this.circle(x, y, radius + 2.5); // a halo keeps the lines away
        pen.fillStyle = colours.canvas;
        pen.fill();
        this.circle(x, y, radius);
        pen.fillStyle = fill;
        pen.fill();
        pen.lineWidth = 1.5;
        pen.strokeStyle = empty ? colours.border_strong : value < 0 ? colours.negative : colours.positive;
        pen.stroke();
        if (radius < NUMBERS_FROM) return;
        const large = column > 0 && radius >= 14;
        pen.font = `600 ${large ? (radius < 22 ? 12 : 14) : 9}px ${FONT}`;
        pen.fillStyle = empty ? colours.muted : inkOn(fill, colours, this.look === "dark");
        pen.textAlign = "center";
        pen.textBaseline = "middle";
        pen.fillText(inCircle(value, column === 0 || radius < 17 ? 1 : 2), x, y + 0.5);
        if (column > 0) this.bias(x - radius * 0.72, y + radius * 0.72, this.layers[column - 1].b[neuron]);
      });
    });
  }

  bias(x, y, bias) {
    const [none, all, full] = this.rules.biasShares;
    const share = none + (all - none) * Math.min(1, Math.abs(bias) / full);
    this.pen.beginPath();
    (this.pen.roundRect || this.pen.rect).call(this.pen, x - 4.5, y - 4.5, 9, 9, 2);
    this.pen.fillStyle = mix(this.colours.canvas, bias < 0 ? this.colours.negative : this.colours.positive, share);
    this.pen.fill();
    this.pen.lineWidth = 1;
    this.pen.strokeStyle = this.colours.canvas;
    this.pen.stroke();
  }

  // Inputs that are the pixels of a picture: the picture, and the column of its cells.
  pixels(values) {
    const { side, places } = this.rules.pixels, { pen, colours } = this;
    const low = Math.min(...values), high = Math.max(...values);
    const shade = value => mix(colours.node_base, colours.text, high > low ? (value - low) / (high - low) : 0);
    const size = this.narrow ? 84 : 124, left = this.narrow ? 8 : 18, rows = this.layout.y[0], x = this.layout.x[0];
    const pitch = rows.length > 1 ? rows[1] - rows[0] : 4, top = (rows[0] + rows[rows.length - 1]) / 2 - size / 2;
    pen.fillStyle = colours.node_base;
    pen.fillRect(left, top, size, size);
    values.forEach((value, input) => {
      const row = Math.floor(places[input] / side), column = places[input] % side;
      pen.fillStyle = shade(value);
      pen.fillRect(left + (column * size) / side, top + (row * size) / side, size / side + 0.3, size / side + 0.3);
      pen.fillRect(x - 7, rows[input] - pitch / 2, 14, pitch + 0.2);
    });
    pen.lineWidth = 1;
    pen.strokeStyle = colours.border_strong;
    pen.strokeRect(left - 0.5, top - 0.5, size + 1, size + 1);
    pen.strokeRect(x - 7, rows[0] - pitch / 2, 14, rows[rows.length - 1] - rows[0] + pitch);
  }

  // Words ------------------------------------------------------------------------------------------------------------
  text(text, x, y, { size = 12, weight = 400, colour = "text", align = "left", room = Infinity } = {}) {
    const pen = this.pen;
    pen.font = `${weight} ${size}px ${FONT}`;
    pen.fillStyle = this.colours[colour];
    pen.textAlign = align;
    pen.textBaseline = "middle";
    while (text.length > 1 && pen.measureText(text).width > room) text = `${text.replace(/…$/, "").slice(0, -1)}…`;
    pen.fillText(text, x, y);
    return pen.measureText(text).width;
  }

  words({ names, inputs, answer }) {
    const { layout, rules, page } = this;
    if (!rules.pixels) this.inputWords(names, inputs);
    rules.leftOut.forEach((n, column) => {
      const rows = layout.y[column];
      if (n) this.text(filled(page.words.more_neurons, { n: whole(n) }), layout.x[column],
        rows[rows.length - 1] + layout.radius[column] + 9, { size: 11, colour: "muted", align: "center" });
    });
    const last = layout.x.length - 1, x = layout.x[last], y = layout.y[last], radius = layout.radius[last];
    if (answer.kind === "binary" && this.narrow) {
      this.text(answer.names[0], x, y[0] - radius - 31, { size: 11, colour: "text2", align: "center", room: 2 * (layout.width - x) - 4 });
      this.text(answer.texts[0], x, y[0] - radius - 15, { size: 15, weight: 600, align: "center" });
    } else if (answer.kind === "binary") this.chance(answer, x + radius + 14, y[0]);
    else this.answers(answer, x + radius + (this.narrow ? 6 : 14), y);
  }

  inputWords(names, inputs) {
    const { layout, rules } = this, rows = layout.y[0], right = layout.x[0] - layout.radius[0] - 9;
    const pitch = rows.length > 1 ? rows[1] - rows[0] : 20, every = Math.max(1, Math.ceil(14 / pitch));
    this.shown[0].forEach((input, place) => {
      if (place % every) return;
      if (this.narrow) this.text(names[input], right, rows[place], { size: 11, weight: 500, align: "right", room: right - 6 });
      else {
        const taken = this.text(inputs[input], right, rows[place], { colour: "muted", align: "right", room: 76 });
        this.text(names[input], 16, rows[place], { weight: 500, room: right - taken - 24 });
      }
    });
  }

  chance(answer, left, y) {
    const room = this.layout.width - left - 6;
    this.text(answer.names[0], left, y - 28, { colour: "text2", room });
    this.text(answer.texts[0], left, y - 8, { size: 20, weight: 600 });
    this.bar(left, y + 10, Math.min(room, 66), answer.shares[0]);
    this.pen.fillStyle = this.colours.text2;
    this.pen.fillRect(left + Math.min(room, 66) * this.page.output.threshold - 0.75, y + 7, 1.5, 11);
    this.text(`${answer.names[1]} ${answer.texts[1]}`, left, y + 28, { colour: "muted", room });
  }

  answers(answer, left, rows) {
    const room = this.layout.width - left - 8, pitch = rows.length > 1 ? rows[1] - rows[0] : 40;
    const nameRoom = room - (this.narrow ? 34 : 44); // beside the chance
    const every = Math.max(1, Math.ceil(14 / pitch)), number = answer.kind === "regression";
    const drawn = this.shown.at(-1), best = drawn.indexOf(answer.best);
    const forms = [answer.names, ...this.page.output.short];
    const names = forms.find(form => this.fit(form, nameRoom)) || forms.at(-1);
    drawn.forEach((neuron, place) => {
      const strong = place === best, y = rows[place];
      if (!strong && (place % every || Math.abs(y - rows[best]) < 14)) return;
      const style = { weight: strong ? 600 : 400, colour: strong ? "text" : "muted" };
      this.text(names[neuron], left, number ? y - 17 : y, { ...style, room: number ? room : nameRoom });
      if (number) this.text(answer.texts[neuron], left, y + 3, { size: 16, weight: 600, room });
      else this.text(answer.texts[neuron], left + room, y, { ...style, align: "right" });
    });
  }

  fit(texts, room) {
    this.pen.font = `600 12px ${FONT}`;
    return texts.every(text => this.pen.measureText(text).width <= room);
  }

  bar(x, y, width, share) {
    for (const [length, colour] of [[width, "surface3"], [width * share, "positive"]]) {
      this.pen.beginPath();
      (this.pen.roundRect || this.pen.rect).call(this.pen, x, y, Math.max(length, 0), 5, 2.5);
      this.pen.fillStyle = this.colours[colour];
      this.pen.fill();
    }
  }
}
