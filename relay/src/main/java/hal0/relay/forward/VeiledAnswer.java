package hal0.relay.forward;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.providers.Provider;
import hal0.providers.client.RequestBuilder;
import hal0.providers.http.Headers;
import hal0.providers.http.ResponseAround;
import hal0.providers.http.UpstreamResponse;
import java.util.Arrays;
import java.util.List;

/// An error answer that names no key of ours: some providers echo the one that they refuse, and the
/// client is not its owner.
///
/// **Shape** every byte of a key becomes an asterisk, so that lengths stay; all else is the
/// provider's own. A packed body is unpacked to be looked into. **Threads** as the answer's own.
final class VeiledAnswer implements ResponseAround {
    /// What is shorter is a placeholder (`none`, `x`) and would blot out words.
    private static final int SHORTEST = 6;

    private final UpstreamResponse answer;
    private final Headers headers;
    private final List<byte[]> keys;
    private byte[] held = {};
    private boolean ended;

    private VeiledAnswer(UpstreamResponse answer, Headers headers, List<byte[]> keys) {
        this.answer = answer;
        this.headers = headers;
        this.keys = keys;
    }

    /// `answer` itself where it is none of an error, or there is no key to hide.
    static UpstreamResponse over(
            UpstreamResponse answer, RequestBuilder requests, Provider provider) {
        if (answer.status() < 400) {
            return answer;
        }
        List<String> keys =
                requests.secrets(provider).stream().filter(s -> s.length() >= SHORTEST).toList();
        return keys.isEmpty() ? answer : veiled(answer, keys);
    }

    private static UpstreamResponse veiled(UpstreamResponse answer, List<String> keys) {
        boolean unpacked = isGzip(answer);
        UpstreamResponse readable = unpacked ? answer.decoded() : answer;
        Headers.Builder shown = Headers.builder();
        answer.headers()
                .forEach((name, value) -> {
                    boolean ofPacked =
                            name.equalsIgnoreCase("Content-Encoding")
                                    || name.equalsIgnoreCase("Content-Length");
                    if (!unpacked || !ofPacked) {
                        shown.add(name, veiled(value, keys));
                    }
                });
        List<byte[]> bytes = keys.stream().map(key -> key.getBytes(UTF_8)).toList();
        return new VeiledAnswer(readable, shown.build(), bytes);
    }

    private static boolean isGzip(UpstreamResponse answer) {
        String encoding = answer.headers().find("Content-Encoding").orElse("").strip();
        return encoding.equalsIgnoreCase("gzip") || encoding.equalsIgnoreCase("x-gzip");
    }

    private static String veiled(String value, List<String> keys) {
        String shown = value;
        for (String key : keys) {
            shown = shown.replace(key, "*".repeat(key.length()));
        }
        return shown;
    }

    @Override
    public UpstreamResponse response() {
        return answer;
    }

    @Override
    public Headers headers() {
        return headers;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        while (true) {
            if (!ended) {
                more(Math.max(length, 1024));
            }
            int open = ended ? 0 : openEnd();
            int ready = held.length - open;
            if (ready > 0) {
                int given = Math.min(ready, length);
                System.arraycopy(held, 0, buffer, offset, given);
                held = Arrays.copyOfRange(held, given, held.length);
                return given;
            }
            if (ended) {
                return -1;
            }
        }
    }

    /// The next bytes behind those that wait, with the keys in them hidden.
    private void more(int most) {
        byte[] piece = new byte[most];
        int n = answer.read(piece, 0, most);
        if (n < 0) {
            ended = true;
            return;
        }
        byte[] joined = Arrays.copyOf(held, held.length + n);
        System.arraycopy(piece, 0, joined, held.length, n);
        held = veiled(joined);
    }

    private byte[] veiled(byte[] bytes) {
        for (byte[] key : keys) {
            for (int i = 0; i + key.length <= bytes.length; i++) {
                if (Arrays.equals(bytes, i, i + key.length, key, 0, key.length)) {
                    Arrays.fill(bytes, i, i + key.length, (byte) '*');
                }
            }
        }
        return bytes;
    }

    /// How many bytes at the end may be the beginning of a key.
    private int openEnd() {
        int longest = 0;
        for (byte[] key : keys) {
            for (int n = Math.min(key.length - 1, held.length); n > longest; n--) {
                if (Arrays.equals(held, held.length - n, held.length, key, 0, n)) {
                    longest = n;
                }
            }
        }
        return longest;
    }

    @Override
    public byte[] readAll(long limit) {
        return veiled(answer.readAll(limit));
    }
}
