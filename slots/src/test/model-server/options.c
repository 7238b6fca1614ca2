/* The words that the server understands: those of llama-server that a slot may use, and its own. */
#include "server.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct options options = {.host = "127.0.0.1", .port = 8080, .context = 4096, .tokens = 8};

/* One word, and where its value goes; a word without a place is accepted and changes nothing. */
struct word {
    const char *name, *short_name;
    enum { TEXT, NUMBER, FLAG } kind;
    void *place;
};

/* Source of the first two groups: ggml-org/llama.cpp, tools/server/README.md, read 2026-11-21. */
static const struct word words[] = {
    {"--host", NULL, TEXT, &options.host},
    {"--port", NULL, NUMBER, &options.port},
    {"--model", "-m", TEXT, &options.model},
    {"--alias", "-a", TEXT, &options.alias},
    {"--ctx-size", "-c", NUMBER, &options.context},
    {"--api-key", NULL, TEXT, &options.api_key},
    {"--api-key-file", NULL, TEXT, &options.api_key_file},

    {"--n-gpu-layers", "-ngl", TEXT, NULL},
    {"--gpu-layers", NULL, TEXT, NULL},
    {"--threads", "-t", NUMBER, NULL},
    {"--parallel", "-np", NUMBER, NULL},
    {"--batch-size", "-b", NUMBER, NULL},
    {"--ubatch-size", "-ub", NUMBER, NULL},
    {"--temp", NULL, TEXT, NULL},
    {"--lora", NULL, TEXT, NULL},
    {"--chat-template", NULL, TEXT, NULL},
    {"--pooling", NULL, TEXT, NULL},
    {"--flash-attn", "-fa", TEXT, NULL},
    {"--jinja", NULL, FLAG, NULL},
    {"--metrics", NULL, FLAG, NULL},
    {"--no-webui", NULL, FLAG, NULL},
    {"--no-mmap", NULL, FLAG, NULL},
    {"--mlock", NULL, FLAG, NULL},
    {"--embedding", "--embeddings", FLAG, NULL},
    {"--reranking", "--rerank", FLAG, NULL},

    {"--load-delay", NULL, NUMBER, &options.load_delay},
    {"--crash-after", NULL, NUMBER, &options.crash_after},
    {"--fail-health-after", NULL, NUMBER, &options.fail_health_after},
    {"--token-delay", NULL, NUMBER, &options.token_delay},
    {"--tokens", NULL, NUMBER, &options.tokens},
    {"--eat-mb", NULL, NUMBER, &options.eat_mb},
    {"--children", NULL, NUMBER, &options.children},
    {"--log-lines", NULL, NUMBER, &options.log_lines},
    {"--crash-on-load", NULL, FLAG, &options.crash_on_load},
    {"--hang-completions", NULL, FLAG, &options.hang_completions},
    {"--ignore-sigterm", NULL, FLAG, &options.ignore_sigterm},
};

static const size_t count = sizeof words / sizeof words[0];

static void refuse(const char *what, const char *word) {
    complain("error: %s: %s", what, word);
    exit(1);
}

static void set(const struct word *word, const char *value) {
    char *end = NULL;
    long number = word->kind == NUMBER ? strtol(value, &end, 10) : 0;
    if (word->kind == NUMBER && (end == value || *end != 0)) {
        refuse("not a number", value);
    }
    if (word->place == NULL) {
        return;
    }
    switch (word->kind) {
        case TEXT: *(const char **)word->place = value; break;
        case NUMBER: *(long *)word->place = number; break;
        case FLAG: *(bool *)word->place = strcmp(value, "0") != 0; break;
    }
}

/* `--load-delay` is MODEL_SERVER_LOAD_DELAY, for images whose command line is not ours. */
static void read_environment(void) {
    for (size_t i = 0; i < count; i++) {
        char name[64];
        int length = snprintf(name, sizeof name, "MODEL_SERVER_%s", words[i].name + 2);
        for (int j = 0; j < length; j++) {
            name[j] = name[j] == '-' ? '_' : (char)toupper((unsigned char)name[j]);
        }
        const char *value = getenv(name);
        if (value != NULL) {
            set(&words[i], value);
        }
    }
    /* llama-server's and vLLM's own names for it. */
    const char *key = getenv("LLAMA_API_KEY");
    key = key != NULL ? key : getenv("VLLM_API_KEY");
    if (key != NULL) {
        options.api_key = key;
    }
}

static void read_key_file(void) {
    static char key[512];
    FILE *file = fopen(options.api_key_file, "r");
    if (file == NULL || fgets(key, sizeof key, file) == NULL) {
        refuse("cannot read the key file", options.api_key_file);
    }
    fclose(file);
    key[strcspn(key, "\r\n")] = 0;
    options.api_key = key;
}

static const struct word *find(const char *name, size_t length) {
    for (size_t i = 0; i < count; i++) {
        const char *names[] = {words[i].name, words[i].short_name};
        for (int j = 0; j < 2; j++) {
            if (names[j] != NULL && strlen(names[j]) == length && strncmp(names[j], name, length) == 0) {
                return &words[i];
            }
        }
    }
    return NULL;
}

void read_options(int argc, char **argv) {
    read_environment();
    for (int i = 1; i < argc; i++) {
        size_t length = strcspn(argv[i], "=");
        const struct word *word = find(argv[i], length);
        if (word == NULL) {
            refuse("invalid argument", argv[i]);
        } else if (word->kind == FLAG) {
            set(word, "1");
        } else if (argv[i][length] == '=') {
            set(word, argv[i] + length + 1);
        } else if (++i < argc) {
            set(word, argv[i]);
        } else {
            refuse("expected value for argument", word->name);
        }
    }
    if (options.api_key_file != NULL) {
        read_key_file();
    }
}
