import type { ApiModel, OperationModel, Origin } from "../model/api-model.js";
import type { MaybePair } from "./pairs.js";

/** An identifier that the generated client exports. */
export interface ExportedName {
  readonly name: string;
  readonly kind: "function" | "namespace" | "table" | "type";
  readonly origin: Origin;
}

export type ExportPair = MaybePair<ExportedName>;

/** Every identifier that the client of a model exports because of the description, by name. */
export function exportedNames(
  model: ApiModel,
): ReadonlyMap<string, ExportedName> {
  const { operations, schemas, errors } = model;
  const originByKey = new Map(
    errors.entries.map(({ key, origin }) => [key, origin]),
  );
  const names: readonly ExportedName[] = [
    ...operations.flatMap((operation) => operationNames(operation)),
    ...[...schemas, ...errors.entries, ...errors.groups].map(
      ({ name, origin }) => ({ name, kind: "type" as const, origin }),
    ),
    ...errors.groups.map(({ table, origin }) => ({
      name: table,
      kind: "table" as const,
      origin,
    })),
    ...errors.views.flatMap(({ name, entries }) => {
      const origin = originByKey.get(entries[0] ?? "");
      return origin ? [{ name, kind: "type" as const, origin }] : [];
    }),
  ];
  return new Map(names.map((each) => [each.name, each]));
}

function operationNames(operation: OperationModel): readonly ExportedName[] {
  const { identifiers, origin, path } = operation;
  const [namespace] = path;
  return [
    ...operationExports(operation).map((name) => ({
      name,
      kind:
        name === identifiers.function
          ? ("function" as const)
          : ("type" as const),
      origin,
    })),
    ...(namespace === undefined
      ? []
      : [{ name: namespace, kind: "namespace" as const, origin }]),
  ];
}

/** The identifiers that belong to an operation alone, sorted. */
export function operationExports({
  identifiers,
  input,
}: OperationModel): readonly string[] {
  const { input: inputName, ...others } = identifiers;
  return [...Object.values(others), input === undefined ? undefined : inputName]
    .filter((name) => name !== undefined)
    .sort();
}
