package hal0.providers.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.providers.Provider;
import hal0.providers.error.ProviderException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Scripts that mean harm are stopped in bounded time, this process does not notice, and what comes
/// next works.
class HostileScriptsTest {
    private static final URI SOMEWHERE = URI.create("http://127.0.0.1:9");

    /// Starting the process twice, on a busy machine, is most of it.
    private static final Duration BOUND = Duration.ofSeconds(15);

    private static final String TIME = "stopped after 250 ms of its own time";
    private static final String HEAP = "stopped because it used more than 32 MiB";
    private static final String EITHER = "stopped";
    private static final String STACK = "stack overflow";

    @TempDir Path folder;
    private Scripts scripts;

    @BeforeEach
    void open() {
        scripts = new Scripts(folder);
    }

    @AfterEach
    void close() {
        scripts.close();
    }

    private static Arguments of(String name, String body, String stoppedBy) {
        return Arguments.of(name, body, stoppedBy);
    }

    static Stream<Arguments> attacks() {
        return Stream.of(
                of("endless loop", "while true do end", TIME),
                of(
                        "endless loop in pcall",
                        "while true do pcall(function() while true do end end) end",
                        TIME),
                of(
                        "endless string.rep",
                        "local s = 'x' while true do s = string.rep(s, 2) end",
                        HEAP),
                of("one huge string.rep", "return string.rep('x', 2^31 - 10)", HEAP),
                of("string.rep in pcall", "while true do pcall(string.rep, 'x', 2^30) end", HEAP),
                of(
                        "pattern bomb in find",
                        "return string.find(string.rep('a', 60), string.rep('a?', 60) .. string.rep('a', 60) .. 'b')",
                        TIME),
                of(
                        "pattern bomb in match",
                        "return string.match(string.rep('a', 5000), '.-.-.-.-.-.-.-.-b')",
                        TIME),
                of(
                        "pattern bomb in gsub",
                        "return string.gsub(string.rep('a', 5000), '(.-)(.-)(.-)(.-)(.-)b', '')",
                        TIME),
                of(
                        "pattern bomb in gmatch",
                        "for _ in string.gmatch(string.rep('a', 5000), '.-.-.-.-.-b') do end",
                        TIME),
                of(
                        "deep recursion",
                        "local function f(n) return 1 + f(n + 1) end return f(1)",
                        STACK),
                of(
                        "deep recursion in pcall",
                        "local function f() return 1 + (pcall(f) and 1 or 0) end while true do f() end",
                        STACK),
                of(
                        "recursion through metatables",
                        "local t = setmetatable({}, {}) getmetatable(t).__index = function(_, k) return t[k .. 'x'] end return t.a",
                        STACK),
                of(
                        "__index loops",
                        "local a, b = {}, {} setmetatable(a, {__index = function() while true do end end}) return a.x",
                        TIME),
                of(
                        "__tostring loops",
                        "return nil, setmetatable({}, {__tostring = function() while true do end end})",
                        TIME),
                of(
                        "__eq, __lt, __concat loop",
                        "local m = {__lt = function() while true do end end} return setmetatable({}, m) < setmetatable({}, m)",
                        TIME),
                of(
                        "error object loops in tostring",
                        "error(setmetatable({}, {__tostring = function() while true do end end}))",
                        "error object is a table"),
                of(
                        "error in error handler",
                        "return xpcall(error, function() while true do end end)",
                        TIME),
                of(
                        "huge table",
                        "local t = {} local i = 0 while true do i = i + 1 t[i] = {i} end",
                        EITHER),
                of(
                        "huge sparse table",
                        "local t = {} while true do t[math.random()] = 'x' end",
                        EITHER),
                of(
                        "table.concat bomb",
                        "local t = {} for i = 1, 1e5 do t[i] = string.rep('x', 1000) end return table.concat(t)",
                        EITHER),
                of("concatenation bomb", "local s = 'x' while true do s = s .. s end", HEAP),
                of(
                        "sort with a comparator that lies",
                        "local t = {} for i = 1, 1e4 do t[i] = i end while true do table.sort(t, function() return true end) end",
                        TIME),
                of(
                        "sort with a comparator that loops",
                        "table.sort({1, 2, 3}, function() while true do end end)",
                        TIME),
                of(
                        "gsub with a callback",
                        "return (string.gsub(string.rep('a', 1000), 'a', function() while true do end end))",
                        TIME),
                of(
                        "format width bomb",
                        "return string.format('%9999999999d', 1)",
                        "invalid format"),
                of(
                        "format bomb",
                        "local s = '' while true do s = s .. string.format('%99d', 1) end",
                        EITHER),
                of("json decode bomb", "return json.decode(string.rep('[', 1e6))", "json.decode"),
                of(
                        "json decode of much",
                        "local s = '[' .. string.rep('[],', 2e6) .. '1]' while true do json.decode(s) end",
                        EITHER),
                of(
                        "json encode of itself",
                        "local t = {} t.t = t return json.encode(t)",
                        "contains itself"),
                of(
                        "json encode of much",
                        "local t = {} for i = 1, 20 do t = {t, t} end while true do json.encode(t) end",
                        EITHER),
                of(
                        "string.byte bomb",
                        "local s = string.rep('x', 1e6) while true do local t = {string.byte(s, 1, -1)} end",
                        EITHER),
                of("unpack bomb", "return unpack({}, 1, 1e8)", EITHER),
                of("huge log", "while true do log.info(string.rep('x', 1e5)) end", TIME),
                of("endless http loop", "while true do http.get('http://127.0.0.1:9/') end", TIME),
                of(
                        "huge http body",
                        "return http.post('http://127.0.0.1:9/', string.rep('x', 13 * 1024 * 1024))",
                        EITHER),
                of(
                        "redefined globals",
                        "local g = _G for k in pairs(g) do g[k] = nil end while 1 do end",
                        TIME),
                of(
                        "metatable of the globals",
                        "setmetatable(_G, {__index = function(_, k) return k end, __newindex = function() end}) while x do y = 1 end",
                        TIME));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void isStopped(String name, String body, String stoppedBy) {
        scripts.file(
                "evil",
                Scripts.minimal(
                        SOMEWHERE,
                        "function provider.health_check()\n %s\nend\n".formatted(body)
                                + "function provider.parse_models() return {} end"));
        Provider evil = scripts.lua.completed(Scripts.of("evil", ""));
        long before = System.nanoTime();
        assertThatThrownBy(() -> scripts.lua.healthy(evil))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("evil")
                .hasMessageContaining(stoppedBy);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(BOUND);
        // The next hook gets a process in which nothing of that has happened.
        assertThat(
                        new String(
                                scripts.lua.models(evil, "{}".getBytes(StandardCharsets.UTF_8)),
                                StandardCharsets.UTF_8))
                .isEqualTo("[]");
    }

    @Test
    void whatReachesOutOfAScriptIsNotThere() {
        String names =
                "load loadfile dofile loadstring require module package io os debug coroutine"
                        + " collectgarbage gcinfo getfenv setfenv newproxy luajava rawlen bit32";
        scripts.file(
                "poor",
                Scripts.minimal(
                        SOMEWHERE,
                        """
                        function provider.health_check()
                          for name in string.gmatch("%s", "%%S+") do
                            if _G[name] ~= nil then return nil, name .. " is there" end
                          end
                          if string.dump ~= nil then return nil, "string.dump is there" end
                          return type(_G.string) == "table"
                        end
                        """
                                .formatted(names)));
        Provider poor = scripts.lua.completed(Scripts.of("poor", ""));
        assertThat(scripts.lua.healthy(poor)).contains(true);
    }

    @Test
    void metatableOfStringsIsOutOfReach() {
        scripts.file(
                "strings",
                Scripts.minimal(
                        SOMEWHERE,
                        """
                        function provider.health_check()
                          local meta = getmetatable("")
                          return type(meta) == "string" and not pcall(setmetatable, "", {}) and ("x"):rep(3) == "xxx"
                        end
                        """));
        Provider strings = scripts.lua.completed(Scripts.of("strings", ""));
        assertThat(scripts.lua.healthy(strings)).contains(true);
    }

    @Test
    void bytecodeIsRefused() throws Exception {
        Files.write(
                folder.resolve("compiled.lua"),
                new byte[] {0x1B, 'L', 'u', 'a', 0x51, 0, 1, 4, 4, 4, 8, 0});
        assertThatThrownBy(() -> scripts.lua.completed(Scripts.of("compiled", "")))
                .isInstanceOf(ProviderException.Misconfigured.class)
                .hasMessageContaining("compiled Lua");
    }

    @Test
    void whatPrintsDoesNotReachThePipe() {
        scripts.file(
                "loud",
                Scripts.minimal(
                        SOMEWHERE,
                        "print('R\\0\\0\\0\\0') function provider.health_check() print(('x'):rep(1e5)) return true end"));
        assertThat(scripts.lua.healthy(scripts.lua.completed(Scripts.of("loud", ""))))
                .contains(true);
    }

    @Test
    void scriptThatNeverEndsLoadingIsStopped() {
        scripts.file("slow", "while true do end");
        assertThatThrownBy(() -> scripts.lua.completed(Scripts.of("slow", "")))
                .isInstanceOf(ProviderException.Misconfigured.class)
                .hasMessageContaining("providers/slow.lua: " + TIME);
    }

    @Test
    void parserBombIsStopped() {
        scripts.file("nested", "return " + "(".repeat(100_000) + "1" + ")".repeat(100_000));
        assertThatThrownBy(() -> scripts.lua.completed(Scripts.of("nested", "")))
                .isInstanceOf(ProviderException.Misconfigured.class);
    }

    @Test
    void nothingOfTheEnvironmentIsInTheProcess() {
        scripts.file(
                "quiet",
                Scripts.minimal(SOMEWHERE, "function provider.health_check() return true end"));
        scripts.variables.put("THE_KEY", "key-123456");
        Provider quiet = scripts.lua.completed(Scripts.of("quiet", ""));
        assertThat(scripts.lua.healthy(quiet)).contains(true);
        assertThat(ProcessHandle.current().children())
                .filteredOn(
                        child -> child.info().commandLine().orElse("").contains("ScriptProcess"))
                .isNotEmpty()
                .allSatisfy(child -> {
                    assertThat(child.info().commandLine().orElse("")).doesNotContain("key-123456");
                    Path environment = Path.of("/proc/" + child.pid() + "/environ");
                    if (Files.exists(environment)) {
                        assertThat(Files.readString(environment)).isEmpty();
                    }
                });
    }
}
