import path from "node:path";
import { YamlParseError } from "@redocly/openapi-core";
import type { OasRef, ResolveResult, UserContext } from "@redocly/openapi-core";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { nearest } from "../../diagnostics/nearest.js";
import { nearestFile } from "../file-names.js";
import { pointerSegments, toPointer } from "../pointer.js";
import { BlockedReference } from "../reference-policy.js";
import { diagnosticAt, isObject } from "../spec-document.js";
import type { SpecResolver } from "../spec-resolver.js";
import { syntaxDiagnostic } from "../syntax-problem.js";
import { isUrl } from "../url.js";
import type { Rule } from "./rule.js";

type Place = Pick<UserContext["location"], "source" | "pointer">;

/** A reference that was followed, and where it stands. */
interface Followed {
  readonly reference: string;
  readonly place: Place;
  readonly error: Error | undefined;
}

/** Every `$ref` and every target of a discriminator leads somewhere. */
export const references =
  (resolver: SpecResolver): Rule =>
  (report) => ({
    ref: {
      leave: (
        { $ref: reference }: OasRef,
        { location },
        resolved: ResolveResult<object>,
      ) => {
        const { node, error } = resolved;
        const place = location.child("$ref");
        const isFound =
          node !== undefined && !isInherited(reference, place, resolver);
        if (isFound) return;
        report(deadEnd({ reference, place, error }, resolver));
      },
    },
    DiscriminatorMapping: (mapping, { location, resolve }) => {
      for (const [value, reference] of Object.entries(mapping)) {
        if (typeof reference !== "string") continue;
        const { node, error } = resolve({ $ref: reference });
        if (node !== undefined) continue;
        if (isSchemaName(reference) && resolver.hasSchema(reference)) continue;
        const place = location.child(value);
        const dead = deadEnd({ reference, place, error }, resolver);
        if (dead.code !== "spec-ref") {
          report(dead);
          continue;
        }
        report(
          diagnosticAt(
            place,
            "spec-sloppy",
            `there is no schema ${reference}: the value ${value} is left out`,
            isSchemaName(reference) ? {} : { help: dead.help },
          ),
        );
        Reflect.deleteProperty(mapping, value);
      }
    },
  });

/** A discriminator may also name a schema of the components by its key alone. */
function isSchemaName(target: string): boolean {
  return /^[\w.-]+$/.test(target) && !/\.(?:json|ya?ml)$/i.test(target);
}

function deadEnd(followed: Followed, resolver: SpecResolver): Diagnostic {
  const { reference, place, error } = followed;
  if (error instanceof YamlParseError) return syntaxDiagnostic(error);
  if (error instanceof BlockedReference) {
    const { message, help } = error;
    return diagnosticAt(place, "spec-ref-blocked", message, { help });
  }
  const [file = ""] = reference.split("#");
  const base = place.source.absoluteRef;
  const absolute = file === "" ? base : resolver.resolveExternalRef(base, file);
  const target = resolver.documentAt(absolute);
  return target === undefined
    ? missingFile(followed, file, absolute)
    : missingMember(followed, file, target.parsed);
}

function missingFile(
  { reference, place, error }: Followed,
  file: string,
  absolute: string,
): Diagnostic {
  if (error !== undefined && !error.message.includes("ENOENT")) {
    const message = `${file} cannot be read: ${error.message}`;
    return diagnosticAt(place, "spec-ref", message);
  }
  const near = isUrl(absolute) ? undefined : nearestFile(absolute);
  const meant =
    near && path.posix.join(path.posix.dirname(file), path.basename(near));
  return diagnosticAt(place, "spec-ref", `there is no file ${file}`, {
    ...(meant && { help: suggestion(reference.replace(file, meant)) }),
  });
}

/** Follows the pointer as far as it leads, and looks there for what was meant. */
function missingMember(
  { reference, place }: Followed,
  file: string,
  root: unknown,
): Diagnostic {
  const segments = pointerSegments(reference.slice(file.length));
  let value = root;
  let depth = 0;
  for (const segment of segments) {
    if (!isMember(value, segment)) break;
    value = value[segment];
    depth += 1;
  }
  const missing = segments[depth];
  if (missing === undefined) {
    const message = `"${reference}" leads to an empty place`;
    return diagnosticAt(place, "spec-ref", message);
  }
  const holder =
    depth === 0 ? "" : ` in ${toPointer(segments.slice(0, depth))}`;
  const document = file === "" ? "" : ` of ${file}`;
  const known = typeof value === "object" ? Object.keys(value ?? {}) : [];
  const near = nearest(missing, known);
  const meant =
    near === undefined
      ? componentNamed(missing, root)
      : [...segments.slice(0, depth), near, ...segments.slice(depth + 1)];
  return diagnosticAt(
    place,
    "spec-ref",
    `"${reference}" leads nowhere: there is no "${missing}"${holder}${document}`,
    meant && { help: suggestion(file + toPointer(meant)) },
  );
}

/** Whether a pointer leads through what every object inherits, such as its constructor. */
function isInherited(
  reference: string,
  { source }: Place,
  resolver: SpecResolver,
): boolean {
  const [file = ""] = reference.split("#");
  const base = source.absoluteRef;
  const absolute = file === "" ? base : resolver.resolveExternalRef(base, file);
  let value: unknown = resolver.documentAt(absolute)?.parsed;
  for (const segment of pointerSegments(reference.slice(file.length))) {
    if (typeof value !== "object" || value === null) return false;
    if (!isMember(value, segment)) return segment in value;
    value = value[segment];
  }
  return false;
}

function isMember(
  value: unknown,
  key: string,
): value is Readonly<Record<string, unknown>> {
  return (isObject(value) || Array.isArray(value)) && Object.hasOwn(value, key);
}

/** The path of a component with a name, when it stands among those of another kind. */
function componentNamed(
  name: string,
  root: unknown,
): readonly string[] | undefined {
  const components = isMember(root, "components") ? root["components"] : {};
  if (!isObject(components)) return undefined;
  const kind = Object.keys(components).find((each) =>
    isMember(components[each], name),
  );
  return kind === undefined ? undefined : ["components", kind, name];
}

function suggestion(reference: string): string {
  return `Did you mean "${reference}"?`;
}
