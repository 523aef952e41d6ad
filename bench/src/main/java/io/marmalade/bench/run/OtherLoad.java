package io.marmalade.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Watches how many cores other processes keep busy: all work of the machine less that of this
 * process and its children, over ten seconds.
 */
final class OtherLoad implements AutoCloseable {
    private static final int WINDOW = 20;

    private final Thread thread;
    private final Deque<double[]> samples = new ArrayDeque<>();
    private volatile double most;

    OtherLoad(long everyMillis) {
        thread =
                Thread.ofPlatform()
                        .name("other-load")
                        .daemon()
                        .start(() -> {
                            try {
                                while (true) {
                                    sample();
                                    TimeUnit.MILLISECONDS.sleep(everyMillis);
                                }
                            } catch (InterruptedException | IOException e) {
                                // Where the system does not tell, nothing is known of others.
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    /** Returns how many cores others kept busy at most. */
    double most() {
        return Double.parseDouble(String.format(Locale.ROOT, "%.2f", most));
    }

    private void sample() throws IOException {
        String[] all =
                Files.readString(Path.of("/proc/stat")).lines().findFirst().orElse("").split(" +");
        double busy = 0;
        for (int field : new int[] {1, 2, 3, 6, 7}) {
            busy += Double.parseDouble(all[field]);
        }
        double own = ticks(ProcessHandle.current().pid());
        for (ProcessHandle child : ProcessHandle.current().descendants().toList()) {
            try {
                own += ticks(child.pid());
            } catch (IOException e) {
                // It has ended meanwhile; its ticks are then in its parent's.
                own += 0;
            }
        }
        samples.addLast(new double[] {System.nanoTime() / 1e9, busy / 100, own / 100});
        if (samples.size() > WINDOW) {
            double[] first = samples.removeFirst();
            double[] last = samples.getLast();
            double others = last[1] - first[1] - (last[2] - first[2]);
            most = Math.max(most, others / (last[0] - first[0]));
        }
    }

    /** Time on the processor, with that of children that have ended, in hundredths of a second. */
    private static double ticks(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        double sum = 0;
        for (int field = 11; field <= 14; field++) {
            sum += Double.parseDouble(fields[field]);
        }
        return sum;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
