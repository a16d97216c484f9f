package dev.tandem.transport.device;

import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.tls.Certificates;
import dev.tandem.transport.tls.TlsFailure;

/** Why a device has no connection, in words, as far as a device can know. */
final class EndReasons {
    private static final String BEFORE_HELLO = "the edge closed the connection before its hello; it may have refused this "
            + "device's certificate, or has too many devices: its log says which";

    private final ClientSettings settings;

    EndReasons(ClientSettings settings) {
        this.settings = settings;
    }

    /** TLS was done here and failed there: in TLS 1.3 the edge looks at the device's certificate last. */
    static boolean dropped(TlsFailure why, boolean tlsDone) {
        return tlsDone && why.code() == ErrorCode.TLS_FAILED;
    }

    String refused(TlsFailure why, boolean tlsDone) {
        return (dropped(why, tlsDone) ? BEFORE_HELLO + " [" + why.reason() + "]" : why.reason()) + ownFindings();
    }

    /** {@code said} is the edge's reason, or null; {@code opened}: its hello had come. */
    String down(String said, boolean opened) {
        String words = said == null ? "" : ": " + said;
        return opened ? "the edge closed the connection, or it was lost" + words : BEFORE_HELLO + words + ownFindings();
    }

    private String ownFindings() {
        String findings = settings.lab()
                ? ""
                : String.join("; ", Certificates.check(settings.credentials(), null));
        return findings.isEmpty() ? "" : "; this device's own check says: " + findings;
    }
}
