/* The one product of matrices: C = A B, or C += A B. A is read number by number with any strides, B and C row by row. */
#ifndef ANN_VIZ_PRODUCT_H
#define ANN_VIZ_PRODUCT_H

#include "vectors.h"

#if LANES == 16 || defined(__aarch64__)
enum { TALL_OF_ONE = 8, TALL_OF_TWO = 8, TALL_OF_FOUR = 6 }; /* 32 registers */
#else
enum { TALL_OF_ONE = 8, TALL_OF_TWO = 6, TALL_OF_FOUR = 3 }; /* 16 registers */
#endif
enum { DEPTH = 128 }; /* rows of B that stay in the first-level cache */

/* A (m, p) at a + m * down + p * across; B (p, n) at b + p * b_stride; C (m, n) at c + m * c_stride. */
struct product {
    int64_t rows, depth;
    const float *a;
    int64_t down, across;
    const float *b;
    int64_t b_stride;
    float *c;
    int64_t c_stride;
    int adds;
};

#define UNROLL _Pragma("GCC unroll 8")

/* `tall` rows of C, `wide` vectors of each: they stay in registers while the depth is gone through. */
INLINE void tile(const int tall, const int wide, int64_t depth, const float *a, int64_t down, int64_t across,
                 const float *b, int64_t b_stride, float *c, int64_t c_stride, int adds) {
    vector sum[8][4];
    UNROLL for (int m = 0; m < tall; m++) {
        UNROLL for (int v = 0; v < wide; v++) {
            sum[m][v] = adds ? load(c + m * c_stride + v * LANES) : (vector){0};
        }
    }
    for (int64_t p = 0; p < depth; p++) {
        const float *third = a + 3 * down, *sixth = a + 6 * down; /* so that each address is a register and a multiple */
        vector row[4];
        UNROLL for (int v = 0; v < wide; v++) row[v] = load(b + v * LANES);
        UNROLL for (int m = 0; m < tall; m++) {
            float factor = m < 3 ? a[m * down] : m < 6 ? third[(m - 3) * down] : sixth[(m - 6) * down];
            UNROLL for (int v = 0; v < wide; v++) sum[m][v] += factor * row[v];
        }
        a += across;
        b += b_stride;
    }
    UNROLL for (int m = 0; m < tall; m++) {
        UNROLL for (int v = 0; v < wide; v++) store(c + m * c_stride + v * LANES, sum[m][v]);
    }
}

#define TILE(tall, wide) tile(tall, wide, depth, a, down, across, b, job->b_stride, c, job->c_stride, adds)
#define REST(tall, wide, tallest) case tall: if (tallest > tall) TILE(tall, wide); break;

/* One strip of C, `wide` vectors across, from top to bottom. */
#define STRIP(name, wide, tallest)                                                                                   \
    static void name(const struct product *job, int64_t depth, const float *a, const float *b, float *c, int adds) { \
        const int64_t down = job->down, across = job->across;                                                        \
        int64_t rows = job->rows;                                                                                    \
        for (; rows >= tallest; rows -= tallest, a += tallest * down, c += tallest * job->c_stride) {                \
            TILE(tallest, wide);                                                                                     \
        }                                                                                                            \
        switch (rows) {                                                                                              \
            REST(1, wide, tallest) REST(2, wide, tallest) REST(3, wide, tallest) REST(4, wide, tallest)              \
            REST(5, wide, tallest) REST(6, wide, tallest) REST(7, wide, tallest)                                     \
        }                                                                                                            \
    }

STRIP(strip_of_one, 1, TALL_OF_ONE)
STRIP(strip_of_two, 2, TALL_OF_TWO)
STRIP(strip_of_four, 4, TALL_OF_FOUR)

/* `columns` of C is a whole number of vectors. */
static void multiply(const struct product *job, int64_t columns) {
    int64_t depth;
    for (int64_t p = 0; p < job->depth; p += depth) {
        depth = job->depth - p <= DEPTH + DEPTH / 2 ? job->depth - p : DEPTH;
        const float *a = job->a + p * job->across, *b = job->b + p * job->b_stride;
        int adds = job->adds || p > 0;
        int64_t n = 0;
        for (; n + 4 * LANES <= columns; n += 4 * LANES) strip_of_four(job, depth, a, b + n, job->c + n, adds);
        for (; n + 2 * LANES <= columns; n += 2 * LANES) strip_of_two(job, depth, a, b + n, job->c + n, adds);
        for (; n < columns; n += LANES) strip_of_one(job, depth, a, b + n, job->c + n, adds);
    }
}

/* to (n, 4) = the first `n` numbers of four rows (4, n): one store takes as long for four numbers as for one. */
INLINE void turn_four(const float *const rows[4], int64_t n, float *to, int64_t to_stride) {
    const float *a = rows[0], *b = rows[1], *c = rows[2], *d = rows[3];
    for (int64_t k = 0; k < n; k++) store_four(to + k * to_stride, a[k], b[k], c[k], d[k]);
}

/* to (columns, rows) = from (rows, columns). */
static void turn(const float *from, int64_t from_stride, int64_t rows, int64_t columns, float *to, int64_t to_stride) {
    int64_t r = 0;
    for (; r + 4 <= rows; r += 4, from += 4 * from_stride) {
        const float *const four[4] = {from, from + from_stride, from + 2 * from_stride, from + 3 * from_stride};
        turn_four(four, columns, to + r, to_stride);
    }
    for (; r < rows; r++, from += from_stride) {
        for (int64_t c = 0; c < columns; c++) to[c * to_stride + r] = from[c];
    }
}

#endif
