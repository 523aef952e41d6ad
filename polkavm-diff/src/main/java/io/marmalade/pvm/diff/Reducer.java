package io.marmalade.pvm.diff;

import io.marmalade.pvm.ArgumentFormat;
import io.marmalade.pvm.Dialect;
import io.marmalade.pvm.Opcode;
import io.marmalade.pvm.Program;
import io.marmalade.pvm.diff.DiffCase.Answer;
import io.marmalade.pvm.diff.DiffCase.Chunk;
import io.marmalade.pvm.diff.DiffCase.Pages;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Makes a case smaller for as long as it stays interesting: fewer instructions, simpler operands,
 * less memory, less gas. Least gas is the first moment at which two engines differ.
 */
final class Reducer {
    /** Enough for a program of thousands of instructions, few enough for seconds. */
    private static final int MAX_ATTEMPTS = 20_000;

    private final Predicate<DiffCase> interesting;
    private int attempts;

    Reducer(Predicate<DiffCase> interesting) {
        this.interesting = interesting;
    }

    DiffCase reduce(DiffCase start) {
        DiffCase best = start;
        while (attempts < MAX_ATTEMPTS) {
            DiffCase before = best;
            best = gas(best);
            best = answers(best);
            best = code(best);
            best = registers(best);
            best = memory(best);
            if (best == before) {
                return best;
            }
        }
        return best;
    }

    private DiffCase attempt(DiffCase best, DiffCase candidate) {
        attempts++;
        return attempts <= MAX_ATTEMPTS && interesting.test(candidate) ? candidate : best;
    }

    private DiffCase gas(DiffCase start) {
        DiffCase best = start;
        for (long step = Long.highestOneBit(Math.max(1, best.gas())); step > 0; step >>= 1) {
            while (best.gas() >= step) {
                DiffCase less = attempt(best, best.withGas(best.gas() - step));
                if (less == best) {
                    break;
                }
                best = less;
            }
        }
        return best;
    }

    private DiffCase answers(DiffCase start) {
        DiffCase best = start;
        for (int index = start.answers().size() - 1; index >= 0; index--) {
            List<Answer> fewer = new ArrayList<>(best.answers());
            fewer.remove(index);
            best = attempt(best, best.withAnswers(fewer));
        }
        return best;
    }

    private DiffCase registers(DiffCase start) {
        DiffCase best = start;
        for (int register = 0; register < start.registers().length; register++) {
            for (long simpler : new long[] {0, 1, best.registers()[register] & 0xffff_ffffL}) {
                long now = best.registers()[register];
                if (Long.compareUnsigned(now, simpler) <= 0) {
                    continue;
                }
                long[] changed = best.registers().clone();
                changed[register] = simpler;
                best = attempt(best, best.withRegisters(changed));
            }
        }
        return best;
    }

    private DiffCase memory(DiffCase start) {
        DiffCase best = start;
        for (int index = start.memory().size() - 1; index >= 0; index--) {
            List<Chunk> fewer = new ArrayList<>(best.memory());
            fewer.remove(index);
            best = attempt(best, best.withMemory(best.pages(), fewer));
        }
        for (int index = start.pages().size() - 1; index >= 0; index--) {
            List<Pages> fewer = new ArrayList<>(best.pages());
            Pages gone = fewer.remove(index);
            List<Chunk> rest =
                    best.memory().stream()
                            .filter(chunk ->
                                    chunk.address() < gone.address()
                                            || chunk.address() >= gone.address() + gone.length())
                            .toList();
            best = attempt(best, best.withMemory(fewer, rest));
        }
        return best;
    }

    private DiffCase code(DiffCase start) {
        DiffCase best = start;
        Optional<Pieces> taken = Pieces.of(best);
        if (taken.isEmpty()) {
            return best;
        }
        Pieces pieces = taken.get();
        for (int size = Integer.highestOneBit(Math.max(1, pieces.count())); size > 0; size >>= 1) {
            for (int at = pieces.count() - size; at >= 0; at -= size) {
                int from = at;
                int length = size;
                DiffCase less = attempt(best, best, pieces, copy -> copy.without(from, length));
                if (less != best) {
                    best = less;
                    pieces = Pieces.of(best).orElse(pieces);
                    at = Math.min(at, pieces.count());
                }
            }
        }
        while (pieces.jumps.size() > 0) {
            DiffCase less = attempt(best, best, pieces, Pieces::withoutLastJump);
            if (less == best) {
                break;
            }
            best = less;
            pieces = Pieces.of(best).orElse(pieces);
        }
        for (int index = 0; index < pieces.count(); index++) {
            for (int variant = 0; variant < 3; variant++) {
                int at = index;
                int how = variant;
                DiffCase less = attempt(best, best, pieces, copy -> copy.simplified(at, how));
                if (less != best) {
                    best = less;
                    pieces = Pieces.of(best).orElse(pieces);
                }
            }
        }
        return best;
    }

    private DiffCase attempt(
            DiffCase best, DiffCase from, Pieces pieces, UnaryOperator<Pieces> change) {
        Pieces changed = change.apply(pieces.copy());
        Optional<byte[]> blob = changed.blob();
        if (blob.isEmpty() || Arrays.equals(blob.get(), from.blob())) {
            return best;
        }
        return attempt(best, from.withBlob(blob.get(), changed.start()));
    }

    /** A program as a list of what stands between the bits of its mask. */
    private static final class Pieces {
        private final Dialect dialect;

        /** The octets of each. */
        private final List<byte[]> octets = new ArrayList<>();

        /** Whether the mask has a bit for it; only the first may lack it. */
        private boolean firstMarked = true;

        /** The piece that it jumps to, or -1; where its distance stands, how many octets it has. */
        private final List<int[]> jumpsTo = new ArrayList<>();

        /** Entries of the jump table: a piece, or -1 − a place that is none. */
        private final List<Long> jumps = new ArrayList<>();

        private int startPiece;
        private long startPlace;

        private Pieces(Dialect dialect) {
            this.dialect = dialect;
        }

        static Optional<Pieces> of(DiffCase start) {
            Optional<Program> decoded = Program.decode(start.blob(), start.dialect());
            if (decoded.isEmpty() || decoded.get().codeSize() == 0) {
                return Optional.empty();
            }
            Program program = decoded.get();
            Pieces pieces = new Pieces(start.dialect());
            byte[] code = program.code();
            List<Integer> places = new ArrayList<>();
            int from = 0;
            pieces.firstMarked = program.isInstruction(0);
            for (int pc = 1; pc <= code.length; pc++) {
                if (pc == code.length || program.isInstruction(pc)) {
                    places.add(from);
                    pieces.octets.add(Arrays.copyOfRange(code, from, pc));
                    from = pc;
                }
            }
            for (int index = 0; index < places.size(); index++) {
                int pc = places.get(index);
                int[] field = distance(program, pc);
                int target = -1;
                if (field[1] > 0) {
                    var instruction = program.instruction(pc);
                    boolean second =
                            instruction.opcode().format()
                                    == ArgumentFormat.REGISTER_IMMEDIATE_OFFSET;
                    long to = second ? instruction.y() : instruction.x();
                    target = to == (int) to ? places.indexOf((int) to) : -1;
                }
                pieces.jumpsTo.add(new int[] {target, field[0], field[1]});
            }
            for (long entry = 0; entry < program.jumpTableSize(); entry++) {
                long to = program.jumpTableEntry(entry);
                int piece = to == (int) to ? places.indexOf((int) to) : -1;
                pieces.jumps.add(piece >= 0 ? piece : -1 - (to & Integer.MAX_VALUE));
            }
            pieces.startPiece =
                    (int) start.pc() == start.pc() ? places.indexOf((int) start.pc()) : -1;
            pieces.startPlace = start.pc();
            return Optional.of(pieces);
        }

        /** Where in its octets an instruction's distance stands, and how many octets it has. */
        private static int[] distance(Program program, int pc) {
            Opcode opcode = program.opcode(pc);
            int skip = program.skip(pc);
            return switch (opcode.format()) {
                case OFFSET -> new int[] {1, Math.min(4, skip)};
                case TWO_REGISTERS_OFFSET -> new int[] {2, Math.min(4, Math.max(0, skip - 1))};
                case REGISTER_IMMEDIATE_OFFSET -> {
                    int sizeX = skip < 1 ? 0 : Math.min(4, program.codeAt(pc + 1) >>> 4 & 7);
                    yield new int[] {2 + sizeX, Math.min(4, Math.max(0, skip - sizeX - 1))};
                }
                case NONE,
                        IMMEDIATE,
                        REGISTER_EXTENDED_IMMEDIATE,
                        TWO_IMMEDIATES,
                        REGISTER_IMMEDIATE,
                        REGISTER_TWO_IMMEDIATES,
                        TWO_REGISTERS,
                        TWO_REGISTERS_IMMEDIATE,
                        TWO_REGISTERS_TWO_IMMEDIATES,
                        THREE_REGISTERS ->
                        new int[] {0, 0};
            };
        }

        int count() {
            return octets.size();
        }

        Pieces copy() {
            Pieces copy = new Pieces(dialect);
            octets.forEach(each -> copy.octets.add(each.clone()));
            jumpsTo.forEach(each -> copy.jumpsTo.add(each.clone()));
            copy.jumps.addAll(jumps);
            copy.firstMarked = firstMarked;
            copy.startPiece = startPiece;
            copy.startPlace = startPlace;
            return copy;
        }

        /** What jumped to a piece that is gone jumps to the one after. */
        Pieces without(int from, int length) {
            for (int[] jump : jumpsTo) {
                jump[0] = moved(jump[0], from, length);
            }
            jumps.replaceAll(jump -> jump < 0 ? jump : moved(jump.intValue(), from, length));
            startPiece = moved(startPiece, from, length);
            octets.subList(from, from + length).clear();
            jumpsTo.subList(from, from + length).clear();
            firstMarked |= from == 0;
            return this;
        }

        private static int moved(int piece, int from, int length) {
            return piece < from ? piece : Math.max(from, piece - length);
        }

        private static long moved(long piece, int from, int length) {
            return moved((int) piece, from, length);
        }

        Pieces withoutLastJump() {
            jumps.remove(jumps.size() - 1);
            return this;
        }

        Pieces simplified(int index, int how) {
            byte[] piece = octets.get(index);
            int[] jump = jumpsTo.get(index);
            if (how == 0) {
                // Nothing happens, but its place stays.
                octets.set(index, new byte[] {(byte) Opcode.FALLTHROUGH.number(dialect)});
                jumpsTo.set(index, new int[] {-1, 0, 0});
            } else if (how == 1 && jump[0] < 0 && piece.length > 2) {
                octets.set(index, Arrays.copyOf(piece, piece.length - 1));
            } else if (how == 2 && jump[0] < 0 && piece.length > 3) {
                Arrays.fill(piece, 3, piece.length, (byte) 0);
            }
            return this;
        }

        long start() {
            int place = 0;
            if (startPiece < 0) {
                return startPlace;
            }
            for (int index = 0; index < Math.min(startPiece, octets.size()); index++) {
                place += octets.get(index).length;
            }
            return place;
        }

        /** Returns nothing if a distance does not fit any more. */
        Optional<byte[]> blob() {
            int[] places = new int[octets.size() + 1];
            for (int index = 0; index < octets.size(); index++) {
                places[index + 1] = places[index] + octets.get(index).length;
            }
            int size = places[octets.size()];
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            natural(out, jumps.size());
            out.write(jumps.isEmpty() ? 0 : 4);
            natural(out, size);
            for (long jump : jumps) {
                long to = jump < 0 ? -1 - jump : places[(int) Math.min(jump, octets.size())];
                for (int octet = 0; octet < 4; octet++) {
                    out.write((int) (to >>> 8 * octet));
                }
            }
            for (int index = 0; index < octets.size(); index++) {
                int[] jump = jumpsTo.get(index);
                byte[] piece = octets.get(index).clone();
                if (jump[0] >= 0) {
                    long distance = (long) places[Math.min(jump[0], octets.size())] - places[index];
                    int unused = 64 - 8 * jump[2];
                    if (distance << unused >> unused != distance) {
                        return Optional.empty();
                    }
                    for (int octet = 0; octet < jump[2]; octet++) {
                        piece[jump[1] + octet] = (byte) (distance >>> 8 * octet);
                    }
                }
                out.writeBytes(piece);
            }
            byte[] mask = new byte[size + 7 >>> 3];
            for (int index = firstMarked ? 0 : 1; index < octets.size(); index++) {
                mask[places[index] >>> 3] |= (byte) (1 << (places[index] & 7));
            }
            out.writeBytes(mask);
            return Optional.of(out.toByteArray());
        }

        private static void natural(ByteArrayOutputStream out, int value) {
            int following = 0;
            while (value >>> 7 * (following + 1) != 0) {
                following++;
            }
            out.write(0x100 - (0x100 >>> following) | value >>> 8 * following);
            for (int octet = 0; octet < following; octet++) {
                out.write(value >>> 8 * octet);
            }
        }
    }
}
