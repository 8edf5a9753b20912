/* exp and its kin on vectors: polynomials after a range reduction, within two or three units in the last place.
 *
 * References: Cody & Waite 1980, chapters 6 and 8.
 */
#ifndef ANN_VIZ_FUNCTIONS_H
#define ANN_VIZ_FUNCTIONS_H

#include "vectors.h"

struct power {
    vector scale, rest;
};

/* exp(x) = scale * (1 + rest) with scale = 2^n, n whole, and rest = exp(x - n ln 2) - 1. */
INLINE struct power power_of_e(vector x) {
    const float magic = 12582912.0f; /* 1.5 * 2^23: adding it rounds to a whole number in the lowest bits */
    x = at_most(at_least(x, -87.0f), 88.0f);
    vector shifted = x * 1.44269504f + magic;
    vector n = shifted - magic;
    vector r = x - n * 0.693359375f;
    r = r - n * -2.12194440e-4f;
    vector p = all(1.0f / 5040);
    p = p * r + 1.0f / 720;
    p = p * r + 1.0f / 120;
    p = p * r + 1.0f / 24;
    p = p * r + 1.0f / 6;
    p = p * r + 0.5f;
    whole bits = ((whole)shifted - (whole)all(magic) + 127) << 23;
    return (struct power){(vector)bits, p * (r * r) + r};
}

INLINE vector exp_of(vector x) {
    struct power e = power_of_e(x);
    return e.scale * e.rest + e.scale;
}

/* exp(x) - 1, exact near 0 too. */
INLINE vector exp_minus_one(vector x) {
    struct power e = power_of_e(x);
    return e.scale * e.rest + (e.scale - 1.0f);
}

/* tanh|x| = (exp(2|x|) - 1) / (exp(2|x|) + 1), which is 1 from 9.1 on. */
INLINE vector tanh_of(vector x) {
    vector e = exp_minus_one(2.0f * at_most(absolute(x), 9.1f));
    return with_sign_of(e / (e + 2.0f), x);
}

INLINE vector sigmoid_of(vector x) { return 0.5f * tanh_of(0.5f * x) + 0.5f; }

/* ln(1 + u) for u from 0 to 1: 2 artanh s with s = u / (2 + u), a series in s^2 <= 1/9. */
INLINE vector log_of_one_plus(vector u) {
    vector s = u / (u + 2.0f), q = s * s;
    vector p = all(1.0f / 13);
    p = p * q + 1.0f / 11;
    p = p * q + 1.0f / 9;
    p = p * q + 1.0f / 7;
    p = p * q + 1.0f / 5;
    p = p * q + 1.0f / 3;
    p = p * q + 1.0f;
    return 2.0f * s * p;
}

/* ln(1 + exp x) = max(x, 0) + ln(1 + exp(-|x|)). */
INLINE vector softplus_of(vector x) { return at_least(x, 0.0f) + log_of_one_plus(exp_of(-absolute(x))); }

#endif
