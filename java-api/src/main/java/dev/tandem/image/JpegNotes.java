package dev.tandem.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import org.w3c.dom.Node;

/**
 * What a JPEG file says of itself, beside its pixels. Immutable.
 *
 * @param synthetic whether a network made the picture up: an XMP packet then says so as IPTC has it
 * @param comment   for people, kept as UTF-8; empty: none
 */
public record JpegNotes(boolean synthetic, String comment) {
    /** Nothing. */
    public static final JpegNotes NONE = new JpegNotes(false, "");
    /** IPTC's term for a picture that a trained algorithm made. */
    public static final String SYNTHETIC = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";

    private static final String TREE = "javax_imageio_jpeg_image_1.0";
    private static final String APP1 = "225";
    private static final String XMP_NAMESPACE = "http://ns.adobe.com/xap/1.0/\0";
    private static final int LONGEST = 65_533;
    private static final String XMP = """
            <?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/">
              <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
                <rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">
                  <Iptc4xmpExt:DigitalSourceType>%s</Iptc4xmpExt:DigitalSourceType>
                </rdf:Description>
              </rdf:RDF>
            </x:xmpmeta>
            <?xpacket end="r"?>""".replace("%s", SYNTHETIC);

    /** Refuses a comment that no segment holds. */
    public JpegNotes {
        int bytes = comment.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LONGEST) {
            throw new IllegalArgumentException("a JPEG comment of [" + bytes + "] bytes; at most " + LONGEST
                    + " fit a segment");
        }
    }

    /** Adds them to what a writer is going to write. */
    void addTo(IIOMetadata metadata) throws IIOInvalidTreeException {
        Node root = metadata.getAsTree(TREE);
        Node markers = root.getLastChild();
        if (synthetic) {
            IIOMetadataNode app1 = segment("unknown", XMP_NAMESPACE, XMP);
            app1.setAttribute("MarkerTag", APP1);
            markers.insertBefore(app1, markers.getFirstChild());
        }
        if (!comment.isEmpty()) {
            markers.insertBefore(segment("com", comment), markers.getFirstChild());
        }
        metadata.setFromTree(TREE, root);
    }

    private static IIOMetadataNode segment(String name, String... texts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String text : texts) {
            bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        }
        IIOMetadataNode node = new IIOMetadataNode(name);
        node.setUserObject(bytes.toByteArray());
        return node;
    }
}
