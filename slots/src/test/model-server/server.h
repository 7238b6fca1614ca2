/* A server of a pretended model: what it can be told to do, and the little HTTP that it speaks. */
#ifndef SERVER_H
#define SERVER_H

#include <stdbool.h>
#include <stddef.h>

/* Everything that can be asked of it; see options.c for the words. Times in milliseconds. */
struct options {
    const char *host, *model, *alias, *api_key, *api_key_file;
    long port, context;
    long load_delay, crash_after, fail_health_after, token_delay;
    long eat_mb, tokens, children, log_lines;
    bool crash_on_load, hang_completions, ignore_sigterm;
};

extern struct options options;

/* Fills `options`; ends the program, as llama-server does, on a word that it does not know. */
void read_options(int argc, char **argv);

/* One line on stdout, or on stderr, whole even when several threads write. */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

void wait_ms(long ms);

/* What came in; the strings are terminated and live as long as the request. */
struct request {
    char method[16], path[512], key[512];
    char *body;
    bool keep_alive;
};

/* Text that grows. */
struct text {
    char *data;
    size_t length, capacity;
};

void append(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Ends the program where that cannot be. */
int listen_on(const char *host, int port);
/* Accepts for ever, one thread for each connection; `answer` is called for each request. */
void serve(int listener, void (*answer)(int socket, struct request *request));

void send_whole(int socket, const struct request *request, int status, const char *type, const char *body);

/* A body in chunks: the head, then pieces, then its end. False when the client has left. */
bool send_head(int socket, const struct request *request, const char *type);
bool send_chunk(int socket, const char *data);
bool send_end(int socket);

/* The text after the last `"key":` of a JSON text, or null. */
const char *json_value(const char *json, const char *key);
/* A string there, still escaped, cut to `size`; or an empty one. */
void json_string(const char *json, const char *key, char *into, size_t size);
long json_number(const char *json, const char *key, long otherwise);
bool json_true(const char *json, const char *key);

#endif
