/// What hal0 remembers from one conversation to the next: notes in banks, found by their words.
///
/// Entry type [hal0.home.memory.Memory], over the home's database. How a text is taken apart into
/// words is [hal0.home.memory.Words]' alone, for notes and for queries alike, so that both agree.
@NullMarked
package hal0.home.memory;

import org.jspecify.annotations.NullMarked;
