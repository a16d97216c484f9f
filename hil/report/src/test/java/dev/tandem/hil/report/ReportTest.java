package dev.tandem.hil.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class ReportTest {

    @Test
    void tableLinesUp() {
        assertEquals("""
                | point | bytes |
                |:------|------:|
                | raw   |     7 |
                """, new MarkdownTable(List.of("point", "bytes")).row(List.of("raw", "7")).toString());
    }

    @Test
    void plotsAreXmlAndEscapeTheirWords() throws Exception {
        Map<String, Double> stages = new LinkedHashMap<>();
        stages.put("device <&>", 12.0);
        stages.put("link", 3.0);
        String bars = new StackedBars("where \"it\" went").add("a & b", stages).svg();
        String linear = ScatterPlot.linear("loss", "%")
                .add("usual", new ScatterPlot.Mark("0", 0, new Interval(0.5, 0.4, 0.6)))
                .add("usual", new ScatterPlot.Mark("30", 30, new Interval(0.4, 0.3, 0.5))).svg();
        String scatter = ScatterPlot.logarithmic("a < b", "bytes")
                .add("tofc", new ScatterPlot.Mark("c16", 800, new Interval(0.5, 0.45, 0.55)))
                .add("tofc", new ScatterPlot.Mark("c8", 400, new Interval(0.4, 0.35, 0.45))).svg();
        for (String svg : List.of(bars, scatter, linear)) {
            var document = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                    .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
            assertEquals("svg", document.getDocumentElement().getTagName());
            assertFalse(svg.contains("NaN"));
        }
        for (String tick : List.of(">0<", ">10<", ">30<")) {
            assertTrue(linear.contains(tick), tick);
        }
    }
}
