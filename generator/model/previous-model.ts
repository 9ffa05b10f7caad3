import type { ApiModel } from "./api-model.js";
import { lastSegment } from "./name-ledger.js";
import type { NameLedger, PreviousNames } from "./name-ledger.js";
import { schemaContent } from "./schema-content.js";
import { ownMember } from "../own-member.js";

/** A model as a run leaves it for the next one: its texts are digested. */
export type Snapshot = Omit<ApiModel, "names">;

/** What the last run made of the description that it read. */
export interface PreviousModel {
  readonly names: NameLedger;
  /** Undefined when only the names are known. */
  readonly snapshot: Snapshot | undefined;
}

/** What a run without a predecessor starts from. */
export const noPreviousModel: PreviousModel = {
  names: {},
  snapshot: undefined,
};

/** What the last run called things, and how to recognise a schema that has moved since. */
export function previousNames({
  names,
  snapshot,
}: PreviousModel): PreviousNames {
  const schemas = new Map(
    snapshot?.schemas.map(({ name, schema }) => [name, schema]),
  );
  const called = new Map(
    Object.entries(names).map(([key, name]) => [name, lastSegment(key)]),
  );
  return {
    names,
    contentOf: (key) => {
      const schema = schemas.get(ownMember(names, key) ?? "");
      if (schema === undefined) return undefined;
      return schemaContent(schema, (name) => called.get(name) ?? name);
    },
  };
}
