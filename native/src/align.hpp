// Word times: the path of dynamic time warping through the attention of the alignment heads.
// Follows OpenAI Whisper, timing.py (find_alignment, dtw, median_filter); see also Giorgino, doi:10.18637/jss.v031.i07.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

// Median over a row with reflected ends, as torch's "reflect" padding does.
static void median_filter_row(float * row, int count, int width, std::vector<float> & copy) {
    const int half = width / 2;
    if (count <= half) {
        return;
    }
    copy.assign(row, row + count);
    float window[16];
    for (int i = 0; i < count; ++i) {
        for (int k = -half; k <= half; ++k) {
            int j = i + k;
            j = j < 0 ? -j : j >= count ? 2 * (count - 1) - j : j;
            window[k + half] = copy[j];
        }
        std::nth_element(window, window + half, window + width);
        row[i] = window[half];
    }
}

// The first frame of each row on the cheapest monotone path from the first cell to the last.
static std::vector<int> warp(const std::vector<float> & cost, int rows, int columns) {
    enum : int8_t { diagonal, up, left };
    const float infinite = std::numeric_limits<float>::infinity();
    const int stride = columns + 1;
    std::vector<float> total(size_t(rows + 1) * stride, infinite);
    std::vector<int8_t> from(size_t(rows + 1) * stride, left);
    total[0] = 0;
    for (int i = 1; i <= rows; ++i) {
        for (int j = 1; j <= columns; ++j) {
            const float c0 = total[size_t(i - 1) * stride + j - 1];
            const float c1 = total[size_t(i - 1) * stride + j];
            const float c2 = total[size_t(i) * stride + j - 1];
            const int8_t step = c0 < c1 && c0 < c2 ? diagonal : c1 < c0 && c1 < c2 ? up : left;
            total[size_t(i) * stride + j] = cost[size_t(i - 1) * columns + j - 1] + (step == diagonal ? c0 : step == up ? c1 : c2);
            from[size_t(i) * stride + j] = step;
        }
    }
    std::vector<int> first(rows, 0);
    for (int i = rows, j = columns; i > 0 && j > 0;) {
        first[i - 1] = j - 1;
        const int8_t step = from[size_t(i) * stride + j];
        i -= step != left;
        j -= step != up;
    }
    return first;
}

static int32_t align(cesar_session & session, const char * language, bool translate, const int32_t * text, int32_t count, float * times) {
    auto & model = *session.model;
    auto & aligner = *model.aligner;
    auto & state = *session.state;
    std::vector<whisper_token> tokens;
    if (session.frames == 0 || count <= 0 || !task_tokens(model, language, translate, tokens)) {
        return CESAR_INVALID;
    }
    const int skipped = static_cast<int>(tokens.size());
    tokens.push_back(whisper_token_not(model.context));
    tokens.insert(tokens.end(), text, text + count);
    tokens.push_back(whisper_token_eot(model.context));
    if (static_cast<int>(tokens.size()) > whisper_n_text_ctx(model.context)) {
        return CESAR_INVALID;
    }

    state.aheads_cross_QKs = nullptr;
    whisper_kv_cache_clear(state.kv_self);
    whisper_batch_prep_legacy(state.batch, tokens.data(), static_cast<int>(tokens.size()), 0, 0);
    if (!whisper_decode_internal(aligner, state, state.batch, session.threads, true, nullptr, nullptr) || state.aheads_cross_QKs == nullptr) {
        return failure(session);
    }

    const int n_tokens = static_cast<int>(state.aheads_cross_QKs->ne[0]);
    const int n_audio  = static_cast<int>(state.aheads_cross_QKs->ne[1]);
    const int n_heads  = static_cast<int>(state.aheads_cross_QKs->ne[2]);
    const int frames   = std::max(1, std::min(n_audio, (session.frames + 1) / 2));
    const int rows     = count + 1; // the row of a token attends to the token that comes after it
    std::vector<float> weights(size_t(n_tokens) * n_audio * n_heads);
    ggml_backend_tensor_get(state.aheads_cross_QKs, weights.data(), 0, weights.size() * sizeof(float));

    std::vector<float> cost(size_t(rows) * frames, 0.0f), row(frames), copy;
    for (int head = 0; head < n_heads; ++head) {
        // Standardise each frame over the tokens, then smooth each token over the frames.
        std::vector<float> standard(size_t(n_tokens) * frames);
        for (int frame = 0; frame < frames; ++frame) {
            const float * column = weights.data() + (size_t(head) * n_audio + frame) * n_tokens;
            double mean = 0, square = 0;
            for (int t = 0; t < n_tokens; ++t) {
                mean += column[t];
            }
            mean /= n_tokens;
            for (int t = 0; t < n_tokens; ++t) {
                square += (column[t] - mean) * (column[t] - mean);
            }
            const double deviation = std::sqrt(square / n_tokens) + 1e-9;
            for (int t = 0; t < n_tokens; ++t) {
                standard[size_t(t) * frames + frame] = static_cast<float>((column[t] - mean) / deviation);
            }
        }
        for (int t = 0; t < rows; ++t) {
            float * smooth = standard.data() + size_t(t + skipped) * frames;
            median_filter_row(smooth, frames, 7, copy);
            for (int frame = 0; frame < frames; ++frame) {
                cost[size_t(t) * frames + frame] -= smooth[frame] / n_heads;
            }
        }
    }
    const auto first = warp(cost, rows, frames);
    for (int t = 0; t < rows; ++t) {
        times[t] = first[t] * 0.02f;
    }
    return CESAR_OK;
}
