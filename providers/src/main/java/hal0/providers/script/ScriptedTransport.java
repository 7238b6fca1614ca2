package hal0.providers.script;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.providers.Provider;
import hal0.providers.ScriptUse;
import hal0.providers.dialect.Json;
import hal0.providers.http.Body;
import hal0.providers.http.CancelToken;
import hal0.providers.http.Headers;
import hal0.providers.http.Transport;
import hal0.providers.http.UpstreamRequest;
import hal0.providers.http.UpstreamResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Lets the script of a provider have the last word on what is sent to it, and the first on what
/// comes back.
///
/// **Shape** only requests for a model's answer; those of providers whose script has no such hook
/// pass byte for byte, as do those without a script. **Threads** any.
public final class ScriptedTransport implements Transport {
    private static final int LARGEST_ANSWER = 64 * 1024 * 1024;

    private final Transport plain;
    private final LuaScripts scripts;

    public ScriptedTransport(Transport plain, LuaScripts scripts) {
        this.plain = plain;
        this.scripts = scripts;
    }

    @Override
    public UpstreamResponse send(UpstreamRequest request, CancelToken cancel) {
        ScriptUse use = request.provider().script();
        Body body = request.body();
        // A file on its way is no table that a script could be shown.
        boolean shown = use != null && use.completed() && !request.model().isEmpty();
        if (!shown || body == null || body.rest() != null) {
            return plain.send(request, cancel);
        }
        Provider provider = request.provider();
        try {
            UpstreamRequest changed =
                    scripts.has(provider, "on_request") ? changed(request, body, cancel) : request;
            return changed(changed, plain.send(changed, cancel), cancel);
        } catch (ScriptException e) {
            throw LuaScripts.failed(provider, request.model(), e);
        }
    }

    private UpstreamRequest changed(UpstreamRequest request, Body body, CancelToken cancel) {
        LargeTexts large = new LargeTexts(UUID.randomUUID().toString());
        byte[] argument;
        try {
            argument =
                    HookJson.request(
                            request.model(), request.headers(), large.without(joined(body)));
        } catch (IOException e) {
            throw new ScriptException("on_request: the request is not JSON", e);
        }
        byte[] result =
                scripts.call(request.provider(), request.model(), "on_request", argument, cancel);
        if (result == null) {
            return request;
        }
        HookJson.Returned returned = HookJson.returned(result, "on_request");
        byte[] changedBody = returned.body();
        if (changedBody == null) {
            throw new ScriptException("on_request: it returned a request without a body");
        }
        try {
            return new UpstreamRequest(
                    request.provider(),
                    request.model(),
                    request.method(),
                    request.uri(),
                    headers(request.headers(), returned.headers()),
                    Body.of(body.contentType(), large.with(changedBody)),
                    request.streamed());
        } catch (IOException e) {
            throw new ScriptException("on_request: what it returned is not JSON", e);
        }
    }

    private static byte[] joined(Body body) {
        ByteArrayOutputStream all = new ByteArrayOutputStream((int) body.length());
        for (Body.Slice slice : body.slices()) {
            all.write(slice.bytes(), slice.offset(), slice.length());
        }
        return all.toByteArray();
    }

    /// What a script set; the body's own fields are the transport's.
    private static Headers headers(Headers before, @Nullable Map<String, String> set) {
        if (set == null) {
            return before;
        }
        Headers.Builder headers = Headers.builder();
        set.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!lower.equals("content-length") && !lower.equals("transfer-encoding")) {
                headers.add(name, value);
            }
        });
        return headers.build();
    }

    private UpstreamResponse changed(
            UpstreamRequest request, UpstreamResponse response, CancelToken cancel) {
        boolean done = false;
        try {
            // Asked in here too: a script that is busy for too long fails the call, and an answer
            // that nobody closes would keep its connection and its turn for ever.
            UpstreamResponse changed =
                    !scripts.has(request.provider(), "on_response")
                            ? response
                            : isEvents(response)
                                    ? head(request, response, cancel)
                                    : whole(request, response, cancel);
            done = true;
            return changed;
        } finally {
            if (!done) {
                response.close();
            }
        }
    }

    private static boolean isEvents(UpstreamResponse response) {
        return response.headers()
                .find("Content-Type")
                .orElse("")
                .strip()
                .toLowerCase(Locale.ROOT)
                .startsWith("text/event-stream");
    }

    private UpstreamResponse head(
            UpstreamRequest request, UpstreamResponse response, CancelToken cancel) {
        byte[] argument = HookJson.response(response.status(), response.headers(), null);
        HookJson.Returned returned = asked(request, argument, cancel);
        if (returned == null) {
            return response;
        }
        Integer status = returned.status();
        return new ChangedResponse(
                response,
                status == null ? response.status() : status,
                headers(response.headers(), returned.headers()),
                null);
    }

    private UpstreamResponse whole(
            UpstreamRequest request, UpstreamResponse response, CancelToken cancel) {
        UpstreamResponse readable = response.decoded();
        byte[] bytes = readable.readAll(LARGEST_ANSWER);
        Headers.Builder plainHeaders = Headers.builder();
        response.headers()
                .forEach((name, value) -> {
                    boolean ofBody =
                            name.equalsIgnoreCase("content-encoding")
                                    || name.equalsIgnoreCase("content-length");
                    if (!ofBody) {
                        plainHeaders.add(name, value);
                    }
                });
        LargeTexts large = new LargeTexts(UUID.randomUUID().toString());
        boolean json = isJson(bytes);
        try {
            byte[] body = json ? large.without(bytes) : HookJson.text(bytes);
            HookJson.Returned returned =
                    asked(
                            request,
                            HookJson.response(response.status(), plainHeaders.build(), body),
                            cancel);
            byte[] changed = returned == null ? null : returned.body();
            byte[] now =
                    changed == null || Arrays.equals(changed, body) ? bytes : large.with(changed);
            Integer status = returned == null ? null : returned.status();
            Headers headers =
                    headers(plainHeaders.build(), returned == null ? null : returned.headers());
            Headers.Builder sized = Headers.builder();
            headers.forEach(sized::add);
            sized.set("Content-Length", Integer.toString(now.length));
            return new ChangedResponse(
                    response, status == null ? response.status() : status, sized.build(), now);
        } catch (IOException e) {
            throw new ScriptException("on_response: what it returned is not JSON", e);
        }
    }

    private static boolean isJson(byte[] body) {
        try (var parser = Json.parser(body, 0, body.length)) {
            if (parser.nextToken() == null || !parser.currentToken().isStructStart()) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (IOException e) {
            // That is the answer.
            return false;
        }
    }

    private HookJson.@Nullable Returned asked(
            UpstreamRequest request, byte[] argument, CancelToken cancel) {
        byte[] result =
                scripts.call(request.provider(), request.model(), "on_response", argument, cancel);
        return result == null || new String(result, UTF_8).equals("null")
                ? null
                : HookJson.returned(result, "on_response");
    }

    @Override
    public void close() {
        plain.close();
    }
}
