/* Vectors of floats in the compilers' own notation, as wide as this build's registers. */
#ifndef ANN_VIZ_VECTORS_H
#define ANN_VIZ_VECTORS_H

#include <stdint.h>

#ifndef LANES
#error "LANES: floats per register"
#endif
#define INLINE static inline __attribute__((always_inline))

typedef float vector __attribute__((vector_size(4 * LANES)));
typedef int32_t whole __attribute__((vector_size(4 * LANES)));
typedef float loose_vector __attribute__((vector_size(4 * LANES), aligned(4), may_alias));
typedef float loose_four __attribute__((vector_size(16), aligned(4), may_alias));

INLINE vector load(const float *from) { return *(const loose_vector *)from; }

INLINE void store(float *to, vector v) { *(loose_vector *)to = v; }

INLINE void store_four(float *to, float a, float b, float c, float d) { *(loose_four *)to = (loose_four){a, b, c, d}; }

/* Where the mask is set a, else b. */
INLINE vector choose(whole mask, vector a, vector b) {
    return (vector)((mask & (whole)a) | (~mask & (whole)b));
}

INLINE vector all(float value) { return (vector){0} + value; }

/* Both let NaN in `a` through. */
INLINE vector at_least(vector a, float low) { return choose(a < all(low), all(low), a); }

INLINE vector at_most(vector a, float high) { return choose(a > all(high), all(high), a); }

INLINE vector absolute(vector a) { return (vector)((whole)a & 0x7fffffff); }

INLINE vector with_sign_of(vector a, vector sign) { return (vector)((whole)a | ((whole)sign & INT32_MIN)); }

INLINE float sum_of(vector a) {
    float sum = 0;
    for (int i = 0; i < LANES; i++) sum += a[i];
    return sum;
}

INLINE int64_t padded(int64_t n) { return (n + LANES - 1) / LANES * LANES; }

#endif
