import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { ApiModel, ErrorCatalogue } from "../model/api-model.js";
import { packageRoot } from "../package-root.js";
import { operationsConstants } from "./emit-error-catalogue.js";
import { operationFile } from "./emit-operation.js";
import { reservedNames } from "./reserved-names.js";

/** What may stand outside strings and comments in the modules of a client. */
export interface Vocabulary {
  /** Whether a name is a word of the generator, or as a whole a text of the description. */
  isKnown(name: string): boolean;
  /** Whether a module may declare a name. */
  mayDeclare(module: string, name: string): boolean;
}

/** Names that certain modules declare, whatever the description says. */
const fixedDeclarations: Readonly<Record<string, readonly string[]>> = {
  "client.ts": ["createClient"],
  "drift.ts": ["detectDrift", "known"],
  "error-catalogue.ts": ["errorCatalogue"],
  "errors.ts": ["ErrorsByCode", "ViolationsByCode"],
  "is-error.ts": ["isError"],
  "webhooks.ts": ["WebhookBodies", "WebhookPayloads"],
};

/** Words of the emitters that stand in no template. */
const emittersWords = [
  "Unrecognized",
  "code",
  "entity_type",
  "sub_code",
  "message",
  "undocumented",
  "meaning",
  "meanings",
  "statuses",
  "operations",
  "sharedBy",
  "standsInFor",
  "page",
  "name",
  "in",
  "style",
  "explode",
  "json",
];

/** Derives from a model what its client may say, apart from how the emitters say it. */
export function vocabularyOf(model: ApiModel): Vocabulary {
  const ours = new Set([
    ...reservedNames,
    ...emittersWords,
    ...templateWords(),
    ...catalogueConstants(model.errors),
  ]);
  const theirs = wordsIn(model);
  const declarations = declarationsOf(model);
  return {
    isKnown: (name) => ours.has(name) || theirs.has(name),
    mayDeclare: (module, name) =>
      declarations.get(module)?.has(name) === true ||
      (Object.hasOwn(fixedDeclarations, module) &&
        fixedDeclarations[module]?.includes(name) === true),
  };
}

/** The words of the templates, without what they fill in. */
function templateWords(): readonly string[] {
  const folder = path.join(packageRoot, "templates");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".hbs"))
    .map((name) => readFileSync(path.join(folder, name), "utf8"))
    .flatMap(
      (text) => text.replace(/\{\{.*?\}\}/g, " ").match(/[\w$]+/g) ?? [],
    );
}

const plainName = /^[A-Za-z_$][\w$]*$/;

/** Every key and text of a model that is a name as it stands. */
function wordsIn(model: ApiModel): ReadonlySet<string> {
  const words = new Set<string>();
  const pending: unknown[] = [model];
  while (pending.length > 0) {
    const value = pending.pop();
    if (typeof value === "string") {
      if (plainName.test(value)) words.add(value);
    } else if (Array.isArray(value)) {
      for (const each of value) pending.push(each);
    } else if (typeof value === "object" && value !== null) {
      for (const [key, each] of Object.entries(value)) {
        if (plainName.test(key)) words.add(key);
        pending.push(each);
      }
    }
  }
  return words;
}

function catalogueConstants({ groups }: ErrorCatalogue): readonly string[] {
  return groups.flatMap(({ name }) => Object.values(operationsConstants(name)));
}

/** The identifiers that the model hands out, by the module that declares them. */
function declarationsOf({
  operations,
  schemas,
  errors,
}: ApiModel): ReadonlyMap<string, ReadonlySet<string>> {
  const ofErrors = [
    ...errors.entries.map(({ name }) => name),
    ...errors.views.map(({ name }) => name),
    ...errors.groups.flatMap(({ name, table }) => [name, table]),
  ];
  return new Map([
    ["schemas.ts", new Set(schemas.map(({ name }) => name))],
    ["errors.ts", new Set(ofErrors)],
    ["error-catalogue.ts", new Set(catalogueConstants(errors))],
    ...operations.map((operation) => {
      const names = Object.values(operation.identifiers) as (
        string | undefined
      )[];
      const all = names.filter((name) => name !== undefined);
      return [
        operationFile(operation),
        new Set([...all, "operation"]),
      ] as const;
    }),
  ]);
}
