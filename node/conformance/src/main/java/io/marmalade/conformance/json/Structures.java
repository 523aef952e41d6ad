package io.marmalade.conformance.json;

import static io.marmalade.conformance.json.Shapes.BLOB;
import static io.marmalade.conformance.json.Shapes.BOOL;
import static io.marmalade.conformance.json.Shapes.HASH;
import static io.marmalade.conformance.json.Shapes.NATURAL;
import static io.marmalade.conformance.json.Shapes.NULL;
import static io.marmalade.conformance.json.Shapes.TEXT;
import static io.marmalade.conformance.json.Shapes.U16;
import static io.marmalade.conformance.json.Shapes.U32;
import static io.marmalade.conformance.json.Shapes.U64;
import static io.marmalade.conformance.json.Shapes.U8;
import static io.marmalade.conformance.json.Shapes.changed;
import static io.marmalade.conformance.json.Shapes.choice;
import static io.marmalade.conformance.json.Shapes.enumeration;
import static io.marmalade.conformance.json.Shapes.field;
import static io.marmalade.conformance.json.Shapes.fixed;
import static io.marmalade.conformance.json.Shapes.octets;
import static io.marmalade.conformance.json.Shapes.optional;
import static io.marmalade.conformance.json.Shapes.sequence;
import static io.marmalade.conformance.json.Shapes.since080;
import static io.marmalade.conformance.json.Shapes.sized;
import static io.marmalade.conformance.json.Shapes.struct;

import io.marmalade.base.ProtocolConfig;
import io.marmalade.base.StateKey;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * Every structure that has a name, as the public vectors' schema writes it down. It is one long
 * table, from the smallest structures to blocks, state, traces and messages. What 0.8.0 changed
 * stands in its line: a field {@code since080}, a shape {@code changed}, a list {@code sized} by
 * itself. The names of fields that 0.8.0 added are ours as long as there is no public schema of
 * them.
 *
 * @gp sec:serialization
 */
public final class Structures {
    private static final Shape VALIDATOR_DATA =
            struct(
                    field("bandersnatch", HASH),
                    field("ed25519", HASH),
                    field("bls", octets(144)),
                    field("metadata", octets(128)));
    private static final Shape VALIDATORS_DATA =
            sized(ProtocolConfig::validatorCount, VALIDATOR_DATA);

    private static final Shape SERVICE_INFO =
            struct(
                    field("version", U8),
                    field("code_hash", HASH),
                    field("balance", U64),
                    field("min_item_gas", U64),
                    field("min_memo_gas", U64),
                    field("bytes", U64),
                    field("deposit_offset", U64),
                    field("items", U32),
                    field("creation_slot", U32),
                    field("last_accumulation_slot", U32),
                    field("parent_service", U32));

    private static final Shape REFINE_CONTEXT =
            struct(
                    field("anchor", HASH),
                    since080("anchor_slot", U32),
                    field("state_root", HASH),
                    field("beefy_root", HASH),
                    field("lookup_anchor", HASH),
                    field("lookup_anchor_slot", U32),
                    since080("lookup_anchor_state_root", HASH),
                    field("prerequisites", sequence(HASH)));

    private static final Shape IMPORT_SPEC = struct(field("tree_root", HASH), field("index", U16));
    private static final Shape EXTRINSIC_SPEC = struct(field("hash", HASH), field("len", U32));

    private static final Shape WORK_ITEM =
            struct(
                    field("service", U32),
                    field("code_hash", HASH),
                    field("refine_gas_limit", U64),
                    field("accumulate_gas_limit", U64),
                    field("export_count", U16),
                    field("payload", BLOB),
                    field("import_segments", sequence(IMPORT_SPEC)),
                    field("extrinsic", sequence(EXTRINSIC_SPEC)));

    private static final Shape WORK_PACKAGE =
            struct(
                    field("auth_code_host", U32),
                    field("auth_code_hash", HASH),
                    field("context", REFINE_CONTEXT),
                    field("authorization", BLOB),
                    field("authorizer_config", BLOB),
                    field("items", sequence(WORK_ITEM)));

    private static final Shape WORK_EXEC_RESULT =
            choice(
                    field("ok", BLOB),
                    field("out_of_gas", NULL),
                    field("panic", NULL),
                    field("bad_exports", NULL),
                    field("output_oversize", NULL),
                    field("bad_code", NULL),
                    field("code_oversize", NULL));

    private static final Shape REFINE_LOAD =
            struct(
                    field("gas_used", NATURAL),
                    field("imports", NATURAL),
                    field("extrinsic_count", NATURAL),
                    field("extrinsic_size", NATURAL),
                    field("exports", NATURAL));

    private static final Shape WORK_RESULT =
            struct(
                    field("service_id", U32),
                    field("code_hash", HASH),
                    field("payload_hash", HASH),
                    field("accumulate_gas", U64),
                    field("result", WORK_EXEC_RESULT),
                    field("refine_load", REFINE_LOAD));

    private static final Shape WORK_PACKAGE_SPEC =
            struct(
                    field("hash", HASH),
                    field("length", U32),
                    field("erasure_root", HASH),
                    since080("erasure_shards", U16),
                    field("exports_root", HASH),
                    field("exports_count", U16));

    private static final Shape SEGMENT_ROOT_LOOKUP_ITEM =
            struct(field("work_package_hash", HASH), field("segment_tree_root", HASH));

    private static final Shape WORK_REPORT =
            struct(
                    field("package_spec", WORK_PACKAGE_SPEC),
                    field("context", REFINE_CONTEXT),
                    field("core_index", NATURAL),
                    field("authorizer_hash", HASH),
                    field("auth_gas_used", NATURAL),
                    field("auth_output", BLOB),
                    field("segment_root_lookup", sequence(SEGMENT_ROOT_LOOKUP_ITEM)),
                    field("results", sequence(WORK_RESULT)));

    private static final Shape REPORTED_WORK_PACKAGE =
            struct(field("hash", HASH), field("exports_root", HASH));
    private static final Shape BLOCK_INFO =
            struct(
                    field("header_hash", HASH),
                    field("beefy_root", HASH),
                    field("state_root", HASH),
                    since080("slot", U32),
                    field("reported", sequence(REPORTED_WORK_PACKAGE)));
    private static final Shape RECENT_BLOCKS =
            struct(
                    field("history", sequence(BLOCK_INFO)),
                    field("mmr", struct(field("peaks", sequence(optional(HASH))))));

    private static final Shape VALIDATOR_ACTIVITY =
            struct(
                    field("blocks", U32),
                    field("tickets", U32),
                    field("pre_images", U32),
                    field("pre_images_size", U32),
                    field("guarantees", U32),
                    field("assurances", U32));
    private static final Shape VALIDATORS_STATISTICS =
            sized(ProtocolConfig::validatorCount, VALIDATOR_ACTIVITY);
    private static final Shape CORES_STATISTICS =
            fixed(
                    ProtocolConfig::coreCount,
                    struct(
                            field("da_load", NATURAL),
                            field("popularity", NATURAL),
                            field("imports", NATURAL),
                            field("extrinsic_count", NATURAL),
                            field("extrinsic_size", NATURAL),
                            field("exports", NATURAL),
                            field("bundle_size", NATURAL),
                            field("gas_used", NATURAL)));
    private static final Shape SERVICES_STATISTICS =
            sequence(
                    struct(
                            field("id", U32),
                            field(
                                    "record",
                                    struct(
                                            field("provided_count", NATURAL),
                                            field("provided_size", NATURAL),
                                            field("refinement_count", NATURAL),
                                            field("refinement_gas_used", NATURAL),
                                            field("imports", NATURAL),
                                            field("extrinsic_count", NATURAL),
                                            field("extrinsic_size", NATURAL),
                                            field("exports", NATURAL),
                                            field("accumulate_count", NATURAL),
                                            since080("accumulate_transfers", NATURAL),
                                            field("accumulate_gas_used", NATURAL)))));
    private static final Shape STATISTICS =
            struct(
                    field("vals_curr", VALIDATORS_STATISTICS),
                    field("vals_last", VALIDATORS_STATISTICS),
                    field("cores", CORES_STATISTICS),
                    field("services", SERVICES_STATISTICS));

    private static final Shape TICKET_ENVELOPE =
            struct(field("attempt", U8), field("signature", octets(784)));
    private static final Shape TICKETS_EXTRINSIC = sequence(TICKET_ENVELOPE);
    private static final Shape TICKET_BODY = struct(field("id", HASH), field("attempt", U8));
    private static final Shape TICKETS_ACCUMULATOR = sequence(TICKET_BODY);
    private static final Shape TICKETS_OR_KEYS =
            choice(
                    field("tickets", fixed(ProtocolConfig::epochLength, TICKET_BODY)),
                    field("keys", fixed(ProtocolConfig::epochLength, HASH)));

    private static final Shape JUDGEMENT =
            struct(field("vote", BOOL), field("index", U16), field("signature", octets(64)));
    private static final Shape VERDICT =
            struct(
                    field("target", HASH),
                    field("age", U32),
                    field(
                            "votes",
                            sized(config -> config.validatorCount() * 2 / 3 + 1, JUDGEMENT)));
    private static final Shape CULPRIT =
            struct(field("target", HASH), field("key", HASH), field("signature", octets(64)));
    private static final Shape FAULT =
            struct(
                    field("target", HASH),
                    field("vote", BOOL),
                    field("key", HASH),
                    field("signature", octets(64)));
    private static final Shape DISPUTES_EXTRINSIC =
            struct(
                    field("verdicts", sequence(VERDICT)),
                    field("culprits", sequence(CULPRIT)),
                    field("faults", sequence(FAULT)));
    private static final Shape DISPUTES_RECORDS =
            struct(
                    field("good", sequence(HASH)),
                    field("bad", sequence(HASH)),
                    field("wonky", sequence(HASH)),
                    field("offenders", sequence(HASH)));

    private static final Shape PREIMAGE = struct(field("requester", U32), field("blob", BLOB));
    private static final Shape PREIMAGES_EXTRINSIC = sequence(PREIMAGE);

    private static final Shape ASSURANCE =
            struct(
                    field("anchor", HASH),
                    field("bitfield", octets(config -> (config.coreCount() + 7) / 8)),
                    field("validator_index", U16),
                    field("signature", octets(64)));
    private static final Shape ASSURANCES_EXTRINSIC = sequence(ASSURANCE);

    private static final Shape VALIDATOR_SIGNATURE =
            struct(field("validator_index", U16), field("signature", octets(64)));
    private static final Shape GUARANTEE =
            struct(
                    field("report", WORK_REPORT),
                    field("slot", U32),
                    field("signatures", sequence(VALIDATOR_SIGNATURE)));
    private static final Shape GUARANTEES_EXTRINSIC = sequence(GUARANTEE);

    private static final Shape AVAILABILITY_ASSIGNMENTS =
            fixed(
                    ProtocolConfig::coreCount,
                    optional(
                            changed(
                                    struct(field("report", WORK_REPORT), field("timeout", U32)),
                                    struct(field("guarantee", GUARANTEE), field("timeout", U32)))));
    private static final Shape AUTH_POOLS = fixed(ProtocolConfig::coreCount, sequence(HASH));
    private static final Shape AUTH_QUEUES =
            fixed(ProtocolConfig::coreCount, fixed(ProtocolConfig::authQueueSize, HASH));

    private static final Shape READY_QUEUE =
            fixed(
                    ProtocolConfig::epochLength,
                    sequence(
                            struct(
                                    field("report", WORK_REPORT),
                                    field("dependencies", sequence(HASH)))));
    private static final Shape ACCUMULATED_QUEUE =
            fixed(ProtocolConfig::epochLength, sequence(HASH));
    private static final Shape PRIVILEGES =
            struct(
                    field("bless", U32),
                    field("assign", fixed(ProtocolConfig::coreCount, U32)),
                    field("designate", U32),
                    field("register", U32),
                    field("always_acc", sequence(struct(field("id", U32), field("gas", U64)))));

    private static final Shape EPOCH_MARK =
            struct(
                    field("entropy", HASH),
                    field("tickets_entropy", HASH),
                    field(
                            "validators",
                            sized(
                                    ProtocolConfig::validatorCount,
                                    struct(field("bandersnatch", HASH), field("ed25519", HASH)))));
    private static final Shape TICKETS_MARK = fixed(ProtocolConfig::epochLength, TICKET_BODY);
    private static final Shape OFFENDERS_MARK = sequence(HASH);

    private static final Shape HEADER =
            struct(
                    field("parent", HASH),
                    field("parent_state_root", HASH),
                    field("extrinsic_hash", HASH),
                    field("slot", U32),
                    field("epoch_mark", optional(EPOCH_MARK)),
                    field("tickets_mark", optional(TICKETS_MARK)),
                    field("author_index", U16),
                    field("entropy_source", octets(96)),
                    field("offenders_mark", OFFENDERS_MARK),
                    field("seal", octets(96)));
    private static final Shape EXTRINSIC =
            struct(
                    field("tickets", TICKETS_EXTRINSIC),
                    field("preimages", PREIMAGES_EXTRINSIC),
                    field("guarantees", GUARANTEES_EXTRINSIC),
                    field("assurances", ASSURANCES_EXTRINSIC),
                    field("disputes", DISPUTES_EXTRINSIC));
    private static final Shape BLOCK =
            struct(field("header", HEADER), field("extrinsic", EXTRINSIC));

    private static final Shape KEY_VALUES =
            sequence(struct(field("key", octets(31)), field("value", BLOB)));
    private static final Shape RAW_STATE =
            struct(field("state_root", HASH), field("keyvals", KEY_VALUES));
    private static final Shape TRACE_STEP =
            struct(
                    field("pre_state", RAW_STATE),
                    field("block", BLOCK),
                    field("post_state", RAW_STATE));
    private static final Shape TRACE_GENESIS =
            struct(field("header", HEADER), field("state", RAW_STATE));

    private static final Shape VERSION =
            struct(field("major", U8), field("minor", U8), field("patch", U8));
    private static final Shape PEER_INFO =
            struct(
                    field("fuzz_version", U8),
                    field("fuzz_features", U32),
                    field("jam_version", VERSION),
                    field("app_version", VERSION),
                    field("app_name", TEXT));
    private static final Shape INITIALIZE =
            struct(
                    field("header", HEADER),
                    field("state", KEY_VALUES),
                    field(
                            "ancestry",
                            sequence(struct(field("slot", U32), field("header_hash", HASH)))));

    private static final Shape SAFROLE_STATE =
            struct(
                    field("gamma_k", VALIDATORS_DATA),
                    field("gamma_z", octets(144)),
                    field("gamma_s", TICKETS_OR_KEYS),
                    field("gamma_a", TICKETS_ACCUMULATOR));
    private static final Shape ACCUMULATION_OUTPUTS =
            sequence(struct(field("service", U32), field("hash", HASH)));
    private static final Shape ENTROPY = fixed(config -> 4, HASH);

    /** What stands at the state keys 1..16, by that number; nothing stands at 0. */
    private static final Shape[] STATE_COMPONENTS = {
        NULL,
        AUTH_POOLS,
        AUTH_QUEUES,
        RECENT_BLOCKS,
        SAFROLE_STATE,
        DISPUTES_RECORDS,
        ENTROPY,
        VALIDATORS_DATA,
        VALIDATORS_DATA,
        VALIDATORS_DATA,
        AVAILABILITY_ASSIGNMENTS,
        U32,
        PRIVILEGES,
        STATISTICS,
        READY_QUEUE,
        ACCUMULATED_QUEUE,
        ACCUMULATION_OUTPUTS
    };

    private static final String[] STATE_COMPONENT_NAMES = {
        "",
        "alpha (authorizer pools)",
        "phi (authorizer queues)",
        "beta (recent history)",
        "gamma (safrole)",
        "psi (disputes)",
        "eta (entropy)",
        "iota (staging set)",
        "kappa (active set)",
        "lambda (previous set)",
        "rho (pending reports)",
        "tau (time slot)",
        "chi (privileges)",
        "pi (statistics)",
        "omega (ready queue)",
        "xi (accumulated packages)",
        "theta (accumulation outputs)"
    };

    private static final SequencedMap<String, Shape> BY_NAME = byName();

    private Structures() {}

    /**
     * Returns the shape of a structure.
     *
     * @param name as in {@link #all}; dashes and underscores are the same
     * @return nothing if there is no such structure
     */
    public static Optional<Shape> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name.replace('-', '_')));
    }

    /**
     * Returns all structures by their names.
     *
     * @return an unmodifiable map in alphabetical order
     */
    public static SequencedMap<String, Shape> all() {
        return Collections.unmodifiableSequencedMap(BY_NAME);
    }

    /**
     * Returns what a state key stands for, in words.
     *
     * @param key any state key
     * @return the component's or the service's name
     * @gp sec:statemerklization
     */
    public static String describe(StateKey key) {
        byte[] octets = key.octets();
        int first = octets[0] & 0xff;
        if (isComponent(octets) && first >= 1 && first < STATE_COMPONENTS.length) {
            return STATE_COMPONENT_NAMES[first];
        }
        if (first == 255 && isAccount(octets)) {
            return "delta (account of service " + service(octets, 1) + ")";
        }
        return "delta (value, preimage or request of service " + service(octets, 0) + ")";
    }

    /**
     * Returns the shape of what stands at a state key.
     *
     * @param key any state key
     * @return nothing if the key does not tell
     * @gp sec:statemerklization
     */
    public static Optional<Shape> at(StateKey key) {
        byte[] octets = key.octets();
        int first = octets[0] & 0xff;
        if (isComponent(octets) && first >= 1 && first < STATE_COMPONENTS.length) {
            return Optional.of(STATE_COMPONENTS[first]);
        }
        return first == 255 && isAccount(octets) ? Optional.of(SERVICE_INFO) : Optional.empty();
    }

    private static boolean isComponent(byte[] key) {
        for (int i = 1; i < key.length; i++) {
            if (key[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAccount(byte[] key) {
        for (int i = 2; i < key.length; i++) {
            if (key[i] != 0 && (i > 7 || i % 2 == 0)) {
                return false;
            }
        }
        return true;
    }

    private static long service(byte[] key, int offset) {
        long service = 0;
        for (int i = 0; i < 4; i++) {
            service |= (key[offset + 2 * i] & 0xffL) << (8 * i);
        }
        return service;
    }

    private static SequencedMap<String, Shape> byName() {
        TreeMap<String, Shape> names = new TreeMap<>();
        names.putAll(
                Map.of(
                        "validator_data", VALIDATOR_DATA,
                        "validators_data", VALIDATORS_DATA,
                        "service_info", SERVICE_INFO,
                        "refine_context", REFINE_CONTEXT,
                        "work_item", WORK_ITEM,
                        "work_package", WORK_PACKAGE,
                        "work_result", WORK_RESULT,
                        "work_report", WORK_REPORT,
                        "recent_blocks", RECENT_BLOCKS,
                        "statistics", STATISTICS));
        names.putAll(
                Map.of(
                        "tickets_extrinsic", TICKETS_EXTRINSIC,
                        "disputes_extrinsic", DISPUTES_EXTRINSIC,
                        "preimages_extrinsic", PREIMAGES_EXTRINSIC,
                        "assurances_extrinsic", ASSURANCES_EXTRINSIC,
                        "guarantees_extrinsic", GUARANTEES_EXTRINSIC,
                        "extrinsic", EXTRINSIC,
                        "header", HEADER,
                        "block", BLOCK,
                        "epoch_mark", EPOCH_MARK,
                        "tickets_mark", TICKETS_MARK));
        names.putAll(
                Map.of(
                        "disputes_records", DISPUTES_RECORDS,
                        "availability_assignments", AVAILABILITY_ASSIGNMENTS,
                        "auth_pools", AUTH_POOLS,
                        "auth_queues", AUTH_QUEUES,
                        "ready_queue", READY_QUEUE,
                        "accumulated_queue", ACCUMULATED_QUEUE,
                        "privileges", PRIVILEGES,
                        "safrole_state", SAFROLE_STATE,
                        "accumulation_outputs", ACCUMULATION_OUTPUTS,
                        "entropy", ENTROPY));
        names.putAll(
                Map.of(
                        "raw_state", RAW_STATE,
                        "trace_step", TRACE_STEP,
                        "trace_genesis", TRACE_GENESIS,
                        "fuzz_message",
                                new MessageShape(PEER_INFO, INITIALIZE, BLOCK, KEY_VALUES)));
        names.putAll(StfStructures.all());
        return names;
    }

    /** The test cases of the public vectors for single parts of the transition. */
    private static final class StfStructures {
        private static final Shape BLOBS =
                sequence(struct(field("hash", HASH), field("blob", BLOB)));
        private static final Shape REQUESTS =
                sequence(
                        struct(
                                field("key", struct(field("hash", HASH), field("length", U32))),
                                field("value", sequence(U32))));

        static Map<String, Shape> all() {
            return Map.of(
                    "stf_accumulate", accumulate(),
                    "stf_assurances", assurances(),
                    "stf_authorizations", authorizations(),
                    "stf_disputes", disputes(),
                    "stf_history", history(),
                    "stf_preimages", preimages(),
                    "stf_reports", reports(),
                    "stf_safrole", safrole(),
                    "stf_statistics", statistics());
        }

        private static Shape testCase(Shape input, Shape output, Shape state) {
            return struct(
                    field("input", input),
                    field("pre_state", state),
                    field("output", output),
                    field("post_state", state));
        }

        private static Shape result(Shape ok, Shape error) {
            return choice(field("ok", ok), field("err", error));
        }

        private static Shape accounts(Shape data) {
            return sequence(struct(field("id", U32), field("data", data)));
        }

        private static Shape accumulate() {
            Shape account =
                    struct(
                            field("service", SERVICE_INFO),
                            field(
                                    "storage",
                                    sequence(struct(field("key", BLOB), field("value", BLOB)))),
                            field("preimage_blobs", BLOBS),
                            field("preimage_requests", REQUESTS));
            return testCase(
                    struct(field("slot", U32), field("reports", sequence(WORK_REPORT))),
                    result(HASH, NULL),
                    struct(
                            field("slot", U32),
                            field("entropy", HASH),
                            field("ready_queue", READY_QUEUE),
                            field("accumulated", ACCUMULATED_QUEUE),
                            field("privileges", PRIVILEGES),
                            field("statistics", SERVICES_STATISTICS),
                            field("accounts", accounts(account))));
        }

        private static Shape assurances() {
            return testCase(
                    struct(
                            field("assurances", ASSURANCES_EXTRINSIC),
                            field("slot", U32),
                            field("parent", HASH)),
                    result(
                            struct(field("reported", sequence(WORK_REPORT))),
                            enumeration(
                                    "bad_attestation_parent",
                                    "bad_validator_index",
                                    "core_not_engaged",
                                    "bad_signature",
                                    "not_sorted_or_unique_assurers")),
                    struct(
                            field("avail_assignments", AVAILABILITY_ASSIGNMENTS),
                            field("curr_validators", VALIDATORS_DATA)));
        }

        private static Shape authorizations() {
            return testCase(
                    struct(
                            field("slot", U32),
                            field(
                                    "auths",
                                    sequence(
                                            struct(field("core", U16), field("auth_hash", HASH))))),
                    NULL,
                    struct(field("auth_pools", AUTH_POOLS), field("auth_queues", AUTH_QUEUES)));
        }

        private static Shape disputes() {
            return testCase(
                    struct(field("disputes", DISPUTES_EXTRINSIC)),
                    result(
                            struct(field("offenders_mark", OFFENDERS_MARK)),
                            enumeration(
                                    "already_judged",
                                    "bad_vote_split",
                                    "verdicts_not_sorted_unique",
                                    "judgements_not_sorted_unique",
                                    "culprits_not_sorted_unique",
                                    "faults_not_sorted_unique",
                                    "not_enough_culprits",
                                    "not_enough_faults",
                                    "culprits_verdict_not_bad",
                                    "fault_verdict_wrong",
                                    "offender_already_reported",
                                    "bad_judgement_age",
                                    "bad_validator_index",
                                    "bad_signature",
                                    "bad_guarantor_key",
                                    "bad_auditor_key",
                                    "bad_judgement_count",
                                    "too_many")),
                    struct(
                            field("psi", DISPUTES_RECORDS),
                            field("rho", AVAILABILITY_ASSIGNMENTS),
                            field("tau", U32),
                            field("kappa", VALIDATORS_DATA),
                            field("lambda", VALIDATORS_DATA)));
        }

        private static Shape history() {
            return testCase(
                    struct(
                            field("header_hash", HASH),
                            field("parent_state_root", HASH),
                            field("accumulate_root", HASH),
                            since080("slot", U32),
                            field("work_packages", sequence(REPORTED_WORK_PACKAGE))),
                    NULL,
                    struct(field("beta", RECENT_BLOCKS)));
        }

        private static Shape preimages() {
            Shape account =
                    struct(field("preimage_blobs", BLOBS), field("preimage_requests", REQUESTS));
            return testCase(
                    struct(field("preimages", PREIMAGES_EXTRINSIC), field("slot", U32)),
                    result(NULL, enumeration("preimage_unneeded", "preimages_not_sorted_unique")),
                    struct(
                            field("accounts", accounts(account)),
                            field("statistics", SERVICES_STATISTICS)));
        }

        private static Shape reports() {
            return testCase(
                    struct(
                            field("guarantees", GUARANTEES_EXTRINSIC),
                            field("slot", U32),
                            field("known_packages", sequence(HASH))),
                    result(
                            struct(
                                    field("reported", sequence(SEGMENT_ROOT_LOOKUP_ITEM)),
                                    field("reporters", sequence(HASH))),
                            enumeration(
                                    "bad_core_index",
                                    "future_report_slot",
                                    "report_epoch_before_last",
                                    "insufficient_guarantees",
                                    "out_of_order_guarantee",
                                    "not_sorted_or_unique_guarantors",
                                    "wrong_assignment",
                                    "core_engaged",
                                    "anchor_not_recent",
                                    "bad_service_id",
                                    "bad_code_hash",
                                    "dependency_missing",
                                    "duplicate_package",
                                    "bad_state_root",
                                    "bad_beefy_mmr_root",
                                    "core_unauthorized",
                                    "bad_validator_index",
                                    "work_report_gas_too_high",
                                    "service_item_gas_too_low",
                                    "too_many_dependencies",
                                    "segment_root_lookup_invalid",
                                    "bad_signature",
                                    "work_report_too_big",
                                    "banned_validator",
                                    "lookup_anchor_not_recent",
                                    "missing_work_results",
                                    "bad_anchor_slot",
                                    "bad_shard_count")),
                    struct(
                            field("avail_assignments", AVAILABILITY_ASSIGNMENTS),
                            field("curr_validators", VALIDATORS_DATA),
                            field("prev_validators", VALIDATORS_DATA),
                            field("entropy", ENTROPY),
                            field("offenders", sequence(HASH)),
                            field("recent_blocks", RECENT_BLOCKS),
                            field("auth_pools", AUTH_POOLS),
                            field("accounts", accounts(struct(field("service", SERVICE_INFO)))),
                            field("cores_statistics", CORES_STATISTICS),
                            field("services_statistics", SERVICES_STATISTICS)));
        }

        private static Shape safrole() {
            return testCase(
                    struct(
                            field("slot", U32),
                            field("entropy", HASH),
                            field("extrinsic", TICKETS_EXTRINSIC)),
                    result(
                            struct(
                                    field("epoch_mark", optional(EPOCH_MARK)),
                                    field("tickets_mark", optional(TICKETS_MARK))),
                            enumeration(
                                    "bad_slot",
                                    "unexpected_ticket",
                                    "bad_ticket_order",
                                    "bad_ticket_proof",
                                    "bad_ticket_attempt",
                                    "reserved",
                                    "duplicate_ticket")),
                    struct(
                            field("tau", U32),
                            field("eta", ENTROPY),
                            field("lambda", VALIDATORS_DATA),
                            field("kappa", VALIDATORS_DATA),
                            field("gamma_k", VALIDATORS_DATA),
                            field("iota", VALIDATORS_DATA),
                            field("gamma_a", TICKETS_ACCUMULATOR),
                            field("gamma_s", TICKETS_OR_KEYS),
                            field("gamma_z", octets(144)),
                            field("post_offenders", sequence(HASH))));
        }

        private static Shape statistics() {
            return testCase(
                    struct(
                            field("slot", U32),
                            field("author_index", U16),
                            field("extrinsic", EXTRINSIC)),
                    NULL,
                    struct(
                            field("vals_curr_stats", VALIDATORS_STATISTICS),
                            field("vals_last_stats", VALIDATORS_STATISTICS),
                            field("slot", U32),
                            field("curr_validators", VALIDATORS_DATA)));
        }
    }
}
