package hal0.tui.state;

import java.util.List;

/// Picks what is to be copied of what was answered. Pure.
public final class Answers {
    private Answers() {}

    /// **Shape** `which` is empty for the last of `answers`, which are the newest first, a number
    /// for the last but so many less one, or `code` for the last block of code.
    public static UiEvent picked(List<String> answers, String which) {
        if (which.isEmpty()) {
            return nth(answers, 1);
        }
        if (which.equals("code")) {
            for (String answer : answers) {
                String code = lastCode(answer);
                if (!code.isEmpty()) {
                    return new UiEvent.ToCopy(code, "the last code block");
                }
            }
            return new UiEvent.Noted("there is no code block in this conversation");
        }
        boolean number = which.length() < 6 && which.chars().allMatch(c -> c >= '0' && c <= '9');
        return number
                ? nth(answers, Integer.parseInt(which))
                : new UiEvent.Noted("/copy, /copy code, or /copy 2 for the last answer but one");
    }

    private static UiEvent nth(List<String> answers, int number) {
        if (number < 1 || number > answers.size()) {
            return new UiEvent.Noted(
                    switch (answers.size()) {
                        case 0 -> "there is no answer to copy";
                        case 1 -> "there is one answer only: /copy";
                        default -> "there are %d answers".formatted(answers.size());
                    });
        }
        String what = number == 1 ? "the last answer" : "answer %d from the end".formatted(number);
        return new UiEvent.ToCopy(answers.get(number - 1).strip(), what);
    }

    /// Empty where there is none. One that was not closed goes to the end.
    private static String lastCode(String answer) {
        String fence = null;
        StringBuilder open = new StringBuilder();
        String last = "";
        for (String line : answer.lines().toList()) {
            String body = line.strip();
            if (fence == null && (body.startsWith("```") || body.startsWith("~~~"))) {
                fence = body.substring(0, marks(body));
                open.setLength(0);
            } else if (fence != null && body.startsWith(fence) && marks(body) == body.length()) {
                last = open.toString();
                fence = null;
            } else if (fence != null) {
                open.append(line).append('\n');
            }
        }
        return fence == null || open.isEmpty() ? last : open.toString();
    }

    private static int marks(String line) {
        int end = 0;
        while (end < line.length() && line.charAt(end) == line.charAt(0)) {
            end++;
        }
        return end;
    }
}
