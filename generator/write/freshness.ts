import { Buffer } from "node:buffer";
import path from "node:path";
import type { ResolvedOptions } from "../config/options.js";
import { diagnostic, startOf } from "../diagnostics/diagnostic.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { SourceFile } from "../emit/source-file.js";
import { describeForm } from "../format/output-form.js";
import type { PrintOptions } from "../format/output-form.js";
import type { NameLedger } from "../model/name-ledger.js";
import { maxDocumentBytes } from "../load/document-bytes.js";
import { isInFoldersOf } from "../load/reference-policy.js";
import { committedName, isUrl } from "../load/url.js";
import { generatorFingerprint, optionsFingerprint } from "./fingerprint.js";
import { hashOf } from "../hash.js";
import { hashesOf, lockVersion } from "./lock.js";
import type { ApiSummary, Lock } from "./lock.js";
import { outputState } from "./output-state.js";
import { readLinkedFile } from "./regular-file.js";
import { targetOf } from "./replace-files.js";

/** What has moved since a lock was written. */
export interface Movement {
  /** Documents of the description that changed, came or went: paths relative to the first one's folder, or URLs. */
  readonly documents: readonly string[];
  /** Overlays that changed or are gone. */
  readonly overlays: readonly string[];
  readonly options: boolean;
  readonly generator: boolean;
  /** Documents on the network that no pin speaks for: whether they moved is not known without asking. */
  readonly unproven: readonly string[];
}

/** Compares everything that an output depends on with its lock, without the network. */
export function movementSince(options: PrintOptions, lock: Lock): Movement {
  const pins = new Map(
    options.specs.flatMap(({ place, sha256 }) =>
      sha256 === undefined
        ? []
        : [[inputName(options, place), fromHex(sha256)] as const],
    ),
  );
  const moved = Object.entries(lock.inputs)
    .filter(([name, hash]) =>
      isUrl(name)
        ? (pins.get(name) ?? hash) !== hash
        : hashOfInput(options, name) !== hash,
    )
    .map(([name]) => name);
  const overlays = new Set(
    options.overlays.map((file) => inputName(options, file)),
  );
  const unread = options.specs
    .map(({ place }) => inputName(options, place))
    .filter((name) => !Object.hasOwn(lock.inputs, name));
  return {
    documents: [...moved.filter((name) => !overlays.has(name)), ...unread],
    overlays: moved.filter((name) => overlays.has(name)),
    options: lock.options !== optionsHash(options),
    generator: lock.generator !== generatorFingerprint(),
    unproven: Object.keys(lock.inputs).filter(
      (name) => isUrl(name) && !pins.has(name),
    ),
  };
}

/**
 * The URL of a document on the network that the options name.
 *
 * @returns undefined for any other: a lock file does not say what is asked for
 */
export function addressOf(
  options: ResolvedOptions,
  name: string,
): string | undefined {
  return options.specs.find(({ place }) => inputName(options, place) === name)
    ?.place;
}

/** Whether anything moved, as far as that is known without the network. */
export function hasMoved(movement: Movement): boolean {
  const { documents, overlays, options, generator } = movement;
  return documents.length + overlays.length > 0 || options || generator;
}

/** Says which documents on the network, without a pin, are not what they were in the last run. */
export function movedDocuments(
  options: ResolvedOptions,
  before: Lock | undefined,
  after: Lock,
): readonly Diagnostic[] {
  const pinned = new Set(
    options.specs.flatMap(({ place, sha256 }) =>
      sha256 === undefined ? [] : [inputName(options, place)],
    ),
  );
  return Object.entries(after.inputs)
    .filter(([name]) => isUrl(name) && !pinned.has(name))
    .filter(([name, hash]) => (before?.inputs[name] ?? hash) !== hash)
    .map(([name]) =>
      diagnostic(
        "spec-moved",
        "the document at this address is not the one of the last run",
        { location: startOf(name) },
      ),
    );
}

/** What names of local inputs are relative to. */
function inputBase({ specs, out }: ResolvedOptions): string {
  const [first] = specs;
  return first && !isUrl(first.place) ? path.dirname(first.place) : out;
}

/** The files that a client is made from: those of its options, and those that the last run read. */
export function localInputs(
  options: ResolvedOptions,
  lock: Lock | undefined,
): readonly string[] {
  const read = Object.keys(lock?.inputs ?? {})
    .filter((name) => !isUrl(name))
    .map((name) => path.resolve(inputBase(options), name))
    .filter((file) => isAllowed(options, file));
  const named = options.specs
    .map(({ place }) => place)
    .filter((place) => !isUrl(place));
  return [...new Set([...named, ...options.overlays, ...read])];
}

function inputName(options: ResolvedOptions, place: string): string {
  if (isUrl(place)) return committedName(place);
  const relative = path.relative(inputBase(options), place);
  return relative.split(path.sep).join("/");
}

function fromHex(hash: string): string {
  return Buffer.from(hash, "hex").toString("base64url");
}

/** A lock whose formatted files a run may take over: one of the same generator, with the same formatter and its settings. */
export function formattedAlike(
  options: PrintOptions,
  lock: Lock | undefined,
): Lock | undefined {
  const isAlike =
    lock?.options === optionsHash(options) &&
    lock.generator === generatorFingerprint();
  return isAlike ? lock : undefined;
}

/** Whether a lock proves that a run would change nothing, given that nothing has moved. */
export function isUntouched(options: ResolvedOptions, lock: Lock): boolean {
  const { edited, missing, extra } = outputState(options.out, lock);
  const isTidy = extra.every((name) => targetOf(name) === undefined);
  return edited.length + missing.length === 0 && isTidy;
}

/** The lock for a run's outcome. */
export function lockOf(
  options: PrintOptions,
  run: {
    readonly api: ApiSummary;
    /** Texts of everything that was read, by absolute path or URL. */
    readonly inputs: ReadonlyMap<string, string>;
    /** The files before a formatter printed them, when one did. */
    readonly sources: readonly SourceFile[];
    readonly files: readonly SourceFile[];
    readonly names: NameLedger;
  },
): Lock {
  return {
    lockVersion,
    generator: generatorFingerprint(),
    options: optionsHash(options),
    api: run.api,
    inputs: hashesOf(
      [...run.inputs].map(([place, text]) => [inputName(options, place), text]),
    ),
    outputs: hashesOf(run.files.map((file) => [file.path, file.text])),
    sources: hashesOf(run.sources.map((file) => [file.path, file.text])),
    names: run.names,
  };
}

function optionsHash(options: PrintOptions): string {
  const { importExtension, form, out } = options;
  const nameOf = (place: string): string => inputName(options, place);
  const specs = options.specs.map(({ place }) => nameOf(place));
  const overlays = options.overlays.map(nameOf);
  return optionsFingerprint(
    { importExtension, specs, overlays },
    describeForm(form, out),
  );
}

/** The hash of a file that this run may read; undefined for any other. */
function hashOfInput(
  options: ResolvedOptions,
  name: string,
): string | undefined {
  const file = path.resolve(inputBase(options), name);
  if (!isAllowed(options, file)) return undefined;
  const text = readLinkedFile(file, maxDocumentBytes);
  // As the loader reads them: line ends do not count.
  return text === undefined ? undefined : hashOf(text.replaceAll("\r\n", "\n"));
}

/** Whether the options of a run let it read a file: a lock does not. */
function isAllowed(
  { specs, overlays, references }: ResolvedOptions,
  file: string,
): boolean {
  const roots = specs.map(({ place }) => place).filter((each) => !isUrl(each));
  return (
    roots.includes(file) ||
    overlays.includes(file) ||
    references.outside ||
    isInFoldersOf(roots, file)
  );
}
