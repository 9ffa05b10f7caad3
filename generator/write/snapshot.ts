import { fileHeader } from "../emit/file-header.js";
import type { ApiModel } from "../model/api-model.js";
import { digestTexts } from "../model/digest-texts.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { PreviousModel, Snapshot } from "../model/previous-model.js";
import { hashOf } from "../hash.js";
import { snapshotFileName } from "./lock.js";
import { readOutput } from "./output-state.js";
import { stateIgnored } from "./previous-run.js";
import type { PreviousRun } from "./previous-run.js";
import { unreadable } from "./regular-file.js";
import { isStoredSnapshot } from "./snapshot-schema.js";

/** Version of the snapshot's format, which is that of the model. */
const snapshotVersion = 3;

/**
 * The model as a file, so that the next description can be compared with it. Each
 * element is a line of its own, and texts are hashes, so that it stays small and
 * merges well.
 */
export function printSnapshot(model: ApiModel): string {
  const { errors, ...rest } = digestTexts({ ...model, names: undefined });
  const members = Object.entries({
    note: fileHeader.trimEnd(),
    snapshotVersion,
    ...rest,
    "errors.entries": errors.entries,
    "errors.groups": errors.groups,
    "errors.views": errors.views,
  })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${JSON.stringify(key)}: ${printMember(value)}`);
  return `{\n${members.join(",\n")}\n}\n`;
}

function printMember(value: unknown): string {
  if (!Array.isArray(value) || value.length === 0) return JSON.stringify(value);
  const lines = value.map((each) => JSON.stringify(each));
  return `[\n${lines.join(",\n")}\n]`;
}

/** What the last run made of the description that it read, as far as the output folder says. */
export interface KnownModel extends PreviousModel {
  readonly warnings: readonly Diagnostic[];
}

/** Reads what the last run kept. What the snapshot holds is taken as input, and counts only if it is one. */
export function previousModel(folder: string, run: PreviousRun): KnownModel {
  const { names, warnings } = run;
  const stored = readSnapshot(folder, run);
  if (typeof stored !== "string") {
    return { names, snapshot: stored, warnings };
  }
  // Without a lock of its own, a snapshot is not expected to count.
  const ignored = run.lock
    ? [stateIgnored(folder, snapshotFileName, stored)]
    : [];
  return { names, snapshot: undefined, warnings: [...warnings, ...ignored] };
}

/** Reads the model that a client was generated from: undefined without a file, or the reason why it counts as absent. */
function readSnapshot(
  folder: string,
  { outputs }: PreviousRun,
): Snapshot | string | undefined {
  const text = readOutput(folder, snapshotFileName);
  if (text === undefined) return unreadable(folder, snapshotFileName);
  if (hashOf(text) !== outputs[snapshotFileName]) {
    return "it is not the one that the last run wrote";
  }
  const stored = parsed(text);
  if (!isStoredSnapshot(stored) || stored.snapshotVersion !== snapshotVersion) {
    return "this version of the tool does not write such a file";
  }
  return {
    title: stored.title,
    version: stored.version,
    serverUrl: stored.serverUrl,
    operations: stored.operations,
    webhooks: stored.webhooks,
    schemas: stored.schemas,
    errors: {
      entries: stored["errors.entries"],
      groups: stored["errors.groups"],
      views: stored["errors.views"],
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
