import { isDeepStrictEqual } from "node:util";
import type { SchemaPair } from "./pairs.js";
import { limitKeywords } from "./schema-view.js";

/** A restriction that changed. */
export interface LimitChange {
  readonly keyword: string;
  readonly before: unknown;
  readonly after: unknown;
  /** Whether values that were allowed are so no longer. */
  readonly isTighter: boolean;
}

/** The restrictions beyond type and format that differ between the two sides. */
export function limitChanges({
  before,
  after,
}: SchemaPair): readonly LimitChange[] {
  return limitKeywords
    .map((keyword) => ({
      keyword,
      before: before.view.limits[keyword],
      after: after.view.limits[keyword],
    }))
    .filter((change) => !isDeepStrictEqual(change.before, change.after))
    .map((change) => ({ ...change, isTighter: isTighter(change) }));
}

function isTighter({
  keyword,
  before,
  after,
}: Omit<LimitChange, "isTighter">): boolean {
  if (after === undefined || after === false) return false;
  if (typeof before !== "number" || typeof after !== "number") return true;
  if (/^(?:min|exclusiveMin)/.test(keyword)) return after > before;
  if (/^(?:max|exclusiveMax)/.test(keyword)) return after < before;
  return before % after !== 0;
}
