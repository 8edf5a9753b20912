/* What Python and C share: one struct for a trainer, whose arrays are NumPy's. `state.py` mirrors it field by field. */
#ifndef ANN_VIZ_STATE_H
#define ANN_VIZ_STATE_H

#include <stdint.h>

enum { MOST_LAYERS = 65, BLOCK_ROWS = 128, JUDGED_ROWS = 64, N_PARTS = 2, HISTORY_COLUMNS = 7 };

/* In the order of the tables in Python's `kernels.py`. */
enum activation { RELU, LEAKY_RELU, ELU, GELU, SILU, TANH, SIGMOID, SOFTPLUS, LINEAR };
enum loss { BINARY_CROSS_ENTROPY, CATEGORICAL_CROSS_ENTROPY, MSE, MAE, HUBER };
enum optimizer { SGD, MOMENTUM, NESTEROV, ADAGRAD, RMSPROP, ADAM };
enum phase { PHASE_INPUT, PHASE_FORWARD, PHASE_ERROR, PHASE_BACKWARD, PHASE_UPDATE };

/* Why `run` came back. */
enum reason { CAME_TO_LIMIT, WAS_INTERRUPTED, IS_NOT_FINITE };

/* The one slot for a picture of a batch boundary: who looks asks, the training thread fills, who looks empties. */
enum slot { SLOT_EMPTY, SLOT_WANTED, SLOT_FILLED };

/* Of an end of an epoch three vectors are kept: where the epoch began, where it ended, and its last gradient; where
 * there is an average, also what that was at the beginning and at the end. */
enum { BEGAN, END, GRADIENT, AVERAGE_BEGAN, AVERAGE };

/* A bit generator of NumPy. */
struct source {
    void *state;
    uint32_t (*draw)(void *);
};

/* Rows that an epoch is judged by, one column per row, in blocks of JUDGED_ROWS; the last is filled up. */
struct judged {
    int64_t n_rows;
    const float *X;        /* (n_blocks, n_in + 1, JUDGED_ROWS), the last of n_in + 1 all ones */
    const float *Y;        /* (n_blocks, n_out, JUDGED_ROWS) */
    const int64_t *labels; /* (n_rows) of several classes */
    const double *spread;  /* (n_out) of values: sums of squared distances from the mean */
};

/* Counters of a moment between two batches. */
struct counters {
    int64_t call, epoch, step, batch_index, n_batches, n_ends, best_end;
    double best_loss, rate, at;
};

struct turbo {
    /* The network: W0, b0, W1, b1... in one vector, and the gradient likewise. */
    int64_t n_layers, n_params, loss, sizes[MOST_LAYERS + 1], activations[MOST_LAYERS];
    float *params, *gradients;

    /* The update. */
    int64_t optimizer, optimizer_steps, decouples_decay, n_frozen;
    double rate, momentum, l1, l2, clip_norm;
    float *memory[2];
    const int64_t *frozen;
    float *held;
    float *average; /* of the parameters over the last steps, or NULL */
    int64_t average_steps;
    double average_decay;
    const float *judged; /* the parameters that are judged: params or average */

    /* The rows: row i of an epoch is row order[i] of X, or row i where there is no order. */
    double dropout;
    struct source dropout_source, order_source;
    const float *X, *T, *row_weights; /* X (n, n_in + 1), T (n, n_out), row_weights (n) or NULL */
    int64_t *order;
    int64_t n_rows, batch_size, check_rows;

    /* The batch under way: rows first, first + 1... of the epoch, n of them. */
    int64_t first, n;

    /* Where `plan` has put the work arrays, in floats. Blocks lie `span` apart: 0 when they share one place. */
    int64_t stride, most_blocks, block_size, mask_size, scratch_size, span, is_wide;
    int64_t A_at[MOST_LAYERS + 1], S_at[MOST_LAYERS + 1], F_at[MOST_LAYERS + 1], D_at[MOST_LAYERS + 1];
    int64_t M_at[MOST_LAYERS + 1], G_at[MOST_LAYERS];
    int64_t T_at, weights_at, turned_at, packed_at, judge_at, judge_size;
    float *blocks, *masks, *scratch;
    double *residuals; /* (n_out) */

    /* A run of epochs. */
    struct judged parts[N_PARTS]; /* training rows, validation rows (perhaps none) */
    int64_t call, epoch, step, batch_index; /* call: its number */
    int64_t most_ends, most_kept, keep_every, most_steps;
    double target_loss, best_loss, plateau_best, seconds, most_seconds;
    int64_t stale, most_stale, waiting, most_waiting;
    const double *rates;              /* (most_ends + 1) of the epoch under way, and of those after it */
    double *history[HISTORY_COLUMNS]; /* (most_ends) each */
    int64_t n_kinds; /* of vectors of an end: 3, or 5 with an average */
    float *kept; /* (most_kept, n_kinds, n_params) at the ends of epochs that are multiples of keep_every */
    float *ends; /* (2, n_kinds, n_params) at the best end and at the last one */
    int64_t n_ends, n_kept, best_end; /* how many; at which of them the loss was lowest, or -1 */

    /* What others set while it runs. */
    int32_t interrupted, slot;
    struct counters seen;
    float *seen_params, *seen_began, *seen_before_last, *seen_gradients, *seen_average;
};

#endif
