package io.marmalade.transition.rules;

import java.util.Locale;

/**
 * The rules that an invalid block breaks. Where the public test vectors have a name for a rule,
 * {@link #code} is that name.
 */
public enum Violation {
    /** The parent is not the block that the prior state is of. */
    HEADER_UNKNOWN_PARENT(Part.HEADER),
    /** The header's prior state root is not the root of the prior state. */
    HEADER_BAD_PRIOR_STATE_ROOT(Part.HEADER),
    /** The extrinsic is not the one that the header commits to. */
    HEADER_BAD_EXTRINSIC_HASH(Part.HEADER),

    /** A verdict is on a report that was judged before. */
    DISPUTES_ALREADY_JUDGED(Part.DISPUTES),
    /** Positive votes are neither none, a third, nor two thirds plus one. */
    DISPUTES_BAD_VOTE_SPLIT(Part.DISPUTES),
    /** Verdicts are not in ascending order of the reports' hashes. */
    DISPUTES_VERDICTS_NOT_SORTED_UNIQUE(Part.DISPUTES),
    /** Judgements are not in ascending order of the validators' indices. */
    DISPUTES_JUDGEMENTS_NOT_SORTED_UNIQUE(Part.DISPUTES),
    /** Culprits are not in ascending order of their keys. */
    DISPUTES_CULPRITS_NOT_SORTED_UNIQUE(Part.DISPUTES),
    /** Faults are not in ascending order of their keys. */
    DISPUTES_FAULTS_NOT_SORTED_UNIQUE(Part.DISPUTES),
    /** A bad verdict lacks its culprits. */
    DISPUTES_NOT_ENOUGH_CULPRITS(Part.DISPUTES),
    /** A good verdict lacks its fault. */
    DISPUTES_NOT_ENOUGH_FAULTS(Part.DISPUTES),
    /** A culprit guaranteed a report that is not known as bad. */
    DISPUTES_CULPRITS_VERDICT_NOT_BAD(Part.DISPUTES),
    /** A fault does not contradict the verdict on its report. */
    DISPUTES_FAULT_VERDICT_WRONG(Part.DISPUTES),
    /** An offender is known as one already. */
    DISPUTES_OFFENDER_ALREADY_REPORTED(Part.DISPUTES),
    /** A verdict is neither of the prior state's epoch nor of the one before. */
    DISPUTES_BAD_JUDGEMENT_AGE(Part.DISPUTES),
    /** A judge's index is outside its set. */
    DISPUTES_BAD_VALIDATOR_INDEX(Part.DISPUTES),
    /** The signature of a judgement, culprit or fault does not verify. */
    DISPUTES_BAD_SIGNATURE(Part.DISPUTES),
    /** A culprit's key is in neither the active nor the previous set. */
    DISPUTES_BAD_GUARANTOR_KEY(Part.DISPUTES),
    /** A fault's key is in neither the active nor the previous set. */
    DISPUTES_BAD_AUDITOR_KEY(Part.DISPUTES),
    /** A verdict has not exactly two thirds plus one judgements. */
    DISPUTES_BAD_JUDGEMENT_COUNT(Part.DISPUTES),
    /** There are more verdicts, culprits or faults than a block may have. */
    DISPUTES_TOO_MANY(Part.DISPUTES),
    /** The header's offenders mark is not the list of the block's culprits and faults. */
    DISPUTES_BAD_OFFENDERS_MARK(Part.DISPUTES),

    /** The time slot is not after the parent's. */
    SAFROLE_BAD_SLOT(Part.SAFROLE),
    /** There are tickets although submission has ended. */
    SAFROLE_UNEXPECTED_TICKET(Part.SAFROLE),
    /** There are more tickets than a block may have. */
    SAFROLE_TOO_MANY_TICKETS(Part.SAFROLE),
    /** Tickets are not in ascending order of their identifiers. */
    SAFROLE_BAD_TICKET_ORDER(Part.SAFROLE),
    /** A ticket's ring proof does not verify. */
    SAFROLE_BAD_TICKET_PROOF(Part.SAFROLE),
    /** A ticket's entry index is not below the bound. */
    SAFROLE_BAD_TICKET_ATTEMPT(Part.SAFROLE),
    /** A ticket is in the accumulator already. */
    SAFROLE_DUPLICATE_TICKET(Part.SAFROLE),
    /** A ticket is not good enough to stay in the accumulator. */
    SAFROLE_USELESS_TICKET(Part.SAFROLE),
    /** The author's index is outside the active set. */
    SAFROLE_BAD_AUTHOR_INDEX(Part.SAFROLE),
    /** The epoch mark is missing, unexpected or wrong. */
    SAFROLE_BAD_EPOCH_MARK(Part.SAFROLE),
    /** The winning-tickets mark is missing, unexpected or wrong. */
    SAFROLE_BAD_TICKETS_MARK(Part.SAFROLE),
    /** The author is not the one whom the slot's ticket or key names. */
    SAFROLE_UNEXPECTED_AUTHOR(Part.SAFROLE),
    /** The seal does not verify. */
    SAFROLE_BAD_SEAL(Part.SAFROLE),
    /** The entropy signature does not verify. */
    SAFROLE_BAD_ENTROPY_SIGNATURE(Part.SAFROLE),

    /** An assurance is not anchored on the parent. */
    ASSURANCES_BAD_ATTESTATION_PARENT(Part.ASSURANCES),
    /** An assurer's index is outside the active set. */
    ASSURANCES_BAD_VALIDATOR_INDEX(Part.ASSURANCES),
    /** An assurance is for a core that no report waits on. */
    ASSURANCES_CORE_NOT_ENGAGED(Part.ASSURANCES),
    /** The signature of an assurance does not verify. */
    ASSURANCES_BAD_SIGNATURE(Part.ASSURANCES),
    /** Assurances are not in ascending order of the validators' indices. */
    ASSURANCES_NOT_SORTED_OR_UNIQUE_ASSURERS(Part.ASSURANCES),

    /** A report is for a core that does not exist or is not active. */
    REPORTS_BAD_CORE_INDEX(Part.REPORTS),
    /** A guarantee is from the future. */
    REPORTS_FUTURE_REPORT_SLOT(Part.REPORTS),
    /** A guarantee is older than the previous rotation. */
    REPORTS_REPORT_EPOCH_BEFORE_LAST(Part.REPORTS),
    /** A guarantee has not two or three credentials. */
    REPORTS_INSUFFICIENT_GUARANTEES(Part.REPORTS),
    /** Guarantees are not in ascending order of their cores. */
    REPORTS_OUT_OF_ORDER_GUARANTEE(Part.REPORTS),
    /** Credentials are not in ascending order of the validators' indices. */
    REPORTS_NOT_SORTED_OR_UNIQUE_GUARANTORS(Part.REPORTS),
    /** A guarantor is not assigned to the report's core. */
    REPORTS_WRONG_ASSIGNMENT(Part.REPORTS),
    /** A report waits on the core already. */
    REPORTS_CORE_ENGAGED(Part.REPORTS),
    /** The anchor is not one of the recent blocks. */
    REPORTS_ANCHOR_NOT_RECENT(Part.REPORTS),
    /** A digest is of a service that does not exist. */
    REPORTS_BAD_SERVICE_ID(Part.REPORTS),
    /** A digest was computed by other code than the service's. */
    REPORTS_BAD_CODE_HASH(Part.REPORTS),
    /** A package that the report depends on is not known. */
    REPORTS_DEPENDENCY_MISSING(Part.REPORTS),
    /** A package was reported before, or twice in the block. */
    REPORTS_DUPLICATE_PACKAGE(Part.REPORTS),
    /** The anchor's state root is another. */
    REPORTS_BAD_STATE_ROOT(Part.REPORTS),
    /** The anchor's accumulation-output super-peak is another. */
    REPORTS_BAD_BEEFY_MMR_ROOT(Part.REPORTS),
    /** The anchor's time slot is another (since 0.8.0). */
    REPORTS_BAD_ANCHOR_SLOT(Part.REPORTS),
    /** The authorizer is not in the core's pool. */
    REPORTS_CORE_UNAUTHORIZED(Part.REPORTS),
    /** A guarantor's index is outside its set. */
    REPORTS_BAD_VALIDATOR_INDEX(Part.REPORTS),
    /** The digests' accumulation gas is more than a report may have. */
    REPORTS_WORK_REPORT_GAS_TOO_HIGH(Part.REPORTS),
    /** A digest's accumulation gas is less than its service asks for. */
    REPORTS_SERVICE_ITEM_GAS_TOO_LOW(Part.REPORTS),
    /** A report depends on more packages than it may. */
    REPORTS_TOO_MANY_DEPENDENCIES(Part.REPORTS),
    /** A segment root is not the one that was reported of the package. */
    REPORTS_SEGMENT_ROOT_LOOKUP_INVALID(Part.REPORTS),
    /** The signature of a credential does not verify. */
    REPORTS_BAD_SIGNATURE(Part.REPORTS),
    /** A report's blobs are larger than they may be. */
    REPORTS_WORK_REPORT_TOO_BIG(Part.REPORTS),
    /** A guarantor is known as an offender. */
    REPORTS_BANNED_VALIDATOR(Part.REPORTS),
    /** The lookup anchor is too old, or not an ancestor. */
    REPORTS_LOOKUP_ANCHOR_NOT_RECENT(Part.REPORTS),
    /** A report has no digest, or more than it may. */
    REPORTS_MISSING_WORK_RESULTS(Part.REPORTS),
    /** The number of erasure shards is not that of the validators (since 0.8.0). */
    REPORTS_BAD_SHARD_COUNT(Part.REPORTS),
    /** The lookup anchor's state root is another (since 0.8.0). */
    REPORTS_BAD_LOOKUP_ANCHOR_STATE_ROOT(Part.REPORTS),

    /** A preimage was not asked for, or is there already. */
    PREIMAGES_PREIMAGE_UNNEEDED(Part.PREIMAGES),
    /** Preimages are not in ascending order of service and octets. */
    PREIMAGES_PREIMAGES_NOT_SORTED_UNIQUE(Part.PREIMAGES),

    /** Two services made new services with the same index in one round. */
    ACCUMULATION_SERVICE_INDEX_TAKEN_TWICE(Part.ACCUMULATION);

    private final Part part;
    private final String code;

    Violation(Part part) {
        this.part = part;
        this.code = name().substring(part.name().length() + 1).toLowerCase(Locale.ROOT);
    }

    /** Returns the part of the transition that the rule belongs to. */
    public Part part() {
        return part;
    }

    /** Returns the rule's name within its part, such as {@code bad_slot}. */
    public String code() {
        return code;
    }

    /** Returns the reason that names this rule. */
    public InvalidReason because(String detail) {
        return new InvalidReason(this, detail);
    }

    /** Returns part and name, such as {@code safrole bad_slot}. */
    @Override
    public String toString() {
        return part + " " + code;
    }
}
