package hal0.tui.planted;

import hal0.cli.Main;

/// Uses a module that uses this one.
class Planted {
    Main wrongWay() {
        return null;
    }
}
