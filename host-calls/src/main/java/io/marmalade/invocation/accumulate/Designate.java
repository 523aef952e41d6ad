package io.marmalade.invocation.accumulate;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.base.BlsKey;
import io.marmalade.base.Ed25519Key;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.base.ValidatorMetadata;
import io.marmalade.invocation.Guest;
import io.marmalade.invocation.HostCall;
import io.marmalade.invocation.ResultCode;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;
import io.marmalade.state.ValidatorKeys;
import io.marmalade.state.ValidatorSet;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * {@code designate} (Ω_D): sets the validators that are drawn in next. φ₇ address of their keys,
 * 336 octets each; since 0.8.0 φ₈ says how many there are.
 *
 * @gp sec:accumulatefunctions
 */
final class Designate implements HostCall<AccumulateContext> {
    private static final int VALIDATOR_SIZE =
            BandersnatchKey.SIZE + Ed25519Key.SIZE + BlsKey.SIZE + ValidatorMetadata.SIZE;
    private static final int MIN_VALIDATORS = 6;
    private static final int VALIDATORS_PER_CORE = 3;

    private final AccumulateRules rules;

    Designate(AccumulateRules rules) {
        this.rules = rules;
    }

    @Override
    public @Nullable ExitReason call(Machine machine, AccumulateContext context) {
        ProtocolConfig config = context.config();
        long address = machine.register(7);
        long count = rules.validatorsAreCounted() ? machine.register(8) : config.validatorCount();
        if (Long.compareUnsigned(count, Guest.MAX_OCTETS / VALIDATOR_SIZE) > 0
                || !Guest.isReadable(machine, address, VALIDATOR_SIZE * count)) {
            return Guest.PANIC;
        }
        if ((rules.validatorsAreCounted() && !isSetSize(config, count))
                || context.service() != context.privileges().delegator()) {
            return Guest.answer(machine, ResultCode.HUH);
        }
        byte[] octets = machine.memory().read(address, VALIDATOR_SIZE * (int) count);
        List<ValidatorKeys> validators = new ArrayList<>((int) count);
        for (int i = 0; i < octets.length; i += VALIDATOR_SIZE) {
            validators.add(keys(octets, i));
        }
        context.setStagingSet(new ValidatorSet(validators));
        return Guest.answer(machine, ResultCode.OK);
    }

    private static boolean isSetSize(ProtocolConfig config, long count) {
        return count >= MIN_VALIDATORS
                && count % VALIDATORS_PER_CORE == 0
                && count <= (long) VALIDATORS_PER_CORE * config.coreCount();
    }

    private static ValidatorKeys keys(byte[] octets, int offset) {
        int ed25519 = offset + BandersnatchKey.SIZE;
        int bls = ed25519 + Ed25519Key.SIZE;
        int metadata = bls + BlsKey.SIZE;
        return new ValidatorKeys(
                BandersnatchKey.of(Arrays.copyOfRange(octets, offset, ed25519)),
                Ed25519Key.of(Arrays.copyOfRange(octets, ed25519, bls)),
                BlsKey.of(Arrays.copyOfRange(octets, bls, metadata)),
                ValidatorMetadata.of(
                        Arrays.copyOfRange(octets, metadata, offset + VALIDATOR_SIZE)));
    }
}
