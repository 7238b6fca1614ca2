/// Answers that the relay keeps for clients that go on from them by their id.
///
/// Entry type [hal0.home.response.StoredResponses]. What is kept is bounded in age, number and
/// size; the oldest goes first. It belongs to the key that asked, and nobody else is told that it
/// exists.
@NullMarked
package hal0.home.response;

import org.jspecify.annotations.NullMarked;
