import type { SourceLocation } from "../diagnostics/diagnostic.js";
import type {
  ApiModel,
  OperationModel,
  Origin,
  Schema,
} from "../model/api-model.js";
import type {
  Change,
  ChangeLevel,
  Direction,
  Position,
  SpecDiff,
  VersionBump,
} from "./change.js";
import { exportedNames } from "./exported-names.js";
import { inputNode, isByPlace } from "./input-node.js";
import { pairByName, pairMaps } from "./pairs.js";
import type {
  ApiPair,
  ErrorSide,
  MaybePair,
  OperationPair,
  WebhookPair,
} from "./pairs.js";
import { applyRules } from "./rule.js";
import type { Finding, Hit, Reach } from "./rule.js";
import {
  apiRules,
  documentedRules,
  errorRules,
  operationRules,
  webhookRules,
} from "./rules.js";
import { exportedNameRemoved } from "./rules/exported-name-removed.js";
import type { SchemaNode } from "./schema-view.js";
import { openSchemaWalk } from "./schema-walk.js";
import type { SchemaWalk } from "./schema-walk.js";

/** Finds a place in the files of a description; undefined when these are not at hand. */
export type Locate = (origin: Origin) => SourceLocation | undefined;

/**
 * Compares two descriptions by their models, which may have been stored.
 *
 * @param locate - finds places in the descriptions' texts, where these are at hand
 */
export function compareModels(
  before: ApiModel,
  after: ApiModel,
  locate: Partial<Readonly<Record<"before" | "after", Locate>>> = {},
): SpecDiff {
  const api: ApiPair = { before, after };
  const hits = elementHits(api);
  const changes = mergeHits([...hits, ...exportHits(api, hits)])
    .map((hit) => changeOf(hit, locate))
    .sort(byImportance);
  const count = (level: ChangeLevel): number =>
    changes.filter((change) => change.level === level).length;
  const breaking = count("breaking");
  return {
    before: { title: before.title, version: before.version },
    after: { title: after.title, version: after.version },
    counts: {
      breaking,
      additive: count("additive"),
      documentation: count("documentation"),
    },
    bump: bumps.find((bump) => changes.some((change) => change.bump === bump)),
    breaksWithinVersion: breaking > 0 && before.version === after.version,
    changes,
  };
}

const levels: readonly ChangeLevel[] = [
  "breaking",
  "additive",
  "documentation",
];
const bumps: readonly VersionBump[] = ["major", "minor", "patch"];

const defaultBumps: Readonly<Record<ChangeLevel, VersionBump>> = {
  breaking: "major",
  additive: "minor",
  documentation: "patch",
};

const nowhere: Reach = { operations: [], webhooks: [], directions: [] };

function elementHits(api: ApiPair): readonly Hit[] {
  const walk = openSchemaWalk({
    before: new Map(api.before.schemas.map((each) => [each.name, each])),
    after: new Map(api.after.schemas.map((each) => [each.name, each])),
  });
  return [
    ...hitsOf(applyRules(apiRules, api), api.after.title, nowhere),
    ...pairOperations(api).flatMap((pair) => operationHits(pair, walk)),
    ...pairByName(api.before.webhooks, api.after.webhooks).flatMap((pair) =>
      webhookHits(pair, walk),
    ),
    ...errorHits(api, walk),
  ];
}

function hitsOf(
  findings: readonly (Finding & { readonly id: string })[],
  subject: string,
  reach: Reach,
): readonly Hit[] {
  return findings.map(({ operations, ...finding }) => ({
    ...finding,
    subject,
    reach: operations ? { ...reach, operations } : reach,
  }));
}

/** Operations by name; those that have no partner by name, by method and path. */
function pairOperations({ before, after }: ApiPair): readonly OperationPair[] {
  const pairs = pairByName(before.operations, after.operations);
  const added = pairs.flatMap((pair) =>
    pair.before === undefined && pair.after ? [pair.after] : [],
  );
  const successors = new Map(
    pairs.flatMap((pair) => {
      const old = pair.before;
      if (!old || pair.after) return [];
      const successor = added.find(
        (each) => addressOf(each) === addressOf(old),
      );
      return successor ? [[old, successor] as const] : [];
    }),
  );
  const renamed = new Set(successors.values());
  return pairs
    .filter((pair) => pair.before ?? !(pair.after && renamed.has(pair.after)))
    .map((pair) => ({
      before: pair.before,
      after: pair.after ?? (pair.before && successors.get(pair.before)),
    }));
}

function addressOf({ method, urlPath }: OperationModel): string {
  return `${method} ${urlPath}`;
}

function operationHits(pair: OperationPair, walk: SchemaWalk): readonly Hit[] {
  const { before, after } = pair;
  const name = (after ?? before)?.name ?? "";
  const reach: Reach = { ...nowhere, operations: [name] };
  const byPlace = isByPlace(before?.input) || isByPlace(after?.input);
  return [
    ...hitsOf(applyRules(operationRules, pair), name, reach),
    ...hitsOf(applyRules(documentedRules, pair), name, reach),
    ...(before && after
      ? [
          ...schemaHits(
            walk,
            inputNode(before, byPlace),
            inputNode(after, byPlace),
            "request",
            reach,
          ),
          ...schemaHits(
            walk,
            dataNode(before),
            dataNode(after),
            "response",
            reach,
          ),
        ]
      : []),
  ];
}

function dataNode({ output, identifiers }: OperationModel): SchemaNode {
  const owner = identifiers.item ?? identifiers.data;
  return { schema: output.schema, origin: output.origin, owner, path: "" };
}

function schemaHits(
  walk: SchemaWalk,
  before: SchemaNode,
  after: SchemaNode,
  direction: Direction,
  reach: Reach,
): readonly Hit[] {
  return walk
    .compare(before, after, direction)
    .map(({ owner, ...finding }) => ({
      ...finding,
      subject: owner,
      reach: { ...reach, directions: [direction] },
    }));
}

function webhookHits(pair: WebhookPair, walk: SchemaWalk): readonly Hit[] {
  const { before, after } = pair;
  const name = (after ?? before)?.name ?? "";
  const reach: Reach = { ...nowhere, webhooks: [name] };
  const compare = (
    old: SchemaNode | undefined,
    current: SchemaNode | undefined,
  ): readonly Hit[] =>
    old && current ? schemaHits(walk, old, current, "response", reach) : [];
  return [
    ...hitsOf(applyRules(webhookRules, pair), name, reach),
    ...hitsOf(applyRules(documentedRules, pair), name, reach),
    ...compare(
      before && webhookNode(name, "", before.body, before.bodyOrigin),
      after && webhookNode(name, "", after.body, after.bodyOrigin),
    ),
    ...compare(
      before && webhookNode(name, "data", before.payload, before.payloadOrigin),
      after && webhookNode(name, "data", after.payload, after.payloadOrigin),
    ),
  ];
}

function webhookNode(
  owner: string,
  path: string,
  schema: Schema | undefined,
  origin: Origin | undefined,
): SchemaNode | undefined {
  if (schema === undefined || origin === undefined) return undefined;
  return { schema, origin, owner, path };
}

function errorHits(api: ApiPair, walk: SchemaWalk): readonly Hit[] {
  return pairMaps(errorSides(api.before), errorSides(api.after)).flatMap(
    ([key, { before, after }]) => {
      const operations = (after ?? before)?.operations ?? [];
      const reach: Reach = {
        ...nowhere,
        operations: operations.map(({ name }) => name),
        directions: ["response"],
      };
      return [
        ...hitsOf(applyRules(errorRules, { before, after, api }), key, reach),
        ...hitsOf(
          applyRules(documentedRules, {
            before: before?.entry,
            after: after?.entry,
          }),
          key,
          reach,
        ),
        ...(before && after
          ? schemaHits(
              walk,
              fieldsNode(before),
              fieldsNode(after),
              "response",
              reach,
            )
          : []),
      ];
    },
  );
}

/** An error's fields; what it says to people is compared with the error. */
function fieldsNode({ entry }: ErrorSide): SchemaNode {
  const { name, origin } = entry;
  const schema: Record<string, unknown> =
    typeof entry.schema === "boolean" ? {} : { ...entry.schema };
  delete schema["description"];
  delete schema["deprecated"];
  return { schema, origin, owner: name, path: "" };
}

/** The errors of a model by key, each with every operation that can answer with it. */
function errorSides(model: ApiModel): ReadonlyMap<string, ErrorSide> {
  const groups = new Map(
    model.errors.groups.map(({ name, entries }) => [name, entries]),
  );
  const operations = new Map<string, OperationModel[]>();
  for (const operation of model.operations) {
    const keys = new Set([
      ...operation.errors,
      ...operation.errorGroups.flatMap((name) => groups.get(name) ?? []),
    ]);
    for (const key of keys) {
      operations.set(key, [...(operations.get(key) ?? []), operation]);
    }
  }
  return new Map(
    model.errors.entries.map((entry) => [
      entry.key,
      { entry, operations: operations.get(entry.key) ?? [] },
    ]),
  );
}

/** Names that go without any of the other changes saying so. */
function exportHits(
  { before, after }: ApiPair,
  others: readonly Hit[],
): readonly Hit[] {
  const reported = new Set(
    others.flatMap(({ removedExports }) => removedExports ?? []),
  );
  return pairMaps(exportedNames(before), exportedNames(after))
    .filter(([name]) => !reported.has(name))
    .flatMap(([name, pair]) =>
      hitsOf(applyRules([exportedNameRemoved], pair), name, nowhere),
    );
}

/** The same change found on several ways is one change that reaches more. */
function mergeHits(hits: readonly Hit[]): readonly Hit[][] {
  const merged = new Map<string, Hit[]>();
  for (const hit of hits) {
    const { id, message, subject } = hit;
    const key = JSON.stringify([id, message, subject]);
    const same = merged.get(key) ?? [];
    same.push(hit);
    merged.set(key, same);
  }
  return [...merged.values()];
}

function changeOf(
  hits: readonly Hit[],
  locate: Partial<MaybePair<Locate>>,
): Change {
  const [first] = hits;
  if (!first) throw new Error("a change without a finding");
  const worst = <Value>(
    order: readonly Value[],
    valueOf: (hit: Hit) => Value,
  ): Value =>
    order.find((each) => hits.map(valueOf).includes(each)) ?? valueOf(first);
  const all = <Value extends string>(
    valuesOf: (hit: Hit) => readonly Value[],
  ): readonly Value[] => [...new Set(hits.flatMap(valuesOf))].sort();
  return {
    id: first.id,
    level: worst(levels, ({ level }) => level),
    bump: worst(bumps, ({ level, bump }) => bump ?? defaultBumps[level]),
    subject: first.subject,
    message: first.message,
    consequences: all(({ consequence }) => [consequence]),
    operations: all(({ reach }) => reach.operations),
    webhooks: all(({ reach }) => reach.webhooks),
    directions: all(({ reach }) => reach.directions),
    removedExports: all(({ removedExports }) => removedExports ?? []),
    before: positionOf(first.before, locate.before),
    after: positionOf(first.after, locate.after),
  };
}

function positionOf(
  origin: Origin | undefined,
  locate: Locate | undefined,
): Position | undefined {
  if (!origin) return undefined;
  const place = locate?.(origin);
  return {
    file: place?.file ?? origin.file,
    pointer: origin.pointer,
    line: place?.line,
    column: place?.column,
  };
}

function byImportance(left: Change, right: Change): number {
  return (
    levels.indexOf(left.level) - levels.indexOf(right.level) ||
    compare(left.subject, right.subject) ||
    compare(placeKey(left), placeKey(right)) ||
    compare(left.id + left.message, right.id + right.message)
  );
}

function placeKey({ before, after }: Change): string {
  const { file = "", pointer = "" } = after ?? before ?? {};
  return `${file}${pointer}`;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
