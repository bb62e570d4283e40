package io.jenkins.plugins.rollback.engine.ledger.export;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/**
 * Text on pages of A4, from the top down, a new page when one is full. The font is embedded (Liberation Sans, which
 * PDFBox carries), so no font of the machine is looked for; a sign that it lacks becomes a question mark.
 */
final class PdfPages implements Closeable {

    private static final float MARGIN = 50;
    private static final float SMALL = 8;
    private static final float NORMAL = 10;
    private static final float LABEL = 130;
    private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    private final PDDocument document = new PDDocument();
    private final PDFont font;
    private final float width = PDRectangle.A4.getWidth() - 2 * MARGIN;
    private PDPageContentStream page;
    private float y;

    PdfPages(String title) throws IOException {
        try (InputStream in = PDDocument.class.getResourceAsStream(FONT)) {
            font = PDType0Font.load(document, in, true);
        }
        document.getDocumentInformation().setTitle(title);
    }

    void title(String text) throws IOException {
        write(text, MARGIN, 18, 30);
    }

    void heading(String text) throws IOException {
        space();
        write(text, MARGIN, 13, 20);
    }

    /** A label and what it says. */
    void line(String label, String text) throws IOException {
        List<String> lines = wrap(text, NORMAL, width - LABEL);
        room(14);
        put(label, MARGIN, NORMAL);
        for (String line : lines) {
            write(line, MARGIN + LABEL, NORMAL, 14);
        }
    }

    /** A paragraph. */
    void text(String text) throws IOException {
        for (String line : wrap(text, NORMAL, width)) {
            write(line, MARGIN, NORMAL, 14);
        }
    }

    /** A remark under a row. */
    void note(String text) throws IOException {
        for (String line : wrap(text, SMALL, width - 40)) {
            write(line, MARGIN + 40, SMALL, 11);
        }
    }

    /**
     * Cells beside each other, each cut to its column.
     *
     * @param columns where each begins, in points from the margin
     */
    void row(float[] columns, String... cells) throws IOException {
        room(12);
        for (int i = 0; i < cells.length; i++) {
            float end = i + 1 < columns.length ? columns[i + 1] - 4 : width;
            put(cut(cells[i], SMALL, end - columns[i]), MARGIN + columns[i], SMALL);
        }
        y -= 12;
    }

    void space() {
        y -= 10;
    }

    private void write(String text, float x, float size, float height) throws IOException {
        room(height);
        put(text, x, size);
        y -= height;
    }

    /** Turns the page when there is no room for so much more. */
    private void room(float height) throws IOException {
        if (page == null || y - height < MARGIN) {
            if (page != null) {
                page.close();
            }
            PDPage next = new PDPage(PDRectangle.A4);
            document.addPage(next);
            page = new PDPageContentStream(document, next);
            y = PDRectangle.A4.getHeight() - MARGIN - 10;
        }
    }

    private void put(String text, float x, float size) throws IOException {
        page.beginText();
        page.setFont(font, size);
        page.newLineAtOffset(x, y);
        page.showText(printable(text));
        page.endText();
    }

    private List<String> wrap(String text, float size, float most) throws IOException {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : printable(text).split(" ")) {
            if (!line.isEmpty() && length(line + " " + word, size) > most) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(cut(word, size, most));
        }
        lines.add(line.toString());
        return lines;
    }

    private String cut(String text, float size, float most) throws IOException {
        String shown = printable(text);
        if (length(shown, size) <= most) {
            return shown;
        }
        while (!shown.isEmpty() && length(shown + "...", size) > most) {
            shown = shown.substring(0, shown.offsetByCodePoints(shown.length(), -1));
        }
        return shown + "...";
    }

    private float length(String text, float size) throws IOException {
        return font.getStringWidth(text) / 1000 * size;
    }

    /** The text with what the font cannot show, control characters included, replaced. */
    private String printable(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(sign -> {
            if (Character.isWhitespace(sign)) {
                shown.append(' ');
            } else {
                shown.appendCodePoint(has(sign) ? sign : '?');
            }
        });
        return shown.toString();
    }

    private boolean has(int sign) {
        if (sign < ' ') {
            return false;
        }
        try {
            font.encode(Character.toString(sign));
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    void save(OutputStream out) throws IOException {
        page.close();
        page = null;
        document.save(out);
    }

    @Override
    public void close() throws IOException {
        document.close();
    }
}
