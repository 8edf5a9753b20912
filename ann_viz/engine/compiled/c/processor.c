/* What does not depend on the instruction set: which one the processor has, and the slot as others see it. */
#define _POSIX_C_SOURCE 200809L
#include <stddef.h>

#include "clock.h"
#include "state.h"

#ifdef _WIN32
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif

EXPORT int64_t ann_viz_size_of_state(void);
EXPORT int64_t ann_viz_level(void);
EXPORT double ann_viz_seconds_now(void);
EXPORT int64_t ann_viz_slot(struct turbo *t);
EXPORT void ann_viz_set_slot(struct turbo *t, int64_t slot);
EXPORT void ann_viz_interrupt(struct turbo *t, int64_t interrupted);

/* So that Python can tell whether its mirror of the struct fits. */
int64_t ann_viz_size_of_state(void) { return (int64_t)sizeof(struct turbo); }

#if defined(__x86_64__) || defined(__i386__)
#include <cpuid.h>

/* Which registers the system saves: bits 1 and 2 those of AVX, 5 to 7 those of AVX-512. */
static uint64_t saved_registers(void) {
    uint32_t low, high;
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return (uint64_t)high << 32 | low;
}

/* 0 the baseline, 1 AVX2 with FMA, 2 AVX-512 (F, DQ, BW, VL). */
int64_t ann_viz_level(void) {
    uint32_t a, b, c, d;
    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_OSXSAVE) || !(c & bit_AVX) || !(c & bit_FMA)) return 0;
    const uint64_t saved = saved_registers(), avx512 = bit_AVX512F | bit_AVX512DQ | bit_AVX512BW | bit_AVX512VL;
    if ((saved & 0x6) != 0x6 || !__get_cpuid_count(7, 0, &a, &b, &c, &d) || !(b & bit_AVX2)) return 0;
    return (saved & 0xe0) == 0xe0 && (b & avx512) == avx512 ? 2 : 1;
}
#else
int64_t ann_viz_level(void) { return 0; }
#endif

double ann_viz_seconds_now(void) { return seconds_now(); }

int64_t ann_viz_slot(struct turbo *t) { return __atomic_load_n(&t->slot, __ATOMIC_ACQUIRE); }

void ann_viz_set_slot(struct turbo *t, int64_t slot) { __atomic_store_n(&t->slot, (int32_t)slot, __ATOMIC_RELEASE); }

void ann_viz_interrupt(struct turbo *t, int64_t interrupted) {
    __atomic_store_n(&t->interrupted, (int32_t)interrupted, __ATOMIC_RELEASE);
}
