package dev.tandem.pack;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.tensor.DType;
import dev.tandem.tensor.TensorInfo;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** A tensor of a graph as stored: a name, a dtype in lower case, dimensions with -1 where dynamic; none is a scalar. */
final class TensorReader extends JsonDeserializer<TensorInfo> {
    private static final Set<String> FIELDS = Set.of("name", "dtype", "shape");

    @Override
    public TensorInfo deserialize(JsonParser in, DeserializationContext context) throws IOException {
        JsonNode tensor = context.readTree(in);
        for (var field : tensor.properties()) {
            if (!FIELDS.contains(field.getKey())) {
                throw JsonMappingException.from(in, "unknown field " + field.getKey() + " of a tensor");
            }
        }
        String dtype = tensor.path("dtype").asText();
        DType known = Arrays.stream(DType.values()).filter(d -> d.name().toLowerCase(Locale.ROOT).equals(dtype))
                .findFirst().orElseThrow(() -> JsonMappingException.from(in, "unknown dtype " + dtype));
        JsonNode shape = tensor.path("shape");
        long[] dimensions = new long[shape.size()];
        for (int i = 0; i < dimensions.length; i++) {
            if (!shape.get(i).isIntegralNumber() || !shape.get(i).canConvertToLong()) {
                throw JsonMappingException.from(in, "a dimension that is no whole number: " + shape.get(i));
            }
            dimensions[i] = shape.get(i).longValue();
        }
        return new TensorInfo(tensor.path("name").asText(), known, dimensions);
    }
}
