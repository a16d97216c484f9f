package dev.tandem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for the sources of all modules (docs/design.md), read as text from the checkout that this module lies in. */
class HouseTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int MOST_FILES = 35;
    private static final Pattern METHOD = Pattern.compile("\"(tofc|patches|bottleneck|squeeze)\"");
    private static final Pattern UNBRACED = Pattern
            .compile("(?m)^ +(?:if|for|while) \\([^\\n{]*\\)\\n +(?![&|?:.+])\\S");
    /** What takes the default locale: files and messages would hold another country's digits. */
    private static final Pattern OF_A_COUNTRY = Pattern.compile("\\.formatted\\(|(?:String\\.format|\\.printf)\\("
            + "(?!\\s*Locale\\.)|to(?:Lower|Upper)Case\\(\\)|new (?:Formatter|DecimalFormat|SimpleDateFormat|Scanner)\\("
            + "|(?:Number|Message)Format\\.|ofPattern\\((?![^;]*Locale\\.)");
    private static final Pattern UNKNOWN_DOCUMENT = Pattern.compile("\\bspec (?:Part|Method|A\\d)");

    /** Path below the root, to contents. */
    private static Map<String, String> sources(String... parts) throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String path = ROOT.relativize(file).toString();
                if (path.endsWith(".java") && !path.contains("target/") && !path.startsWith(".")
                        && Stream.of(parts).anyMatch(path::contains)) {
                    found.put(path, Files.readString(file));
                }
            }
        }
        assertTrue(found.size() > 50, "no sources below " + ROOT);
        return found;
    }

    private static List<String> holding(Map<String, String> sources, Pattern pattern) {
        List<String> found = new ArrayList<>();
        sources.forEach((path, text) -> {
            Matcher matcher = pattern.matcher(text);
            if (matcher.find()) {
                found.add(path + ": " + matcher.group().strip());
            }
        });
        return found;
    }

    @Test
    void aMethodIsNamedInItsFolderOnly() throws IOException {
        Map<String, String> elsewhere = sources("src/main/java/");
        elsewhere.keySet().removeIf(path -> path.matches(".*/method/(tofc|patches|bottleneck|squeeze)/.*"));
        assertEquals(List.of(), holding(elsewhere, METHOD));
    }

    @Test
    void aPackageCanBeHeldInTheHeadAndSaysWhatItIsFor() throws IOException {
        Map<String, Integer> files = new TreeMap<>();
        Map<String, String> all = sources("src/main/java/dev/");
        all.keySet().forEach(path -> files.merge(path.substring(0, path.lastIndexOf('/')), 1, Integer::sum));
        List<String> wrong = new ArrayList<>();
        files.forEach((folder, count) -> {
            if (count > MOST_FILES) {
                wrong.add(folder + " has " + count + " files");
            }
            if (!all.containsKey(folder + "/package-info.java")) {
                wrong.add(folder + " has no package-info");
            }
        });
        assertEquals(List.of(), wrong);
    }

    @Test
    void numbersAndLettersAreTheSameInEveryCountry() throws IOException {
        assertEquals(List.of(), holding(sources("src/main/java/"), OF_A_COUNTRY));
    }

    @Test
    void bodiesHaveBraces() throws IOException {
        assertEquals(List.of(), holding(sources("src/main/java/", "src/test/java/"), UNBRACED));
    }

    @Test
    void commentsPointToDocumentsThatAreHere() throws IOException {
        assertEquals(List.of(), holding(sources("src/main/java/", "src/test/java/"), UNKNOWN_DOCUMENT));
        Pattern document = Pattern.compile("docs/([a-z-]+(?:/[a-z-]+)*\\.md)");
        List<String> missing = new ArrayList<>();
        sources("src/main/java/").forEach((path, text) -> {
            Matcher matcher = document.matcher(text);
            while (matcher.find()) {
                if (!Files.isRegularFile(ROOT.resolve(matcher.group()))) {
                    missing.add(path + ": " + matcher.group());
                }
            }
        });
        assertEquals(List.of(), missing);
    }

    @Test
    void everyModuleSaysWhatItExports() throws IOException {
        List<String> without = new ArrayList<>();
        try (Stream<Path> files = Files.walk(ROOT, 3)) {
            for (Path pom : files.filter(file -> file.endsWith("pom.xml")).toList()) {
                Path main = pom.resolveSibling("src/main/java");
                if (Files.isDirectory(main)
                        && !Files.isRegularFile(pom.resolveSibling("src/main/module/module-info.java"))) {
                    without.add(ROOT.relativize(pom).toString());
                }
            }
        }
        assertEquals(List.of(), without);
    }
}
