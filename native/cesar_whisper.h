/*
 * CesarPS's interface over whisper.cpp: open a model, encode one window of sound, decode it, align its words.
 *
 * It is narrower than whisper.h and differs from it in three ways that CesarPS rests on:
 *   - encoding and decoding are separate calls, so that a window can be decoded again (wider beam, other
 *     temperature, other language) without paying for the encoder twice;
 *   - every call starts from a clean state: no text, no random numbers and no attention cells are carried
 *     from one window to the next, so results do not depend on the order or on the number of workers;
 *   - beam search expands the most probable tokens (whisper.cpp draws them at random).
 *
 * Strings are UTF-8. Nothing here throws; functions return CESAR_OK or one of the codes below.
 */
#ifndef CESAR_WHISPER_H
#define CESAR_WHISPER_H

#include <stdint.h>

#ifdef _WIN32
#  define CESAR_API __declspec(dllexport)
#else
#  define CESAR_API __attribute__((visibility("default")))
#endif

/* Raised whenever a structure or a function below changes; the managed side refuses another number. */
#define CESAR_ABI_VERSION 2

enum {
    CESAR_OK              =  0,
    CESAR_STOPPED         = -1, /* the caller's stop function said so */
    CESAR_INVALID         = -2, /* an argument is out of range */
    CESAR_OUT_OF_MEMORY   = -3,
    CESAR_FAILED          = -4  /* whisper.cpp could not do it */
};

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cesar_model   cesar_model;
typedef struct cesar_session cesar_session;

/* Asked before every node of a computation; anything but 0 stops the call. Must not throw. */
typedef int32_t (*cesar_stop)(void * context);

typedef struct {
    int32_t vocabulary;     /* number of tokens */
    int32_t audio_context;  /* encoder positions for 30 s, 1500 */
    int32_t text_context;   /* decoder positions, 448 */
    int32_t languages;      /* 0 for an English-only model */
    int32_t end_of_text;    /* first special token; smaller ids are text */
    int32_t first_timestamp;/* token of 0.00 s; each further one is 0.02 s later */
} cesar_model_info;

typedef struct {
    const char *    language;         /* code such as "en"; ignored by English-only models */
    int32_t         translate;        /* not 0: text in English */
    int32_t         width;            /* beam size at temperature 0, samples above; 1 to 8 */
    float           temperature;      /* 0 decodes by probability alone */
    uint32_t        seed;             /* of the samples drawn at a temperature above 0 */
    int32_t         max_tokens;       /* 0: half the text context, as Whisper was trained */
    const int32_t * prompt;           /* tokens of text that went before, or null */
    int32_t         prompt_length;
} cesar_decode_options;

typedef struct {
    int32_t id;
    float   log_probability;          /* natural logarithm, at temperature 1 */
} cesar_token;

typedef struct {
    int32_t tokens;                   /* number of tokens, without the end of text */
    float   sum_log_probability;      /* of those and the end of text */
    float   no_speech_probability;
    int32_t complete;                 /* 0: stopped by max_tokens, in a loop more often than not */
} cesar_decode_result;

CESAR_API int32_t      cesar_abi_version(void);
CESAR_API const char * cesar_engine_version(void);

/* Writes the names of processor features that this build needs and this machine lacks; returns their number. */
CESAR_API int32_t cesar_missing_cpu_features(char * names, int32_t size);

/* Returns null on failure, with the reason in message. */
CESAR_API cesar_model * cesar_model_open(const char * path, char * message, int32_t size);
CESAR_API void          cesar_model_close(cesar_model * model);
CESAR_API void          cesar_model_describe(const cesar_model * model, cesar_model_info * info);

/* Returns the number of tokens, or minus the number there would have been if there are more than capacity. */
CESAR_API int32_t cesar_tokenize(cesar_model * model, const char * text, int32_t * tokens, int32_t capacity);

/* The bytes of a token. One character may be spread over several tokens. */
CESAR_API const char * cesar_token_bytes(cesar_model * model, int32_t token, int32_t * length);

/* The code of a language, or null past the last. */
CESAR_API const char * cesar_language_code(int32_t id);

/* A session works on one window at a time; sessions of one model may work at the same time. */
CESAR_API cesar_session * cesar_session_open(cesar_model * model, int32_t threads, cesar_stop stop, void * context);
CESAR_API void            cesar_session_close(cesar_session * session);

/*
 * Encodes up to 30 s of 16 kHz mono sound. audio_context: encoder positions of 0.02 s to compute, 0 for all.
 * threads: of this call; the encoder's few large steps share well, the decoder's many small ones do not.
 */
CESAR_API int32_t cesar_encode(cesar_session * session, const float * samples, int32_t count, int32_t audio_context, int32_t threads);

/* Probabilities of the languages (as many as cesar_model_info says) for the encoded window. */
CESAR_API int32_t cesar_detect_language(cesar_session * session, float * probabilities);

/* Decodes the encoded window. tokens: room for text_context / 2. */
CESAR_API int32_t cesar_decode(cesar_session * session, const cesar_decode_options * options,
                               cesar_token * tokens, cesar_decode_result * result);

/*
 * When in the encoded window each text token is spoken, by dynamic time warping over the cross-attention of the
 * model's alignment heads (OpenAI Whisper, timing.py). times: count + 1 seconds, the last where the last token ends.
 */
CESAR_API int32_t cesar_align(cesar_session * session, const char * language, int32_t translate,
                              const int32_t * tokens, int32_t count, float * times);

#ifdef __cplusplus
}
#endif
#endif
