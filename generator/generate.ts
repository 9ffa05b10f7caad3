import { resolveOptions } from "./config/options.js";
import type { GenerateOptions, ResolvedOptions } from "./config/options.js";
import { sortDiagnostics } from "./diagnostics/diagnostic.js";
import type { Diagnostic } from "./diagnostics/diagnostic.js";
import type { SourceFile } from "./emit/source-file.js";
import { printOptions } from "./format/output-form.js";
import type { PrintOptions } from "./format/output-form.js";
import {
  addressOf,
  formattedAlike,
  hasMoved,
  isUntouched,
  lockOf,
  movedDocuments,
  movementSince,
} from "./write/freshness.js";
import type { ApiSummary, Lock } from "./write/lock.js";
import { hashOf } from "./hash.js";
import { lockFileName, snapshotFileName } from "./write/lock.js";
import { readPreviousRun } from "./write/previous-run.js";
import type { PreviousRun } from "./write/previous-run.js";
import { writeFiles } from "./write/write-files.js";
import type { WrittenFiles } from "./write/write-files.js";

/** What a run did. */
export interface GenerateResult {
  /** Absolute path of the output folder. */
  readonly out: string;
  /** Title and version of the API description. */
  readonly api: Pick<ApiSummary, "title" | "version">;
  readonly counts: Pick<ApiSummary, "operations" | "schemas" | "errors">;
  readonly files: WrittenFiles;
  /** What in the description could not be read and does not keep the client from being generated; none when nothing was read. */
  readonly warnings: readonly Diagnostic[];
  /** What in the description the client has no counterpart for; none when nothing was read. */
  readonly notes: readonly Diagnostic[];
  /** Milliseconds that each stage took; a stage that was not needed took none. */
  readonly timings: Readonly<Record<Stage | "total", number>>;
}

type Stage = "load" | "model" | "emit" | "format" | "write";

/**
 * Reads an API description and brings the client in the output folder in line with
 * it. When the lock proves that nothing has changed, nothing else is read.
 *
 * @param options - as on the command line; what is missing comes from the
 *   configuration file, then from the defaults
 * @throws {DiagnosticError} when the input is bad; nothing on disk is touched then
 */
export async function generate(
  options: GenerateOptions = {},
): Promise<GenerateResult> {
  return generateClient(await resolveOptions(options));
}

/**
 * Brings one client in line with its description.
 *
 * @throws {DiagnosticError} when the input is bad; nothing on disk is touched then
 */
export async function generateClient(
  client: ResolvedOptions,
): Promise<GenerateResult> {
  const clock = startClock();
  const resolved = await printOptions(client);
  const previous = readPreviousRun(resolved.out);
  const proof = previous.lock;
  if (proof && (await isUnchanged(resolved, proof))) {
    const unchanged = [...Object.keys(proof.outputs), lockFileName].sort();
    return outcome(resolved, proof, clock, {
      written: [],
      unchanged,
      deleted: [],
    });
  }
  const { files, lock, warnings, notes } = await render(
    resolved,
    previous,
    clock,
  );
  const written = writeFiles(resolved.out, files, previous, lock);
  clock.lap("write");
  return { ...outcome(resolved, lock, clock, written), warnings, notes };
}

/** Whether a lock proves that a run would change nothing; documents on the network without a pin are asked for. */
async function isUnchanged(
  options: PrintOptions,
  lock: Lock,
): Promise<boolean> {
  const movement = movementSince(options, lock);
  if (hasMoved(movement) || !isUntouched(options, lock)) return false;
  const { unproven } = movement;
  if (unproven.length === 0) return true;
  const addresses = unproven.flatMap((name) => addressOf(options, name) ?? []);
  if (addresses.length < unproven.length) return false;
  const { fetchDocument } = await import("./load/remote-document.js");
  try {
    const texts = await Promise.all(addresses.map(fetchDocument));
    return unproven.every(
      (name, index) => lock.inputs[name] === hashOf(String(texts[index])),
    );
  } catch {
    // Reading the description says what is wrong.
    return false;
  }
}

/** The files of a client and the lock that goes with them, before anything is written. */
export interface RenderedClient {
  readonly files: readonly SourceFile[];
  readonly lock: Lock;
  readonly warnings: readonly Diagnostic[];
  readonly notes: readonly Diagnostic[];
}

/**
 * Runs every stage but the last.
 *
 * @param previous - the run before: names that it gave stay, and what its lock proves to be formatted already is not formatted again
 */
export async function render(
  options: PrintOptions,
  previous: PreviousRun,
  clock: Clock = startClock(),
): Promise<RenderedClient> {
  const pipeline = await import("./pipeline.js");
  const { specs, references, overlays } = options;
  const { document, problems } = await pipeline.readSpec(
    specs,
    references,
    overlays,
  );
  if (problems.hasErrors()) problems.add(...pipeline.furtherProblems(document));
  problems.throwErrors();
  clock.lap("load");
  const tables = pipeline.readErrorTables(document);
  const { reservedNames } = pipeline;
  const { out } = options;
  const before = pipeline.previousModel(out, previous);
  const model = pipeline.buildModel(document, reservedNames, tables, before);
  clock.lap("model");
  const sources = pipeline.emitClient(model, options);
  const vocabulary = pipeline.vocabularyOf(model);
  const trees = pipeline.inspectOutput(sources, vocabulary);
  clock.lap("emit");
  const paths = sources.map((file) => file.path);
  const reused = pipeline.formattedBefore(
    sources,
    options,
    formattedAlike(options, previous.lock),
    (file) => pipeline.passesGate(file, vocabulary, paths),
  );
  const formatted = await pipeline.formatFiles(
    sources.filter((file) => !reused.has(file.path)),
    trees,
    options,
  );
  const files = [
    ...formatted,
    ...[...reused].map(([path, text]) => ({ path, text })),
    { path: snapshotFileName, text: pipeline.printSnapshot(model) },
  ];
  clock.lap("format");
  const api = {
    title: model.title,
    version: model.version,
    operations: model.operations.length,
    schemas: model.schemas.length,
    errors: model.errors.entries.length,
  };
  const inputs = document.sources;
  const lock = lockOf(options, {
    api,
    inputs,
    sources: options.form ? sources : [],
    files,
    names: model.names,
  });
  return {
    files,
    lock,
    warnings: sortDiagnostics([
      ...before.warnings,
      ...document.warnings,
      ...tables.warnings,
      ...pipeline.openErrors(document),
      ...movedDocuments(options, previous.lock, lock),
    ]),
    notes: pipeline.leftOut(document),
  };
}

function outcome(
  { out }: ResolvedOptions,
  { api }: Lock,
  clock: Clock,
  files: WrittenFiles,
): GenerateResult {
  const { title, version, operations, schemas, errors } = api;
  return {
    out,
    api: { title, version },
    counts: { operations, schemas, errors },
    files,
    warnings: [],
    notes: [],
    timings: clock.timings(),
  };
}

interface Clock {
  lap(stage: Stage): void;
  timings(): GenerateResult["timings"];
}

function startClock(): Clock {
  const start = performance.now();
  let last = start;
  const stages = { load: 0, model: 0, emit: 0, format: 0, write: 0 };
  return {
    lap: (stage) => {
      const now = performance.now();
      stages[stage] = Math.round(now - last);
      last = now;
    },
    timings: () => ({
      ...stages,
      total: Math.round(performance.now() - start),
    }),
  };
}
