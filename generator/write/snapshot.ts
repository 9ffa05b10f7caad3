import { fileHeader } from "../emit/file-header.js";
import type { ApiModel } from "../model/api-model.js";
import { digestTexts } from "../model/digest-texts.js";
import type { Snapshot } from "../model/previous-model.js";
import { hashOf } from "../hash.js";
import type { Lock } from "./lock.js";
import { readOutput } from "./output-state.js";

/** Name of the file inside the output folder that keeps what the client was generated from. */
export const snapshotFileName = "kompliant-codegen.snapshot";

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

/**
 * The model that the client in a folder was generated from.
 *
 * @returns undefined when there is none, or not as the run of the lock wrote it
 */
export function readSnapshot(
  folder: string,
  { outputs }: Pick<Lock, "outputs">,
): Snapshot | undefined {
  const text = readOutput(folder, snapshotFileName);
  if (text === undefined || hashOf(text) !== outputs[snapshotFileName]) return;
  const { snapshotVersion: version, ...stored } = JSON.parse(
    text,
  ) as StoredSnapshot;
  if (version !== snapshotVersion) return undefined;
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

interface StoredSnapshot extends Omit<Snapshot, "errors"> {
  readonly snapshotVersion: number;
  readonly "errors.entries": ApiModel["errors"]["entries"];
  readonly "errors.groups": ApiModel["errors"]["groups"];
  readonly "errors.views": ApiModel["errors"]["views"];
}
