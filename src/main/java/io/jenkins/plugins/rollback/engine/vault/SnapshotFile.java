package io.jenkins.plugins.rollback.engine.vault;

import io.jenkins.plugins.rollback.engine.model.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** The snapshot of a release: a YAML file about its surroundings, checked when it is retained, not when it is needed. */
public final class SnapshotFile {

    /** A description, not an archive. */
    public static final int LARGEST = 1024 * 1024;

    private SnapshotFile() {}

    /**
     * Reads a snapshot and refuses what is not well-formed YAML. Only plain YAML is understood: a tag that asks for a
     * Java class is an error.
     *
     * @param name the file as the user named it
     * @return its bytes
     * @throws IOException naming the file, the line and the column
     */
    public static byte[] read(String name, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw new IOException("snapshot '" + Printable.of(name) + "' is larger than " + LARGEST + " bytes");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException("snapshot '" + Printable.of(name) + "' is not UTF-8", e);
        }
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try {
            new Yaml(new SafeConstructor(options)).load(text);
        } catch (MarkedYAMLException e) {
            String where = e.getProblemMark() == null
                    ? ""
                    : ": line " + (e.getProblemMark().getLine() + 1) + ", column "
                            + (e.getProblemMark().getColumn() + 1);
            throw new IOException(
                    "snapshot '" + Printable.of(name) + "' is not YAML" + where + ": " + e.getProblem(), e);
        } catch (YAMLException e) {
            throw new IOException(
                    "snapshot '" + Printable.of(name) + "' is not YAML: "
                            + Printable.of(String.valueOf(e.getMessage())),
                    e);
        }
        return bytes;
    }
}
