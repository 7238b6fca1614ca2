package hal0.slots.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A line to a server of this machine that carries so many bytes a second and no more: how far
/// something is that comes over it can be watched on the fastest machine.
final class NarrowLine implements AutoCloseable {
    private static final long BYTES_A_SECOND = 40L * 1024 * 1024;
    private static final int PIECE = 256 * 1024;

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private NarrowLine(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
    }

    static NarrowLine to(int port) throws IOException {
        NarrowLine line =
                new NarrowLine(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
        Thread.ofVirtual().name("narrow-line").start(line::accept);
        return line;
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket there = new Socket();
                open.add(client);
                open.add(there);
                Thread.ofVirtual().start(() -> carry(client, there));
            } catch (IOException e) {
                // Closed: nobody is let in any more.
                return;
            }
        }
    }

    private void carry(Socket client, Socket there) {
        try (client;
                there) {
            there.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
            Thread asking = Thread.ofVirtual().start(() -> copy(client, there, Long.MAX_VALUE));
            copy(there, client, BYTES_A_SECOND);
            client.close();
            there.close();
            asking.join();
        } catch (IOException e) {
            // Either end has gone; so does the other one, which is how the end learns of it.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
            open.remove(there);
        }
    }

    private static void copy(Socket from, Socket to, long bytesASecond) {
        byte[] piece = new byte[PIECE];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                out.write(piece, 0, read);
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(read) / bytesASecond);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            // The end of a connection that was cut; the other end is closed by who carries.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
