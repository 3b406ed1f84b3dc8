// The decoder: greedy and beam search at temperature 0, sampling above.
// The rules for tokens follow OpenAI Whisper, decoding.py (SuppressBlank, SuppressTokens, ApplyTimestampRules).
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <set>

namespace {

// A text being written.
struct hypothesis {
    std::vector<cesar_token> tokens;
    double sum = 0;                      // of log probabilities
    int32_t last_timestamp = -1;         // token id, -1 before the first
    std::vector<float> log_probabilities; // of the next token, after the rules
    bool complete = false;
};

struct candidate {
    int parent;
    int32_t token;
    float log_probability;
    double sum;
};

class decoder {
public:
    decoder(cesar_session & session, const cesar_decode_options & options)
        : session_(session), options_(options), model_(*session.model), state_(*session.state),
          vocabulary_(model_.vocabulary), end_(whisper_token_eot(model_.context)), first_time_(whisper_token_beg(model_.context)),
          last_time_(std::min(vocabulary_ - 1, first_time_ + (session.frames + 1) / 2)), random_(options.seed) {
    }

    int32_t run(cesar_token * tokens, cesar_decode_result & result) {
        const int32_t started = start();
        if (started != CESAR_OK) {
            return started;
        }
        const int limit = options_.max_tokens > 0 ? std::min(options_.max_tokens, capacity()) : capacity();
        for (int step = 0; step < limit && !live_.empty(); ++step) {
            options_.temperature > 0 ? sample() : search();
            if (!live_.empty() && step + 1 < limit) {
                const int32_t continued = next();
                if (continued != CESAR_OK) {
                    return continued;
                }
            }
        }
        write(tokens, result);
        return CESAR_OK;
    }

private:
    int capacity() const {
        return whisper_n_text_ctx(model_.context) / 2 - 4;
    }

    // Feeds the prompt and the task, and forms the first hypotheses.
    int32_t start() {
        std::vector<whisper_token> prompt;
        if (options_.prompt != nullptr && options_.prompt_length > 0) {
            const int kept = std::min(options_.prompt_length, whisper_n_text_ctx(model_.context) / 2 - 1);
            prompt.push_back(whisper_token_prev(model_.context));
            prompt.insert(prompt.end(), options_.prompt + options_.prompt_length - kept, options_.prompt + options_.prompt_length);
        }
        const int start_of_text = static_cast<int>(prompt.size());
        if (!task_tokens(model_, options_.language, options_.translate != 0, prompt)) {
            return CESAR_INVALID;
        }
        past_ = static_cast<int>(prompt.size());

        if (!reserve(options_.width)) {
            return CESAR_OUT_OF_MEMORY;
        }
        whisper_kv_cache_clear(state_.kv_self);
        whisper_batch_prep_legacy(state_.batch, prompt.data(), past_, 0, 0);
        state_.batch.logits[start_of_text] = 1;
        if (!whisper_decode_internal(*model_.context, state_, state_.batch, session_.threads, false, nullptr, nullptr)) {
            return failure(session_);
        }
        no_speech_ = no_speech(state_.logits.data() + size_t(start_of_text) * vocabulary_);

        live_.emplace_back();
        apply_rules(live_[0], state_.logits.data() + size_t(past_ - 1) * vocabulary_);
        if (options_.temperature > 0) {
            live_.resize(options_.width, live_[0]);
            for (int i = 1; i < options_.width; ++i) {
                whisper_kv_cache_seq_cp(state_.kv_self, 0, i, -1, -1);
            }
        }
        return CESAR_OK;
    }

    // The self-attention cache holds the cells of all hypotheses; whisper.cpp allocates room for one.
    bool reserve(int width) {
        if (state_.kv_self_n_dec >= width) {
            return true;
        }
        const auto & h = model_.context->model.hparams;
        whisper_kv_cache_free(state_.kv_self);
        state_.kv_self.buffer = nullptr;
        if (!whisper_kv_cache_init(state_.kv_self, state_.backends[0], model_.context->itype, h.n_text_state, h.n_text_layer,
                                   GGML_PAD(h.n_text_ctx, 256) * (width + 2))) {
            state_.kv_self_n_dec = 0;
            return false;
        }
        state_.kv_self_n_dec = width;
        return true;
    }

    float no_speech(const float * logits) const {
        const float highest = *std::max_element(logits, logits + vocabulary_);
        double sum = 0;
        for (int i = 0; i < vocabulary_; ++i) {
            sum += std::exp(logits[i] - highest);
        }
        return static_cast<float>(std::exp(double(logits[whisper_token_nosp(model_.context)] - highest)) / sum);
    }

    static float log_sum(const float * values, int count) {
        const float highest = *std::max_element(values, values + count);
        if (highest == -INFINITY) {
            return -INFINITY;
        }
        float sum = 0;
        for (int i = 0; i < count; ++i) {
            sum += std::exp(values[i] - highest);
        }
        return highest + std::log(sum);
    }

    // Turns logits into log probabilities of the tokens that may come next.
    void apply_rules(hypothesis & h, const float * logits) const {
        auto & p = h.log_probabilities;
        p.assign(logits, logits + vocabulary_);
        const auto forbid = [&](int from, int to) { std::fill(p.begin() + from, p.begin() + to, -INFINITY); };

        for (const int32_t token : model_.suppressed) {
            p[token] = -INFINITY;
        }
        const auto is_time = [&](size_t back) {
            return h.tokens.size() >= back && h.tokens[h.tokens.size() - back].id >= first_time_;
        };
        if (h.tokens.empty()) {
            p[end_] = -INFINITY;
            if (model_.space >= 0) {
                p[model_.space] = -INFINITY;
            }
            forbid(0, first_time_);                              // a time comes first,
            forbid(std::min(vocabulary_, first_time_ + 51), vocabulary_); // within the first second
        } else if (is_time(1)) {
            if (h.tokens.size() < 2 || is_time(2)) {
                forbid(first_time_, vocabulary_);                // times come in pairs
            } else {
                forbid(0, end_);                                 // an end is followed by a start or by nothing
            }
        }
        if (h.last_timestamp >= 0) {
            // Time does not run backwards, and a segment that was opened takes some.
            const bool open = !(is_time(1) && !is_time(2)) ;
            forbid(first_time_, std::min(vocabulary_, h.last_timestamp + (open ? 1 : 0)));
        }
        if (last_time_ + 1 < vocabulary_) {
            forbid(last_time_ + 1, vocabulary_);                 // nor past the end of the window
        }

        const float all = log_sum(p.data(), vocabulary_);
        for (float & value : p) {
            value -= all;
        }
        collapse_times(p);
    }

    // Whether a time comes next is one question, which time another. The first is answered by the probability of all
    // times together, so that a break between segments is not held against a text because its moment is uncertain;
    // for the second the likeliest time stands for all. Greedily, this is Whisper's own rule (ApplyTimestampRules).
    void collapse_times(std::vector<float> & p) const {
        const auto first = p.begin() + first_time_;
        const auto likeliest = std::max_element(first, p.end());
        if (*likeliest == -INFINITY) {
            return;
        }
        const float together = log_sum(p.data() + first_time_, vocabulary_ - first_time_);
        const auto position = likeliest - first;
        std::fill(first, p.end(), -INFINITY);
        p[first_time_ + position] = together;
    }

    // Adds a token; true when the text is complete.
    bool extend(hypothesis & h, int32_t token, float log_probability) const {
        h.sum += log_probability;
        if (token == end_) {
            h.complete = true;
            return true;
        }
        h.tokens.push_back({ token, log_probability });
        if (token >= first_time_) {
            h.last_timestamp = token;
        }
        return false;
    }

    void search() {
        std::vector<candidate> candidates;
        std::vector<int32_t> order(vocabulary_);
        const int wanted = options_.width + 1;
        for (int parent = 0; parent < static_cast<int>(live_.size()); ++parent) {
            const auto & p = live_[parent].log_probabilities;
            best(p, wanted, order);
            for (int i = 0; i < wanted && p[order[i]] > -INFINITY; ++i) {
                candidates.push_back({ parent, order[i], p[order[i]], live_[parent].sum + p[order[i]] });
            }
        }
        std::stable_sort(candidates.begin(), candidates.end(), [](const candidate & a, const candidate & b) { return a.sum > b.sum; });

        std::vector<hypothesis> chosen;
        std::vector<int> parents;
        for (const auto & c : candidates) {
            if (static_cast<int>(chosen.size()) >= options_.width) {
                break;
            }
            hypothesis h;
            h.tokens = live_[c.parent].tokens;
            h.sum = live_[c.parent].sum;
            h.last_timestamp = live_[c.parent].last_timestamp;
            if (extend(h, c.token, c.log_probability)) {
                finished_.push_back(std::move(h));
            } else {
                chosen.push_back(std::move(h));
                parents.push_back(c.parent);
            }
        }
        if (static_cast<int>(finished_.size()) >= options_.width) {
            chosen.clear();
            parents.clear();
        }
        move_cells(parents);
        if (chosen.empty() && finished_.empty()) {
            finished_ = std::move(live_);                        // every next token is forbidden: as good as an end
        }
        live_ = std::move(chosen);
    }

    // The count largest log probabilities, largest first, the lower id first among equals.
    static void best(const std::vector<float> & p, int count, std::vector<int32_t> & order) {
        if (count <= 2) {
            order[0] = static_cast<int32_t>(std::max_element(p.begin(), p.end()) - p.begin());
            order[1] = -1;
            float second = -INFINITY;
            for (int32_t i = 0; i < static_cast<int32_t>(p.size()); ++i) {
                if (i != order[0] && (order[1] < 0 || p[i] > second)) {
                    order[1] = i;
                    second = p[i];
                }
            }
            return;
        }
        for (size_t i = 0; i < order.size(); ++i) {
            order[i] = static_cast<int32_t>(i);
        }
        std::partial_sort(order.begin(), order.begin() + count, order.end(), [&](int32_t a, int32_t b) {
            return p[a] != p[b] ? p[a] > p[b] : a < b;
        });
    }

    // Gives each hypothesis the attention cells of its parent, in one pass over the cells.
    void move_cells(const std::vector<int> & parents) {
        auto & cache = state_.kv_self;
        if (parents.size() == 1 && live_.size() == 1) {
            return;
        }
        std::set<whisper_seq_id> owners;
        for (auto & cell : cache.cells) {
            if (cell.pos < 0) {
                continue;
            }
            owners.clear();
            for (size_t i = 0; i < parents.size(); ++i) {
                if (cell.has_seq_id(parents[i])) {
                    owners.insert(owners.end(), static_cast<whisper_seq_id>(i));
                }
            }
            cell.seq_id.swap(owners);
            if (cell.seq_id.empty()) {
                cell.pos = -1;
            }
        }
        cache.head = 0;
    }

    void sample() {
        std::vector<hypothesis> chosen;
        std::vector<int> parents;
        for (int i = 0; i < static_cast<int>(live_.size()); ++i) {
            auto & h = live_[i];
            const int32_t token = draw(h.log_probabilities);
            if (token < 0 || extend(h, token, h.log_probabilities[token])) {
                finished_.push_back(std::move(h));
            } else {
                chosen.push_back(std::move(h));
                parents.push_back(i);
            }
        }
        move_cells(parents);
        live_ = std::move(chosen);
    }

    // Draws a token in proportion to its probability at the temperature; -1 where every token is forbidden.
    // Our own arithmetic, not std::discrete_distribution: the same seed draws the same everywhere.
    int32_t draw(const std::vector<float> & p) {
        const float highest = *std::max_element(p.begin(), p.end());
        if (highest == -INFINITY) {
            return -1;
        }
        double sum = 0;
        for (const float value : p) {
            sum += std::exp((value - highest) / options_.temperature);
        }
        double left = random_() / 4294967296.0 * sum;
        int32_t last = -1;
        for (int32_t i = 0; i < vocabulary_; ++i) {
            if (p[i] == -INFINITY) {
                continue;
            }
            last = i;
            left -= std::exp((p[i] - highest) / options_.temperature);
            if (left < 0) {
                break;
            }
        }
        return last;
    }

    // Computes what may follow each live hypothesis.
    int32_t next() {
        auto & batch = state_.batch;
        batch.n_tokens = static_cast<int32_t>(live_.size());
        for (int i = 0; i < batch.n_tokens; ++i) {
            batch.token   [i]    = live_[i].tokens.back().id;
            batch.pos     [i]    = past_ + static_cast<int>(live_[i].tokens.size()) - 1;
            batch.n_seq_id[i]    = 1;
            batch.seq_id  [i][0] = i;
            batch.logits  [i]    = 1;
        }
        if (!whisper_decode_internal(*model_.context, state_, batch, session_.threads, false, nullptr, nullptr)) {
            return failure(session_);
        }
        for (int i = 0; i < batch.n_tokens; ++i) {
            apply_rules(live_[i], state_.logits.data() + size_t(i) * vocabulary_);
        }
        return CESAR_OK;
    }

    // The best text by mean log probability, complete ones before those cut off.
    void write(cesar_token * tokens, cesar_decode_result & result) {
        const auto & from = finished_.empty() ? live_ : finished_;
        const hypothesis * best = nullptr;
        double best_score = 0;
        for (const auto & h : from) {
            const double score = h.sum / (h.tokens.size() + 1);
            if (best == nullptr || score > best_score) {
                best = &h;
                best_score = score;
            }
        }
        result = { 0, 0, no_speech_, 0 };
        if (best != nullptr) {
            std::copy(best->tokens.begin(), best->tokens.end(), tokens);
            result.tokens = static_cast<int32_t>(best->tokens.size());
            result.sum_log_probability = static_cast<float>(best->sum);
            result.complete = best->complete ? 1 : 0;
        }
    }

    cesar_session & session_;
    const cesar_decode_options & options_;
    cesar_model & model_;
    whisper_state & state_;
    const int vocabulary_;
    const int32_t end_;
    const int32_t first_time_;
    const int32_t last_time_;
    std::mt19937 random_;                                        // its sequence is fixed by the C++ standard
    int past_ = 0;
    float no_speech_ = 0;
    std::vector<hypothesis> live_;
    std::vector<hypothesis> finished_;
};

} // namespace

static int32_t decode(cesar_session & session, const cesar_decode_options & options, cesar_token * tokens, cesar_decode_result & result) {
    if (session.frames == 0 || options.width < 1 || options.width > 8 || !(options.temperature >= 0)) {
        return CESAR_INVALID;
    }
    return decoder(session, options).run(tokens, result);
}
