import { createConfig, lintDocument } from "@redocly/openapi-core";
import type {
  Config,
  Document,
  NormalizedProblem,
} from "@redocly/openapi-core";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import {
  isMissingWithoutHarm,
  isUnquotedText,
  takeAsWritten,
} from "./harmless-problems.js";
import type { TextPlace } from "./overlay-trace.js";
import { problemDiagnostic } from "./problem.js";
import { operationIds } from "./rules/operation-ids.js";
import { pathParameters, paths } from "./rules/paths.js";
import { references } from "./rules/references.js";
import type { Rule } from "./rules/rule.js";
import { schemas } from "./rules/schemas.js";
import type { SpecResolver } from "./spec-resolver.js";

type Types = Parameters<Config["extendTypes"]>[0];
type NodeType = Types[string];

/** What Redocly needs to walk through a description; what our rules find goes to `report`. */
export function specConfig(
  resolver: SpecResolver,
  report: (found: Diagnostic) => void,
): Promise<Config> {
  const rules: Readonly<Record<string, Rule>> = {
    "kompliant/operation-ids": operationIds,
    "kompliant/paths": paths,
    "kompliant/path-parameters": pathParameters,
    "kompliant/references": references(resolver),
    "kompliant/schemas": schemas,
  };
  const names = Object.keys(rules);
  return createConfig(
    {
      rules: {
        struct: "error",
        ...Object.fromEntries(names.map((name) => [name, "error"])),
      },
    },
    {
      plugins: [
        {
          id: "kompliant",
          rules: {
            oas3: Object.fromEntries(
              names.map((name) => [name, () => rules[name]?.(report) ?? {}]),
            ),
          },
          typeExtension: { oas3: withOpenSchemas },
        },
      ],
    },
  );
}

/**
 * Redocly's types of elements, except that schemas may have keywords of any name,
 * which our rules look at, and that extensions are nobody's business.
 */
function withOpenSchemas(types: Types): Types {
  const open = Object.entries(types).map(([name, type]): [string, NodeType] => [
    name,
    withoutExtensions(type),
  ]);
  const { Schema: schema, ...others } = Object.fromEntries(open);
  if (!schema) return others;
  return {
    ...others,
    Schema: {
      ...schema,
      properties: { ...schema.properties, type: null },
      additionalProperties: { resolvable: false },
    },
  };
}

function withoutExtensions(type: NodeType): NodeType {
  const properties = Object.entries(type.properties).filter(
    ([name]) => !name.startsWith("x-"),
  );
  return { ...type, properties: Object.fromEntries(properties) };
}

/** Everything that is wrong with the form of a description and with what its rules see. */
export async function validate(
  document: Document,
  resolver: SpecResolver,
): Promise<readonly Diagnostic[]> {
  const found: Diagnostic[] = [];
  const config = await specConfig(resolver, (each) => found.push(each));
  const problems = await lintDocument({
    document,
    config,
    externalRefResolver: resolver,
  });
  const is31 = versionOf(document).startsWith("3.1");
  const structural = problems.filter(
    ({ message }) =>
      !(is31 && isBooleanSchema(message)) &&
      // A `$ref` to what every object inherits is reported as one that leads nowhere.
      !message.endsWith("but got `function`"),
  );
  const reported = withoutConsequences(structural);
  for (const [place] of reported.filter(isUnquotedText).map(placesOf)) {
    const holder = place && resolver.documentAt(place.source.absoluteRef);
    if (holder) takeAsWritten(holder, place);
  }
  return [
    ...reported.map((problem) =>
      isUnquotedText(problem) || isMissingWithoutHarm(problem, document)
        ? problemDiagnostic(problem, "spec-sloppy")
        : problemDiagnostic(problem),
    ),
    ...found,
  ];
}

function placesOf({ location }: NormalizedProblem): readonly TextPlace[] {
  return location.flatMap(({ source, pointer }) =>
    pointer === undefined ? [] : [{ source, pointer }],
  );
}

function versionOf({ parsed }: Document): string {
  return String((parsed as Readonly<Record<string, unknown>>)["openapi"]);
}

/** In JSON Schema 2020-12, true and false are schemas. */
function isBooleanSchema(message: string): boolean {
  return message.startsWith(
    "Expected type `Schema` (object) but got `boolean`",
  );
}

/** A field that is missing because its name is misspelt is one problem. */
function withoutConsequences(
  problems: readonly NormalizedProblem[],
): readonly NormalizedProblem[] {
  const meant = new Set(
    problems.flatMap(({ suggest, location }) =>
      suggest.map((name) => `${holderOf(location[0]?.pointer)} ${name}`),
    ),
  );
  return problems.filter(({ message, location }) => {
    const [, name] = /^The field `(.*)` must be present/.exec(message) ?? [];
    return !meant.has(`${location[0]?.pointer ?? ""} ${name ?? ""}`);
  });
}

function holderOf(pointer = ""): string {
  return pointer.slice(0, pointer.lastIndexOf("/"));
}
