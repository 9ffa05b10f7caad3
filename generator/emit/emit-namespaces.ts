import type { OperationModel } from "../model/api-model.js";
import { operationsFolder } from "./emit-operation.js";
import { exportName, identifier, stringLiteral } from "./encoded.js";
import type { Encoded } from "./encoded.js";
import type { ImportStyle } from "./import-style.js";
import type { SourceFile } from "./source-file.js";
import type { Template } from "./templates.js";

/** A folder of operations, with the folders inside it. */
interface Namespace {
  readonly path: readonly string[];
  readonly operations: readonly OperationModel[];
  readonly namespaces: readonly Namespace[];
}

/**
 * The index of every namespace. It exports each operation under the API's own name
 * for it, reserved words included, and each namespace inside it.
 */
export function emitNamespaces(
  operations: readonly OperationModel[],
  template: Template,
  imports: ImportStyle,
): readonly SourceFile[] {
  const emit = (namespace: Namespace): readonly SourceFile[] => [
    {
      path: [operationsFolder, ...namespace.path, "index.ts"].join("/"),
      text: template({
        operations: namespace.operations.map((operation) => ({
          function: identifier(operation.identifiers.function),
          name: exportName(operation.path.at(-1) ?? ""),
          module: stringLiteral(
            imports.specifier(`./${operation.path.at(-1) ?? ""}.js`),
          ),
        })),
        namespaces: namespace.namespaces.map((inner) =>
          namespaceExport(inner, ".", imports),
        ),
      }),
    },
    ...namespace.namespaces.flatMap(emit),
  ];
  return namespaceTree(operations).namespaces.flatMap(emit);
}

/** An export of a whole namespace. */
export interface NamespaceExport {
  readonly name: Encoded;
  readonly module: Encoded;
}

/** The namespaces at the top, which the client's index exports. */
export function topNamespaces(
  operations: readonly OperationModel[],
  imports: ImportStyle,
): readonly NamespaceExport[] {
  return namespaceTree(operations).namespaces.map((namespace) =>
    namespaceExport(namespace, `./${operationsFolder}`, imports),
  );
}

function namespaceExport(
  namespace: Namespace,
  folder: string,
  imports: ImportStyle,
): NamespaceExport {
  const name = namespace.path.at(-1) ?? "";
  return {
    name: exportName(name),
    module: stringLiteral(imports.specifier(`${folder}/${name}/index.js`)),
  };
}

function namespaceTree(
  operations: readonly OperationModel[],
  path: readonly string[] = [],
): Namespace {
  const depth = path.length;
  const names = new Set(
    operations
      .filter((operation) => operation.path.length > depth + 1)
      .map((operation) => operation.path[depth] ?? ""),
  );
  return {
    path,
    operations: operations.filter(
      ({ path: { length } }) => length === depth + 1,
    ),
    namespaces: [...names].sort().map((name) =>
      namespaceTree(
        operations.filter(
          (operation) =>
            operation.path.length > depth + 1 && operation.path[depth] === name,
        ),
        [...path, name],
      ),
    ),
  };
}
