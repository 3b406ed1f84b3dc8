// What the parts of the library share. Included by engine.cpp only, behind whisper.cpp itself: the encoder, the
// decoder and the attention cache are internal to that file, and this library needs them apart from whisper_full().
#pragma once

#include "cesar_whisper.h"

#include <memory>
#include <new>
#include <string>
#include <vector>

struct cesar_model {
    whisper_context * context = nullptr;

    // The same weights behind other switches: keeping the attention weights that alignment reads costs the decoder time.
    std::unique_ptr<whisper_context> aligner;

    std::vector<int32_t> suppressed;     // tokens that are never speech: specials, languages, brackets, notes
    int32_t space = -1;                  // the token " ", not allowed first
    int32_t vocabulary = 0;

    ~cesar_model() {
        whisper_free(context);
    }
};

struct cesar_session {
    cesar_model *   model   = nullptr;
    whisper_state * state   = nullptr;
    int32_t         threads = 1;
    cesar_stop      stop    = nullptr;
    void *          stop_context = nullptr;
    int32_t         frames  = 0;         // 10 ms frames of sound in the encoded window; 0: nothing encoded

    bool stopped() const {
        return stop != nullptr && stop(stop_context) != 0;
    }

    ~cesar_session() {
        whisper_free_state(state);
    }
};

// Runs a call so that nothing it throws crosses the C interface.
template <typename F>
static int32_t guarded(F && call) {
    try {
        return call();
    } catch (const std::bad_alloc &) {
        return CESAR_OUT_OF_MEMORY;
    } catch (...) {
        return CESAR_FAILED;
    }
}

// Why a computation did not finish.
static int32_t failure(const cesar_session & session) {
    return session.stopped() ? CESAR_STOPPED : CESAR_FAILED;
}

// The tokens that tell the model what to do: start, language, task.
static bool task_tokens(cesar_model & model, const char * language, bool translate, std::vector<whisper_token> & tokens) {
    tokens.push_back(whisper_token_sot(model.context));
    if (whisper_is_multilingual(model.context)) {
        const int id = language != nullptr ? whisper_lang_id(language) : -1;
        if (id < 0 || id >= model.context->vocab.num_languages()) {
            return false;
        }
        tokens.push_back(whisper_token_lang(model.context, id));
        tokens.push_back(translate ? whisper_token_translate(model.context) : whisper_token_transcribe(model.context));
    }
    return true;
}
