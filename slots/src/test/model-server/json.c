/* Finds values in a JSON text by their key, without building anything of it. */
#include "server.h"

#include <stdlib.h>
#include <string.h>

/* Past a string's closing quote. */
static const char *after_string(const char *quote) {
    const char *at = quote + 1;
    while (*at != 0 && *at != '"') {
        at += *at == '\\' && at[1] != 0 ? 2 : 1;
    }
    return *at == 0 ? at : at + 1;
}

static const char *after_space(const char *at) {
    return at + strspn(at, " \t\r\n");
}

const char *json_value(const char *json, const char *key) {
    const char *found = NULL;
    size_t length = strlen(key);
    for (const char *at = json; at != NULL && *at != 0;) {
        if (*at != '"') {
            at++;
            continue;
        }
        const char *end = after_string(at), *next = after_space(end);
        if (*next == ':' && (size_t)(end - at) == length + 2 && strncmp(at + 1, key, length) == 0) {
            found = after_space(next + 1);
        }
        at = end;
    }
    return found;
}

void json_string(const char *json, const char *key, char *into, size_t size) {
    const char *value = json_value(json, key);
    size_t length = 0;
    if (value != NULL && *value == '"') {
        const char *end = after_string(value) - 1;
        for (const char *at = value + 1; at < end;) {
            /* Neither an escape nor a character of several bytes is cut in two. */
            size_t step = *at == '\\' ? (at[1] == 'u' ? 6 : 2) : 1;
            while (*at != '\\' && ((unsigned char)at[step] & 0xC0) == 0x80) {
                step++;
            }
            if (length + step >= size) {
                break;
            }
            memcpy(into + length, at, step);
            length += step;
            at += step;
        }
    }
    into[length] = 0;
}

long json_number(const char *json, const char *key, long otherwise) {
    const char *value = json_value(json, key);
    char *end = NULL;
    long number = value == NULL ? 0 : strtol(value, &end, 10);
    return value == NULL || end == value ? otherwise : number;
}

bool json_true(const char *json, const char *key) {
    const char *value = json_value(json, key);
    return value != NULL && strncmp(value, "true", 4) == 0;
}
