/// `hal0 usage`: what was spent, as columns with bars, as CSV or as JSON.
///
/// Entry type [hal0.cli.usage.UsageCommand]. It reads the ledger of the home and needs neither a
/// configuration nor a relay.
@NullMarked
package hal0.cli.usage;

import org.jspecify.annotations.NullMarked;
