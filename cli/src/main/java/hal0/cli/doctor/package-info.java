/// `hal0 doctor`: everything that is often wrong with an installation, looked at at once.
///
/// Entry type [hal0.cli.doctor.DoctorCommand]. A `Check` holds one idea and returns rows; it throws
/// nothing on purpose, and what it throws all the same becomes a row. Checks run beside each other
/// on virtual threads, and none is waited for longer than a few seconds. Nothing is changed, except
/// that a database of an older version is opened as every command opens it.
@NullMarked
package hal0.cli.doctor;

import org.jspecify.annotations.NullMarked;
