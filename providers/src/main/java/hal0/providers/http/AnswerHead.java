package hal0.providers.http;

import java.io.IOException;
import java.net.ProtocolException;

/// The head of an HTTP/1 answer.
///
/// **Source** RFC 9112, sections 4, 5 and 6.3, read 2026-11-21.
record AnswerHead(int status, Headers headers, boolean keeps) {
    private static final int MOST_LINES = 2000;
    private static final int MOST_CHARACTERS = 256 * 1024;

    /// Reads the final head: interim ones (1xx) say nothing to us and are skipped.
    ///
    /// **Errors** [ProtocolException] for what is not HTTP/1; [java.io.EOFException].
    static AnswerHead read(PlainConnection from) throws IOException {
        AnswerHead head = one(from);
        while (head.status < 200) {
            if (head.status == 101) {
                throw new ProtocolException("switched to another protocol unasked");
            }
            head = one(from);
        }
        return head;
    }

    private static AnswerHead one(PlainConnection from) throws IOException {
        String line = from.line();
        if (!line.startsWith("HTTP/1.") || line.length() < 12 || line.charAt(8) != ' ') {
            throw new ProtocolException("unexpected status line");
        }
        int status = 0;
        for (int i = 9; i < 12; i++) {
            int digit = line.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new ProtocolException("unexpected status line");
            }
            status = 10 * status + digit;
        }
        if (status < 100 || (line.length() > 12 && line.charAt(12) != ' ')) {
            throw new ProtocolException("unexpected status line");
        }
        Headers headers = fields(from);
        return new AnswerHead(status, headers, keeps(line.charAt(7), headers));
    }

    /// The fields up to the empty line; also the trailers of a chunked body.
    static Headers fields(PlainConnection from) throws IOException {
        Headers.Builder headers = Headers.builder();
        String name = "";
        String value = "";
        int characters = 0;
        int lines = 0;
        for (String line = from.line(); !line.isEmpty(); line = from.line()) {
            characters += line.length();
            lines++;
            if (characters > MOST_CHARACTERS || lines > MOST_LINES) {
                throw new ProtocolException("the head of the answer is too large");
            }
            if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
                // A folded line, which old servers still write.
                value = value + " " + line.strip();
                continue;
            }
            if (!name.isEmpty()) {
                headers.add(name, value);
            }
            int colon = line.indexOf(':');
            // A line without a name says nothing that could be used or passed on.
            name = colon < 0 ? "" : line.substring(0, colon).stripTrailing();
            value = line.substring(colon + 1).strip();
        }
        if (!name.isEmpty()) {
            headers.add(name, value);
        }
        return headers.build();
    }

    private static boolean keeps(char minor, Headers headers) {
        String connection = headers.find("Connection").orElse("");
        return minor == '0' ? connection.equalsIgnoreCase("keep-alive") : !has(connection, "close");
    }

    private static boolean has(String list, String token) {
        if (list.isEmpty()) {
            return false;
        }
        for (String one : list.split(",", -1)) {
            if (one.strip().equalsIgnoreCase(token)) {
                return true;
            }
        }
        return false;
    }
}
