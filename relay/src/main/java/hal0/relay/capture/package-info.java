/// The requests and answers of a debugging session, written to files as they pass, without keys.
///
/// Entry type [hal0.relay.capture.Capture]. A [hal0.relay.capture.Recording] belongs to one
/// request; what it sends upstream is seen by [hal0.relay.capture.CapturingTransport].
@NullMarked
package hal0.relay.capture;

import org.jspecify.annotations.NullMarked;
