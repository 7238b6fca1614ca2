/// Server-sent events: frames out of bytes and bytes out of frames, without any HTTP.
///
/// Entry types [hal0.providers.sse.SseReader] for who pulls from a connection,
/// [hal0.providers.sse.SseParser] for who is handed bytes as they pass by, and
/// [hal0.providers.sse.SseWriter], their inverse. Readers and writers belong to one thread.
///
/// **Source** https://html.spec.whatwg.org/multipage/server-sent-events.html, which was not opened
/// itself: its rules as docs.rs/stream-rs lists them and as testing/web-platform/tests/eventsource
/// in mozilla-firefox/firefox tests them, read 2026-11-21.
@NullMarked
package hal0.providers.sse;

import org.jspecify.annotations.NullMarked;
