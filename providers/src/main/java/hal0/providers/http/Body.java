package hal0.providers.http;

import java.util.List;

/// Bytes of a request, in pieces that are written one after the other without being joined.
///
/// **Shape** the arrays are not copied and must not change.
public record Body(String contentType, List<Slice> slices) {

    /// `length` bytes of `bytes` from `offset`.
    public record Slice(byte[] bytes, int offset, int length) {}

    public static Body of(String contentType, byte[] bytes) {
        return new Body(contentType, List.of(new Slice(bytes, 0, bytes.length)));
    }

    public long length() {
        long sum = 0;
        for (Slice slice : slices) {
            sum += slice.length();
        }
        return sum;
    }
}
