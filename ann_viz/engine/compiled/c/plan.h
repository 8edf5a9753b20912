/* Where the work arrays of a trainer lie, in floats from the start of their memory. */
#ifndef ANN_VIZ_PLAN_H
#define ANN_VIZ_PLAN_H

#include "activations.h"

enum { WIDE_INPUTS = 24 }; /* from so many inputs on, rows are used as they lie instead of being turned; measured */

INLINE int64_t taken(int64_t *size, int64_t n) {
    int64_t at = *size;
    *size += (n + 15) / 16 * 16; /* each begins a cache line */
    return at;
}

INLINE int64_t larger(int64_t a, int64_t b) { return a > b ? a : b; }

INLINE int64_t smaller(int64_t a, int64_t b) { return a < b ? a : b; }

/* Lays out a block of up to BLOCK_ROWS rows of a batch. All matrices have one column per row of data, `stride` apart:
 *   A  what a layer reads, with a last row of ones: A_at[0] inputs, A_at[l] what hidden layer l passes on
 *   S  the activations without dropout, F what their slopes need, M what dropout multiplies them by
 *   D  dL/dA and then dL/dZ of a layer; of the last one it holds the logits first
 *   G  the gradient of a layer with rows filled up to whole vectors */
static void plan(struct turbo *t) {
    const int64_t *sizes = t->sizes, last = t->n_layers;
    const int64_t batch = t->batch_size < BLOCK_ROWS ? t->batch_size : BLOCK_ROWS;
    t->stride = padded(batch);
    t->most_blocks = (t->batch_size + t->stride - 1) / t->stride;
    t->is_wide = sizes[0] >= WIDE_INPUTS && sizes[1] >= LANES;
    int64_t size = 0, masks = 0, scratch = 0, widest = 0;
    t->A_at[0] = taken(&size, (sizes[0] + 1) * t->stride);
    for (int64_t l = 1; l <= last; l++) {
        const int64_t n = sizes[l] * t->stride;
        widest = larger(widest, sizes[l]);
        t->D_at[l] = taken(&size, n);
        if (l == last) break;
        t->A_at[l] = taken(&size, n + t->stride);
        t->S_at[l] = t->dropout > 0 ? taken(&size, n) : t->A_at[l];
        t->F_at[l] = keeps_slope(t->activations[l - 1]) ? taken(&size, n) : -1;
        t->M_at[l] = t->dropout > 0 ? taken(&masks, n * t->most_blocks) : -1;
    }
    t->T_at = taken(&size, sizes[last] * t->stride);
    t->weights_at = taken(&size, t->stride);
    t->block_size = size;
    t->mask_size = masks;
    for (int64_t l = 0; l < last; l++) {
        const int64_t n_out = sizes[l + 1];
        t->G_at[l] = n_out % LANES ? taken(&scratch, (sizes[l] + 1) * padded(n_out)) : -1;
    }
    t->turned_at = taken(&scratch, padded(widest) * t->stride);
    t->packed_at = t->is_wide && sizes[1] % LANES ? taken(&scratch, (sizes[0] + 1) * padded(sizes[1])) : -1;
    t->judge_size = (widest + 1) * JUDGED_ROWS;
    t->judge_at = taken(&scratch, 2 * t->judge_size);
    t->scratch_size = scratch;
}

/* Writes the rows of ones; all other work arrays must have been zero at first. */
static void write_ones(const struct turbo *t, float *blocks, int64_t n_blocks) {
    for (int64_t block = 0; block < n_blocks; block++) {
        for (int64_t l = 0; l < t->n_layers; l++) {
            float *A = blocks + block * t->block_size + t->A_at[l] + t->sizes[l] * t->stride;
            for (int64_t r = 0; r < t->stride && (l > 0 || !t->is_wide); r++) A[r] = 1;
        }
    }
}

#endif
