import { at, entriesOf, itemsOf, textAt } from "../load/spec-document.js";
import type { SpecDocument } from "../load/spec-document.js";
import { isUrl } from "../load/url.js";

/**
 * The base URL of the first server, its variables at their defaults; relative to the
 * description's own URL.
 *
 * @returns undefined when the description names no server, or only a relative one
 *   while it is a file: then callers have to say where the API is
 */
export function serverUrl({ root }: SpecDocument): string | undefined {
  const [server] = itemsOf(at(root, "servers"));
  const template = server && textAt(server, "url");
  if (server === undefined || template === undefined) return undefined;
  const variables = new Map(
    entriesOf(at(server, "variables")).map(([name, variable]) => [
      name,
      textAt(variable, "default"),
    ]),
  );
  const url = template.replace(
    /\{([^}]*)\}/g,
    (placeholder, name: string) => variables.get(name) ?? placeholder,
  );
  if (/^[a-z][a-z\d+.-]*:/i.test(url)) return url;
  const { absoluteRef } = root.source;
  if (!isUrl(absoluteRef)) return undefined;
  return new URL(url, absoluteRef).href;
}
