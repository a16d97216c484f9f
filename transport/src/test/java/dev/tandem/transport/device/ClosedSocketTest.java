package dev.tandem.transport.device;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;

class ClosedSocketTest {
    @Test
    void onlyThatItIsClosedGoesNoFurther() {
        EmbeddedChannel socket = new EmbeddedChannel(new ClosedSocket());
        socket.pipeline().fireExceptionCaught(new ClosedChannelException());
        socket.checkException();
        socket.pipeline().fireExceptionCaught(new IOException("no route"));
        assertThrows(IOException.class, socket::checkException);
        socket.close();
    }
}
