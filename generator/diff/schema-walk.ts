import type { Schema } from "../model/api-model.js";
import { canonical } from "../model/canonical.js";
import type { Direction } from "./change.js";
import { isJoint } from "./joint-schema.js";
import { pairMaps } from "./pairs.js";
import type { SchemaPair } from "./pairs.js";
import { applyRules } from "./rule.js";
import type { Finding } from "./rule.js";
import {
  alternativeRules,
  propertyRules,
  schemaRules,
  silentRules,
} from "./rules.js";
import { typeChanged } from "./rules/type-changed.js";
import {
  besideReference,
  includedNames,
  namedNode,
  referenceOf,
  viewOf,
} from "./schema-view.js";
import type { NamedSchemas, SchemaNode, SchemaView } from "./schema-view.js";
import { areDisjoint } from "./type-set.js";

/** A finding in a pair of schemas, and the exported type that it lies in. */
interface SchemaFinding extends Finding {
  readonly id: string;
  readonly owner: string;
}

/** What lies below a pair of schemas, as far as the next pair of named ones. */
interface Comparison {
  readonly findings: readonly SchemaFinding[];
  /** Keys of the pairs of named schemas that it refers to. */
  readonly references: readonly string[];
}

/** Compares schemas; a pair of named schemas is compared once for each direction. */
export interface SchemaWalk {
  /** Every finding in a pair of schemas and everything that they refer to. */
  compare(
    before: SchemaNode,
    after: SchemaNode,
    direction: Direction,
  ): readonly SchemaFinding[];
}

/** A pair of schemas whose comparison is under way, to stop at cycles. */
type OpenPairs = readonly (readonly [Schema, Schema])[];

export function openSchemaWalk(
  schemas: Readonly<Record<"before" | "after", NamedSchemas>>,
): SchemaWalk {
  const named = new Map<string, Comparison>();

  const compareNodes = (
    before: SchemaNode,
    after: SchemaNode,
    direction: Direction,
    open: OpenPairs,
  ): Comparison => {
    const old = referenceOf(before);
    const current = referenceOf(after);
    if (old !== undefined && current !== undefined) {
      const key = compareNamed(old, current, direction);
      const beside = compareViews(
        besideReference(before),
        besideReference(after),
        direction,
        open,
      );
      return join([beside, { findings: [], references: [key] }]);
    }
    if (
      open.some(
        ([left, right]) => left === before.schema && right === after.schema,
      )
    ) {
      return nothing;
    }
    return join([
      compareViews(before, after, direction, [
        ...open,
        [before.schema, after.schema],
      ]),
      { findings: [], references: compareParts(before, after, direction) },
    ]);
  };

  /** Types that a value is made of on both sides changed for whoever imports them, even if it says more. */
  const compareParts = (
    before: SchemaNode,
    after: SchemaNode,
    direction: Direction,
  ): readonly string[] => {
    const current = includedNames(after);
    return includedNames(before)
      .filter((name) => current.includes(name))
      .map((name) => compareNamed(name, name, direction));
  };

  const compareNamed = (
    before: string,
    after: string,
    direction: Direction,
  ): string => {
    const key = JSON.stringify([before, after, direction]);
    if (!named.has(key)) {
      named.set(key, nothing);
      named.set(
        key,
        compareViews(
          namedNode(schemas.before, before),
          namedNode(schemas.after, after),
          direction,
          [],
        ),
      );
    }
    return key;
  };

  const compareViews = (
    before: SchemaNode,
    after: SchemaNode,
    direction: Direction,
    open: OpenPairs,
  ): Comparison => {
    const pair: SchemaPair = {
      before: { node: before, view: viewOf(schemas.before, before) },
      after: { node: after, view: viewOf(schemas.after, after) },
      direction,
    };
    const comparison = comparePair(pair, open);
    return comparison.findings.length > 0 ||
      [before, after].some(({ schema }) => isJoint(schema))
      ? comparison
      : { ...comparison, findings: found(pair, silentRules) };
  };

  const comparePair = (pair: SchemaPair, open: OpenPairs): Comparison => {
    const old = pair.before.view;
    const current = pair.after.view;
    if (isUnion(old) !== isUnion(current)) {
      return compareAlternatives(pair, open);
    }
    if (areDisjoint(old.types, current.types)) {
      return { findings: found(pair, [typeChanged]), references: [] };
    }
    return join([
      { findings: found(pair, schemaRules), references: [] },
      compareProperties(pair, open),
      compareAlternatives(pair, open),
      compareChildren(old.items, current.items, pair, open),
      isClosed(old) || isClosed(current)
        ? nothing
        : compareChildren(old.additional, current.additional, pair, open),
    ]);
  };

  const compareProperties = (pair: SchemaPair, open: OpenPairs): Comparison => {
    const { direction } = pair;
    const owner = { before: pair.before.node, after: pair.after.node };
    const pairs = pairMaps(
      pair.before.view.properties,
      pair.after.view.properties,
    );
    return join(
      pairs.flatMap(([name, { before, after }]) => [
        {
          findings: applyRules(propertyRules, {
            name,
            before,
            after,
            owner,
            direction,
          }).map((finding) => ({
            ...finding,
            owner: (after ?? before)?.node.owner ?? owner.after.owner,
          })),
          references: [],
        },
        before && after
          ? compareNodes(before.node, after.node, direction, open)
          : nothing,
      ]),
    );
  };

  const compareAlternatives = (
    pair: SchemaPair,
    open: OpenPairs,
  ): Comparison => {
    const { direction } = pair;
    const owner = { before: pair.before.node, after: pair.after.node };
    const pairs = pairAlternatives(
      alternativesOf(pair.before),
      alternativesOf(pair.after),
    );
    return join(
      pairs.map(({ before, after }) =>
        before && after
          ? compareNodes(before, after, direction, open)
          : {
              findings: applyRules(alternativeRules, {
                before,
                after,
                owner,
                direction,
              }).map((finding) => ({ ...finding, owner: owner.after.owner })),
              references: [],
            },
      ),
    );
  };

  /** A child that is missing on one side may be anything there. */
  const compareChildren = (
    before: SchemaNode | undefined,
    after: SchemaNode | undefined,
    pair: SchemaPair,
    open: OpenPairs,
  ): Comparison => {
    if (!before && !after) return nothing;
    return compareNodes(
      before ?? { ...pair.before.node, schema: true },
      after ?? { ...pair.after.node, schema: true },
      pair.direction,
      open,
    );
  };

  return {
    compare: (before, after, direction) => {
      const direct = compareNodes(before, after, direction, []);
      return [
        ...direct.findings,
        ...reachable(direct.references, named).flatMap(
          ({ findings }) => findings,
        ),
      ];
    },
  };
}

const nothing: Comparison = { findings: [], references: [] };

function join(parts: readonly Comparison[]): Comparison {
  return {
    findings: parts.flatMap(({ findings }) => findings),
    references: parts.flatMap(({ references }) => references),
  };
}

function found(
  pair: SchemaPair,
  rules: Parameters<typeof applyRules<SchemaPair>>[0],
): readonly SchemaFinding[] {
  return applyRules(rules, pair).map((finding) => ({
    ...finding,
    owner: pair.after.node.owner,
  }));
}

function reachable(
  keys: readonly string[],
  named: ReadonlyMap<string, Comparison>,
): readonly Comparison[] {
  const seen = new Set(keys);
  for (const key of seen) {
    for (const next of named.get(key)?.references ?? []) seen.add(next);
  }
  return [...seen].map((key) => named.get(key) ?? nothing);
}

function isClosed({ additional }: SchemaView): boolean {
  return additional?.schema === false;
}

function isUnion({ alternatives }: SchemaView): boolean {
  return alternatives.length > 0;
}

/** A schema that is no union is its own single alternative. */
function alternativesOf({
  node,
  view,
}: SchemaPair["before"]): readonly SchemaNode[] {
  return isUnion(view) ? view.alternatives : [node];
}

interface PairedAlternatives {
  readonly before: SchemaNode | undefined;
  readonly after: SchemaNode | undefined;
}

/**
 * Which alternatives belong together: equal ones, then those that refer to the same
 * schema or have the same constants and types, and then the last one left on each side.
 */
function pairAlternatives(
  before: readonly SchemaNode[],
  after: readonly SchemaNode[],
): readonly PairedAlternatives[] {
  let old = [...before];
  let current = [...after];
  const pairs: PairedAlternatives[] = [];
  for (const keyOf of [canonicalKey, kindKey]) {
    const candidates = current.map((node) => ({ node, key: keyOf(node) }));
    for (const left of old) {
      const key = keyOf(left);
      const index = candidates.findIndex((each) => each.key === key);
      const [match] = index < 0 ? [] : candidates.splice(index, 1);
      if (match) pairs.push({ before: left, after: match.node });
    }
    old = old.filter((node) => !pairs.some(({ before }) => before === node));
    current = candidates.map(({ node }) => node);
  }
  const [left] = old;
  const [right] = current;
  if (old.length === 1 && current.length === 1) {
    return [...pairs, { before: left, after: right }];
  }
  return [
    ...pairs,
    ...old.map((each) => ({ before: each, after: undefined })),
    ...current.map((each) => ({ before: undefined, after: each })),
  ];
}

function canonicalKey({ schema }: SchemaNode): string {
  return canonical(schema);
}

function kindKey(node: SchemaNode): string {
  const view = viewOf(new Map(), node);
  const constants = [...view.properties].flatMap(
    ([name, { node: property }]) => {
      const { values } = viewOf(new Map(), property);
      return values?.values.length === 1 ? [[name, values.values[0]]] : [];
    },
  );
  return JSON.stringify([
    referenceOf(node),
    view.types && [...view.types].sort(),
    constants.sort(),
  ]);
}
