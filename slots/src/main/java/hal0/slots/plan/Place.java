package hal0.slots.plan;

/// The right to ask a slot once; it counts as serving until this is closed.
///
/// **Threads** any; closing it again changes nothing.
public interface Place extends AutoCloseable {
    Target target();

    @Override
    void close();
}
