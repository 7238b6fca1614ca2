package hal0.providers.script.child;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/// What a script can lean on of Lua 5.1, and of JSON.
class SandboxTest {
    private static LuaValue run(String source) {
        return new Sandbox(new LuaTable(), new LuaTable(), new LuaTable())
                .run("providers/foo.lua", source.getBytes(UTF_8));
    }

    private static String text(String source) {
        return run(source).tojstring();
    }

    private static String throughLua(String json, String lines) {
        String source =
                "return function(text) local t = json.decode(text) %s return json.encode(t) end";
        return JsonReader.java(
                run(source.formatted(lines)).call(JsonReader.text(json)).checkstring());
    }

    /// Results of the reference implementation, Lua 5.1.5, as its manual says and C's printf does.
    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "_VERSION => Lua 5.1",
                "tostring(3.14159265358979) => 3.1415926535898",
                "tostring(1e15) => 1e+15",
                "tostring(2^53) => 9.007199254741e+15",
                "tostring(0.1) => 0.1",
                "tostring(10/2) => 5",
                "tostring(-0.00001) => -1e-05",
                "string.format('%5.2f;', 3.14159) => ` 3.14;`",
                "string.format('%-8s;%08.3f', 'ab', -1.5) => ab      ;-001.500",
                "string.format('%d %i %u %o %x %X', 42, -42, 42, 8, 255, 255) => 42 -42 42 10 ff FF",
                "string.format('%+d % d %.3d %5d', 5, 5, 5, 5) => `+5  5 005     5`",
                "string.format('%e %G %g', 12345.678, 1e20, 0.0001) => 1.234568e+04 1E+20 0.0001",
                "string.format('%q', 'a\\\\b') => `\"a\\\\b\"`",
                "string.format('%c%c%%', 72, 105) => Hi%",
                "string.format('%.2s', 'abc') => ab",
                "select('#', unpack({1, 2, 3})) => 3",
                "table.getn({1, 2}) => 2",
                "table.maxn({[7] = 1}) => 7",
                "math.log10(1000) => 3",
                "('x'):upper() => X",
                "type(string.gfind) => function",
                "string.len(table.concat({1, 2, 3}, ', ')) => 7"
            })
    void isLua51(String expression, String result) {
        assertThat(text("return " + expression)).isEqualTo(result);
    }

    @Test
    void errorsNameFileAndLine() {
        assertThatThrownBy(() -> run("local x\nreturn x.y"))
                .isInstanceOf(LuaError.class)
                .satisfies(e ->
                        assertThat(Errors.text((LuaError) e))
                                .isEqualTo("providers/foo.lua:2: attempt to index a nil value"));
        assertThat(text("local _, e = pcall(function() error('boom') end) return e"))
                .isEqualTo("providers/foo.lua:1: boom");
        assertThat(text("local _, e = pcall(error, {code = 7}) return e.code")).isEqualTo("7");
        assertThat(text("local _, e = pcall(function() error('bare', 0) end) return e"))
                .isEqualTo("bare");
    }

    /// A request that a hook does not touch is the same afterwards, byte for byte but for spaces.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"b\":1,\"a\":2,\"z\":{},\"list\":[]}",
                "{\"content\":null,\"tools\":[null,1,null]}",
                "{\"temperature\":1.0,\"seed\":12345678901234567890,\"p\":0.95,\"e\":1e5,\"m\":-0}",
                "{\"big\":9007199254740991,\"list\":[1.0,2.50,{\"x\":3.0}]}",
                "{\"text\":\"\\u0000\\\"\\\\ ü 😀\"}",
                "[[],{},[[]],{\"a\":[]}]",
                "{\"properties\":{\"z\":{\"type\":\"string\"},\"a\":{\"type\":\"integer\"}},\"required\":[]}"
            })
    void jsonSurvives(String json) {
        assertThat(throughLua(json, "")).isEqualTo(json.replace("\\u0000", "\\u0000"));
    }

    @Test
    void changedMembersAreWrittenAnew() {
        String json = "{\"a\":1.0,\"n\":null,\"list\":[1.0,2.0],\"gone\":1}";
        assertThat(
                        throughLua(
                                json,
                                "t.a = 2 t.n = nil t.gone = nil table.insert(t.list, 1, 9) t.new = {} t.also = {1}"))
                .isEqualTo("{\"a\":2,\"list\":[9,1,2],\"also\":[1],\"new\":{}}");
    }

    @Test
    void arraysAndNullCanBeMade() {
        assertThat(
                        text(
                                "return json.encode({a = json.array(), b = json.array({1}), c = json.null})"))
                .isEqualTo("{\"a\":[],\"b\":[1],\"c\":null}");
    }

    @Test
    void nullIsNilForAScript() {
        assertThat(throughLua("{\"models\":null}", "t = {n = #(t.models or {})}"))
                .isEqualTo("{\"n\":0}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1,", "{} {}", "nul", "{\"a\"}", "'a'"})
    void badJsonIsAnErrorThatCanBeCaught(String json) {
        assertThat(
                        run("return function(text) return (pcall(json.decode, text)) end")
                                .call(JsonReader.text(json))
                                .toboolean())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tostring",
                "0/0",
                "1/0",
                "{[{}] = 1}",
                "{1, nil, 3, [7] = 1}",
                "{[1] = 1, x = 2}"
            })
    void whatJsonCannotSayIsAnError(String value) {
        assertThat(text("return tostring((pcall(json.encode, {v = " + value + "})))"))
                .isEqualTo("false");
    }
}
