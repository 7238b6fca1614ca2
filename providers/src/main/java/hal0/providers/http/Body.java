package hal0.providers.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Bytes of a request, in pieces that are written one after the other without being joined.
///
/// **Shape** the arrays are not copied and must not change; `rest` follows them and is made while
/// it is sent, so that a body of any length passes through little memory.
public record Body(String contentType, List<Slice> slices, @Nullable Rest rest) {

    /// `length` bytes of `bytes` from `offset`.
    public record Slice(byte[] bytes, int offset, int length) {}

    /// What is sent as it comes, once.
    public interface Rest {
        /// **Units** bytes, -1 where nobody knows.
        long length();

        /// Writes all of it; blocks while it waits for more.
        ///
        /// **Errors** [IOException] of `out`, and for a source that broke off.
        void writeTo(OutputStream out) throws IOException;
    }

    /// All of it is there.
    public Body(String contentType, List<Slice> slices) {
        this(contentType, slices, null);
    }

    public static Body of(String contentType, byte[] bytes) {
        return new Body(contentType, List.of(new Slice(bytes, 0, bytes.length)));
    }

    /// A body that is sent as it comes.
    public static Body streamed(String contentType, Rest rest) {
        return new Body(contentType, List.of(), rest);
    }

    /// **Units** bytes, -1 where nobody knows yet.
    public long length() {
        long sum = 0;
        for (Slice slice : slices) {
            sum += slice.length();
        }
        if (rest == null) {
            return sum;
        }
        return rest.length() < 0 ? -1 : sum + rest.length();
    }
}
