package hal0.relay.control;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import hal0.home.config.Form;
import hal0.home.config.Setting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A key of the configuration as `/api/settings` has it.
public final class SettingJson {
    private SettingJson() {}

    public static void write(JsonGenerator json, Setting setting) throws IOException {
        json.writeStartObject();
        json.writeStringField("key", setting.path());
        json.writeStringField("value", setting.value());
        json.writeStringField("default", setting.standard());
        json.writeStringField("source", setting.origin());
        json.writeStringField("applies", SettingsEdit.isLive(setting.path()) ? "live" : "restart");
        json.writeStringField("form", word(setting.form()));
        switch (setting.form()) {
            case Form.Whole(var min, var max) -> {
                json.writeNumberField("min", min);
                json.writeNumberField("max", max);
            }
            case Form.Real(var min) -> json.writeNumberField("min", min);
            case Form.Choice(var words) -> {
                json.writeArrayFieldStart("choices");
                for (String each : words) {
                    json.writeString(each);
                }
                json.writeEndArray();
            }
            case Form.Flag _, Form.Text _, Form.Texts _, Form.Numbers _, Form.Hidden _ -> {}
        }
        json.writeEndObject();
    }

    private static String word(Form form) {
        return switch (form) {
            case Form.Flag _ -> "flag";
            case Form.Whole _ -> "whole";
            case Form.Real _ -> "number";
            case Form.Text _ -> "text";
            case Form.Choice _ -> "choice";
            case Form.Texts _ -> "texts";
            case Form.Numbers _ -> "numbers";
            case Form.Hidden _ -> "secret";
        };
    }

    static Setting read(JsonNode node) {
        return new Setting(
                node.path("key").asText(),
                node.path("value").asText(),
                node.path("source").asText(),
                form(node),
                node.path("default").asText());
    }

    /// A relay of an older version tells none: then it is a text.
    private static Form form(JsonNode node) {
        return switch (node.path("form").asText()) {
            case "flag" -> new Form.Flag();
            case "whole" ->
                    new Form.Whole(
                            node.path("min").asLong(Long.MIN_VALUE),
                            node.path("max").asLong(Long.MAX_VALUE));
            case "number" -> new Form.Real(node.path("min").asDouble());
            case "choice" -> {
                List<String> words = new ArrayList<>();
                node.path("choices").forEach(word -> words.add(word.asText()));
                yield new Form.Choice(words);
            }
            case "texts" -> new Form.Texts();
            case "numbers" -> new Form.Numbers();
            case "secret" -> new Form.Hidden();
            default -> new Form.Text();
        };
    }
}
