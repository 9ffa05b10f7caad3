import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseYaml } from "@redocly/openapi-core";

const specFolder = path.resolve(import.meta.dirname, "../../spec/2025-03-24");

/** The documented example of a part of a method's page. */
export async function documentedExample(
  method: string,
  part: "requestBody" | "200",
): Promise<unknown> {
  const page = await readYaml(methodFile(method));
  const media = ["content", "application/json", "examples"];
  return at(page, [
    "post",
    ...(part === "200" ? ["responses", "200"] : [part]),
    ...media,
    "documented",
    "value",
  ]);
}

/** The errors of a method's own table, as `CODE` or `CODE/EntityType/SUB_CODE`. */
export async function documentedErrors(method: string): Promise<string[]> {
  const file = methodFile(method);
  const members = at(await readYaml(file), [
    ...["post", "responses", "400", "content", "application/json", "schema"],
    ...["properties", "errors", "items", "oneOf"],
  ]);
  if (!Array.isArray(members)) throw new Error(`${method} has no error table`);
  return Promise.all(
    members.map(async (member: unknown) => {
      const [target = "", pointer = ""] = String(at(member, ["$ref"])).split(
        "#/",
      );
      const schema = at(
        await readYaml(path.resolve(path.dirname(file), target)),
        [pointer, "properties"],
      );
      return ["code", "entity_type", "sub_code"]
        .filter((name) => name in (schema as object))
        .map((name) => String(at(schema, [name, "const"])))
        .join("/");
    }),
  );
}

function methodFile(method: string): string {
  return path.join(
    specFolder,
    "methods",
    `${method.replaceAll(".", "/")}.yaml`,
  );
}

async function readYaml(file: string): Promise<unknown> {
  return parseYaml(await readFile(file, "utf8"));
}

function at(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>((current, key) => {
    const found = (current as Readonly<Record<string, unknown>>)[key];
    if (found === undefined) throw new Error(`the spec has no "${key}" here`);
    return found;
  }, value);
}
