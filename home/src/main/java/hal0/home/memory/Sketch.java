package hal0.home.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A direction in few bits: the more of them differ between two, the wider is their angle.
///
/// **Shape** the signs of a vector after a fixed random turn, which makes every bit tell as much,
/// whatever a model does with its dimensions. Vectors of any number of dimensions have as many
/// bits. Kept as eight bytes for a word, the lowest first. Pure.
///
/// **Source** bits that differ with the angle: Charikar, "Similarity Estimation Techniques from
/// Rounding Algorithms", STOC 2002; turning by Hadamard transforms and random signs: Ailon and
/// Chazelle, "The Fast Johnson-Lindenstrauss Transform", 2009 (read 2026-11-22).
final class Sketch {
    static final int BITS = 1024;
    static final int WORDS = BITS / Long.SIZE;

    private Sketch() {}

    static long[] of(byte[] direction) {
        int size = Math.max(BITS, Integer.highestOneBit(2 * direction.length - 1));
        float[] turned = new float[size];
        for (int i = 0; i < direction.length; i++) {
            turned[i] = direction[i];
        }
        for (int round = 0; round < 2; round++) {
            flip(turned, round);
            transform(turned);
        }
        long[] bits = new long[WORDS];
        for (int i = 0; i < BITS; i++) {
            if (turned[i] > 0) {
                bits[i / Long.SIZE] |= 1L << (i % Long.SIZE);
            }
        }
        return bits;
    }

    /// Signs by chance, but the same for ever: sketches are kept.
    private static void flip(float[] vector, int round) {
        for (int i = 0; i < vector.length; i++) {
            if (mixed(2L * i + round + 1) < 0) {
                vector[i] = -vector[i];
            }
        }
    }

    /// **Source** the finalizer of SplitMix64: Steele, Lea and Flood, "Fast Splittable Pseudorandom
    /// Number Generators", OOPSLA 2014.
    private static long mixed(long number) {
        long z = number * 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /// The Walsh-Hadamard transform, in place.
    private static void transform(float[] vector) {
        for (int half = 1; half < vector.length; half *= 2) {
            for (int start = 0; start < vector.length; start += 2 * half) {
                for (int i = start; i < start + half; i++) {
                    float one = vector[i];
                    float other = vector[i + half];
                    vector[i] = one + other;
                    vector[i + half] = one - other;
                }
            }
        }
    }

    static byte[] bytes(long[] sketch) {
        ByteBuffer bytes = ByteBuffer.allocate(BITS / Byte.SIZE).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(sketch);
        return bytes.array();
    }

    /// Into `target` from that place on.
    static void read(byte[] bytes, long[] target, int at) {
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(target, at, WORDS);
    }
}
