/* The pieces of a step on one block of a batch: rows in, forward and backward layer by layer. */
#ifndef ANN_VIZ_PASSES_H
#define ANN_VIZ_PASSES_H

#include <string.h>

#include "losses.h"
#include "plan.h"
#include "product.h"

/* Rows lie anywhere in memory: so many ahead of its turn each is asked for, so much of it. */
enum { FETCHED_ROWS = 48, FETCHED_FLOATS = 128, LINE_FLOATS = 16 };

/* A block of the batch under way: its work arrays, its first row in the epoch, and how many rows it has. */
struct block {
    float *work;
    int64_t number, first, rows;
};

INLINE struct block block_of(const struct turbo *t, int64_t number) {
    const int64_t before = number * t->stride, left = t->n - before;
    return (struct block){t->blocks + number * t->span, number, t->first + before, left < t->stride ? left : t->stride};
}

INLINE int64_t n_blocks_of(const struct turbo *t) { return (t->n + t->stride - 1) / t->stride; }

INLINE float *weights_of(const struct turbo *t, int64_t layer, float *flat) {
    for (int64_t l = 0; l < layer; l++) flat += (t->sizes[l] + 1) * t->sizes[l + 1];
    return flat;
}

/* The row of the data that is row i of the epoch. */
INLINE int64_t row_of(const struct turbo *t, int64_t i) { return t->order == NULL ? i : t->order[i]; }

/* Asks memory for a row that will be gathered soon, or for its beginning: the processor then goes on by itself. */
INLINE void fetch(const struct turbo *t, int64_t i) {
    if (i >= t->n_rows) return;
    const int64_t n_in = t->sizes[0], row = row_of(t, i), n = smaller(n_in + 1, FETCHED_FLOATS);
    const float *x = t->X + row * (n_in + 1);
    for (int64_t k = 0; k < n; k += LINE_FLOATS) __builtin_prefetch(x + k);
    __builtin_prefetch(x + n - 1); /* a row begins anywhere in a line */
    __builtin_prefetch(t->T + row * t->sizes[t->n_layers]);
}

/* Gathers the first `n` numbers of rows of data, turned. Beyond the last row it is taken again. */
static void gather(const struct turbo *t, struct block block, const float *data, int64_t width, int64_t n, float *to) {
    for (int64_t r = 0; r < block.rows; r += 4) {
        const float *four[4];
        for (int64_t i = 0; i < 4; i++) {
            four[i] = data + row_of(t, block.first + smaller(r + i, block.rows - 1)) * width;
        }
        turn_four(four, n, to + r, t->stride);
    }
}

/* Gathers inputs, targets and weights of the rows. */
static void take_rows(const struct turbo *t, struct block block) {
    const int64_t n_in = t->sizes[0], n_out = t->sizes[t->n_layers];
    const size_t row_bytes = (size_t)(n_in + 1) * sizeof(float);
    float *inputs = block.work + t->A_at[0], *weights = block.work + t->weights_at;
    for (int64_t r = 0; r < block.rows; r++) {
        const int64_t row = row_of(t, block.first + r);
        fetch(t, block.first + r + FETCHED_ROWS);
        if (t->is_wide) memcpy(inputs + r * (n_in + 1), t->X + row * (n_in + 1), row_bytes);
        if (t->row_weights != NULL) weights[r] = t->row_weights[row];
    }
    if (!t->is_wide) gather(t, block, t->X, n_in + 1, n_in, inputs);
    gather(t, block, t->T, n_out, n_out, block.work + t->T_at);
}

/* Z = W^T A of a first layer with many inputs, whose rows lie as they are: Z^T = A^T W is worked out and turned. */
static void multiply_wide(const struct turbo *t, const float *rows, const float *W, float *Z) {
    const int64_t n_in = t->sizes[0], n_out = t->sizes[1], stride = padded(n_out);
    float *turned = t->scratch + t->turned_at;
    if (n_out != stride) {
        float *packed = t->scratch + t->packed_at; /* its last columns stay 0 */
        for (int64_t k = 0; k <= n_in; k++) memcpy(packed + k * stride, W + k * n_out, (size_t)n_out * sizeof(float));
        W = packed;
    }
    struct product job = {t->stride, n_in + 1, rows, n_in + 1, 1, W, stride, turned, stride, 0};
    multiply(&job, stride);
    turn(turned, stride, t->stride, n_out, Z, t->stride);
}

/* Draws which activations of a hidden layer the batch leaves out: 0 with the probability p, else 1 / (1 - p). */
static void draw_mask(const struct turbo *t, int64_t layer) {
    const float p = (float)t->dropout, kept = (float)(1 / (1 - t->dropout));
    float *mask = t->masks + t->M_at[layer];
    for (int64_t i = 0; i < t->sizes[layer]; i++, mask += t->most_blocks * t->stride) {
        for (int64_t r = 0; r < t->n; r++) {
            const float drawn = (float)(t->dropout_source.draw(t->dropout_source.state) >> 8) * (1.0f / 16777216.0f);
            mask[r] = drawn > p ? kept : 0;
        }
    }
}

/* Writes what dropout makes of the numbers of a hidden layer, activations or their errors. */
static void drop_out(const struct turbo *t, struct block block, int64_t layer, const float *from, float *to) {
    const int64_t whole_batch = t->most_blocks * t->stride;
    const float *mask = t->masks + t->M_at[layer] + block.number * t->stride;
    for (int64_t i = 0; i < t->sizes[layer]; i++, mask += whole_batch, from += t->stride, to += t->stride) {
        EACH(r, t->stride) store(to + r, load(from + r) * load(mask + r));
    }
}

/* Runs the block through one layer of weights: layer 0 reads the inputs. */
static void forward(const struct turbo *t, struct block block, int64_t layer) {
    const int64_t n_in = t->sizes[layer], n_out = t->sizes[layer + 1], stride = t->stride, n = n_out * stride;
    const int is_last = layer + 1 == t->n_layers;
    float *W = weights_of(t, layer, t->params), *A = block.work + t->A_at[layer];
    float *Z = block.work + (is_last ? t->D_at[layer + 1] : t->S_at[layer + 1]);
    if (layer == 0 && t->is_wide) {
        multiply_wide(t, A, W, Z);
    } else {
        struct product job = {n_out, n_in + 1, W, 1, n_out, A, stride, Z, stride, 0};
        multiply(&job, stride);
    }
    if (is_last) return;
    const int64_t F_at = t->F_at[layer + 1];
    activate(t->activations[layer], Z, F_at < 0 ? NULL : block.work + F_at, n);
    if (t->dropout > 0) drop_out(t, block, layer + 1, Z, block.work + t->A_at[layer + 1]);
}

static void error_of(const struct turbo *t, struct block block) {
    const float *weights = t->row_weights == NULL ? NULL : block.work + t->weights_at;
    replace_by_error(t->loss, block.work + t->D_at[t->n_layers], block.work + t->T_at, weights, t->sizes[t->n_layers],
                     t->stride, block.rows, t->n);
}

/* Copies the gradient of a layer from where its rows are filled up. */
static void close_gaps(const float *filled, int64_t rows, int64_t n_out, float *gradient) {
    const int64_t stride = padded(n_out);
    for (int64_t k = 0; k < rows; k++) {
        for (int64_t j = 0; j < n_out; j++) gradient[k * n_out + j] = filled[k * stride + j];
    }
}

/* dW = A D^T of one layer of weights, summed over the blocks, and the error of the layer before. */
static void backward(const struct turbo *t, struct block block, int64_t layer) {
    const int64_t n_in = t->sizes[layer], n_out = t->sizes[layer + 1], stride = t->stride, wide = padded(n_out);
    float *W = weights_of(t, layer, t->params), *gradient = weights_of(t, layer, t->gradients);
    float *A = block.work + t->A_at[layer], *D = block.work + t->D_at[layer + 1];
    float *filled = t->G_at[layer] < 0 ? gradient : t->scratch + t->G_at[layer];
    float *turned = t->scratch + t->turned_at; /* (rows, n_out filled up) */
    turn(D, stride, n_out, stride, turned, wide);
    struct product job = {n_in + 1, stride, A, stride, 1, turned, wide, filled, wide, block.number > 0};
    if (layer == 0 && t->is_wide) job.down = 1, job.across = n_in + 1;
    multiply(&job, wide);
    if (filled != gradient && block.number + 1 == n_blocks_of(t)) close_gaps(filled, n_in + 1, n_out, gradient);
    if (layer == 0) return;
    float *below = block.work + t->D_at[layer];
    struct product error = {n_in, n_out, W, n_out, 1, D, stride, below, stride, 0};
    multiply(&error, stride);
    const int64_t n = n_in * stride, F_at = t->F_at[layer];
    if (t->dropout > 0) drop_out(t, block, layer, below, below);
    multiply_by_slope(t->activations[layer - 1], block.work + t->S_at[layer], F_at < 0 ? NULL : block.work + F_at,
                      below, n);
}

#endif
