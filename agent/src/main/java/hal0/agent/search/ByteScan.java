package hal0.agent.search;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Finds one byte, eight at a time.
///
/// The compiler that a short run gets makes nothing of a plain loop, which is ten times slower.
final class ByteScan {
    private static final VarHandle EIGHT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long TOPS = 0x8080808080808080L;

    private ByteScan() {}

    /// Where it is first at or after `from` and before `to`, or -1.
    static int find(byte[] in, byte wanted, int from, int to) {
        long all = (wanted & 0xffL) * ONES;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long other = (long) EIGHT.get(in, at) ^ all;
            // The lowest top bit that is set is that of the first byte that is zero.
            long zeros = (other - ONES) & ~other & TOPS;
            if (zeros != 0) {
                return at + Long.numberOfTrailingZeros(zeros) / Byte.SIZE;
            }
        }
        for (; at < to; at++) {
            if (in[at] == wanted) {
                return at;
            }
        }
        return -1;
    }
}
