/* Losses from the logits Z (n_out, stride), one column per row of data; the formulas stand in Python's `losses.py`. */
#ifndef ANN_VIZ_LOSSES_H
#define ANN_VIZ_LOSSES_H

#include <math.h>

#include "activations.h"

/* Replaces each column of logits by exp(z - largest z) and returns the sums of a vector of columns. */
INLINE vector exponentials(float *Z, int64_t stride, int64_t n_out) {
    vector largest = load(Z), total = {0};
    for (int64_t j = 1; j < n_out; j++) {
        vector z = load(Z + j * stride);
        largest = choose(z > largest, z, largest);
    }
    for (int64_t j = 0; j < n_out; j++) {
        vector e = exp_of(load(Z + j * stride) - largest);
        store(Z + j * stride, e);
        total += e;
    }
    return total;
}

INLINE vector regression_slope(int64_t loss, vector distance) {
    if (loss == MSE) return 2.0f * distance;
    if (loss == HUBER) return at_most(at_least(distance, -1.0f), 1.0f);
    return choose(distance > 0.0f, all(1), choose(distance < 0.0f, all(-1), distance)); /* MAE */
}

/* Replaces the logits by dL/dZ of the mean over `n` rows of the batch; those from column `valid` on are no rows. */
static void replace_by_error(int64_t loss, float *Z, const float *T, const float *weights, int64_t n_out,
                             int64_t stride, int64_t valid, int64_t n) {
    const float share = loss == BINARY_CROSS_ENTROPY ? (float)(0.5 / (double)n)
                        : loss == CATEGORICAL_CROSS_ENTROPY ? (float)(1 / (double)n)
                                                            : (float)(1 / ((double)n * (double)n_out));
    EACH(r, stride) {
        vector total = loss == CATEGORICAL_CROSS_ENTROPY ? exponentials(Z + r, stride, n_out) : all(1);
        vector weight = weights == NULL ? all(share) : share * load(weights + r);
        for (int64_t j = 0; j < n_out; j++) {
            float *at = Z + j * stride + r;
            vector z = load(at), t = load(T + j * stride + r), slope;
            if (loss == BINARY_CROSS_ENTROPY) slope = tanh_of(0.5f * z) - t;
            else if (loss == CATEGORICAL_CROSS_ENTROPY) slope = z / total - t;
            else slope = regression_slope(loss, z - t);
            store(at, slope * weight);
        }
    }
    for (int64_t j = 0; j < n_out; j++) {
        for (int64_t r = valid; r < stride; r++) Z[j * stride + r] = 0;
    }
}

/* The sum of a vector's first `valid` numbers, in double precision. */
INLINE double exact_sum(vector v, int64_t valid) {
    double sums[4] = {0};
    if (valid >= LANES) {
        for (int i = 0; i < LANES; i++) sums[i % 4] += (double)v[i];
    } else {
        for (int64_t i = 0; i < valid; i++) sums[i % 4] += (double)v[i];
    }
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

static double binary_loss(const float *Z, const float *Y, int64_t valid) {
    double sum = 0;
    EACH(r, valid) {
        vector z = load(Z + r);
        vector loss = at_least(z, 0.0f) - load(Y + r) * z + log_of_one_plus(exp_of(-absolute(z)));
        sum += exact_sum(loss, valid - r);
    }
    return sum;
}

/* Overwrites the logits. */
static double categorical_loss(float *Z, const float *Y, int64_t n_out, int64_t stride, int64_t valid) {
    double sum = 0;
    EACH(r, valid) {
        vector largest = load(Z + r), right = {0};
        for (int64_t j = 1; j < n_out; j++) {
            vector z = load(Z + j * stride + r);
            largest = choose(z > largest, z, largest);
        }
        for (int64_t j = 0; j < n_out; j++) right += load(Y + j * stride + r) * (load(Z + j * stride + r) - largest);
        vector total = exponentials(Z + r, stride, n_out);
        vector loss = total;
        for (int i = 0; i < LANES; i++) loss[i] = logf(total[i]);
        sum += exact_sum(loss - right, valid - r);
    }
    return sum;
}

static double regression_loss(int64_t loss, const float *Z, const float *Y, int64_t n_out, int64_t stride,
                              int64_t valid) {
    double sum = 0;
    for (int64_t j = 0; j < n_out; j++) {
        EACH(r, valid) {
            vector distance = load(Z + j * stride + r) - load(Y + j * stride + r), apart = absolute(distance), value;
            if (loss == MSE) value = distance * distance;
            else if (loss == MAE) value = apart;
            else value = choose(apart < 1.0f, 0.5f * distance * distance, apart - 0.5f);
            sum += exact_sum(value, valid - r);
        }
    }
    return sum / (double)n_out;
}

#endif
