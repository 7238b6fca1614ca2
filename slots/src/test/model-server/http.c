/* As much of HTTP/1.1 and JSON as the tests' clients need. */
#define _GNU_SOURCE
#include "server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MAX_HEAD = 64 * 1024, MAX_BODY = 64 * 1024 * 1024 };

struct connection {
    int socket;
    void (*answer)(int socket, struct request *request);
    size_t start, end;
    char buffer[MAX_HEAD];
};

void append(struct text *text, const char *format, ...) {
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    size_t length = (size_t)vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (text->length + length + 1 > text->capacity) {
        text->capacity = 2 * (text->length + length) + 256;
        text->data = realloc(text->data, text->capacity);
    }
    vsnprintf(text->data + text->length, length + 1, format, again);
    va_end(again);
    text->length += length;
}

static bool send_all(int socket, const char *data, size_t length) {
    while (length > 0) {
        ssize_t sent = send(socket, data, length, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) {
            continue;
        }
        if (sent <= 0) {
            return false;
        }
        data += sent;
        length -= (size_t)sent;
    }
    return true;
}

static const char *reason(int status) {
    switch (status) {
        case 200: return "OK";
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 404: return "Not Found";
        case 503: return "Service Unavailable";
        default: return "Internal Server Error";
    }
}

void send_whole(int socket, const struct request *request, int status, const char *type, const char *body) {
    struct text text = {0};
    append(&text, "HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\nConnection: %s\r\n\r\n%s",
           status, reason(status), type, strlen(body), request->keep_alive ? "keep-alive" : "close", body);
    send_all(socket, text.data, text.length);
    free(text.data);
}

bool send_head(int socket, const struct request *request, const char *type) {
    struct text text = {0};
    append(&text, "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\nConnection: %s\r\n\r\n",
           type, request->keep_alive ? "keep-alive" : "close");
    bool sent = send_all(socket, text.data, text.length);
    free(text.data);
    return sent;
}

bool send_chunk(int socket, const char *data) {
    struct text text = {0};
    append(&text, "%zx\r\n%s\r\n", strlen(data), data);
    bool sent = send_all(socket, text.data, text.length);
    free(text.data);
    return sent;
}

bool send_end(int socket) {
    return send_all(socket, "0\r\n\r\n", 5);
}

/* More of what the client sends; false at its end. */
static bool fill(struct connection *connection) {
    if (connection->start == connection->end) {
        connection->start = connection->end = 0;
    } else if (connection->end == MAX_HEAD && connection->start > 0) {
        memmove(connection->buffer, connection->buffer + connection->start, connection->end - connection->start);
        connection->end -= connection->start;
        connection->start = 0;
    }
    if (connection->end == MAX_HEAD) {
        return false;
    }
    ssize_t got = recv(connection->socket, connection->buffer + connection->end, MAX_HEAD - connection->end, 0);
    connection->end += got > 0 ? (size_t)got : 0;
    return got > 0;
}

/* One line without its end, or false. */
static bool read_line(struct connection *connection, char *into, size_t size) {
    for (;;) {
        char *from = connection->buffer + connection->start;
        char *end = memchr(from, '\n', connection->end - connection->start);
        if (end != NULL) {
            size_t length = (size_t)(end - from);
            connection->start += length + 1;
            length -= length > 0 && from[length - 1] == '\r' ? 1 : 0;
            length = length < size - 1 ? length : size - 1;
            memcpy(into, from, length);
            into[length] = 0;
            return true;
        }
        if (!fill(connection)) {
            return false;
        }
    }
}

static bool read_bytes(struct connection *connection, char *into, size_t length) {
    while (length > 0) {
        if (connection->start == connection->end && !fill(connection)) {
            return false;
        }
        size_t here = connection->end - connection->start;
        here = here < length ? here : length;
        memcpy(into, connection->buffer + connection->start, here);
        connection->start += here;
        into += here;
        length -= here;
    }
    return true;
}

static bool read_chunks(struct connection *connection, struct request *request) {
    size_t length = 0;
    for (;;) {
        char line[128];
        if (!read_line(connection, line, sizeof line)) {
            return false;
        }
        size_t size = strtoul(line, NULL, 16);
        if (length + size > MAX_BODY) {
            return false;
        }
        request->body = realloc(request->body, length + size + 1);
        if (!read_bytes(connection, request->body + length, size) || !read_line(connection, line, sizeof line)) {
            return false;
        }
        length += size;
        request->body[length] = 0;
        if (size == 0) {
            return true;
        }
    }
}

static bool read_body(struct connection *connection, struct request *request, size_t length, bool chunked) {
    if (chunked) {
        return read_chunks(connection, request);
    }
    if (length > MAX_BODY) {
        return false;
    }
    request->body = calloc(length + 1, 1);
    return read_bytes(connection, request->body, length);
}

static bool read_request(struct connection *connection, struct request *request) {
    char line[8192], version[16];
    if (!read_line(connection, line, sizeof line)
        || sscanf(line, "%15s %511s %15s", request->method, request->path, version) != 3) {
        return false;
    }
    request->path[strcspn(request->path, "?")] = 0;
    request->keep_alive = strcmp(version, "HTTP/1.1") == 0;
    size_t length = 0;
    bool chunked = false;
    while (read_line(connection, line, sizeof line) && *line != 0) {
        if (strncasecmp(line, "content-length:", 15) == 0) {
            length = strtoul(line + 15, NULL, 10);
        } else if (strncasecmp(line, "transfer-encoding: chunked", 26) == 0) {
            chunked = true;
        } else if (strncasecmp(line, "connection: close", 17) == 0) {
            request->keep_alive = false;
        } else if (strncasecmp(line, "expect: 100-continue", 20) == 0) {
            send_all(connection->socket, "HTTP/1.1 100 Continue\r\n\r\n", 25);
        } else if (strncasecmp(line, "authorization: bearer ", 22) == 0) {
            snprintf(request->key, sizeof request->key, "%.511s", line + 22);
        } else if (strncasecmp(line, "x-api-key: ", 11) == 0) {
            snprintf(request->key, sizeof request->key, "%.511s", line + 11);
        }
    }
    return read_body(connection, request, length, chunked);
}

static void *talk(void *argument) {
    struct connection *connection = argument;
    bool again = true;
    while (again) {
        struct request request = {0};
        again = read_request(connection, &request);
        if (again) {
            connection->answer(connection->socket, &request);
            again = request.keep_alive;
        }
        free(request.body);
    }
    close(connection->socket);
    free(connection);
    return NULL;
}

int listen_on(const char *host, int port) {
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (inet_pton(AF_INET, host, &address.sin_addr) != 1
        || bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 1024) != 0) {
        complain("error: couldn't bind HTTP server socket, hostname: %s, port: %d: %s", host, port, strerror(errno));
        exit(1);
    }
    say("server is listening on http://%s:%d", host, port);
    return listener;
}

void serve(int listener, void (*answer)(int socket, struct request *request)) {
    for (int on = 1;;) {
        int accepted = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
        if (accepted < 0) {
            continue;
        }
        setsockopt(accepted, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        struct connection *connection = calloc(1, sizeof *connection);
        connection->socket = accepted;
        connection->answer = answer;
        pthread_attr_t attributes;
        pthread_attr_init(&attributes);
        pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
        pthread_attr_setstacksize(&attributes, 256 * 1024);
        pthread_t thread;
        if (pthread_create(&thread, &attributes, talk, connection) != 0) {
            close(accepted);
            free(connection);
        }
        pthread_attr_destroy(&attributes);
    }
}
