// Which processor features the kernels were compiled for, against those of the machine at hand. This file itself is
// compiled for the plainest processor of its architecture, so that it can say so on any.
#include "cesar_whisper.h"
#include "ggml-cpu.h"

#include <cstring>

namespace {

struct feature {
    const char * name;
    bool built;
    bool present;
};

} // namespace

extern "C" int32_t cesar_missing_cpu_features(char * names, int32_t size) {
    if (size > 0) {
        names[0] = '\0';
    }
    int32_t missing = 0;
#if (defined(__x86_64__) || defined(__i386__)) && (defined(__GNUC__) || defined(__clang__))
    __builtin_cpu_init();
    const feature features[] = {
        { "SSSE3",       ggml_cpu_has_ssse3() != 0,       __builtin_cpu_supports("ssse3") != 0 },
        { "AVX",         ggml_cpu_has_avx() != 0,         __builtin_cpu_supports("avx") != 0 },
        { "AVX2",        ggml_cpu_has_avx2() != 0,        __builtin_cpu_supports("avx2") != 0 },
        { "FMA",         ggml_cpu_has_fma() != 0,         __builtin_cpu_supports("fma") != 0 },
        { "BMI2",        ggml_cpu_has_bmi2() != 0,        __builtin_cpu_supports("bmi2") != 0 },
        { "AVX512",      ggml_cpu_has_avx512() != 0,      __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0
                                                          && __builtin_cpu_supports("avx512dq") != 0 && __builtin_cpu_supports("avx512vl") != 0 },
        { "AVX512_VBMI", ggml_cpu_has_avx512_vbmi() != 0, __builtin_cpu_supports("avx512vbmi") != 0 },
        { "AVX512_VNNI", ggml_cpu_has_avx512_vnni() != 0, __builtin_cpu_supports("avx512vnni") != 0 },
        { "AVX512_BF16", ggml_cpu_has_avx512_bf16() != 0, __builtin_cpu_supports("avx512bf16") != 0 },
    };
    for (const auto & one : features) {
        if (one.built && !one.present) {
            ++missing;
            if (names != nullptr && std::strlen(names) + std::strlen(one.name) + 2 < static_cast<size_t>(size)) {
                if (names[0] != '\0') {
                    std::strcat(names, " ");
                }
                std::strcat(names, one.name);
            }
        }
    }
#endif
    return missing;
}
