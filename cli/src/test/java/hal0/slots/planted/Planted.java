package hal0.slots.planted;

import hal0.cli.Main;

/// Uses a module that uses this one.
class Planted {
    Main wrongWay() {
        return null;
    }
}
