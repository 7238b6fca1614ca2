/// What was said in a conversation, kept in a file that only grows: `data/sessions/ID.jsonl`, the
/// header first, then one entry a line.
///
/// Entry type [hal0.agent.session.Sessions]. A line is written whole or, after a crash, dropped
/// when the file is read. The format carries its number; older ones are migrated, newer ones
/// refused. The file is locked by who writes it, everybody else reads.
@NullMarked
package hal0.agent.session;

import org.jspecify.annotations.NullMarked;
