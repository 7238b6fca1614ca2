package hal0.cli.doctor;

import java.util.List;

/// One thing to look at.
///
/// **Threads** its own; may block, and is given up on after a while.
interface Check {
    /// The id of its rows, or how they begin.
    String id();

    List<Row> rows();
}
