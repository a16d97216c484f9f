package dev.tandem.transport.netty;

import java.nio.file.Path;

/**
 * PEM files of one end.
 *
 * @param certificate own certificate, followed by intermediate ones if there are any
 * @param key private key of it, PKCS#8 without password; readable by its owner only
 * @param trust certificates of the authorities that the other end's certificate must come from
 */
public record Credentials(Path certificate, Path key, Path trust) {}
