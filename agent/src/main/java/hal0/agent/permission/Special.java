package hal0.agent.permission;

import hal0.agent.permission.shell.Word;

/// A word of a command that names a special place.
record Special(Word word, Place place, String name) {
    String why() {
        return name + " " + place.why;
    }
}
