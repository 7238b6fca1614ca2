package hal0.cli.usage;

import hal0.cli.console.Console;
import java.io.PrintStream;

/// What was found in the ledger, in the forms in which it can be printed.
sealed interface Shown permits Report, Calls {
    boolean isEmpty();

    /// The line above the columns, before the words for the period.
    String title();

    void printJson(Console console);

    void printCsv(PrintStream out);

    /// For people; on a terminal there may be more.
    void printColumns(Console console, boolean terminal);
}
