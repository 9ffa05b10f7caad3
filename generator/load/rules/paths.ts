import type { UserContext } from "@redocly/openapi-core";
import { didYouMean } from "../../diagnostics/nearest.js";
import { diagnosticAt, isObject, relatedPlace } from "../spec-document.js";
import type { Report, Rule } from "./rule.js";

type Location = UserContext["location"];

/** What URLs resolve, or leave out, so that another path is asked: dot segments in any spelling, and line breaks and tabs. */
const resolved = /[/\\](?:\.|%2e){1,2}(?![^/\\])|[\t\n\r]/i;

/** No two paths are the same but for the names of their parameters, and none leads to another one. */
export const paths: Rule = (report) => ({
  Paths: (items, { location }) => {
    const first = new Map<string, string>();
    for (const path of Object.keys(items)) {
      if (resolved.test(path.replace(/[?#].*/s, ""))) {
        report(
          diagnosticAt(
            location.child(path),
            "spec-value",
            `${path} is another path once it is in a URL`,
            {
              onKey: true,
              help: "Write the path that is meant, without . and .. between slashes.",
            },
          ),
        );
      }
      const shape = path.replace(/\{[^}]*\}/g, "{}");
      const earlier = first.get(shape);
      if (earlier === undefined) {
        first.set(shape, path);
        continue;
      }
      report(
        diagnosticAt(
          location.child(path),
          "spec-same-path",
          `${path} is the same path as ${earlier}`,
          {
            onKey: true,
            related: [
              relatedPlace(location.child(earlier), "the other path", true),
            ],
          },
        ),
      );
    }
  },
});

/** A parameter of a path, and where it is declared. */
interface Declared {
  readonly name: string;
  readonly place: Location;
}

const methods = [
  "get",
  "put",
  "post",
  "delete",
  "options",
  "head",
  "patch",
  "trace",
];

/** Every placeholder in a path has a parameter, and every parameter of a path a placeholder. */
export const pathParameters: Rule = (report) => ({
  PathItem: (item, { location, resolve, key }) => {
    if (typeof key !== "string" || !key.startsWith("/")) return;
    const placeholders = [...key.matchAll(/\{([^}]+)\}/g)].map(
      ([, name = ""]) => name,
    );
    const declaredIn = (
      parameters: unknown,
      at: Location,
    ): readonly Declared[] =>
      (Array.isArray(parameters) ? parameters : []).flatMap(
        (parameter: unknown, index) => {
          const { node } = resolve<object>(parameter as never);
          if (!isObject(node) || node["in"] !== "path") return [];
          const { name } = node;
          const place = at.child(["parameters", index]);
          return typeof name === "string" ? [{ name, place }] : [];
        },
      );
    const shared = declaredIn(item.parameters, location);
    reportUnplaced(shared, placeholders, key, report);
    for (const method of methods) {
      const operation: unknown = item[method as keyof typeof item];
      if (!isObject(operation)) continue;
      const place = location.child(method);
      const own = declaredIn(operation["parameters"], place);
      reportUnplaced(own, placeholders, key, report);
      const names = [...shared, ...own].map(({ name }) => name);
      for (const name of placeholders.filter((each) => !names.includes(each))) {
        report(
          diagnosticAt(
            place,
            "spec-path-parameter",
            `no parameter describes {${name}} of ${key}: it is taken for a text`,
            { onKey: true, help: adviceFor(name, names) },
          ),
        );
      }
    }
  },
});

function adviceFor(name: string, declared: readonly string[]): string {
  return (
    didYouMean(name, declared) ??
    `Declare it: { name: ${name}, in: path, required: true, schema: { type: string } }.`
  );
}

function reportUnplaced(
  declared: readonly Declared[],
  placeholders: readonly string[],
  path: string,
  report: Report,
): void {
  for (const { name, place } of declared) {
    if (placeholders.includes(name)) continue;
    const help = didYouMean(name, placeholders);
    report(
      diagnosticAt(
        place,
        "spec-path-parameter",
        `the path ${path} has no {${name}}: the parameter is left out`,
        { ...(help !== undefined && { help }) },
      ),
    );
  }
}
