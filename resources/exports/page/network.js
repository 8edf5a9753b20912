// Part 1 of 5: the network itself.
//
// A network is a list of layers. Every layer has a table of weights W (a row for each input, a column for each neuron),
// a bias b for each neuron and a function f. To answer, numbers go forward through the layers, one after the other:
//
//     a = f(a · W + b)
//
// That is all. Everything else on this page is about drawing it and about turning a row of a table into numbers.

const sigmoid = z => 0.5 + 0.5 * Math.tanh(z / 2); // 1 / (1 + e^−z), written so that it can't overflow

const FUNCTIONS = {
  relu: z => Math.max(0, z),
  leaky_relu: z => (z > 0 ? z : 0.01 * z),
  elu: z => (z > 0 ? z : Math.expm1(z)),
  gelu: z => z * (0.5 + 0.5 * Math.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z * z * z))),
  silu: z => z * sigmoid(z),
  tanh: Math.tanh,
  sigmoid: sigmoid,
  softplus: z => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))),
  linear: z => z,
};

// Softmax looks at all neurons of its layer at once: e^z, divided by the sum of all of them.
function softmax(sums) {
  const largest = Math.max(...sums);
  const powers = sums.map(z => Math.exp(z - largest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map(power => power / total);
}

// Cut one long list of numbers into layers: for each the weights, row by row, and then the biases.
function layersOf(params, sizes, activations) {
  const layers = [];
  let start = 0;
  for (let l = 0; l + 1 < sizes.length; l++) {
    const n = sizes[l], m = sizes[l + 1];
    const W = params.subarray(start, start + n * m);
    const b = params.subarray(start + n * m, start + n * m + m);
    layers.push({ n, m, W, b, activation: activations[l] });
    start += n * m + m;
  }
  return layers;
}

// Send a row through the layers. Returns what every column of circles holds: the inputs first, the answer last.
function forward(layers, x) {
  const columns = [Array.from(x)];
  for (const { n, m, W, b, activation } of layers) {
    const before = columns[columns.length - 1];
    const sums = [];
    for (let j = 0; j < m; j++) {
      let z = b[j];
      for (let i = 0; i < n; i++) z += before[i] * W[i * m + j]; // every line: what comes in, times its weight
      sums.push(z);
    }
    columns.push(activation === "softmax" ? softmax(sums) : sums.map(FUNCTIONS[activation]));
  }
  return columns;
}

// Numbers are written into this file as text: four bytes each for the weights that answer, two bytes each for those of
// the replay, which are only looked at.
function bytesOf(text) {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i);
  return bytes;
}

function floatsOf(text) {
  const view = new DataView(bytesOf(text).buffer);
  return Float32Array.from({ length: view.byteLength / 4 }, (_, i) => view.getFloat32(4 * i, true));
}

function halvesOf(text) {
  const view = new DataView(bytesOf(text).buffer);
  return Float32Array.from({ length: view.byteLength / 2 }, (_, i) => half(view.getUint16(2 * i, true)));
}

// A number in two bytes: one bit for the sign, five for a power of two, ten for the digits.
function half(bits) {
  const sign = bits >> 15 ? -1 : 1, power = (bits >> 10) & 31, digits = bits & 1023;
  return sign * (power ? 2 ** (power - 15) * (1 + digits / 1024) : (2 ** -14 * digits) / 1024);
}
