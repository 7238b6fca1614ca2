/* A server of a pretended model for tests: it answers as llama-server does, at once or as slowly,
 * badly or not at all as it is told to. */
#define _GNU_SOURCE
#include "server.h"

#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char JSON[] = "application/json; charset=utf-8";

static atomic_bool loaded, sick;
static atomic_long served;

static void line(FILE *stream, const char *format, va_list arguments) {
    char text[1024];
    vsnprintf(text, sizeof text, format, arguments);
    fprintf(stream, "%s\n", text);
    fflush(stream);
}

void say(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    line(stdout, format, arguments);
    va_end(arguments);
}

void complain(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    line(stderr, format, arguments);
    va_end(arguments);
}

void wait_ms(long ms) {
    struct timespec left = {ms / 1000, ms % 1000 * 1000000};
    while (ms > 0 && nanosleep(&left, &left) != 0) {
    }
}

static const char *model_name(void) {
    if (options.alias != NULL) {
        return options.alias;
    }
    const char *slash = options.model == NULL ? NULL : strrchr(options.model, '/');
    return slash != NULL ? slash + 1 : options.model != NULL ? options.model : "test-model";
}

static void fail(int socket, const struct request *request, int status, const char *message, const char *type) {
    char body[512];
    snprintf(body, sizeof body, "{\"status\":\"%s\",\"error\":{\"code\":%d,\"message\":\"%s\",\"type\":\"%s\"}}",
             status == 503 ? "loading" : "error", status, message, type);
    send_whole(socket, request, status, JSON, body);
}

/* The nth word of every answer: who speaks, what was heard, and then numbers. */
static void word(int index, const char *prompt, char *into, size_t size) {
    switch (index) {
        case 0: snprintf(into, size, "%s", model_name()); break;
        case 1: snprintf(into, size, " heard:"); break;
        case 2: snprintf(into, size, " %s", prompt); break;
        default: snprintf(into, size, " %d", index); break;
    }
}

static void usage(struct text *text, const char *prompt, long count) {
    long asked = 1 + (long)strlen(prompt) / 4;
    append(text, "\"usage\":{\"prompt_tokens\":%ld,\"completion_tokens\":%ld,\"total_tokens\":%ld}", asked, count,
           asked + count);
}

static void chunk(struct text *text, long id) {
    append(text, "data: {\"id\":\"chatcmpl-%ld\",\"object\":\"chat.completion.chunk\",\"created\":%ld,\"model\":\"%s\",",
           id, (long)time(NULL), model_name());
}

static bool flush_chunk(int socket, struct text *text) {
    append(text, "}\n\n");
    bool sent = send_chunk(socket, text->data);
    text->length = 0;
    return sent;
}

static void stream(int socket, struct request *request, const char *prompt, long count, const char *why) {
    struct text text = {0};
    char part[512];
    long id = atomic_load(&served);
    bool there = send_head(socket, request, "text/event-stream");
    for (int i = 0; there && i < count; i++) {
        wait_ms(options.token_delay);
        word(i, prompt, part, sizeof part);
        chunk(&text, id);
        append(&text, "\"choices\":[{\"index\":0,\"delta\":{%s\"content\":\"%s\"},\"finish_reason\":null}]",
               i == 0 ? "\"role\":\"assistant\"," : "", part);
        there = flush_chunk(socket, &text);
    }
    if (there) {
        chunk(&text, id);
        append(&text, "\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"%s\"}]", why);
        there = flush_chunk(socket, &text);
    }
    if (there && json_true(request->body, "include_usage")) {
        chunk(&text, id);
        append(&text, "\"choices\":[],");
        usage(&text, prompt, count);
        there = flush_chunk(socket, &text);
    }
    if (!there || !send_chunk(socket, "data: [DONE]\n\n") || !send_end(socket)) {
        say("client left");
        request->keep_alive = false;
    }
    free(text.data);
}

static void whole(int socket, struct request *request, const char *prompt, long count, const char *why) {
    struct text text = {0};
    char part[512];
    append(&text, "{\"id\":\"chatcmpl-%ld\",\"object\":\"chat.completion\",\"created\":%ld,\"model\":\"%s\",",
           atomic_load(&served), (long)time(NULL), model_name());
    append(&text, "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"");
    for (int i = 0; i < count; i++) {
        wait_ms(options.token_delay);
        word(i, prompt, part, sizeof part);
        append(&text, "%s", part);
    }
    append(&text, "\"},\"finish_reason\":\"%s\"}],", why);
    usage(&text, prompt, count);
    append(&text, "}");
    send_whole(socket, request, 200, JSON, text.data);
    free(text.data);
}

static void complete(int socket, struct request *request) {
    char prompt[200];
    if (options.hang_completions) {
        say("request hangs, as told");
        for (;;) {
            pause();
        }
    }
    const char *content = json_value(request->body, "content");
    json_string(request->body, content != NULL && *content == '"' ? "content" : "text", prompt, sizeof prompt);
    long most = json_number(request->body, "max_tokens", json_number(request->body, "max_completion_tokens", -1));
    bool cut = most >= 0 && most < options.tokens;
    long count = cut ? most : options.tokens;
    (json_true(request->body, "stream") ? stream : whole)(socket, request, prompt, count, cut ? "length" : "stop");
}

/* One vector for each string of `input`, or a score for each of `documents`. */
static void measure(int socket, struct request *request, const char *key, const char *item) {
    const char *value = json_value(request->body, key);
    int count = 0;
    bool inside = false;
    for (const char *at = value; at != NULL && *at != 0 && (inside || *at != ']'); at++) {
        count += *at == '"' && !inside ? 1 : 0;
        inside = *at == '"' ? !inside : inside;
        at += *at == '\\' && at[1] != 0 ? 1 : 0;
        if (!inside && *value == '"') {
            break;
        }
    }
    struct text text = {0};
    append(&text, "{\"object\":\"list\",\"model\":\"%s\",\"%s\":[", model_name(),
           strcmp(key, "input") == 0 ? "data" : "results");
    for (int i = 0; i < count; i++) {
        append(&text, "%s{\"index\":%d,%s}", i == 0 ? "" : ",", i, item);
    }
    append(&text, "],\"usage\":{\"prompt_tokens\":%d,\"total_tokens\":%d}}", count, count);
    send_whole(socket, request, 200, JSON, text.data);
    free(text.data);
}

static void describe(int socket, struct request *request, const char *path) {
    struct text text = {0};
    if (strcmp(path, "/props") == 0) {
        append(&text, "{\"model_path\":\"%s\",\"total_slots\":4,\"default_generation_settings\":{\"n_ctx\":%ld}}",
               options.model == NULL ? "" : options.model, options.context);
    } else if (strcmp(path, "/metrics") == 0) {
        append(&text, "# TYPE llamacpp:requests_total counter\nllamacpp:requests_total %ld\n", atomic_load(&served));
    } else {
        append(&text, "{\"object\":\"list\",\"data\":[{\"id\":\"%s\",\"object\":\"model\",\"owned_by\":\"test\"}]}",
               model_name());
    }
    send_whole(socket, request, 200, strcmp(path, "/metrics") == 0 ? "text/plain" : JSON, text.data);
    free(text.data);
}

/* llama-server answers these two without a key (tools/server/server-http.cpp, read 2026-11-21). */
static bool is_public(const char *path) {
    return strcmp(path, "/health") == 0 || strcmp(path, "/v1/models") == 0;
}

static void answer(int socket, struct request *request) {
    const char *path = request->path;
    if (strcmp(path, "/health") != 0) {
        atomic_fetch_add(&served, 1);
        say("%s %s", request->method, path);
    }
    if (!is_public(path) && options.api_key != NULL && strcmp(options.api_key, request->key) != 0) {
        fail(socket, request, 401, "Invalid API Key", "authentication_error");
    } else if (!atomic_load(&loaded)) {
        fail(socket, request, 503, "Loading model", "unavailable_error");
    } else if (strcmp(path, "/health") == 0 && atomic_load(&sick)) {
        fail(socket, request, 500, "sick, as told", "server_error");
    } else if (strcmp(path, "/health") == 0) {
        send_whole(socket, request, 200, JSON, "{\"status\":\"ok\"}");
    } else if (strcmp(path, "/v1/chat/completions") == 0) {
        complete(socket, request);
    } else if (strcmp(path, "/v1/embeddings") == 0) {
        measure(socket, request, "input", "\"object\":\"embedding\",\"embedding\":[0.1,0.2,0.3]");
    } else if (strcmp(path, "/v1/rerank") == 0) {
        measure(socket, request, "documents", "\"relevance_score\":0.5");
    } else if (strcmp(path, "/props") == 0 || strcmp(path, "/metrics") == 0 || strcmp(path, "/v1/models") == 0) {
        describe(socket, request, path);
    } else {
        fail(socket, request, 404, "File Not Found", "not_found_error");
    }
}

static void eat(long mb) {
    for (long i = 0; i < mb; i++) {
        char *piece = malloc(1024 * 1024);
        if (piece == NULL) {
            complain("error: out of memory after %ld MiB", i);
            exit(1);
        }
        memset(piece, 1, 1024 * 1024);
    }
}

static void *load(void *_) {
    wait_ms(options.load_delay);
    if (options.crash_on_load) {
        complain("error: failed to load model '%s'", model_name());
        exit(1);
    }
    eat(options.eat_mb);
    atomic_store(&loaded, true);
    say("model %s loaded", model_name());
    return _;
}

static void *crash(void *_) {
    wait_ms(options.crash_after);
    complain("error: crash, as told");
    _exit(3);
    return _;
}

static void *sicken(void *_) {
    wait_ms(options.fail_health_after);
    atomic_store(&sick, true);
    return _;
}

static void begin(void *(*what)(void *)) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, what, NULL) != 0 || pthread_detach(thread) != 0) {
        complain("error: no thread");
        exit(1);
    }
}

static void stop(int signal) {
    (void)signal;
    static const char text[] = "stopping\n";
    /* Whoever asked for the end may have closed the pipe already; it ends in order all the same. */
    ssize_t written = write(1, text, sizeof text - 1);
    (void)written;
    _exit(0);
}

/* Workers that do nothing but live, as some servers have them. */
static void have_children(long count) {
    for (long i = 0; i < count; i++) {
        if (fork() == 0) {
            signal(SIGTERM, options.ignore_sigterm ? SIG_IGN : SIG_DFL);
            for (;;) {
                pause();
            }
        }
    }
}

int main(int argc, char **argv) {
    read_options(argc, argv);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGTERM, options.ignore_sigterm ? SIG_IGN : stop);
    signal(SIGINT, stop);
    if (options.model != NULL && strchr(options.model, '/') != NULL && access(options.model, R_OK) != 0) {
        complain("error: failed to open the model '%s'", options.model);
        return 1;
    }
    for (long i = 0; i < options.log_lines; i++) {
        say("line %ld of %ld", i + 1, options.log_lines);
    }
    have_children(options.children);
    int listener = listen_on(options.host, (int)options.port);
    begin(load);
    if (options.crash_after > 0) {
        begin(crash);
    }
    if (options.fail_health_after > 0) {
        begin(sicken);
    }
    serve(listener, answer);
}
