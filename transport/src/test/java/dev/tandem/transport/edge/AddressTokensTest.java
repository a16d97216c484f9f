package dev.tandem.transport.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AddressTokensTest {
    private static final InetSocketAddress DEVICE = new InetSocketAddress("192.0.2.7", 4_433);
    private static final byte[] ID = {1, 2, 3, 4, 5, 6, 7, 8};

    private final HandshakeLoad load = new HandshakeLoad();
    private long now = Long.MAX_VALUE - 5; // nanoTime may wrap
    private final AddressTokens tokens = new AddressTokens(load, () -> now);

    private ByteBuf token() {
        ByteBuf out = token(ID);
        assertTrue(out.readableBytes() <= tokens.maxTokenLength());
        return out;
    }

    private ByteBuf token(byte[] id) {
        ByteBuf out = Unpooled.buffer();
        assertTrue(tokens.writeToken(out, Unpooled.wrappedBuffer(id), DEVICE));
        return out;
    }

    private void makeLoad() {
        for (int i = 0; i < HandshakeLoad.MANY_FROM_ONE; i++) {
            load.begin(DEVICE);
        }
    }

    @Test
    void asksForNothingWithoutLoad() {
        ByteBuf out = Unpooled.buffer();
        assertFalse(tokens.writeToken(out, Unpooled.wrappedBuffer(ID), DEVICE));
        assertEquals(0, out.readableBytes());
        makeLoad();
        token();
        load.end(DEVICE);
        assertFalse(tokens.writeToken(out, Unpooled.wrappedBuffer(ID), DEVICE));
        for (int i = 0; i < HandshakeLoad.MANY; i++) {
            load.begin(new InetSocketAddress("192.0.2." + (100 + i), 1));
        }
        assertTrue(load.high(DEVICE), "many handshakes in all are load for everybody");
    }

    @Test
    void takesItsTokenFromThatAddressForAWhile() {
        makeLoad();
        ByteBuf token = token();
        int at = tokens.validateToken(token, DEVICE);
        byte[] id = new byte[ID.length];
        token.getBytes(token.readerIndex() + at, id);
        assertEquals(java.util.Arrays.toString(ID), java.util.Arrays.toString(id));
        assertEquals(token.readableBytes(), at + ID.length, "Netty takes everything up to the end for the id");
        assertEquals(-1, tokens.validateToken(token, new InetSocketAddress("192.0.2.8", 4_433)));
        assertEquals(-1, tokens.validateToken(token, new InetSocketAddress("192.0.2.7", 4_434)));
        assertEquals(-1, tokens.validateToken(token, new InetSocketAddress("192.0.2.7", 4_433 + 256)));
        now += TimeUnit.SECONDS.toNanos(10);
        assertEquals(at, tokens.validateToken(token, DEVICE));
        now += 1;
        assertEquals(-1, tokens.validateToken(token, DEVICE), "too old");
        assertEquals(-1, new AddressTokens(load, () -> now).validateToken(token(), DEVICE), "another edge's key");
    }

    @Test
    void keepsTheKeyBeforeTheLast() {
        makeLoad();
        ByteBuf first = token();
        now += TimeUnit.MINUTES.toNanos(10);
        ByteBuf old = token();
        assertEquals(first.getByte(1), old.getByte(1));
        now += 1;
        ByteBuf fresh = token();
        assertEquals(old.getByte(1) + 1, fresh.getByte(1), "a key is used for ten minutes, and no longer");
        assertTrue(tokens.validateToken(old, DEVICE) >= 0);
        assertTrue(tokens.validateToken(fresh, DEVICE) >= 0);
    }

    @Test
    void takesConnectionIdsOfAsManyBytesAsQuicHas() {
        makeLoad();
        for (int bytes : new int[]{0, 20}) {
            ByteBuf token = token(new byte[bytes]);
            assertEquals(token.readableBytes() - bytes, tokens.validateToken(token, DEVICE), bytes + " bytes");
        }
        assertEquals(-1, tokens.validateToken(token(new byte[21]), DEVICE));
    }

    @Test
    void refusesEveryFlipAndEveryCut() {
        makeLoad();
        ByteBuf good = token();
        for (int bit = 0; bit < 8 * good.readableBytes(); bit++) {
            ByteBuf bad = good.copy();
            bad.setByte(bit / 8, bad.getByte(bit / 8) ^ 1 << bit % 8);
            assertEquals(-1, tokens.validateToken(bad, DEVICE), "bit " + bit);
        }
        for (int length = 0; length < good.readableBytes(); length++) {
            assertEquals(-1, tokens.validateToken(good.copy(0, length), DEVICE), "length " + length);
        }
    }
}
