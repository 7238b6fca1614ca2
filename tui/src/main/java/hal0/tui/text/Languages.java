package hal0.tui.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.fife.ui.rsyntaxtextarea.TokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.CPlusPlusTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.CSSTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.CSharpTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.CTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.ClojureTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.DartTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.DockerTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.FortranTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.GoTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.GroovyTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.HTMLTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.IniTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.JavaScriptTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.JavaTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.JsonTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.KotlinTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.LatexTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.LessTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.LispTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.LuaTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.MakefileTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.PHPTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.PerlTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.PowerShellTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.PropertiesFileTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.ProtoTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.PythonTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.RubyTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.RustTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.SQLTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.ScalaTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.TypeScriptTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.UnixShellTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.WindowsBatchTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.XMLTokenMaker;
import org.fife.ui.rsyntaxtextarea.modes.YamlTokenMaker;
import org.jspecify.annotations.Nullable;

/// The languages whose code is coloured.
///
/// **Shape** a lexer is made for each block of code, and nothing of it is loaded before the first.
/// What RSyntaxTextArea does not know is described by a resource; a language that nobody knows is
/// shown plain.
final class Languages {
    private static final int LONGEST_NAME = 64;

    private Languages() {}

    /// The lexer for what stands behind the marks that open a block, such as `java` or `js
    /// title="x"`; null when there is none.
    static @Nullable Lexer find(String label) {
        String name = nameOf(label);
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            return null;
        }
        if (name.equals("diff") || name.equals("patch")) {
            return new DiffLexer();
        }
        if (name.equals("markdown") || name.equals("md") || name.equals("mdx")) {
            return new MarkdownLexer();
        }
        TokenMaker maker = maker(name);
        if (maker != null) {
            return new TableLexer(maker);
        }
        String described = described(name);
        return described == null ? null : new WordLexer(description(described));
    }

    /// Also of `{.java}`, `lang-java`, `java:Main.java`, `src/Main.java`.
    private static String nameOf(String label) {
        String name = label.strip().toLowerCase(Locale.ROOT);
        name = name.startsWith("{") ? name.substring(1).replace(".", "") : name;
        name = name.startsWith("language-") ? name.substring(9) : name;
        name = name.startsWith("lang-") ? name.substring(5) : name;
        int end = 0;
        while (end < name.length() && " \t,{}:=".indexOf(name.charAt(end)) < 0) {
            end++;
        }
        name = name.substring(0, end);
        String file = name.substring(name.lastIndexOf('/') + 1);
        int point = file.lastIndexOf('.');
        return point > 0 ? file.substring(point + 1) : file;
    }

    private static @Nullable TokenMaker maker(String name) {
        return switch (name) {
            case "java", "jsh", "jshell" -> new JavaTokenMaker();
            case "kotlin", "kt", "kts" -> new KotlinTokenMaker();
            case "scala", "sc", "sbt" -> new ScalaTokenMaker();
            case "groovy", "gradle", "jenkinsfile" -> new GroovyTokenMaker();
            case "javascript", "js", "jsx", "mjs", "cjs", "node" -> new JavaScriptTokenMaker();
            case "typescript", "ts", "tsx", "mts", "cts" -> new TypeScriptTokenMaker();
            case "python", "py", "python3", "py3", "pyi", "pycon" -> new PythonTokenMaker();
            case "ruby", "rb", "rake", "gemfile" -> new RubyTokenMaker();
            case "go", "golang" -> new GoTokenMaker();
            case "rust", "rs" -> new RustTokenMaker();
            case "c", "h" -> new CTokenMaker();
            case "c++", "cpp", "cc", "cxx", "hpp", "hh", "cuda", "cu", "objc", "objective-c" ->
                    new CPlusPlusTokenMaker();
            case "c#", "cs", "csharp" -> new CSharpTokenMaker();
            case "php" -> new PHPTokenMaker();
            case "bash",
                    "sh",
                    "shell",
                    "zsh",
                    "console",
                    "shellsession",
                    "terminal",
                    "ksh",
                    "dash" ->
                    new UnixShellTokenMaker();
            case "powershell", "ps1", "pwsh", "psm1", "posh" -> new PowerShellTokenMaker();
            case "batch", "bat", "cmd" -> new WindowsBatchTokenMaker();
            case "sql", "mysql", "postgresql", "postgres", "sqlite", "plsql", "tsql" ->
                    new SQLTokenMaker();
            case "html", "htm", "xhtml", "vue", "svelte" -> new HTMLTokenMaker();
            case "css" -> new CSSTokenMaker();
            case "less", "scss", "sass" -> new LessTokenMaker();
            case "json", "jsonl", "ndjson", "jsonc", "json5" -> new JsonTokenMaker();
            case "yaml", "yml" -> new YamlTokenMaker();
            case "xml", "svg", "xsd", "xsl", "pom", "plist" -> new XMLTokenMaker();
            case "lua", "luau" -> new LuaTokenMaker();
            case "perl", "pl", "pm" -> new PerlTokenMaker();
            case "clojure", "clj", "cljs", "edn" -> new ClojureTokenMaker();
            case "lisp", "elisp", "scheme", "el", "scm", "racket" -> new LispTokenMaker();
            case "dart" -> new DartTokenMaker();
            case "dockerfile", "docker", "containerfile" -> new DockerTokenMaker();
            case "makefile", "make", "mk" -> new MakefileTokenMaker();
            case "ini", "cfg", "conf", "desktop", "service", "systemd" -> new IniTokenMaker();
            case "properties", "env", "dotenv" -> new PropertiesFileTokenMaker();
            case "protobuf", "proto", "proto3" -> new ProtoTokenMaker();
            case "latex", "tex" -> new LatexTokenMaker();
            case "fortran", "f90" -> new FortranTokenMaker();
            default -> null;
        };
    }

    private static @Nullable String described(String name) {
        return switch (name) {
            case "swift" -> "swift";
            case "r", "rscript" -> "r";
            case "haskell", "hs" -> "haskell";
            case "elixir", "ex", "exs" -> "elixir";
            case "zig" -> "zig";
            case "toml" -> "toml";
            case "hcl", "terraform", "tf", "tfvars" -> "hcl";
            case "graphql", "gql" -> "graphql";
            case "nix" -> "nix";
            default -> null;
        };
    }

    private static List<String> description(String name) {
        try (InputStream in = Languages.class.getResourceAsStream(name + ".words")) {
            if (in == null) {
                throw new IllegalStateException("the words of " + name + " are not in the program");
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith(";"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the words of " + name, e);
        }
    }
}
