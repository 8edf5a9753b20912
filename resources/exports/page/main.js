// Part 5 of 5: the page put together. It holds one moment of the training and one row of the table; whatever changes one
// of the two calls `show`, and `show` draws everything anew from them.

const EPOCHS_PER_SECOND = 12, LONGEST_SECONDS = 12;
const $ = id => document.getElementById(id);
const page = JSON.parse($("data").textContent);
const { words } = page;
marks = { decimal: words.decimal, group: words.group };

const { sizes, activations } = page.network;
const finalLayers = layersOf(floatsOf(page.network.weights), sizes, activations);
const replay = page.replay;
const kept = replay && halvesOf(replay.weights);
const lessMotion = matchMedia("(prefers-reduced-motion: reduce)");
const darkScreen = matchMedia("(prefers-color-scheme: dark)");
const typical = page.columns.map(column => column.typical);

const LONG_ANSWER = 14; // letters: the name of a class

let moment = replay ? replay.shown : 0; // place in the replay
let row = [...typical];
let truth = ""; // of a row of the table, if rows are inside
let playing = null; // when the replay began, and where
let beadsSince = 0; // when signals set off
let drawn = ""; // look and moment that the haze is of

// The weights of a moment. Those of the model itself are exact, those of the replay are rounded to two bytes each.
function layersAt(place) {
  if (!replay || place === replay.shown) return finalLayers;
  const n = kept.length / replay.epochs.length;
  return layersOf(kept.subarray(place * n, (place + 1) * n), sizes, activations);
}

let onPaper = false; // which is white, whatever the screen is
const look = () => (onPaper ? "light" : page.look !== "viewer" ? page.look : darkScreen.matches ? "dark" : "light");
page.shownLook = look();

// What the network says -------------------------------------------------------------------------------------------------
function answerOf(output) {
  const { task, names, mean, std, unit } = page.output;
  if (task === "binary") {
    const shares = [output[0], 1 - output[0]];
    return { kind: task, names, shares, texts: shares.map(percent), best: output[0] > page.output.threshold ? 0 : 1 };
  }
  if (task === "multiclass") return { kind: task, names, shares: output, texts: output.map(percent), best: output.indexOf(Math.max(...output)) };
  return { kind: task, names, shares: [], texts: output.map(value => fourDigits(value * std + mean) + (unit ? NBSP + unit : "")), best: 0 };
}

// The two or three columns that moved the number on show most, away from that of a typical row.
function reasonsText(layers, answer) {
  if (page.drawing.pixels) return "";
  const said = x => forward(layers, x).at(-1)[answer.kind === "multiclass" ? answer.best : 0];
  const moved = reasonsFor(page.columns, row, typical, said);
  const total = moved.reduce((sum, each) => sum + each, 0);
  if (!moved.some(Boolean)) return words.typical;
  const along = moved.map(each => each * Math.sign(total)), size = Math.max(...along);
  const places = along.map((_, place) => place).filter(place => along[place] > 0.1 * size);
  places.sort((one, other) => along[other] - along[one]);
  const named = places.slice(0, 3).map(place => `${page.columns[place].name} ${cellText(page.columns[place], row[place], words)}`);
  const last = named.pop();
  const reasons = named.length ? filled(words.and, { names: named.join(", "), last }) : last;
  return filled(total > 0 ? words.higher : words.lower, { reasons });
}

function inputTexts() {
  return page.columns.flatMap((column, place) =>
    column.inputs.map((_, i) => (i === 0 && column.inputs.length < (column.kind === "date" ? 2 : 3) && (column.kind !== "category" || column.inputs.length === 1) ? cellText(column, row[place], words) : "")));
}

// Showing it ------------------------------------------------------------------------------------------------------------
function show({ reasons = true } = {}) {
  const layers = layersAt(moment), values = forward(layers, encode(page.columns, row)), answer = answerOf(values.at(-1));
  const hazeOf = `${look()} ${moment}`;
  const elapsed = (performance.now() - beadsSince) / 1000 / BEAD_SECONDS;
  const beads = beadsSince && elapsed < layers.length ? elapsed : -1;
  page.shownLook = look();
  drawing.draw({
    layers, values, answer, beads, look: look(), full: replay ? replay.full[moment] : page.full,
    renewHaze: hazeOf !== drawn && !playing,
    texts: { names: page.names[0], inputs: inputTexts(), cells: row, answer },
  });
  if (!playing) drawn = hazeOf;
  showAnswer(layers, answer, reasons);
  showMoment();
  if (beads >= 0 && !playing) requestAnimationFrame(() => show({ reasons: false }));
}

function showAnswer(layers, answer, reasons) {
  const { task, phrase } = page.output;
  const said = task === "binary" ? 0 : answer.best, name = task === "binary" && phrase ? phrase : answer.names[said];
  const [large, small] = task === "multiclass" ? [name, answer.texts[said]] : [answer.texts[said], name];
  $("answer-number").textContent = large;
  $("answer-name").textContent = small;
  $("answer").className = `answer ${task === "binary" ? (answer.best === 0 ? "yes" : "no") : "yes"}`;
  $("answer").classList.toggle("long", large.length > LONG_ANSWER);
  if (!reasons || playing) return;
  const at = replay && moment !== replay.shown ? filled(words.at, { n: whole(replay.epochs[moment]) }) : "";
  $("answer-why").textContent = [truth && filled(words.isTruth, { truth }), at || reasonsText(layers, answer)].filter(Boolean).join(" · ");
  drawing.canvas.setAttribute("aria-label", `${words.network}: ${$("answer-name").textContent} ${$("answer-number").textContent}. ${$("answer-why").textContent}`);
}

function showMoment() {
  if (!replay) return;
  const epoch = replay.epochs[moment];
  $("scrub").value = moment;
  $("scrub").setAttribute("aria-valuetext", filled(words.epochOf, { n: whole(epoch), last: whole(replay.last) }));
  $("scrub").style.setProperty("--share", replay.epochs.length > 1 ? moment / (replay.epochs.length - 1) : 1);
  const [before, after] = words.epochOf.replace("{last}", whole(replay.last)).split("{n}");
  $("moment").replaceChildren(before, make("b", {}, whole(epoch)), after);
  $("play").firstElementChild.setAttribute("class", playing ? "pause" : "play");
  $("play").lastElementChild.textContent = playing ? words.pause : words.replay;
  if (curve) curve.mark(epoch);
}

function rowChanged() {
  truth = "";
  if ($("rows")) $("rows").value = "";
  signalsSetOff();
  show();
}

function signalsSetOff() {
  beadsSince = lessMotion.matches || playing ? 0 : performance.now();
}

// The replay ------------------------------------------------------------------------------------------------------------
function goTo(place) {
  stop();
  moment = Math.max(0, Math.min(replay.epochs.length - 1, place));
  show();
}

function stop() {
  playing = null;
}

function toggle() {
  if (playing) {
    stop();
    return show();
  }
  const last = replay.epochs.length - 1;
  playing = { at: performance.now(), from: moment === last ? 0 : moment };
  beadsSince = 0;
  const perSecond = Math.max(EPOCHS_PER_SECOND, replay.epochs.length / LONGEST_SECONDS);
  const tick = now => {
    if (!playing) return;
    const place = Math.min(last, playing.from + Math.floor(((now - playing.at) / 1000) * perSecond));
    const ended = place === last;
    if (ended) stop();
    if (place !== moment || ended) {
      moment = place;
      show();
    }
    if (!ended) requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
}

// The curve of the loss, as SVG -----------------------------------------------------------------------------------------
const drawSvg = (tag, attributes, text) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text !== undefined) element.textContent = text;
  return element;
};

class Curve {
  constructor(svg, { epochs, losses, low, high, ticks, across }) {
    const width = 410, height = 158, left = 44, right = 118, top = 8, bottom = 24, last = epochs.at(-1) || 1;
    this.x = epoch => left + ((width - left - right) * epoch) / last;
    this.y = loss => top + (height - top - bottom) * (1 - (loss - low) / (high - low));
    this.losses = losses;
    this.epochs = epochs;
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    for (const [loss, text] of ticks) {
      svg.append(drawSvg("line", { class: "grid", x1: left, x2: width - right, y1: this.y(loss), y2: this.y(loss) }));
      svg.append(drawSvg("text", { x: left - 7, y: this.y(loss) + 4, "text-anchor": "end" }, text));
    }
    for (const [epoch, text] of across) svg.append(drawSvg("text", { x: this.x(epoch), y: height - 5, "text-anchor": "middle" }, text));
    this.cursor = drawSvg("line", { class: "cursor", y1: top, y2: height - bottom });
    svg.append(this.cursor);
    const names = [["train", words.learns], ["validation", words.kept]], ends = losses.map(loss => this.y(loss.at(-1)));
    const apart = ends.length > 1 && Math.abs(ends[0] - ends[1]) < 14 ? (14 - Math.abs(ends[0] - ends[1])) / 2 : 0;
    const box = { x: left, y: top, width: width - left - right + 6, height: height - top - bottom + 3 };
    const inner = drawSvg("svg", { ...box, viewBox: `${box.x} ${box.y} ${box.width} ${box.height}` }); // cuts off the steep beginning
    svg.append(inner);
    this.dots = losses.map((loss, i) => {
      const [kind, name] = names[i];
      const points = loss.map((value, at) => (value === null ? "" : `${this.x(epochs[at]).toFixed(1)},${this.y(value).toFixed(1)}`));
      inner.append(drawSvg("polyline", { class: kind, points: points.filter(Boolean).join(" ") }));
      const shift = ends.length > 1 && ends[i] > ends[1 - i] ? apart : -apart;
      svg.append(drawSvg("text", { class: `label ${kind}`, x: width - right + 10, y: ends[i] + 4 + shift }, name));
      const dot = drawSvg("circle", { class: `dot ${kind}`, r: 4 });
      svg.append(dot);
      return dot;
    });
  }

  mark(epoch) {
    const x = this.x(epoch);
    const place = this.epochs.reduce((best, each, at) => (Math.abs(each - epoch) < Math.abs(this.epochs[best] - epoch) ? at : best), 0);
    this.cursor.setAttribute("x1", x);
    this.cursor.setAttribute("x2", x);
    this.dots.forEach((dot, i) => {
      dot.setAttribute("cx", x);
      dot.setAttribute("cy", Math.max(0, this.y(this.losses[i][place] ?? 0)));
    });
  }
}

// Above the slider: the curve it is judged by, as a silhouette.
function silhouette(svg) {
  const { epochs, losses } = page.curve, loss = losses.at(-1), low = Math.min(...loss), high = [...loss].sort((a, b) => a - b)[Math.floor(0.95 * (loss.length - 1))];
  const y = value => 21 - 17 * Math.min(1, Math.max(0, (value - low) / (high - low || 1)));
  const points = loss.map((value, at) => `${((100 * epochs[at]) / (epochs.at(-1) || 1)).toFixed(2)},${y(value).toFixed(1)}`);
  svg.append(drawSvg("polygon", { points: `0,22 ${points.join(" ")} 100,22` }));
  svg.append(drawSvg("polyline", { points: points.join(" ") }));
}

// Putting it together ---------------------------------------------------------------------------------------------------
const drawing = new Drawing($("network"), page);
const form = page.drawing.pixels ? new Pad(page, row, rowChanged) : new Form(page, row, rowChanged);
let curve = null;

if (page.show.form) {
  $("form").append(form.element());
  form.show(row);
}
if (page.rows.length) {
  const list = make("select", { id: "rows", "aria-label": words.row });
  list.append(make("option", { value: "" }, words.noRow), ...page.rows.map((each, i) => make("option", { value: i }, each.name)));
  list.addEventListener("change", () => {
    const each = page.rows[list.value];
    row = each ? [...each.values] : [...typical];
    truth = each ? each.truth : "";
    form.show(row);
    signalsSetOff();
    show();
  });
  $("form").prepend(make("div", { class: "field" }, make("span", { class: "name" }, words.row), list));
}
if (page.curve) {
  curve = new Curve($("curve"), page.curve);
  if (replay) silhouette($("silhouette"));
}
if (replay) {
  const last = replay.last || 1;
  for (const [epoch, text] of page.curve ? page.curve.across : []) {
    const mark = make("small", { "aria-hidden": "true" }, text);
    mark.style.left = `calc(9px + (100% - 18px) * ${epoch / last})`;
    $("scrub").after(mark);
  }
  $("scrub").max = replay.epochs.length - 1;
  $("scrub").addEventListener("input", () => goTo(Number($("scrub").value)));
  $("play").addEventListener("click", toggle);
}

// Keys belong to what has the focus; where nothing does, they move through the training.
const MOVES = { ArrowLeft: () => moment - 1, ArrowRight: () => moment + 1, Home: () => 0, End: () => Infinity };
document.addEventListener("keydown", event => {
  if (!replay || event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, select, button, summary")) return;
  if (event.key === " ") toggle();
  else if (MOVES[event.key]) goTo(MOVES[event.key]());
  else return;
  event.preventDefault();
});

// On paper: the trained network, and the row beside its answer as a table.
addEventListener("beforeprint", () => {
  onPaper = true;
  document.querySelector("details").open = true;
  if (replay) goTo(replay.shown);
  else show();
  const cells = page.columns.map((column, place) => make("tr", {}, make("th", { scope: "row" }, column.name), make("td", {}, cellText(column, row[place], words))));
  const answer = make("tr", {}, make("th", { scope: "row" }, words.answer), make("td", {}, `${$("answer-name").textContent} ${$("answer-number").textContent}`));
  $("on-paper").replaceChildren(...(page.drawing.pixels ? [] : cells), answer);
});

if (innerWidth <= 900) document.querySelector("details").open = false;
addEventListener("afterprint", () => {
  onPaper = false;
  show();
});

new ResizeObserver(() => show({ reasons: false })).observe($("network").parentElement);
darkScreen.addEventListener("change", () => {
  show();
  form.show(row);
});
show();
