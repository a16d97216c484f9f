package dev.tandem.hil.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
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

    @Test
    void aRowOfAnotherLengthIsAMistakeOfOurs() {
        MarkdownTable table = new MarkdownTable(List.of("point", "bytes"));
        assertThrows(IllegalArgumentException.class, () -> table.row(List.of("raw")));
    }

    @Test
    void aPlotWithoutMarksIsStillAPlot() {
        for (String svg : List.of(ScatterPlot.logarithmic("nothing", "bytes").svg(),
                ScatterPlot.linear("nothing", "%").svg(), new StackedBars("nothing").svg())) {
            assertTrue(svg.endsWith("</svg>\n") && !svg.contains("NaN") && !svg.contains("Infinity"), svg);
        }
    }

    @Test
    void everyBarIsAsLongAsItsTimeAndEveryStageHasOneColour() {
        String svg = new StackedBars("times").add("half", Map.of("edge", 50.0)).add("whole", Map.of("edge", 100.0))
                .svg();
        assertTrue(svg.contains("width=\"560.00\"") && svg.contains("width=\"280.00\""), svg);
        assertEquals(1, svg.lines().filter(line -> line.contains("<title>edge: ")).map(line -> line.replaceAll(
                ".*fill=\"(#[0-9a-f]+)\".*", "$1")).distinct().count(), svg);
    }

    @Test
    void theMachineNamesItself() {
        Machine here = Machine.here();
        assertTrue(here.cores() >= 1 && here.toString().contains(here.cpu()), here.toString());
        assertTrue(here.toString().contains("Java " + Runtime.version().feature()), here.toString());
    }
}
