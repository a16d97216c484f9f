package dev.tandem.transport.session;

import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Failure;
import dev.tandem.transport.frame.Hello;
import dev.tandem.transport.frame.PackIdentity;

/** Whether two ends can work together, and if not why, with what both hold. */
public final class HelloCheck {
    private HelloCheck() {
    }

    /** Null when the edge can serve this device. */
    public static Failure refusal(Hello device, PackIdentity edge) {
        if (device.lowestVersion() > Hello.VERSION || device.highestVersion() < Hello.VERSION) {
            return Failure.of(ErrorCode.UNSUPPORTED_VERSION,
                    "hello refused: the device speaks protocol versions [" + device.lowestVersion() + " to "
                            + device.highestVersion() + "], the edge speaks [" + Hello.VERSION
                            + "]; update the older one");
        }
        ErrorCode code = mismatch(device.pack(), edge);
        return code == null ? null : Failure.of(code, "hello refused: " + difference(device.pack(), edge));
    }

    /** PACK_MISMATCH, TABLES_MISMATCH or null. */
    public static ErrorCode mismatch(PackIdentity device, PackIdentity edge) {
        if (!device.samePack(edge)) {
            return ErrorCode.PACK_MISMATCH;
        }
        return device.sameTables(edge) ? null : ErrorCode.TABLES_MISMATCH;
    }

    /** Both ends' hashes in words. */
    public static String difference(PackIdentity device, PackIdentity edge) {
        return "the device holds pack [" + device.packHex() + "] with tables [" + device.tableHex()
                + "], the edge holds pack [" + edge.packHex() + "] with tables [" + edge.tableHex()
                + "]; both need the same pack folder, byte for byte";
    }
}
