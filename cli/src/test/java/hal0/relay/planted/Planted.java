package hal0.relay.planted;

import hal0.cli.Main;

/// Uses a module that uses this one.
class Planted {
    Main wrongWay() {
        return null;
    }
}
