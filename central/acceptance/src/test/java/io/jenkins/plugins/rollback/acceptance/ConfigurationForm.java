package io.jenkins.plugins.rollback.acceptance;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.Map;

/** The part of Manage Jenkins » System that is ours, as an administrator fills it in. */
final class ConfigurationForm {

    private static final Map<String, String> ADD =
            Map.of("environments", "Add environment", "metricSources", "Add metric source", "claims", "Add claim");

    private final Page page;

    ConfigurationForm(Page page) {
        this.page = page;
    }

    void open() {
        page.navigate("manage/configure");
        button("environments").waitFor();
    }

    /** Adds a line to a list and fills it in, field by field; a line that says the same in a field {@code key} stays. */
    void add(String list, String key, Map<String, String> fields) {
        for (Locator known : lines(list).locator("[name='_." + key + "']").all()) {
            if (known.inputValue().equals(fields.get(key))) {
                return;
            }
        }
        int before = lines(list).count();
        button(list).scrollIntoViewIfNeeded();
        button(list).click();
        Locator line = lines(list).nth(before);
        line.waitFor();
        fields.forEach((name, value) -> {
            Locator field = line.locator("[name='_." + name + "']").first();
            if (field.evaluate("f => f.tagName").equals("SELECT")) {
                field.selectOption(value); // waits until Jenkins has filled the choices in
            } else {
                field.fill(value);
            }
        });
    }

    /** Scrolls a list to the top of the window. */
    void show(String list) {
        lines(list).first().evaluate("e => { e.scrollIntoView(); window.scrollBy(0, -180); }");
    }

    void save() {
        page.click("button[name=Submit]");
        page.waitForURL(address -> !address.contains("configure"));
    }

    private Locator lines(String list) {
        return page.locator("div.repeated-chunk[name='" + list + "']");
    }

    private Locator button(String list) {
        return page.locator("button.repeatable-add:has-text('" + ADD.get(list) + "')")
                .last();
    }
}
