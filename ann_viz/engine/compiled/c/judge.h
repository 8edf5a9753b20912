/* Loss and metric of a fixed set of rows at the end of an epoch, as in Python's `evaluation.py`. */
#ifndef ANN_VIZ_JUDGE_H
#define ANN_VIZ_JUDGE_H

#include "passes.h"

struct score {
    double loss, metric;
};

/* Runs a block of judged rows forward; returns the logits (n_out, JUDGED_ROWS). */
static float *logits_of(const struct turbo *t, const float *X) {
    float *there = t->scratch + t->judge_at, *other = there;
    const float *W = t->judged;
    for (int64_t l = 0; l < t->n_layers; l++) {
        const int64_t n_in = t->sizes[l], n_out = t->sizes[l + 1], n = n_out * JUDGED_ROWS;
        other = l % 2 ? t->scratch + t->judge_at : t->scratch + t->judge_at + t->judge_size;
        struct product job = {n_out, n_in + 1, W, 1, n_out, l == 0 ? X : there, JUDGED_ROWS, other, JUDGED_ROWS, 0};
        multiply(&job, JUDGED_ROWS);
        if (l + 1 < t->n_layers) {
            activate(t->activations[l], other, NULL, n);
            EACH(r, JUDGED_ROWS) store(other + n + r, all(1));
        }
        W += (n_in + 1) * n_out;
        there = other;
    }
    return there;
}

/* How many of the rows are answered rightly. */
static int64_t right_answers(int64_t loss, const float *Z, const float *Y, const int64_t *labels, int64_t n_out,
                             int64_t valid) {
    int64_t right = 0;
    if (loss == BINARY_CROSS_ENTROPY) {
        for (int64_t r = 0; r < valid; r++) right += (Z[r] > 0) == (Y[r] > 0.5f);
        return right;
    }
    for (int64_t r = 0; r < valid; r++) {
        int64_t largest = 0;
        for (int64_t j = 1; j < n_out; j++) {
            if (Z[j * JUDGED_ROWS + r] > Z[largest * JUDGED_ROWS + r]) largest = j;
        }
        right += largest == labels[r];
    }
    return right;
}

/* The sum of squared distances of one output. */
static double residual_of(const float *z, const float *y, int64_t valid) {
    double sum = 0;
    for (int64_t r = 0; r < valid; r++) sum += (double)((z[r] - y[r]) * (z[r] - y[r]));
    return sum;
}

static struct score judge_classes(const struct turbo *t, const struct judged *part) {
    const int64_t n_in = t->sizes[0], n_out = t->sizes[t->n_layers];
    double loss = 0;
    int64_t right = 0;
    for (int64_t row = 0, block = 0; row < part->n_rows; row += JUDGED_ROWS, block++) {
        const int64_t valid = part->n_rows - row < JUDGED_ROWS ? part->n_rows - row : JUDGED_ROWS;
        const float *Y = part->Y + block * n_out * JUDGED_ROWS;
        float *Z = logits_of(t, part->X + block * (n_in + 1) * JUDGED_ROWS);
        right += right_answers(t->loss, Z, Y, part->labels + row, n_out, valid);
        loss += t->loss == BINARY_CROSS_ENTROPY ? binary_loss(Z, Y, valid)
                                                : categorical_loss(Z, Y, n_out, JUDGED_ROWS, valid);
    }
    return (struct score){loss / (double)part->n_rows, (double)right / (double)part->n_rows};
}

/* R^2 is the mean over the outputs; one that never varies counts as explained by nothing. */
static struct score judge_values(const struct turbo *t, const struct judged *part) {
    const int64_t n_in = t->sizes[0], n_out = t->sizes[t->n_layers];
    double loss = 0, unexplained = 0;
    double *residuals = t->residuals;
    for (int64_t j = 0; j < n_out; j++) residuals[j] = 0;
    for (int64_t row = 0, block = 0; row < part->n_rows; row += JUDGED_ROWS, block++) {
        const int64_t valid = part->n_rows - row < JUDGED_ROWS ? part->n_rows - row : JUDGED_ROWS;
        const float *Y = part->Y + block * n_out * JUDGED_ROWS;
        const float *Z = logits_of(t, part->X + block * (n_in + 1) * JUDGED_ROWS);
        for (int64_t j = 0; j < n_out; j++) {
            residuals[j] += residual_of(Z + j * JUDGED_ROWS, Y + j * JUDGED_ROWS, valid);
        }
        loss += regression_loss(t->loss, Z, Y, n_out, JUDGED_ROWS, valid);
    }
    for (int64_t j = 0; j < n_out; j++) unexplained += part->spread[j] > 0 ? residuals[j] / part->spread[j] : 1;
    return (struct score){loss / (double)part->n_rows, 1 - unexplained / (double)n_out};
}

static struct score judge(const struct turbo *t, const struct judged *part) {
    if (part->n_rows == 0) return (struct score){NAN, NAN};
    return t->loss <= CATEGORICAL_CROSS_ENTROPY ? judge_classes(t, part) : judge_values(t, part);
}

#endif
