package io.marmalade.pvm.jit;

import io.marmalade.pvm.GuestMemory;
import io.marmalade.pvm.PageAccess;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A guest memory in one array on the Java heap, for JVMs without the flags that {@link Mapping}
 * needs.
 *
 * <p>The array is made of frames of a page's size; a table of two levels says which page is in
 * which frame. Runs of pages that are mapped together lie in consecutive frames, so that an access
 * across pages needs no care; what is not consecutive is left to the interpreter. Large runs get
 * their frames page by page when they are first written. Invariants: frame 0 stands for none; frame
 * 1 is zero for ever and read by compiled code in place of pages never written; a frame that is
 * free is zero. Not thread-safe.
 */
final class ArrayMemory extends RangedMemory {
    /** Views of the array; used by compiled code. */
    static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** An entry of the table: the page's access, whether it was ever mapped, and its frame. */
    private static final int ACCESS = 3;

    private static final int EVER_MAPPED = 4;
    private static final int FRAME_SHIFT = 3;

    private static final int ZERO_FRAME = 1;
    private static final int FIRST_FRAMES = 32;
    private static final int MAX_FRAMES = (Integer.MAX_VALUE - 8 >>> 12) + 1;

    /** Runs of more pages than this get no frames before they are written. */
    private static final int EAGER_PAGES = 1 << 10;

    /** Once there are so many frames, no run gets any before it is written. */
    private static final int EAGER_FRAMES = 1 << 14;

    private static final PageAccess[] ACCESSES = PageAccess.values();

    /** All frames from {@link #ZERO_FRAME} on; read by compiled code, replaced when it grows. */
    byte[] octets = new byte[FIRST_FRAMES << 12];

    private final int[] @Nullable [] table = new int[1 << 10][];
    private int nextFrame = ZERO_FRAME + 1;
    private int[] free = {};
    private int freeCount;
    private long mappedPages;

    /** Frames kept for the pages behind the heap. */
    private int roomPage = -1;

    private int roomFrame;
    private int roomFrames;

    @Override
    void close() {
        octets = new byte[0];
        Arrays.fill(table, null);
        cut(0, 1L << 32);
    }

    private int entry(int page) {
        int[] leaf = table[page >>> 10];
        return leaf == null ? 0 : leaf[page & 1023];
    }

    private void setEntry(int page, int entry) {
        int[] leaf = table[page >>> 10];
        if (leaf == null) {
            if (entry == 0) {
                return;
            }
            leaf = new int[1024];
            table[page >>> 10] = leaf;
        }
        leaf[page & 1023] = entry;
    }

    private int frame(int page) {
        return entry(page) >>> FRAME_SHIFT;
    }

    private static int offset(int frame) {
        return frame - ZERO_FRAME << 12;
    }

    private static long delta(int page, int frame) {
        return offset(frame) - ((long) page << 12);
    }

    @Override
    public PageAccess access(int page) {
        checkPages(page, 1);
        return ACCESSES[entry(page) & ACCESS];
    }

    @Override
    public void setAccess(int firstPage, int pages, PageAccess access) {
        change(firstPage, pages, access, false);
    }

    @Override
    public void reset(int firstPage, int pages, PageAccess access) {
        change(firstPage, pages, access, true);
    }

    private void change(int firstPage, int pages, PageAccess access, boolean reset) {
        checkPages(firstPage, pages);
        if (pages == 0) {
            return;
        }
        int end = firstPage + pages;
        boolean fresh = true;
        for (int page = firstPage; page < end; page++) {
            int before = entry(page);
            int after = before & -(1 << FRAME_SHIFT);
            if (access != PageAccess.NONE || !reset) {
                after |= before & EVER_MAPPED;
            }
            if (access != PageAccess.NONE) {
                after |= EVER_MAPPED | access.ordinal();
            }
            if (reset && after >>> FRAME_SHIFT != 0) {
                int at = offset(after >>> FRAME_SHIFT);
                Arrays.fill(octets, at, at + PAGE_SIZE, (byte) 0);
                if (access == PageAccess.NONE) {
                    release(after >>> FRAME_SHIFT);
                    after &= (1 << FRAME_SHIFT) - 1;
                }
            }
            fresh &= after >>> FRAME_SHIFT == 0;
            mappedPages += ((after & EVER_MAPPED) - (before & EVER_MAPPED)) / EVER_MAPPED;
            setEntry(page, after);
        }
        if (access != PageAccess.WRITE) {
            cut((long) firstPage << 12, (long) end << 12);
        }
        if (fresh
                && access != PageAccess.NONE
                && pages <= EAGER_PAGES
                && nextFrame < EAGER_FRAMES) {
            int frame = place(firstPage, pages, true);
            for (int index = 0; index < pages && frame != 0; index++) {
                setEntry(
                        firstPage + index, entry(firstPage + index) | frame + index << FRAME_SHIFT);
            }
        }
        if (access == PageAccess.WRITE) {
            widenTo(firstPage, end);
        }
    }

    /** Takes note of what is writable now, a run of consecutive frames at a time. */
    private void widenTo(int firstPage, int end) {
        int page = Math.max(firstPage, NO_ACCESS_BELOW);
        while (page < end) {
            int frame = frame(page);
            int stop = page + 1;
            while (stop < end && frame(stop) == (frame == 0 ? 0 : frame + stop - page)) {
                stop++;
            }
            if (frame != 0) {
                widen((long) page << 12, (long) stop << 12, delta(page, frame));
            }
            page = stop;
        }
    }

    /**
     * Finds consecutive frames for pages, behind that of the page in front where it can be.
     *
     * @param mayMove whether frames that are in use may change their place for it
     * @return the first of them, or 0 if there are enough free ones, but not in a row
     */
    private int place(int firstPage, int pages, boolean mayMove) {
        int before = firstPage == 0 ? 0 : frame(firstPage - 1);
        boolean behind = before != 0 && before + 1 == nextFrame;
        if (!behind
                && mayMove
                && !(firstPage == roomPage && pages <= roomFrames)
                && lowStart < lowEnd
                && (long) firstPage << 12 == lowEnd) {
            moveLow(firstPage, pages);
        }
        if (firstPage == roomPage && pages <= roomFrames) {
            int frame = roomFrame;
            roomPage += pages;
            roomFrame += pages;
            roomFrames -= pages;
            return frame;
        }
        if (freeCount >= pages && (pages == 1 ? !behind : !fits(pages))) {
            return pages == 1 ? free[--freeCount] : 0;
        }
        return take(pages);
    }

    private boolean fits(int pages) {
        return offset(nextFrame) + ((long) pages << 12) <= octets.length;
    }

    private int take(int pages) {
        int frame = nextFrame;
        if (pages > MAX_FRAMES - frame) {
            throw new OutOfMemoryError("a guest's memory of 2 GiB");
        }
        if (!fits(pages)) {
            long needed = offset(frame) + ((long) pages << 12);
            long limit = (long) offset(MAX_FRAMES);
            octets =
                    Arrays.copyOf(
                            octets, (int) Math.max(needed, Math.min(limit, 2L * octets.length)));
        }
        nextFrame += pages;
        return frame;
    }

    /**
     * Moves the lower range, which is to grow, to where there is room behind it: as much again as
     * it has, so that growing costs no more than twice what it moves.
     */
    private void moveLow(int endPage, int pages) {
        int first = (int) (lowStart >>> 12);
        int moved = endPage - first;
        int room = moved + 2 * pages;
        if (room > EAGER_FRAMES || nextFrame + moved + room > EAGER_FRAMES) {
            return;
        }
        int from = frame(first);
        int to = take(moved + room);
        System.arraycopy(octets, offset(from), octets, offset(to), moved << 12);
        Arrays.fill(octets, offset(from), offset(from + moved), (byte) 0);
        for (int index = 0; index < moved; index++) {
            setEntry(
                    first + index,
                    entry(first + index) & (1 << FRAME_SHIFT) - 1 | to + index << FRAME_SHIFT);
        }
        while (roomFrames > 0) {
            release(roomFrame + --roomFrames);
        }
        for (int frame = from; frame < from + moved; frame++) {
            release(frame);
        }
        roomPage = endPage;
        roomFrame = to + moved;
        roomFrames = room;
        lowDelta = delta(first, to);
    }

    /** Takes back a frame of zeroes. */
    private void release(int frame) {
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, Math.max(64, 2 * freeCount));
        }
        free[freeCount++] = frame;
    }

    /** Returns the frame of a page that is to be written, giving it one if it has none. */
    private int ownFrame(int page, boolean mayMove) {
        int frame = frame(page);
        if (frame == 0) {
            frame = place(page, 1, mayMove);
            setEntry(page, entry(page) | frame << FRAME_SHIFT);
            if ((entry(page) & ACCESS) == PageAccess.WRITE.ordinal()) {
                widenTo(page, page + 1);
            }
        }
        return frame;
    }

    /**
     * Finds consecutive octets that the guest may access; called by compiled code.
     *
     * @param address 0..2³²−1
     * @param length 1..2¹⁶
     * @param wanted 1 for reading, 2 for writing
     * @return where in the array they start, or -1 if they are not accessible or not consecutive
     */
    long locate(long address, int length, int wanted) {
        if (!isAccessible(address, length, wanted)) {
            return -1;
        }
        int first = (int) (address >>> 12);
        int last = (int) (address + length - 1 >>> 12);
        if (first == last && wanted == PageAccess.READ.ordinal()) {
            int frame = frame(first);
            return offset(frame == 0 ? ZERO_FRAME : frame) + (address & PAGE_SIZE - 1);
        }
        int frame = 0;
        for (int page = first; page <= last; page++) {
            int next = wanted == PageAccess.READ.ordinal() ? frame(page) : ownFrame(page, false);
            if (next == 0 || page > first && next != frame + page - first) {
                return -1;
            }
            frame = page == first ? next : frame;
        }
        return offset(frame) + (address & PAGE_SIZE - 1);
    }

    @Override
    public boolean isReadable(long address, long length) {
        return isAccessible(address, length, PageAccess.READ.ordinal());
    }

    @Override
    public boolean isWritable(long address, long length) {
        return isAccessible(address, length, PageAccess.WRITE.ordinal());
    }

    private boolean isAccessible(long address, long length, int wanted) {
        if (length == 0) {
            return true;
        }
        if (address < 0 || length < 0 || address >= 1L << 32 || length > (1L << 32) - address) {
            return false;
        }
        if (isInRange(address, length)) {
            return true;
        }
        int last = (int) (address + length - 1 >>> 12);
        for (int page = (int) (address >>> 12); page <= last; page++) {
            if (!isAccessiblePage(page, wanted)) {
                return false;
            }
        }
        return true;
    }

    private boolean isAccessiblePage(int page, int wanted) {
        return page >= NO_ACCESS_BELOW && (entry(page) & ACCESS) >= wanted;
    }

    @Override
    public boolean canLoad(int address, int length) {
        return canAccess(address, length, PageAccess.READ.ordinal());
    }

    @Override
    public boolean canStore(int address, int length) {
        return canAccess(address, length, PageAccess.WRITE.ordinal());
    }

    private boolean canAccess(int address, int length, int wanted) {
        int page = address >>> 12;
        int entry = entry(page);
        return page >= NO_ACCESS_BELOW
                && (entry & ACCESS) >= wanted
                && entry >>> FRAME_SHIFT != 0
                && (address & PAGE_SIZE - 1) <= PAGE_SIZE - length;
    }

    private int index(int address) {
        return offset(frame(address >>> 12)) + (address & PAGE_SIZE - 1);
    }

    @Override
    public byte getByte(int address) {
        return octets[index(address)];
    }

    @Override
    public short getShort(int address) {
        return (short) SHORT.get(octets, index(address));
    }

    @Override
    public int getInt(int address) {
        return (int) INT.get(octets, index(address));
    }

    @Override
    public long getLong(int address) {
        return (long) LONG.get(octets, index(address));
    }

    @Override
    public void putByte(int address, byte value) {
        octets[index(address)] = value;
    }

    @Override
    public void putShort(int address, short value) {
        SHORT.set(octets, index(address), value);
    }

    @Override
    public void putInt(int address, int value) {
        INT.set(octets, index(address), value);
    }

    @Override
    public void putLong(int address, long value) {
        LONG.set(octets, index(address), value);
    }

    @Override
    public long load(long address, int length) {
        long value = 0;
        for (int octet = length - 1; octet >= 0; octet--) {
            int at = (int) address + octet;
            int frame = frame(at >>> 12);
            int found = frame == 0 ? 0 : octets[offset(frame) + (at & PAGE_SIZE - 1)] & 0xff;
            value = value << 8 | found;
        }
        return value;
    }

    @Override
    public void store(long address, int length, long value) {
        for (int octet = 0; octet < length; octet++) {
            int at = (int) address + octet;
            int frame = ownFrame(at >>> 12, true);
            octets[offset(frame) + (at & PAGE_SIZE - 1)] = (byte) (value >>> (8 * octet));
        }
    }

    @Override
    public long firstInaccessible(long address, int length, PageAccess access) {
        int first = (int) address;
        if (!isAccessiblePage(first >>> 12, access.ordinal())) {
            return Integer.toUnsignedLong(first);
        }
        int last = first + length - 1;
        if (last >>> 12 != first >>> 12 && !isAccessiblePage(last >>> 12, access.ordinal())) {
            return Integer.toUnsignedLong(last & -PAGE_SIZE);
        }
        return -1;
    }

    @Override
    public void read(long address, byte[] into, int offset, int length) {
        checkRange(address, length);
        int done = 0;
        while (done < length) {
            int at = (int) (address + done);
            int part = Math.min(length - done, PAGE_SIZE - (at & PAGE_SIZE - 1));
            int frame = frame(at >>> 12);
            if (frame == 0) {
                Arrays.fill(into, offset + done, offset + done + part, (byte) 0);
            } else {
                System.arraycopy(octets, index(at), into, offset + done, part);
            }
            done += part;
        }
    }

    @Override
    public void write(long address, byte[] from, int offset, int length) {
        checkRange(address, length);
        int done = 0;
        while (done < length) {
            int at = (int) (address + done);
            int part = Math.min(length - done, PAGE_SIZE - (at & PAGE_SIZE - 1));
            int index = writeIndex(at); // before the array is read, which it may replace
            System.arraycopy(from, offset + done, octets, index, part);
            done += part;
        }
    }

    @Override
    public void copyFrom(long address, GuestMemory source, long sourceAddress, int length) {
        checkRange(address, length);
        int done = 0;
        while (done < length) {
            int at = (int) (address + done);
            int part = Math.min(length - done, PAGE_SIZE - (at & PAGE_SIZE - 1));
            int index = writeIndex(at);
            source.read(sourceAddress + done, octets, index, part);
            done += part;
        }
    }

    private int writeIndex(int address) {
        int page = address >>> 12;
        if ((entry(page) & EVER_MAPPED) == 0) {
            throw new IllegalStateException("page " + page + " was never mapped");
        }
        return offset(ownFrame(page, true)) + (address & PAGE_SIZE - 1);
    }

    @Override
    public long mappedBytes() {
        return mappedPages * PAGE_SIZE;
    }
}
