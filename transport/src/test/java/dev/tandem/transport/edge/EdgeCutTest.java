package dev.tandem.transport.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.transport.frame.End;
import dev.tandem.transport.wire.TcpWire;
import dev.tandem.transport.wire.WireCounter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Where a stream is cut into pieces makes no difference to what the edge says. */
class EdgeCutTest {
    private final FuzzEdge fuzz = new FuzzEdge();

    /** Hostile scripts of some hundred bytes, each cut in two at every byte. */
    @Test
    void readsEveryCutAlike() {
        long seed = 0;
        for (int scripts = 0; scripts < 4; seed++) {
            byte[] bytes = script(seed);
            if (bytes.length > 2_000) {
                continue;
            }
            scripts++;
            String whole = answers(bytes, bytes.length);
            for (int cut = 0; cut < bytes.length; cut++) {
                assertEquals(whole, answers(bytes, cut), "cut at [" + cut + "] of script [" + seed + "]");
            }
        }
    }

    private static byte[] script(long seed) {
        FuzzFrames frames = new FuzzFrames(new SplittableRandom(seed), FuzzEdge.LIMITS);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(frames.opening());
        for (int i = 0; i < 16; i++) {
            all.writeBytes(frames.next());
        }
        return all.toByteArray();
    }

    private String answers(byte[] bytes, int cut) {
        StringBuilder said = new StringBuilder();
        WireCounter counter = new WireCounter();
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.config().setAllocator(fuzz.buffers);
        channel.freezeTime();
        channel.pipeline().addLast(counter);
        new TcpWire(End.DEVICE, counter, null, made -> new EdgeConnection(fuzz.edge, made, () -> {
        })).addTo(channel.pipeline());
        for (int[] part : new int[][]{{0, cut}, {cut, bytes.length}}) {
            if (channel.isOpen()) {
                channel.writeInbound(fuzz.buffers.buffer().writeBytes(bytes, part[0], part[1] - part[0]));
            }
        }
        channel.close();
        channel.checkException();
        for (ByteBuf each; (each = channel.readOutbound()) != null; each.release()) {
            said.append(ByteBufUtil.hexDump(each)).append('\n');
        }
        return said.toString();
    }
}
