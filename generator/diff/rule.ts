import type { Origin } from "../model/api-model.js";
import type { Change, ChangeLevel, VersionBump } from "./change.js";

/** Recognises one kind of change in a pair of things that belong together. */
export interface Rule<Pair> {
  /** Stable name of the kind of change. */
  readonly id: string;
  /** Every such change in the pair. */
  readonly check: (pair: Pair) => readonly Finding[];
}

/** What a rule says about a pair. */
export interface Finding {
  readonly level: ChangeLevel;
  /** By default `major` for breaking changes, `minor` for additive ones and `patch` for the rest. */
  readonly bump?: VersionBump;
  readonly message: string;
  /** What it means for code that uses the generated client. */
  readonly consequence: string;
  readonly before: Origin | undefined;
  readonly after: Origin | undefined;
  readonly removedExports?: readonly string[];
  /** Operations that it reaches, when they are not those of the pair. */
  readonly operations?: readonly string[];
}

/** A finding, and what it belongs to. */
export interface Hit extends Omit<Finding, "operations"> {
  readonly id: string;
  readonly subject: string;
  readonly reach: Reach;
}

/** What a change reaches. */
export type Reach = Pick<Change, "operations" | "webhooks" | "directions">;

/** What each of the rules finds in a pair. */
export function applyRules<Pair>(
  rules: readonly Rule<Pair>[],
  pair: Pair,
): readonly (Finding & { readonly id: string })[] {
  return rules.flatMap(({ id, check }) =>
    check(pair).map((finding) => ({ id, ...finding })),
  );
}
