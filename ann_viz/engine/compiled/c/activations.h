/* Activations forward, in place, and their slopes backward; the formulas stand in Python's `activation_calls.py`.
 *
 * What the slope needs beyond the activation itself, forward leaves in F, unless F is NULL.
 */
#ifndef ANN_VIZ_ACTIVATIONS_H
#define ANN_VIZ_ACTIVATIONS_H

#include <stddef.h>

#include "functions.h"
#include "state.h"

#define EACH(i, n) for (int64_t i = 0; i < (n); i += LANES)
static const float LEAK = 0.01f, GELU_SCALE = 0.79788456f, GELU_CUBIC = 0.044715f;

INLINE vector gelu(vector z, vector *slope) {
    vector u = GELU_SCALE * z + GELU_SCALE * GELU_CUBIC * (z * z * z);
    vector h = 0.5f * tanh_of(u) + 0.5f, a = z * h;
    *slope = h + 2.0f * a * (1.0f - h) * (GELU_SCALE + 3.0f * GELU_SCALE * GELU_CUBIC * (z * z));
    return a;
}

INLINE vector silu(vector z, vector *slope) {
    vector s = sigmoid_of(z), a = z * s;
    *slope = s + a * (1.0f - s);
    return a;
}

INLINE vector softplus(vector z, vector *slope) {
    *slope = sigmoid_of(z);
    return softplus_of(z);
}

#define KEEP_SLOPE(function)                              \
    EACH(i, n) {                                          \
        vector slope;                                     \
        store(A + i, function(load(A + i), &slope));      \
        if (F != NULL) store(F + i, slope);               \
    }

/* Replaces Z, which is in A, by f(Z). n: a whole number of vectors. */
static void activate(int64_t activation, float *A, float *F, int64_t n) {
    switch (activation) {
    case RELU: EACH(i, n) store(A + i, at_least(load(A + i), 0.0f)); break;
    case LEAKY_RELU:
        EACH(i, n) {
            vector z = load(A + i);
            store(A + i, choose(z < LEAK * z, LEAK * z, z));
        }
        break;
    case ELU:
        EACH(i, n) {
            vector z = load(A + i);
            store(A + i, choose(z < 0.0f, exp_minus_one(z), z));
        }
        break;
    case GELU: KEEP_SLOPE(gelu) break;
    case SILU: KEEP_SLOPE(silu) break;
    case TANH: EACH(i, n) store(A + i, tanh_of(load(A + i))); break;
    case SIGMOID: EACH(i, n) store(A + i, sigmoid_of(load(A + i))); break;
    case SOFTPLUS: KEEP_SLOPE(softplus) break;
    default: break; /* LINEAR */
    }
}

/* Multiplies D by f'(Z). */
static void multiply_by_slope(int64_t activation, const float *A, const float *F, float *D, int64_t n) {
    switch (activation) {
    case RELU: EACH(i, n) store(D + i, choose(load(A + i) > 0.0f, load(D + i), all(0))); break;
    case LEAKY_RELU: EACH(i, n) store(D + i, load(D + i) * choose(load(A + i) > 0.0f, all(1), all(LEAK))); break;
    case ELU: EACH(i, n) store(D + i, load(D + i) * (at_most(load(A + i), 0.0f) + 1.0f)); break;
    case GELU:
    case SILU:
    case SOFTPLUS: EACH(i, n) store(D + i, load(D + i) * load(F + i)); break;
    case TANH: EACH(i, n) store(D + i, load(D + i) * (1.0f - load(A + i) * load(A + i))); break;
    case SIGMOID: EACH(i, n) store(D + i, load(D + i) * (load(A + i) * (1.0f - load(A + i)))); break;
    default: break; /* LINEAR */
    }
}

/* Whether the slope of an activation needs F. */
INLINE int keeps_slope(int64_t activation) {
    return activation == GELU || activation == SILU || activation == SOFTPLUS;
}

#endif
