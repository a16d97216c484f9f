package dev.tandem.hil.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files that an evaluation leaves beside its logs. */
final class EvalFiles {
    private EvalFiles() {
    }

    static String json(EvalReport report) throws JsonProcessingException {
        return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report);
    }

    /** Writes them all, and gives their names. */
    static List<String> write(EvalReport report, Path folder) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("results.json", json(report) + "\n");
        files.put("results.md", report.markdown());
        files.put("results.svg", report.svg());
        report.costSvg().ifPresent(svg -> files.put("cost.svg", svg));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        return List.copyOf(files.keySet());
    }
}
