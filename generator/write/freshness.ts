import { readFileSync } from "node:fs";
import path from "node:path";
import type { ResolvedOptions } from "../config/options.js";
import type { SourceFile } from "../emit/source-file.js";
import type { NameLedger } from "../model/name-ledger.js";
import { generatorFingerprint, optionsFingerprint } from "./fingerprint.js";
import { hashesOf, hashOf, lockVersion } from "./lock.js";
import type { ApiSummary, Lock } from "./lock.js";
import { outputState } from "./output-state.js";

/** What has moved since a lock was written. */
export interface Movement {
  /** Files of the description that changed or are gone, relative to the root document's folder. */
  readonly inputs: readonly string[];
  readonly options: boolean;
  readonly generator: boolean;
}

/** Compares everything that an output depends on with its lock. */
export function movementSince(options: ResolvedOptions, lock: Lock): Movement {
  const folder = path.dirname(options.spec);
  const inputs = Object.entries(lock.inputs)
    .filter(([name, hash]) => hashOfFile(path.join(folder, name)) !== hash)
    .map(([name]) => name);
  const root = path.basename(options.spec);
  return {
    inputs: Object.hasOwn(lock.inputs, root) ? inputs : [...inputs, root],
    options: lock.options !== optionsHash(options),
    generator: lock.generator !== generatorFingerprint(),
  };
}

/** A lock whose formatted files a run may take over: one with the same formatter and its settings. */
export function formattedAlike(
  options: ResolvedOptions,
  lock: Lock | undefined,
): Lock | undefined {
  return lock?.options === optionsHash(options) ? lock : undefined;
}

/** Whether a lock proves that a run would change nothing. */
export function isUnchanged(options: ResolvedOptions, lock: Lock): boolean {
  const {
    inputs,
    options: hasOtherOptions,
    generator,
  } = movementSince(options, lock);
  if (inputs.length > 0 || hasOtherOptions || generator) return false;
  const { edited, missing } = outputState(options.out, lock);
  return edited.length === 0 && missing.length === 0;
}

/** The lock for a run's outcome. */
export function lockOf(
  options: ResolvedOptions,
  run: {
    readonly api: ApiSummary;
    readonly inputs: ReadonlyMap<string, string>;
    readonly sources: readonly SourceFile[];
    readonly files: readonly SourceFile[];
    readonly names: NameLedger;
  },
): Lock {
  const texts = (files: readonly SourceFile[]): [string, string][] =>
    files.map((file) => [file.path, file.text]);
  return {
    lockVersion,
    generator: generatorFingerprint(),
    options: optionsHash(options),
    api: run.api,
    inputs: hashesOf(run.inputs),
    outputs: hashesOf(texts(run.files)),
    sources: hashesOf(texts(run.sources)),
    names: run.names,
  };
}

function optionsHash(options: ResolvedOptions): string {
  const { importExtension, spec, out } = options;
  const overlays = options.overlays.map((file) => relativeTo(spec, file));
  return optionsFingerprint({ importExtension, overlays }, out);
}

function relativeTo(spec: string, file: string): string {
  return path.relative(path.dirname(spec), file).split(path.sep).join("/");
}

function hashOfFile(file: string): string | undefined {
  try {
    // As the loader reads them: line ends do not count.
    return hashOf(readFileSync(file, "utf8").replaceAll("\r\n", "\n"));
  } catch {
    return undefined;
  }
}
