/* The update of a step: penalties and clipping, decay, the optimiser, what is frozen put back, and the average.
 *
 * The formulas stand in Python's `penalties.py`, `optimizers.py` and `average.py`. Averages are kept without their (1 - beta).
 */
#ifndef ANN_VIZ_UPDATE_H
#define ANN_VIZ_UPDATE_H

#include <math.h>

#include "passes.h"

static const double BETA1 = 0.9, BETA2 = 0.999, EPSILON = 1e-8, ADAGRAD_EPSILON = 1e-10, RMSPROP_ALPHA = 0.99;

static float sum_of_squares(const float *a, int64_t n) {
    vector sum[4] = {{0}};
    int64_t i = 0;
    for (; i + 4 * LANES <= n; i += 4 * LANES) {
        for (int k = 0; k < 4; k++) sum[k] += load(a + i + k * LANES) * load(a + i + k * LANES);
    }
    float rest = 0;
    for (; i < n; i++) rest += a[i] * a[i];
    return sum_of((sum[0] + sum[1]) + (sum[2] + sum[3])) + rest;
}

/* Adds lambda1 sign(w) + lambda2 w to the gradient of the weights, not of the biases. */
static void penalise(const struct turbo *t, float l1, float l2) {
    const float *restrict w = t->params;
    float *restrict g = t->gradients;
    for (int64_t l = 0; l < t->n_layers; l++) {
        const int64_t n = t->sizes[l] * t->sizes[l + 1];
        for (int64_t i = 0; i < n; i++) {
            g[i] = g[i] + w[i] * l2;
            g[i] = g[i] + (float)((w[i] > 0) - (w[i] < 0)) * l1;
        }
        w += n + t->sizes[l + 1];
        g += n + t->sizes[l + 1];
    }
}

static void clip(const struct turbo *t) {
    const double length = sqrt((double)sum_of_squares(t->gradients, t->n_params));
    if (!(length > t->clip_norm)) return;
    const float share = (float)(t->clip_norm / length);
    for (int64_t i = 0; i < t->n_params; i++) t->gradients[i] *= share;
}

static void decay_weights(const struct turbo *t) {
    const float kept = 1 - (float)(t->rate * t->l2);
    float *w = t->params;
    for (int64_t l = 0; l < t->n_layers; l++) {
        const int64_t n = t->sizes[l] * t->sizes[l + 1];
        for (int64_t i = 0; i < n; i++) w[i] *= kept;
        w += n + t->sizes[l + 1];
    }
}

#define FOR_ALL for (int64_t i = 0; i < n; i++)

static void adam(float *restrict p, const float *restrict g, float *restrict m, float *restrict v, int64_t n,
                 double rate, int64_t steps) {
    const double steady = 40; /* beta^t < exp(-40) changes no bit of 1 - beta^t */
    const double t = (double)steps;
    const double unbiased1 = -t * log(BETA1) > steady ? 1 : 1 - pow(BETA1, t);
    const double unbiased2 = -t * log(BETA2) > steady ? 1 : 1 - pow(BETA2, t);
    const double c = sqrt((1 - BETA2) / unbiased2);
    const float length = (float)(rate * (1 - BETA1) / (unbiased1 * c)), epsilon = (float)(EPSILON / c);
    const float beta1 = (float)BETA1, beta2 = (float)BETA2;
    FOR_ALL {
        v[i] = v[i] * beta2 + g[i] * g[i];
        m[i] = m[i] * beta1 + g[i];
        p[i] = p[i] - m[i] / (sqrtf(v[i]) + epsilon) * length;
    }
}

static void move(struct turbo *t) {
    float *restrict p = t->params, *restrict m = t->memory[0];
    const float *restrict g = t->gradients;
    const int64_t n = t->n_params;
    const float rate = (float)t->rate, momentum = (float)t->momentum;
    const double c = sqrt(1 - RMSPROP_ALPHA);
    const float scaled_rate = (float)(t->rate / c), scaled_epsilon = (float)(EPSILON / c);
    switch (t->optimizer) {
    case SGD: FOR_ALL p[i] = p[i] - g[i] * rate; break;
    case MOMENTUM:
        FOR_ALL {
            m[i] = m[i] * momentum + g[i];
            p[i] = p[i] - m[i] * rate;
        }
        break;
    case NESTEROV:
        FOR_ALL {
            m[i] = m[i] * momentum + g[i];
            p[i] = p[i] - (m[i] * momentum + g[i]) * rate;
        }
        break;
    case ADAGRAD:
        FOR_ALL {
            m[i] = m[i] + g[i] * g[i];
            p[i] = p[i] - g[i] / (sqrtf(m[i]) + (float)ADAGRAD_EPSILON) * rate;
        }
        break;
    case RMSPROP:
        FOR_ALL {
            m[i] = m[i] * (float)RMSPROP_ALPHA + g[i] * g[i];
            p[i] = p[i] - g[i] / (sqrtf(m[i]) + scaled_epsilon) * scaled_rate;
        }
        break;
    default: adam(p, g, m, t->memory[1], n, t->rate, ++t->optimizer_steps); break;
    }
}

static void follow(struct turbo *t) {
    const double steps = (double)t->average_steps++, warm = (1 + steps) / (10 + steps);
    const float share = (float)(1 - (t->average_decay < warm ? t->average_decay : warm));
    const float *restrict p = t->params;
    float *restrict a = t->average;
    const int64_t n = t->n_params;
    FOR_ALL a[i] = a[i] + (p[i] - a[i]) * share;
}

static void update(struct turbo *t) {
    for (int64_t i = 0; i < t->n_frozen; i++) t->held[i] = t->params[t->frozen[i]];
    if (t->l1 > 0 || (t->l2 > 0 && !t->decouples_decay)) {
        penalise(t, (float)t->l1, t->decouples_decay ? 0 : (float)t->l2);
    }
    if (t->clip_norm > 0) clip(t);
    if (t->l2 > 0 && t->decouples_decay) decay_weights(t);
    move(t);
    for (int64_t i = 0; i < t->n_frozen; i++) t->params[t->frozen[i]] = t->held[i];
    if (t->average) follow(t);
}

#endif
