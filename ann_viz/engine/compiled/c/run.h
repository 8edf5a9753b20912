/* Whole steps and epochs, until a limit, an interruption, or numbers that are not finite. */
#ifndef ANN_VIZ_RUN_H
#define ANN_VIZ_RUN_H

#include "clock.h"
#include "judge.h"
#include "update.h"

static void step(struct turbo *t) {
    const int64_t n_blocks = n_blocks_of(t);
    if (t->dropout > 0) {
        for (int64_t l = 1; l < t->n_layers; l++) draw_mask(t, l);
    }
    for (int64_t number = 0; number < n_blocks; number++) {
        struct block block = block_of(t, number);
        take_rows(t, block);
        for (int64_t l = 0; l < t->n_layers; l++) forward(t, block, l);
        error_of(t, block);
        for (int64_t l = t->n_layers; l-- > 0;) backward(t, block, l);
    }
    update(t);
}

/* One phase of a step, on all blocks of the batch; each block then has work arrays of its own. */
static void phase(struct turbo *t, int64_t kind, int64_t layer) {
    if (kind == PHASE_UPDATE) {
        update(t);
        return;
    }
    if (kind == PHASE_FORWARD && t->dropout > 0 && layer + 1 < t->n_layers) draw_mask(t, layer + 1);
    for (int64_t number = 0; number < n_blocks_of(t); number++) {
        struct block block = block_of(t, number);
        if (kind == PHASE_INPUT) take_rows(t, block);
        else if (kind == PHASE_FORWARD) forward(t, block, layer);
        else if (kind == PHASE_ERROR) error_of(t, block);
        else backward(t, block, layer);
    }
}

static void copy(float *to, const float *from, int64_t n) { memcpy(to, from, (size_t)n * sizeof(float)); }

/* One of the vectors that are kept of the last end of an epoch. */
static float *of_last_end(const struct turbo *t, int64_t kind) { return t->ends + (t->n_kinds + kind) * t->n_params; }

/* Puts a picture of this moment into the slot. */
static void show(struct turbo *t) {
    const int64_t left = t->n_rows - t->first, n_batches = t->batch_index + (left + t->batch_size - 1) / t->batch_size;
    t->seen = (struct counters){.call = t->call, .epoch = t->epoch, .step = t->step, .batch_index = t->batch_index,
                                .n_batches = n_batches, .n_ends = t->n_ends, .best_end = t->best_end,
                                .best_loss = t->best_loss, .rate = t->rate, .at = seconds_now()};
    copy(t->seen_params, t->params, t->n_params);
    copy(t->seen_gradients, t->gradients, t->n_params);
    if (t->average) copy(t->seen_average, t->average, t->n_params);
    copy(t->seen_began, of_last_end(t, END), t->n_params);
    copy(t->seen_before_last, of_last_end(t, BEGAN), t->n_params);
    __atomic_store_n(&t->slot, SLOT_FILLED, __ATOMIC_RELEASE);
}

/* Draws a whole number from 0 to `most` as NumPy does: with as many bits as it has, again if the number is larger. */
INLINE int64_t draw_up_to(const struct source *source, int64_t most, uint64_t bits) {
    int64_t drawn;
    do drawn = (int64_t)(source->draw(source->state) & bits);
    while (drawn > most);
    return drawn;
}

/* What `Generator.shuffle` of NumPy does, with the numbers it draws: swaps (Durstenfeld 1964). Some partners are drawn
 * before their turn, so that they come from memory meanwhile. */
static void shuffle(const struct turbo *t) {
    enum { AHEAD = 32 };
    int64_t partners[AHEAD], *order = t->order;
    uint64_t bits = (uint64_t)t->n_rows - 1;
    for (int shift = 1; shift < 64; shift *= 2) bits |= bits >> shift;
    for (int64_t last = t->n_rows - 1; last > 0; last -= AHEAD) {
        const int64_t n = smaller(AHEAD, last);
        for (int64_t i = 0; i < n; i++) {
            while (bits >> 1 >= (uint64_t)(last - i)) bits >>= 1;
            partners[i] = draw_up_to(&t->order_source, last - i, bits);
            __builtin_prefetch(order + partners[i], 1);
        }
        for (int64_t i = 0; i < n; i++) {
            const int64_t held = order[last - i];
            order[last - i] = order[partners[i]];
            order[partners[i]] = held;
        }
    }
}

/* Notes the end of an epoch; false if a loss is not finite. */
static int note_end(struct turbo *t) {
    const struct score learned = judge(t, &t->parts[0]), unseen = judge(t, &t->parts[1]);
    const double loss = t->parts[1].n_rows > 0 ? unseen.loss : learned.loss;
    if (!isfinite(learned.loss) || !isfinite(loss)) return 0;
    const double row[HISTORY_COLUMNS] = {(double)(t->epoch + 1), learned.loss, unseen.loss, learned.metric,
                                         unseen.metric, t->seconds, t->rate};
    for (int i = 0; i < HISTORY_COLUMNS; i++) t->history[i][t->n_ends] = row[i];
    const int64_t n = t->n_params;
    copy(of_last_end(t, BEGAN), of_last_end(t, END), n);
    copy(of_last_end(t, END), t->params, n);
    copy(of_last_end(t, GRADIENT), t->gradients, n);
    if (t->average) {
        copy(of_last_end(t, AVERAGE_BEGAN), of_last_end(t, AVERAGE), n);
        copy(of_last_end(t, AVERAGE), t->average, n);
    }
    t->stale++;
    if (loss < t->best_loss) {
        copy(t->ends, of_last_end(t, BEGAN), t->n_kinds * n);
        t->best_loss = loss, t->best_end = t->n_ends, t->stale = 0;
    }
    t->waiting++;
    if (loss < t->plateau_best) t->plateau_best = loss, t->waiting = 0;
    t->epoch++;
    if (t->epoch % t->keep_every == 0) copy(t->kept + t->n_kept++ * t->n_kinds * n, of_last_end(t, BEGAN), t->n_kinds * n);
    t->rate = t->rates[++t->n_ends];
    return 1;
}

/* Whether there is something to decide, which is left to Python. */
static int is_at_limit(const struct turbo *t) {
    return t->n_ends == t->most_ends || t->n_kept == t->most_kept || t->stale >= t->most_stale ||
           t->waiting >= t->most_waiting || t->history[1][t->n_ends - 1] <= t->target_loss ||
           t->seconds >= t->most_seconds;
}

static int is_finite(const struct turbo *t) { return isfinite(sum_of_squares(t->params, t->n_params)); }

static enum reason go_on(struct turbo *t, double began) {
    const int watches_time = isfinite(t->most_seconds);
    int64_t unchecked = 0;
    for (int64_t n_steps = 0; n_steps < t->most_steps; n_steps++) {
        if (t->most_ends > 0 && __atomic_load_n(&t->slot, __ATOMIC_ACQUIRE) == SLOT_WANTED) show(t);
        if (__atomic_load_n(&t->interrupted, __ATOMIC_ACQUIRE)) return WAS_INTERRUPTED;
        if (watches_time && seconds_now() - began >= t->most_seconds) return CAME_TO_LIMIT;
        t->n = t->n_rows - t->first < t->batch_size ? t->n_rows - t->first : t->batch_size;
        step(t);
        t->first += t->n, t->step++, t->batch_index++;
        unchecked += t->n;
        const int is_end = t->first == t->n_rows;
        if ((is_end || unchecked >= t->check_rows) && !is_finite(t)) return IS_NOT_FINITE;
        if (unchecked >= t->check_rows) unchecked = 0;
        if (!is_end) continue;
        if (t->most_ends == 0) return CAME_TO_LIMIT;
        t->seconds = seconds_now() - began;
        if (!note_end(t)) return IS_NOT_FINITE;
        t->first = t->batch_index = 0;
        if (t->batch_size < t->n_rows) shuffle(t);
        if (is_at_limit(t)) return CAME_TO_LIMIT;
    }
    return CAME_TO_LIMIT;
}

/* Goes on from row `first` of the epoch. With `most_ends` of 0 it comes back at the end of the rows. */
static enum reason run(struct turbo *t) {
    const double began = seconds_now() - t->seconds;
    const enum reason reason = go_on(t, began);
    t->seconds = seconds_now() - began;
    return reason;
}

#endif
