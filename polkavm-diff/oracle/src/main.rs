//! Answers questions about PVM programs with the published PolkaVM engines.
//!
//! One JSON object a line comes in, one goes out, in the same order. 64-bit numbers are decimal strings, octets are
//! hexadecimal strings. A request:
//!
//! ```json
//! {"id": 7, "program": "0000...", "isa": "jam_v1", "cost": "pipeline", "metering": "block",
//!  "backend": "interpreter", "pc": 0, "gas": "1000", "registers": ["0", ...],
//!  "pages": [{"address": 65536, "length": 4096, "writable": true}],
//!  "memory": [{"address": 65536, "octets": "00ff"}],
//!  "resume": [{"registers": [[7, "1"]], "gas": "900"}], "mend": [{"pages": [...], "memory": [...]}],
//!  "read": [{"address": 65536, "length": 4096}], "digest": [{"address": 65536, "length": 4096}], "costs": [0, 12]}
//! ```
//!
//! * `isa`: `jam_v1` (0.8.0) or `revive_v1` (0.7.2); `cost`: `pipeline` or `unit`; `metering`: `block`, `instruction`
//!   or `none`; `backend`: `interpreter`, `generic` or `linux` (the latter two are the recompiler's sandboxes).
//! * `resume`: what to change at each host call before going on; when it is used up the run stops there. `mend`: the
//!   same for page faults. Both may hold `registers`, `gas`, `pages` and `memory`.
//! * `costs`: where to tell the cost of a block.
//!
//! The answer: `{"id": 7, "status": "halt"|"panic"|"out-of-gas"|"page-fault"|"host-call", "argument": 65536, "pc": 3,
//! "gas": "12", "registers": [...], "host_calls": [[4, "990", "<digest of the registers>"]], "faults": [[65536, "990",
//! "<digest>"]], "read": ["00..."|null],
//! "digest": ["123"|null], "costs": ["2"|null]}`, or `{"id": 7, "error": "..."}` where the question could not be answered.
//! A digest is that of the octets' little-endian words of 64 bits ([`digest`]).
//!
//! `"operation": "measure"` with `"times": 7` compiles, instantiates and runs a program so often, goes on at each host call
//! at once, and answers `{"id": 7, "status": "halt", "compile": [550000, ...], "instantiate": [...], "run": [...],
//! "calls": 100000, "sum": "5000050000"}`: nanoseconds, how many host calls a run made, and the sum of register 7 at them.
//!
//! `{"id": 8, "operation": "link", "object": "7f45...", "isa": "jam_v1", "entries": ["refine_ext"], "strip": true}` links a
//! RISC-V object and answers `{"id": 8, "program": "00...", "read_only": "...", "read_only_size": 0, "read_write": "...",
//! "read_write_size": 0, "stack_size": 65536, "exports": [[0, "refine_ext"]]}`; the entries stand at 0, 5, 10, ...

use polkavm::program::InstructionSetKind;
use polkavm::{
    ArcBytes, BackendKind, CacheModel, Config, CostModel, CostModelKind, Engine, GasMeteringKind, InterruptKind,
    MemoryProtection, Module, ModuleConfig, ProgramBlob, ProgramCounter, ProgramParts, RawInstance, Reg, SandboxKind,
};
use polkavm_linker::TargetInstructionSet;
use serde_json::{json, Value};
use std::collections::HashMap;
use std::io::{BufRead, Write};
use std::time::Instant;

type Answer<T> = Result<T, String>;

/// Modules that are kept, so that many runs of one program compile it once.
const KEPT_MODULES: usize = 64;

/// What a module depends on.
const NAMES: [&str; 5] = ["backend", "isa", "cost", "metering", "program"];

struct Oracle {
    engines: HashMap<String, Engine>,
    modules: HashMap<String, Module>,
}

fn main() {
    let mut oracle = Oracle { engines: HashMap::new(), modules: HashMap::new() };
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let Ok(line) = line else { return };
        if line.trim().is_empty() {
            continue;
        }
        let answer = match serde_json::from_str::<Value>(&line) {
            Err(error) => json!({"id": null, "error": error.to_string()}),
            Ok(request) => match oracle.answer(&request) {
                Ok(mut answer) => {
                    answer["id"] = request["id"].clone();
                    answer
                }
                Err(error) => json!({"id": request["id"], "error": error}),
            },
        };
        if writeln!(out, "{answer}").and_then(|()| out.flush()).is_err() {
            return;
        }
    }
}

impl Oracle {
    fn answer(&mut self, request: &Value) -> Answer<Value> {
        match request["operation"].as_str() {
            None | Some("run") => self.answer_run(request),
            Some("measure") => self.measure(request),
            Some("link") => link(request),
            Some(other) => Err(format!("unknown operation: {other}")),
        }
    }

    fn answer_run(&mut self, request: &Value) -> Answer<Value> {
        let module = self.module(request)?;
        let costs: Vec<Value> = list(request, "costs")
            .iter()
            .map(|pc| {
                let cost = pc.as_u64().and_then(|pc| module.calculate_gas_cost_for(ProgramCounter(pc as u32)));
                cost.map_or(Value::Null, |cost| json!(cost.to_string()))
            })
            .collect();
        let mut instance = module.instantiate().map_err(|error| format!("cannot instantiate: {error}"))?;
        prepare(&mut instance, request)?;
        let mut answer = run(&mut instance, request)?;
        let mut read = Vec::new();
        for range in list(request, "read") {
            let octets = instance.read_memory(u32_of(range, "address")?, u32_of(range, "length")?);
            read.push(octets.map_or(Value::Null, |octets| json!(to_hex(&octets))));
        }
        let mut digests = Vec::new();
        for range in list(request, "digest") {
            let octets = instance.read_memory(u32_of(range, "address")?, u32_of(range, "length")?);
            digests.push(octets.map_or(Value::Null, |octets| json!(digest(words(&octets)).to_string())));
        }
        answer["read"] = Value::Array(read);
        answer["digest"] = Value::Array(digests);
        answer["costs"] = Value::Array(costs);
        Ok(answer)
    }

    /// How long compiling, instantiating and running take.
    fn measure(&mut self, request: &Value) -> Answer<Value> {
        let (config, blob) = load(request)?;
        let engine = self.engine(request["backend"].as_str().unwrap_or(""))?;
        let times = request["times"].as_u64().filter(|times| (1..=1000).contains(times)).ok_or("times: 1 to 1000")?;
        let mut nanos = [Vec::new(), Vec::new(), Vec::new()];
        let mut compiled = None;
        for _ in 0..times {
            let begun = Instant::now();
            compiled = Some(Module::from_blob(engine, &config, blob.clone()));
            nanos[0].push(begun.elapsed().as_nanos() as u64);
        }
        let module = compiled.ok_or("never compiled")?.map_err(|error| format!("does not compile: {error}"))?;
        let (mut status, mut calls, mut sum) = ("", 0, 0u64);
        for _ in 0..times {
            let begun = Instant::now();
            let mut instance = module.instantiate().map_err(|error| format!("cannot instantiate: {error}"))?;
            nanos[1].push(begun.elapsed().as_nanos() as u64);
            prepare(&mut instance, request)?;
            (calls, sum) = (0, 0);
            let begun = Instant::now();
            status = loop {
                match instance.run().map_err(|error| format!("cannot run: {error}"))? {
                    InterruptKind::Finished => break "halt",
                    InterruptKind::Trap => break "panic",
                    InterruptKind::NotEnoughGas => break "out-of-gas",
                    InterruptKind::Segfault(_) => break "page-fault",
                    InterruptKind::Step => {}
                    InterruptKind::Ecalli(_) => {
                        calls += 1;
                        sum = sum.wrapping_add(instance.reg(Reg::A0));
                    }
                }
            };
            nanos[2].push(begun.elapsed().as_nanos() as u64);
        }
        let [compile, instantiate, run] = nanos;
        Ok(json!({
            "status": status,
            "compile": compile,
            "instantiate": instantiate,
            "run": run,
            "calls": calls,
            "sum": sum.to_string(),
        }))
    }

    /// The module of a request's program, compiled as it asks.
    fn module(&mut self, request: &Value) -> Answer<Module> {
        let words = NAMES.map(|name| request[name].as_str().unwrap_or(""));
        let key = words.join("/");
        if let Some(module) = self.modules.get(&key) {
            return Ok(module.clone());
        }
        let (config, blob) = load(request)?;
        let engine = self.engine(words[0])?;
        let module =
            Module::from_blob(engine, &config, blob).map_err(|error| format!("does not compile: {error}"))?;
        if self.modules.len() >= KEPT_MODULES {
            self.modules.clear();
        }
        self.modules.insert(key, module.clone());
        Ok(module)
    }

    fn engine(&mut self, backend: &str) -> Answer<&Engine> {
        if !self.engines.contains_key(backend) {
            let mut config = Config::new();
            config.set_allow_experimental(true);
            match backend {
                "interpreter" => config.set_backend(Some(BackendKind::Interpreter)),
                "generic" => config.set_backend(Some(BackendKind::Compiler)).set_sandbox(Some(SandboxKind::Generic)),
                "linux" => config.set_backend(Some(BackendKind::Compiler)).set_sandbox(Some(SandboxKind::Linux)),
                other => return Err(format!("unknown backend: {other}")),
            };
            config.set_allow_dynamic_paging(backend != "linux");
            let engine = Engine::new(&config).map_err(|error| format!("no {backend} engine: {error}"))?;
            self.engines.insert(backend.to_owned(), engine);
        }
        Ok(&self.engines[backend])
    }
}

/// A request's program, and how it asks for it to be compiled.
fn load(request: &Value) -> Answer<(ModuleConfig, ProgramBlob)> {
    let [backend, isa, cost, metering, program] = NAMES.map(|name| request[name].as_str().unwrap_or(""));
    let isa = match isa {
        "jam_v1" => InstructionSetKind::JamV1,
        "revive_v1" => InstructionSetKind::ReviveV1,
        other => return Err(format!("unknown isa: {other}")),
    };
    let cost = match cost {
        "pipeline" => CostModelKind::Full(CacheModel::L2Hit),
        "unit" => CostModelKind::Simple(CostModel::naive_ref()),
        other => return Err(format!("unknown cost: {other}")),
    };
    let mut config = ModuleConfig::new();
    config.set_strict(true);
    config.set_dynamic_paging(backend != "linux");
    config.set_cost_model(Some(cost));
    match metering {
        "block" => config.set_gas_metering(Some(GasMeteringKind::Sync)),
        "instruction" => {
            config.set_per_instruction_metering(true).set_gas_metering(Some(GasMeteringKind::Sync))
        }
        "none" => config.set_gas_metering(None),
        other => return Err(format!("unknown metering: {other}")),
    };
    let mut parts = ProgramParts::empty(isa);
    parts.code_and_jump_table = ArcBytes::from(from_hex(program)?);
    if backend == "linux" {
        // Without dynamic paging memory is laid out by the program; the request's pages tell how much.
        let largest = list(request, "pages").iter().map(|page| page["length"].as_u64().unwrap_or(0)).max();
        parts.rw_data_size = u32::try_from(largest.unwrap_or(0)).map_err(|_| "pages too large")?;
    }
    let blob = ProgramBlob::from_parts(parts).map_err(|error| format!("not a program: {error}"))?;
    Ok((config, blob))
}

/// Lays out memory and sets registers, gas and program counter.
fn prepare(instance: &mut RawInstance, request: &Value) -> Answer<()> {
    lay_out(instance, request, request["backend"] != "linux")?;
    for (register, value) in Reg::ALL.into_iter().zip(list(request, "registers")) {
        instance.set_reg(register, number(value)?);
    }
    instance.set_gas(number(&request["gas"])? as i64);
    instance.set_next_program_counter(ProgramCounter(u32_of(request, "pc")?));
    Ok(())
}

/// Maps pages, if there is paging, and writes memory.
fn lay_out(instance: &mut RawInstance, request: &Value, paging: bool) -> Answer<()> {
    let failed = |error| format!("cannot lay out memory: {error}");
    let pages = if paging { list(request, "pages") } else { &[] };
    for page in pages {
        let (address, length) = (u32_of(page, "address")?, u32_of(page, "length")?);
        instance.zero_memory_with_memory_protection(address, length, MemoryProtection::ReadWrite).map_err(failed)?;
    }
    for chunk in list(request, "memory") {
        let octets = from_hex(chunk["octets"].as_str().unwrap_or(""))?;
        instance.write_memory(u32_of(chunk, "address")?, &octets).map_err(failed)?;
    }
    for page in pages.iter().filter(|page| page["writable"] != true) {
        instance.protect_memory(u32_of(page, "address")?, u32_of(page, "length")?).map_err(failed)?;
    }
    Ok(())
}

/// Changes what a request says before a run goes on.
fn change(instance: &mut RawInstance, changes: &Value, paging: bool) -> Answer<()> {
    lay_out(instance, changes, paging)?;
    for change in list(changes, "registers") {
        let register = change[0].as_u64().and_then(|index| Reg::from_raw(index as u32));
        instance.set_reg(register.ok_or("no such register")?, number(&change[1])?);
    }
    if !changes["gas"].is_null() {
        instance.set_gas(number(&changes["gas"])? as i64);
    }
    Ok(())
}

/// Runs to the end, or to the first host call that the request does not say how to go on from.
fn run(instance: &mut RawInstance, request: &Value) -> Answer<Value> {
    let mut resumes = list(request, "resume").iter();
    let mut mends = list(request, "mend").iter();
    let mut host_calls = Vec::new();
    let mut faults = Vec::new();
    let paging = request["backend"] != "linux";
    let (status, argument) = loop {
        match instance.run().map_err(|error| format!("cannot run: {error}"))? {
            InterruptKind::Finished => break ("halt", 0),
            InterruptKind::Trap => break ("panic", 0),
            InterruptKind::NotEnoughGas => break ("out-of-gas", 0),
            InterruptKind::Segfault(fault) => {
                let Some(mend) = mends.next() else { break ("page-fault", fault.page_address) };
                faults.push(json!([fault.page_address, instance.gas().to_string(), registers_of(instance)]));
                change(instance, mend, paging)?;
            }
            InterruptKind::Step => continue,
            InterruptKind::Ecalli(call) => {
                let Some(resume) = resumes.next() else { break ("host-call", call) };
                host_calls.push(json!([call, instance.gas().to_string(), registers_of(instance)]));
                change(instance, resume, paging)?;
            }
        }
    };
    let registers: Vec<String> = Reg::ALL.into_iter().map(|register| instance.reg(register).to_string()).collect();
    let counter = |pc: Option<ProgramCounter>| pc.map_or(Value::Null, |pc| json!(pc.0));
    Ok(json!({
        "status": status,
        "argument": argument,
        "pc": counter(instance.program_counter()),
        "next_pc": counter(instance.next_program_counter()),
        "gas": instance.gas().to_string(),
        "registers": registers,
        "host_calls": host_calls,
        "faults": faults,
    }))
}

/// The digest of all registers.
fn registers_of(instance: &RawInstance) -> String {
    digest(Reg::ALL.into_iter().map(|register| instance.reg(register))).to_string()
}

/// Links one relocatable object with the published linker.
fn link(request: &Value) -> Answer<Value> {
    let isa = match request["isa"].as_str() {
        Some("jam_v1") => TargetInstructionSet::JamV1,
        Some("revive_v1") => TargetInstructionSet::ReviveV1,
        other => return Err(format!("unknown isa: {}", other.unwrap_or(""))),
    };
    let object = from_hex(request["object"].as_str().unwrap_or(""))?;
    let entries = list(request, "entries").iter().map(|name| name.as_str().unwrap_or("").as_bytes().to_vec());
    let mut config = polkavm_linker::Config::default();
    config.set_strip(request["strip"] != false);
    config.set_optimize(request["optimize"] != false);
    config.set_dispatch_table(entries.collect());
    let blob = polkavm_linker::program_from_elf(config, isa, &object).map_err(|error| error.to_string())?;
    let parts = ProgramParts::from_bytes(blob.into()).map_err(|error| error.to_string())?;
    let read_only_size = parts.ro_data_size;
    let read_write_size = parts.rw_data_size;
    let stack_size = parts.stack_size;
    let program = to_hex(&parts.code_and_jump_table);
    let read_only = to_hex(&parts.ro_data);
    let read_write = to_hex(&parts.rw_data);
    let blob = ProgramBlob::from_parts(parts).map_err(|error| error.to_string())?;
    let exports: Vec<Value> = blob
        .exports()
        .map(|export| json!([export.program_counter().0, String::from_utf8_lossy(export.symbol().as_bytes())]))
        .collect();
    Ok(json!({
        "program": program,
        "read_only": read_only,
        "read_only_size": read_only_size,
        "read_write": read_write,
        "read_write_size": read_write_size,
        "stack_size": stack_size,
        "exports": exports,
    }))
}

fn words(octets: &[u8]) -> impl Iterator<Item = u64> + '_ {
    octets.chunks(8).map(|chunk| {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        u64::from_le_bytes(word)
    })
}

/// Tells contents apart without sending them; no protection against intent.
fn digest(words: impl Iterator<Item = u64>) -> u64 {
    words.fold(0x9e37_79b9_7f4a_7c15, |digest, word| {
        let mixed = (digest ^ word).wrapping_mul(0xd6e8_feb8_6659_fd93);
        mixed ^ mixed >> 32
    })
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().map_or(&[], Vec::as_slice)
}

fn u32_of(value: &Value, name: &str) -> Answer<u32> {
    let number = value[name].as_u64().and_then(|number| u32::try_from(number).ok());
    number.ok_or_else(|| format!("{name} is not a number below 2^32"))
}

fn number(value: &Value) -> Answer<u64> {
    value.as_str().and_then(|text| text.parse().ok()).ok_or_else(|| format!("not a 64-bit number in a string: {value}"))
}

fn from_hex(text: &str) -> Answer<Vec<u8>> {
    let digit = |octet: u8| (octet as char).to_digit(16).map(|digit| digit as u8);
    let pairs = text.as_bytes().chunks(2);
    let octets: Option<Vec<u8>> =
        pairs.map(|pair| Some(digit(pair[0])? << 4 | digit(*pair.get(1)?)?)).collect();
    octets.ok_or_else(|| "not hexadecimal".to_owned())
}

fn to_hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}
