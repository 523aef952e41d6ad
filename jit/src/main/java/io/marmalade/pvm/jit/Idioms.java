package io.marmalade.pvm.jit;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

import java.util.LinkedHashMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * The idioms that translated instructions are written in, on top of ASM: where registers, gas and
 * memory are, how a comparison becomes a number, how memory is accessed.
 *
 * <p>The frame of a method is the same at every label, with nothing on the stack, so that each
 * label's frame is {@code same}: this region, the machine, the entry (later a scratch {@code int}),
 * the depth, thirteen registers, gas, the base of memory, a scratch {@code long}, the latest
 * callee, and the pointers of groups of accesses. The memory itself has no place there: the machine
 * has it, and a place for it would be one more that HotSpot moves about.
 */
final class Idioms {
    static final String MACHINE = "io/marmalade/pvm/jit/JitMachine";
    static final String REGION = "io/marmalade/pvm/jit/Region";

    private static final int THIS = 0;
    private static final int MACHINE_SLOT = 1;
    private static final int SCRATCH_INT = 2;
    private static final int DEPTH = 3;
    private static final int FIRST_REGISTER = 4;
    private static final int GAS = FIRST_REGISTER + 26;
    private static final int BASE = GAS + 2;
    private static final int SCRATCH = BASE + 2;
    private static final int CALLEE = SCRATCH + 2;
    private static final int FIRST_POINTER = CALLEE + 1;

    /** The deepest that the operand stack gets. */
    static final int MAX_STACK = 14;

    final MethodVisitor out;
    private final String self;
    private final int pointers;
    private final MemoryIdioms memory;
    private boolean described;

    /**
     * @param out the method to write
     * @param self the name of its class
     * @param pointers how many groups of accesses have a pointer at the same time, at most
     * @param memory how memory is reached
     */
    Idioms(MethodVisitor out, String self, int pointers, MemoryIdioms memory) {
        this.out = out;
        this.self = self;
        this.pointers = pointers;
        this.memory = memory;
    }

    /** Returns the number of local slots of the method. */
    int maxLocals() {
        return FIRST_POINTER + 2 * pointers;
    }

    /** Gives every local a value, so that all frames are the same. */
    void enter() {
        for (int register = 0; register < 13; register++) {
            constant(0);
            setRegister(register);
        }
        memory.base(this);
        out.visitVarInsn(Opcodes.LSTORE, BASE);
        constant(0);
        out.visitVarInsn(Opcodes.LSTORE, SCRATCH);
        out.visitInsn(Opcodes.ACONST_NULL);
        out.visitVarInsn(Opcodes.ASTORE, CALLEE);
        for (int pointer = 0; pointer < pointers; pointer++) {
            constant(0);
            out.visitVarInsn(Opcodes.LSTORE, FIRST_POINTER + 2 * pointer);
        }
        loadGas();
    }

    private void describeFrame() {
        Object[] locals = new Object[4 + 13 + 3 + 1 + pointers];
        int at = 0;
        locals[at++] = self;
        locals[at++] = MACHINE;
        locals[at++] = Opcodes.INTEGER;
        locals[at++] = Opcodes.INTEGER;
        for (int wide = 0; wide < 16; wide++) {
            locals[at++] = Opcodes.LONG;
        }
        locals[at++] = REGION;
        for (int pointer = 0; pointer < pointers; pointer++) {
            locals[at++] = Opcodes.LONG;
        }
        out.visitFrame(Opcodes.F_FULL, locals.length, locals, 0, new Object[0]);
    }

    /** Puts a label here; nothing is on the stack. */
    void label(Label label) {
        out.visitLabel(label);
        if (described) {
            out.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        } else {
            described = true;
            describeFrame();
        }
    }

    void go(Label label) {
        out.visitJumpInsn(Opcodes.GOTO, label);
    }

    /** Pushes a number. */
    void constant(long value) {
        if (value == 0) {
            out.visitInsn(Opcodes.LCONST_0);
        } else if (value == 1) {
            out.visitInsn(Opcodes.LCONST_1);
        } else if (value == (short) value) {
            constantInt((int) value);
            out.visitInsn(Opcodes.I2L);
        } else {
            out.visitLdcInsn(value);
        }
    }

    /** Pushes an {@code int}. */
    void constantInt(int value) {
        if (value >= -1 && value <= 5) {
            out.visitInsn(Opcodes.ICONST_0 + value);
        } else if (value == (byte) value) {
            out.visitIntInsn(Opcodes.BIPUSH, value);
        } else if (value == (short) value) {
            out.visitIntInsn(Opcodes.SIPUSH, value);
        } else {
            out.visitLdcInsn(value);
        }
    }

    /** Pushes a register. */
    void register(int index) {
        out.visitVarInsn(Opcodes.LLOAD, FIRST_REGISTER + 2 * index);
    }

    /** Pushes the low half of a register as an {@code int}. */
    void low(int index) {
        register(index);
        out.visitInsn(Opcodes.L2I);
    }

    /** Pops into a register. */
    void setRegister(int index) {
        out.visitVarInsn(Opcodes.LSTORE, FIRST_REGISTER + 2 * index);
    }

    /** Pops an {@code int} into a register, its sign extended. */
    void setLow(int index) {
        out.visitInsn(Opcodes.I2L);
        setRegister(index);
    }

    /** Loads registers from the machine. */
    void loadRegisters(int mask) {
        for (int register = 0; register < 13; register++) {
            if ((mask >>> register & 1) != 0) {
                out.visitVarInsn(Opcodes.ALOAD, MACHINE_SLOT);
                out.visitFieldInsn(Opcodes.GETFIELD, MACHINE, "r" + register, "J");
                setRegister(register);
            }
        }
    }

    /** Writes registers back to the machine. */
    void storeRegisters(int mask) {
        store(mask, "r");
    }

    /** Writes registers to the machine's spill area. */
    void spillRegisters(int mask) {
        store(mask, "s");
    }

    private void store(int mask, String prefix) {
        for (int register = 0; register < 13; register++) {
            if ((mask >>> register & 1) != 0) {
                out.visitVarInsn(Opcodes.ALOAD, MACHINE_SLOT);
                register(register);
                out.visitFieldInsn(Opcodes.PUTFIELD, MACHINE, prefix + register, "J");
            }
        }
    }

    void loadGas() {
        out.visitVarInsn(Opcodes.ALOAD, MACHINE_SLOT);
        out.visitFieldInsn(Opcodes.GETFIELD, MACHINE, "gas", "J");
        out.visitVarInsn(Opcodes.LSTORE, GAS);
    }

    void storeGas() {
        out.visitVarInsn(Opcodes.ALOAD, MACHINE_SLOT);
        out.visitVarInsn(Opcodes.LLOAD, GAS);
        out.visitFieldInsn(Opcodes.PUTFIELD, MACHINE, "gas", "J");
    }

    /** Takes gas that is there. */
    void charge(long cost) {
        out.visitVarInsn(Opcodes.LLOAD, GAS);
        constant(cost);
        out.visitInsn(Opcodes.LSUB);
        out.visitVarInsn(Opcodes.LSTORE, GAS);
    }

    /** Takes gas and goes to a label where it does not suffice, or less than a reserve is left. */
    void charge(long cost, long reserve, Label exhausted) {
        out.visitVarInsn(Opcodes.LLOAD, GAS);
        constant(cost);
        out.visitInsn(Opcodes.LSUB);
        out.visitInsn(Opcodes.DUP2);
        out.visitVarInsn(Opcodes.LSTORE, GAS);
        constant(reserve);
        out.visitInsn(Opcodes.LCMP);
        out.visitJumpInsn(Opcodes.IFLT, exhausted);
    }

    /** Takes gas for as many rounds as the scratch {@code int} holds. */
    void chargeRounds(long cost) {
        out.visitVarInsn(Opcodes.LLOAD, GAS);
        scratchInt();
        out.visitInsn(Opcodes.I2L);
        constant(cost);
        out.visitInsn(Opcodes.LMUL);
        out.visitInsn(Opcodes.LSUB);
        out.visitVarInsn(Opcodes.LSTORE, GAS);
    }

    /** Adds one to the scratch {@code int}. */
    void countRound() {
        out.visitIincInsn(SCRATCH_INT, 1);
    }

    /** Pushes the gas. */
    void gas() {
        out.visitVarInsn(Opcodes.LLOAD, GAS);
    }

    /** Goes to a label where there is less gas. */
    void look(long least, Label exhausted) {
        out.visitVarInsn(Opcodes.LLOAD, GAS);
        constant(least);
        out.visitInsn(Opcodes.LCMP);
        out.visitJumpInsn(Opcodes.IFLT, exhausted);
    }

    /** Pushes the entry, or what was last put into the scratch {@code int}. */
    void scratchInt() {
        out.visitVarInsn(Opcodes.ILOAD, SCRATCH_INT);
    }

    void setScratchInt() {
        out.visitVarInsn(Opcodes.ISTORE, SCRATCH_INT);
    }

    void scratch() {
        out.visitVarInsn(Opcodes.LLOAD, SCRATCH);
    }

    void setScratch() {
        out.visitVarInsn(Opcodes.LSTORE, SCRATCH);
    }

    /** Writes what the interpreter must know to the machine and leaves. */
    void sideExit(int registers) {
        spillRegisters(registers);
        storeGas();
        out.visitVarInsn(Opcodes.ALOAD, MACHINE_SLOT);
        out.visitVarInsn(Opcodes.ALOAD, THIS);
        out.visitFieldInsn(Opcodes.PUTFIELD, MACHINE, "exitRegion", "L" + REGION + ";");
        out.visitVarInsn(Opcodes.ALOAD, MACHINE_SLOT);
        scratchInt();
        out.visitFieldInsn(Opcodes.PUTFIELD, MACHINE, "exitIndex", "I");
        leave(Region.SIDE_EXIT);
    }

    /** Returns a known value. */
    void leave(int value) {
        constantInt(value);
        out.visitInsn(Opcodes.IRETURN);
    }

    /**
     * Calls a function's region where it is compiled and the depth allows it, else goes to a label.
     */
    void callHead(int head, Label leave) {
        out.visitVarInsn(Opcodes.ILOAD, DEPTH);
        out.visitJumpInsn(Opcodes.IFEQ, leave);
        out.visitVarInsn(Opcodes.ALOAD, MACHINE_SLOT);
        out.visitFieldInsn(Opcodes.GETFIELD, MACHINE, "heads", "[L" + REGION + ";");
        constantInt(head);
        out.visitInsn(Opcodes.AALOAD);
        out.visitInsn(Opcodes.DUP);
        out.visitVarInsn(Opcodes.ASTORE, CALLEE);
        out.visitJumpInsn(Opcodes.IFNULL, leave);
        // The call stands here, not in a method of the machine, so that each has a type profile of
        // its own.
        out.visitVarInsn(Opcodes.ALOAD, CALLEE);
        out.visitVarInsn(Opcodes.ALOAD, MACHINE_SLOT);
        constantInt(Region.HEAD);
        out.visitVarInsn(Opcodes.ILOAD, DEPTH);
        constantInt(1);
        out.visitInsn(Opcodes.ISUB);
        out.visitMethodInsn(Opcodes.INVOKEVIRTUAL, REGION, "run", "(L" + MACHINE + ";II)I", false);
        setScratchInt();
    }

    /** Calls whatever function starts at the place that the scratch {@code int} holds. */
    void callDynamic(Label leave) {
        out.visitVarInsn(Opcodes.ILOAD, DEPTH);
        out.visitJumpInsn(Opcodes.IFEQ, leave);
        out.visitVarInsn(Opcodes.ALOAD, MACHINE_SLOT);
        scratchInt();
        out.visitVarInsn(Opcodes.ILOAD, DEPTH);
        out.visitMethodInsn(Opcodes.INVOKEVIRTUAL, MACHINE, "callAt", "(II)I", false);
        setScratchInt();
    }

    /** Runs on from where a call came back to instead of its return point, until it gets there. */
    void resume(int back) {
        out.visitVarInsn(Opcodes.ALOAD, MACHINE_SLOT);
        scratchInt();
        constantInt(back);
        out.visitVarInsn(Opcodes.ILOAD, DEPTH);
        out.visitMethodInsn(Opcodes.INVOKEVIRTUAL, MACHINE, "resume", "(III)I", false);
        setScratchInt();
    }

    /** Pops an address and pushes which entry of the jump table it stands for. */
    void jumpIndex() {
        out.visitInsn(Opcodes.L2I);
        constantInt(2);
        out.visitInsn(Opcodes.ISUB);
        constantInt(1);
        invoke(Integer.class, "rotateRight", "(II)I");
    }

    /**
     * Pops an {@code int} and goes to the label that belongs to it, or on.
     *
     * @param back those labels that stand in front of here. HotSpot counts how often control goes
     *     back by a jump, but not by a switch, and compiles no loop that is not counted
     */
    void select(TreeMap<Integer, Label> labels, Set<Label> back) {
        Label other = new Label();
        LinkedHashMap<Label, Label> ways = new LinkedHashMap<>();
        TreeMap<Integer, Label> through = new TreeMap<>();
        labels.forEach((key, label) -> {
            Label way =
                    back.contains(label) ? ways.computeIfAbsent(label, l -> new Label()) : label;
            through.put(key, way);
        });
        int first = labels.firstKey();
        int last = labels.lastKey();
        if (last - first < 2L * labels.size() + 4) {
            Label[] table = new Label[last - first + 1];
            for (int key = first; key <= last; key++) {
                table[key - first] = through.getOrDefault(key, other);
            }
            out.visitTableSwitchInsn(first, last, other, table);
        } else {
            out.visitLookupSwitchInsn(
                    other,
                    through.keySet().stream().mapToInt(Integer::intValue).toArray(),
                    through.values().toArray(Label[]::new));
        }
        ways.forEach((label, way) -> {
            label(way);
            go(label);
        });
        label(other);
    }

    /**
     * Pops an address and pushes where a dynamic jump to it leads, or -1 if compiled code cannot
     * tell.
     */
    void jumpTarget() {
        out.visitInsn(Opcodes.L2I);
        out.visitVarInsn(Opcodes.ALOAD, MACHINE_SLOT);
        out.visitInsn(Opcodes.SWAP);
        out.visitMethodInsn(Opcodes.INVOKEVIRTUAL, MACHINE, "jumpTarget", "(I)I", false);
    }

    /** Asks the host; pushes whether it stops the machine. */
    void hostCall(long number, int pc, int next, boolean charged) {
        out.visitVarInsn(Opcodes.ALOAD, MACHINE_SLOT);
        constant(number);
        constantInt(pc);
        constantInt(next);
        constantInt(charged ? 1 : 0);
        out.visitMethodInsn(Opcodes.INVOKEVIRTUAL, MACHINE, "hostCall", "(JIIZ)Z", false);
    }

    /**
     * Checks the range of a group of accesses, whose lowest address is in the scratch {@code long},
     * and sets the group's pointer.
     */
    void checkRange(AccessGroups.Group group, Label failed) {
        memory.point(this, group, failed);
    }

    /** One branch for both ends: what lies below the start is, without a sign, beyond every end. */
    void inRange(String range, int span, Label inside) {
        scratch();
        memory.range(this, range + "From");
        out.visitInsn(Opcodes.LSUB);
        memory.range(this, range + "Size");
        constant(span);
        out.visitInsn(Opcodes.LSUB);
        compareUnsigned();
        out.visitJumpInsn(Opcodes.IFLE, inside);
    }

    /** Pushes a number that the machine has. */
    void machineField(String name) {
        out.visitVarInsn(Opcodes.ALOAD, MACHINE_SLOT);
        out.visitFieldInsn(Opcodes.GETFIELD, MACHINE, name, "J");
    }

    /** Pushes the memory. */
    void memory() {
        out.visitVarInsn(Opcodes.ALOAD, MACHINE_SLOT);
        out.visitFieldInsn(Opcodes.GETFIELD, MACHINE, memory.field, "L" + memory.memory + ";");
    }

    /**
     * Pops the memory, the lowest address of a run through it and its length; pushes whether it is
     * all accessible.
     */
    void holdsRun(boolean writes) {
        constantInt(writes ? 1 : 0);
        out.visitMethodInsn(Opcodes.INVOKEVIRTUAL, memory.memory, "holdsRun", "(JJZ)Z", false);
    }

    /** Pushes what the pointers of groups are counted from. */
    void base() {
        out.visitVarInsn(Opcodes.LLOAD, BASE);
    }

    /** Pushes the pointer of a group. */
    void pointer(AccessGroups.Group group) {
        out.visitVarInsn(Opcodes.LLOAD, FIRST_POINTER + 2 * group.slot);
    }

    /** Pops the pointer of a group. */
    void setPointer(AccessGroups.Group group) {
        out.visitVarInsn(Opcodes.LSTORE, FIRST_POINTER + 2 * group.slot);
    }

    /**
     * Pushes what memory is accessed with, and where an access of a group is.
     *
     * @param offset octets from the group's lowest address
     * @param size 1, 2, 4 or 8
     */
    void place(AccessGroups.Group group, long offset, int size) {
        memory.place(this, group, offset, size);
    }

    /** Reads memory: pops what {@link #place} pushed, pushes octets as the JVM has them. */
    void read(String type, String descriptor) {
        memory.read(out, type, descriptor);
    }

    /** Writes memory: pops a value and what {@link #place} pushed. */
    void write(String type, String descriptor) {
        memory.write(out, type, descriptor);
    }

    void insn(int opcode) {
        out.visitInsn(opcode);
    }

    void jump(int opcode, Label label) {
        out.visitJumpInsn(opcode, label);
    }

    /** Calls a static method of the JDK. */
    void invoke(Class<?> owner, String name, String descriptor) {
        out.visitMethodInsn(
                Opcodes.INVOKESTATIC, owner.getName().replace('.', '/'), name, descriptor, false);
    }

    /** Sets a register to 1 where the comparison in front jumps not, to 0 where it jumps. */
    void setUnless(int jumpOpcode, int register) {
        Label no = new Label();
        Label end = new Label();
        jump(jumpOpcode, no);
        constant(1);
        setRegister(register);
        go(end);
        label(no);
        constant(0);
        setRegister(register);
        label(end);
    }

    /** Compares two unsigned numbers on the stack; pushes an {@code int} to compare with zero. */
    void compareUnsigned() {
        invoke(Long.class, "compareUnsigned", "(JJ)I");
    }
}
