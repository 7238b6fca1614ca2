/// The database of a home: one SQLite file that every hal0 process of the home may open.
///
/// Entry type [hal0.home.store.Database]. The schema of all of it is one numbered list of SQL files
/// beside this package's classes, in SQL that PostgreSQL understands too; a file that was released
/// is never edited, a new one is added. JDBC runs on the database's own platform threads only,
/// because its native calls would pin the carriers of virtual threads.
@NullMarked
package hal0.home.store;

import org.jspecify.annotations.NullMarked;
