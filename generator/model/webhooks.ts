import { at, entriesOf, follow } from "../load/spec-document.js";
import type { SpecDocument, SpecNode } from "../load/spec-document.js";
import type { WebhookModel } from "./api-model.js";
import { documentationOf } from "./documentation.js";
import { jsonContent } from "./media-type.js";
import { originOf } from "./origin.js";
import { propertyParts } from "./property.js";
import type { SchemaCollector } from "./schema-collector.js";

/** The events of the description's `webhooks` whose body is JSON, sorted by name. */
export function collectWebhooks(
  document: SpecDocument,
  schemas: SchemaCollector,
): readonly WebhookModel[] {
  const events = new Map(
    document.roots.flatMap((root) => entriesOf(at(root, "webhooks"))),
  );
  return [...events]
    .flatMap(([name, reference]) => {
      const node = at(follow(document, reference), "post");
      const content = jsonContent(follow(document, at(node, "requestBody")));
      if (!content) return [];
      const body = at(content, "schema");
      const payload = decodedData(document, body);
      return [
        {
          name,
          documentation: documentationOf(node),
          origin: originOf(document, node),
          body: schemas.collect(body),
          bodyOrigin: originOf(document, body),
          payload: payload && schemas.collect(payload),
          payloadOrigin: payload && originOf(document, payload),
        },
      ];
    })
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}

/** `contentSchema` of `data`: what it holds once its encoding is undone (JSON Schema 2020-12, section 8.5). */
function decodedData(
  document: SpecDocument,
  body: SpecNode,
): SpecNode | undefined {
  return propertyParts(document, body, "data")
    .map((part) => at(follow(document, part), "contentSchema"))
    .find(({ value }) => value !== undefined);
}
