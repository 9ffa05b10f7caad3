import type { Diagnostic } from "../diagnostics/diagnostic.js";
import {
  at,
  diagnosticAt,
  entriesOf,
  follow,
  isObject,
  itemsOf,
} from "../load/spec-document.js";
import type { SpecDocument, SpecNode } from "../load/spec-document.js";
import { isErrorStatus, otherErrorBodies } from "./error-variants.js";
import { unwrittenEncodings } from "./form-fields.js";
import { hasSendableBody } from "./http-method.js";
import { jsonContent } from "./media-type.js";
import { sentContents } from "./operation-input.js";
import { preferredContents, successesOf } from "./operation-output.js";
import { operationNodes } from "./operations.js";

/** Something that a client has no counterpart for. */
interface Kind {
  readonly one: string;
  readonly many: string;
  readonly why: string;
}

/**
 * What the description says and the client has no counterpart for: one note for each
 * kind of thing, at the first of them.
 */
export function leftOut(document: SpecDocument): readonly Diagnostic[] {
  const operations = operationNodes(document);
  const { roots } = document;
  const items = roots
    .flatMap((root) => entriesOf(at(root, "paths")))
    .map(([, reference]) => follow(document, reference));
  const nodes = operations.map(({ node }) => node);
  const found: readonly (readonly [Kind, readonly SpecNode[]])[] = [
    [
      {
        one: "callback",
        many: "callbacks",
        why: "The API sends these requests; the client only sends its own.",
      },
      nodes.flatMap((node) =>
        entriesOf(at(node, "callbacks")).map(([, callback]) => callback),
      ),
    ],
    [
      {
        one: "link",
        many: "links",
        why: "Call the operation that the link leads to yourself.",
      },
      nodes.flatMap((node) => linksOf(document, node)),
    ],
    [
      {
        one: "TRACE operation",
        many: "TRACE operations",
        why: "The fetch standard does not allow the method.",
      },
      items.map((item) => at(item, "trace")).filter(isPresent),
    ],
    [
      {
        one: "body of a GET or HEAD request",
        many: "bodies of GET or HEAD requests",
        why: "The fetch standard does not allow them.",
      },
      operations
        .filter(({ method }) => !hasSendableBody(method))
        .map(({ node }) => at(node, "requestBody"))
        .filter(isPresent),
    ],
    [
      {
        one: "server of a single path or operation",
        many: "servers of single paths or operations",
        why: "Create a client for it with its baseUrl.",
      },
      [...items, ...nodes].flatMap((node) => itemsOf(at(node, "servers"))),
    ],
    [
      {
        one: "further media type of a request body",
        many: "further media types of request bodies",
        why: "The client sends JSON where it can, otherwise a form, otherwise what there is.",
      },
      nodes.flatMap((node) => {
        const body = follow(document, at(node, "requestBody"));
        const sent = sentContents(body).map(([type]) => type);
        return entriesOf(at(body, "content"))
          .filter(([type]) => !sent.includes(type))
          .map(([, media]) => media);
      }),
    ],
    [
      {
        one: "further media type of an answer",
        many: "further media types of answers",
        why: "The client asks for JSON where it can.",
      },
      nodes.flatMap((node) =>
        successesOf(document, node).flatMap((response) => {
          const preferred = preferredContents(response).map(([type]) => type);
          return entriesOf(at(response, "content"))
            .filter(([type]) => !preferred.includes(type))
            .map(([, media]) => media);
        }),
      ),
    ],
    [
      {
        one: "body of an error that is no list of errors",
        many: "bodies of errors that are no lists of errors",
        why: "Such an error is undocumented and has the body as wire; its named schemas are exported.",
      },
      nodes.flatMap((node) =>
        entriesOf(at(node, "responses"))
          .filter(([status]) => isErrorStatus(status))
          .flatMap(([, response]) =>
            otherErrorBodies(document, follow(document, response)),
          ),
      ),
    ],
    [
      {
        one: "encoding of a form's field",
        many: "encodings of forms' fields",
        why: "One media type or style for a field is followed. Give a file its type with new Blob([…], { type }).",
      },
      nodes.flatMap((node) => {
        const body = follow(document, at(node, "requestBody"));
        return entriesOf(at(body, "content")).flatMap(([type, media]) =>
          unwrittenEncodings(type, media),
        );
      }),
    ],
    [
      {
        one: "webhook whose body is no JSON",
        many: "webhooks whose bodies are no JSON",
        why: "Only JSON gets a type.",
      },
      roots
        .flatMap((root) => entriesOf(at(root, "webhooks")))
        .map(([, reference]) => follow(document, reference))
        .filter((item) => !hasJsonBody(document, item)),
    ],
  ];
  return [
    ...(roots.every(isComponentsAlone)
      ? roots.slice(0, 1).map(componentsNote)
      : []),
    ...found.flatMap(([kind, places]) => noteOf(kind, places)),
  ];
}

/** Whether a document has components and nothing that uses them. */
function isComponentsAlone(root: SpecNode): boolean {
  const has = (key: string): boolean => isPresent(at(root, key));
  return has("components") && !has("paths") && !has("webhooks");
}

function componentsNote(root: SpecNode): Diagnostic {
  return diagnosticAt(
    at(root, "components"),
    "spec-left-out",
    "left out: components that no operation uses",
    {
      onKey: true,
      help: "Generate from the document that has the paths, which may refer to these components.",
    },
  );
}

function noteOf(
  { one, many, why }: Kind,
  places: readonly SpecNode[],
): readonly Diagnostic[] {
  const [first] = places;
  if (!first) return [];
  const { length } = places;
  const message = `left out: ${length} ${length === 1 ? one : many}`;
  return [
    diagnosticAt(first, "spec-left-out", message, { onKey: true, help: why }),
  ];
}

function isPresent({ value }: SpecNode): boolean {
  return isObject(value);
}

function linksOf(document: SpecDocument, node: SpecNode): readonly SpecNode[] {
  return entriesOf(at(node, "responses")).flatMap(([, response]) =>
    entriesOf(at(follow(document, response), "links")).map(([, link]) => link),
  );
}

function hasJsonBody(document: SpecDocument, item: SpecNode): boolean {
  const body = follow(document, at(item, "post", "requestBody"));
  return jsonContent(body) !== undefined;
}
