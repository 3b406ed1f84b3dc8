// Models, sessions, the encoder and language detection. See cesar_whisper.h for the interface.
#include "whisper.cpp"

#include "engine.hpp"
#include "decode.hpp"
#include "align.hpp"

#include <cmath>
#include <cstdio>
#include <cstring>

static void keep_quiet(ggml_log_level, const char *, void *) {
}

static int32_t ask_to_stop(void * session) {
    return static_cast<cesar_session *>(session)->stopped() ? 1 : 0;
}

static bool abort_when_stopped(void * session) {
    return ask_to_stop(session) != 0;
}

// Tokens that Whisper's own decoder never writes: special ones, and those for sounds that are not speech
// (OpenAI Whisper, tokenizer.py, non_speech_tokens).
static std::vector<int32_t> find_suppressed(whisper_context & context) {
    const auto & vocabulary = context.vocab;
    std::vector<int32_t> tokens = {
        vocabulary.token_sot, vocabulary.token_translate, vocabulary.token_transcribe, vocabulary.token_solm,
        vocabulary.token_prev, vocabulary.token_nosp, vocabulary.token_not,
    };
    for (int language = 0; language < vocabulary.num_languages(); ++language) {
        tokens.push_back(whisper_token_lang(&context, language));
    }
    const auto add = [&](const std::string & text) {
        const auto found = vocabulary.token_to_id.find(text);
        if (found != vocabulary.token_to_id.end()) {
            tokens.push_back(found->second);
        }
    };
    for (const auto & text : non_speech_tokens) {
        add(text);
        add(" " + text);
    }
    add(" -");
    add(" '");
    return tokens;
}

static whisper_alignment_heads_preset alignment_heads(const whisper_context & context) {
    const auto & h = context.model.hparams;
    const bool english = h.n_vocab < 51865;
    switch (h.n_text_layer) {
        case  4: return h.n_audio_layer == 32 ? WHISPER_AHEADS_LARGE_V3_TURBO : english ? WHISPER_AHEADS_TINY_EN : WHISPER_AHEADS_TINY;
        case  6: return english ? WHISPER_AHEADS_BASE_EN : WHISPER_AHEADS_BASE;
        case 12: return english ? WHISPER_AHEADS_SMALL_EN : WHISPER_AHEADS_SMALL;
        case 24: return english ? WHISPER_AHEADS_MEDIUM_EN : WHISPER_AHEADS_MEDIUM;
        case 32: return h.n_mels == 128 ? WHISPER_AHEADS_LARGE_V3 : WHISPER_AHEADS_N_TOP_MOST;
        default: return WHISPER_AHEADS_N_TOP_MOST;
    }
}

extern "C" {

int32_t cesar_abi_version(void) {
    return CESAR_ABI_VERSION;
}

const char * cesar_engine_version(void) {
    return "whisper.cpp " WHISPER_VERSION;
}

cesar_model * cesar_model_open(const char * path, char * message, int32_t size) {
    const auto fail = [&](const char * reason) -> cesar_model * {
        if (message != nullptr && size > 0) {
            std::snprintf(message, static_cast<size_t>(size), "%s", reason);
        }
        return nullptr;
    };
    try {
        whisper_log_set(keep_quiet, nullptr);
        auto parameters = whisper_context_default_params();
        parameters.use_gpu = false;
        parameters.flash_attn = false; // it reads cells beyond the window's own

        auto model = std::make_unique<cesar_model>();
        model->context = whisper_init_from_file_with_params_no_state(path, parameters);
        if (model->context == nullptr || model->context->model.n_loaded == 0) {
            return fail("whisper.cpp does not accept the file");
        }
        model->aligner = std::make_unique<whisper_context>(*model->context);
        auto & switches = model->aligner->params;
        switches.flash_attn = false;
        switches.dtw_token_timestamps = true;
        switches.dtw_aheads_preset = alignment_heads(*model->context);
        switches.dtw_n_top = std::max(1, model->context->model.hparams.n_text_layer / 2);

        model->suppressed = find_suppressed(*model->context);
        model->vocabulary = whisper_n_vocab(model->context);
        const auto space = model->context->vocab.token_to_id.find(" ");
        model->space = space == model->context->vocab.token_to_id.end() ? -1 : space->second;
        return model.release();
    } catch (const std::bad_alloc &) {
        return fail("there is not enough memory");
    } catch (const std::exception & error) {
        return fail(error.what());
    }
}

void cesar_model_close(cesar_model * model) {
    delete model;
}

void cesar_model_describe(const cesar_model * model, cesar_model_info * info) {
    auto * context = model->context;
    info->vocabulary      = whisper_n_vocab(context);
    info->audio_context   = whisper_n_audio_ctx(context);
    info->text_context    = whisper_n_text_ctx(context);
    info->languages       = whisper_is_multilingual(context) ? context->vocab.num_languages() : 0;
    info->end_of_text     = whisper_token_eot(context);
    info->first_timestamp = whisper_token_beg(context);
}

int32_t cesar_tokenize(cesar_model * model, const char * text, int32_t * tokens, int32_t capacity) {
    return guarded([&] { return whisper_tokenize(model->context, text, tokens, capacity); });
}

const char * cesar_token_bytes(cesar_model * model, int32_t token, int32_t * length) {
    const auto & names = model->context->vocab.id_to_token;
    const auto found = names.find(token);
    if (found == names.end()) {
        *length = 0;
        return nullptr;
    }
    *length = static_cast<int32_t>(found->second.size());
    return found->second.data();
}

const char * cesar_language_code(int32_t id) {
    return id >= 0 && id <= whisper_lang_max_id() ? whisper_lang_str(id) : nullptr;
}

cesar_session * cesar_session_open(cesar_model * model, int32_t threads, cesar_stop stop, void * context) {
    try {
        auto session = std::make_unique<cesar_session>();
        session->model        = model;
        session->threads      = std::max(1, threads);
        session->stop         = stop;
        session->stop_context = context;
        session->state        = whisper_init_state(model->context);
        if (session->state == nullptr) {
            return nullptr;
        }
        for (auto * backend : session->state->backends) {
            if (ggml_backend_is_cpu(backend)) {
                ggml_backend_cpu_set_abort_callback(backend, abort_when_stopped, session.get());
            }
        }
        if (!aheads_masks_init(model->aligner->params, model->context->model.hparams, session->state->aheads_masks,
                               session->state->backends[0])) {
            return nullptr;
        }
        return session.release();
    } catch (...) {
        return nullptr;
    }
}

void cesar_session_close(cesar_session * session) {
    delete session;
}

int32_t cesar_encode(cesar_session * session, const float * samples, int32_t count, int32_t audio_context, int32_t threads) {
    return guarded([&]() -> int32_t {
        auto & context = *session->model->context;
        auto & state = *session->state;
        session->frames = 0;
        // The spectrogram reflects 200 samples at the beginning.
        if (samples == nullptr || count <= WHISPER_N_FFT / 2 || count > WHISPER_SAMPLE_RATE * WHISPER_CHUNK_SIZE
            || audio_context < 0 || audio_context > whisper_n_audio_ctx(&context) || threads < 1) {
            return CESAR_INVALID;
        }
        if (session->stopped()) {
            return CESAR_STOPPED;
        }
        state.exp_n_audio_ctx = audio_context;
        if (whisper_pcm_to_mel_with_state(&context, &state, samples, count, threads) != 0
            || !whisper_encode_internal(context, state, 0, threads, nullptr, nullptr)) {
            return failure(*session);
        }
        session->frames = (count + WHISPER_HOP_LENGTH - 1) / WHISPER_HOP_LENGTH;
        return CESAR_OK;
    });
}

int32_t cesar_detect_language(cesar_session * session, float * probabilities) {
    return guarded([&]() -> int32_t {
        auto & context = *session->model->context;
        auto & state = *session->state;
        if (session->frames == 0 || !whisper_is_multilingual(&context)) {
            return CESAR_INVALID;
        }
        const whisper_token start = whisper_token_sot(&context);
        whisper_kv_cache_clear(state.kv_self);
        whisper_batch_prep_legacy(state.batch, &start, 1, 0, 0);
        if (!whisper_decode_internal(context, state, state.batch, session->threads, false, nullptr, nullptr)) {
            return failure(*session);
        }
        const int count = context.vocab.num_languages();
        const float * logits = state.logits.data() + whisper_token_lang(&context, 0);
        const float highest = *std::max_element(logits, logits + count);
        double sum = 0;
        for (int i = 0; i < count; ++i) {
            sum += std::exp(double(logits[i] - highest));
        }
        for (int i = 0; i < count; ++i) {
            probabilities[i] = static_cast<float>(std::exp(double(logits[i] - highest)) / sum);
        }
        return CESAR_OK;
    });
}

int32_t cesar_decode(cesar_session * session, const cesar_decode_options * options, cesar_token * tokens, cesar_decode_result * result) {
    return guarded([&] { return decode(*session, *options, tokens, *result); });
}

int32_t cesar_align(cesar_session * session, const char * language, int32_t translate, const int32_t * tokens, int32_t count, float * times) {
    return guarded([&] { return align(*session, language, translate != 0, tokens, count, times); });
}

} // extern "C"
