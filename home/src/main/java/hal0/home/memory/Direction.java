package hal0.home.memory;

/// A vector as it is kept and compared: its direction alone, one signed byte for each dimension.
///
/// **Shape** a byte in place of a float makes a database a quarter as large; what is lost of the
/// angle between two is below what tells neighbours apart. Pure.
final class Direction {
    private Direction() {}

    /// **Errors** [IllegalArgumentException] for what has no direction.
    static byte[] of(float[] vector) {
        float largest = 0;
        for (float each : vector) {
            if (!Float.isFinite(each)) {
                throw new IllegalArgumentException("it holds what is no number");
            }
            largest = Math.max(largest, Math.abs(each));
        }
        if (largest == 0) {
            throw new IllegalArgumentException("it is nothing but zeros");
        }
        byte[] direction = new byte[vector.length];
        for (int i = 0; i < vector.length; i++) {
            direction[i] = (byte) Math.round(vector[i] / largest * Byte.MAX_VALUE);
        }
        return direction;
    }

    /// The cosine of the angle between two of as many dimensions: 1 for the same direction.
    static double likeness(byte[] one, byte[] other) {
        int product = 0; // 127 times 127 has room for 130 000 dimensions
        int ones = 0;
        int others = 0;
        for (int i = 0; i < one.length; i++) {
            int a = one[i];
            int b = other[i];
            product += a * b;
            ones += a * a;
            others += b * b;
        }
        return product / Math.sqrt((double) ones * others);
    }
}
