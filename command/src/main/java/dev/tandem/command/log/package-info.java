/** How the command lines log, found by Logback's own services. Keeps out everything else: who logs knows SLF4J only. */
package dev.tandem.command.log;
