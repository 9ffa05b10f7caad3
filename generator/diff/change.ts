import type { Origin } from "../model/api-model.js";

/**
 * What a change is by Kompliant's version policy: `breaking` ones come with a new
 * version of the API only, `additive` ones may appear within a version, and
 * `documentation` changes nothing but text.
 */
export type ChangeLevel = "breaking" | "additive" | "documentation";

/** Which part of a client's own version should go up. */
export type VersionBump = "major" | "minor" | "patch";

/** Whether a value is sent to the API or comes from it. */
export type Direction = "request" | "response";

/** Where something stands in a description. */
export interface Position extends Origin {
  /** Path from the working directory; from the description's folder when its text is not at hand. */
  readonly file: string;
  /** Counted from 1; undefined when the description's text is not at hand. */
  readonly line: number | undefined;
  readonly column: number | undefined;
}

/** One difference between two descriptions. */
export interface Change {
  /** Which rule found it, such as `property-removed`. */
  readonly id: string;
  readonly level: ChangeLevel;
  /** What the change alone asks of the version of a package that contains the client. */
  readonly bump: VersionBump;
  /** The operation, exported type or event that changed, such as `propay.execute`. */
  readonly subject: string;
  /** What changed. Names out of the descriptions stand between back-ticks. */
  readonly message: string;
  /** What it means for code that uses the generated client. */
  readonly consequences: readonly string[];
  /** Operations that the change reaches, sorted. */
  readonly operations: readonly string[];
  /** Webhook events that the change reaches, sorted. */
  readonly webhooks: readonly string[];
  /** Empty where the question makes no sense. */
  readonly directions: readonly Direction[];
  /** Exported identifiers that the client loses by it, sorted. */
  readonly removedExports: readonly string[];
  /** Where it stood in the old description; undefined when it is new. */
  readonly before: Position | undefined;
  /** Where it stands in the new description; undefined when it is gone. */
  readonly after: Position | undefined;
}

/** Title and version of a description. */
export interface DescriptionVersion {
  readonly title: string;
  readonly version: string;
}

/** Everything that changed between two descriptions. */
export interface SpecDiff {
  readonly before: DescriptionVersion;
  readonly after: DescriptionVersion;
  readonly counts: Readonly<Record<ChangeLevel, number>>;
  /** Which part of the version of a package that contains the client should go up; undefined when nothing changed. */
  readonly bump: VersionBump | undefined;
  /** Whether breaking changes came without a new version of the API, against its policy. */
  readonly breaksWithinVersion: boolean;
  /** Sorted by level, then by place. */
  readonly changes: readonly Change[];
}
