/* The engine for one instruction set: compiled once for each, with LANES and LEVEL (the suffix of its names) given. */
#define _POSIX_C_SOURCE 200809L
#include "run.h"

#ifdef _WIN32
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif
#define JOINED(name, level) name##_##level
#define NAMED(name, level) JOINED(name, level)
#define PUBLIC(name) EXPORT NAMED(ann_viz_##name, LEVEL)

void PUBLIC(plan)(struct turbo *t);
void PUBLIC(write_ones)(struct turbo *t, float *blocks, int64_t n_blocks);
void PUBLIC(phase)(struct turbo *t, int64_t kind, int64_t layer);
void PUBLIC(step)(struct turbo *t);
void PUBLIC(judge)(struct turbo *t, int64_t part, double *loss_and_metric);
int64_t PUBLIC(run)(struct turbo *t);
void PUBLIC(shuffle)(struct turbo *t);

void PUBLIC(plan)(struct turbo *t) { plan(t); }

void PUBLIC(write_ones)(struct turbo *t, float *blocks, int64_t n_blocks) { write_ones(t, blocks, n_blocks); }

void PUBLIC(phase)(struct turbo *t, int64_t kind, int64_t layer) { phase(t, kind, layer); }

void PUBLIC(step)(struct turbo *t) { step(t); }

void PUBLIC(judge)(struct turbo *t, int64_t part, double *loss_and_metric) {
    const struct score score = judge(t, &t->parts[part]);
    loss_and_metric[0] = score.loss;
    loss_and_metric[1] = score.metric;
}

int64_t PUBLIC(run)(struct turbo *t) { return run(t); }

void PUBLIC(shuffle)(struct turbo *t) { shuffle(t); }
