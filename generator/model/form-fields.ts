import { at, entriesOf, isObject, textAt } from "../load/spec-document.js";
import type { SpecNode, SpecObject } from "../load/spec-document.js";
import type { FieldModel } from "./api-model.js";
import { ownMember } from "../own-member.js";

/**
 * How the fields of a form are written, by name, where the description says it and
 * says one thing: a media type in multipart forms, a style in URL-encoded ones.
 *
 * @param media - a media type object of OpenAPI
 * @see https://spec.openapis.org/oas/v3.1.1.html#encoding-object
 */
export function formFields(
  mediaType: string,
  media: SpecNode,
): Readonly<Record<string, FieldModel>> {
  const fields = entriesOf(at(media, "encoding")).flatMap(([name, node]) => {
    const field = fieldOf(mediaType, node);
    return field ? [[name, field] as const] : [];
  });
  return Object.fromEntries(fields);
}

/** What an encoding says that the client does not do. */
export function unwrittenEncodings(
  mediaType: string,
  media: SpecNode,
): readonly SpecNode[] {
  return entriesOf(at(media, "encoding"))
    .map(([, node]) => node)
    .filter((node) => {
      const { value } = node;
      if (!isObject(value)) return false;
      const said = Object.keys(value).filter(
        (key) => !key.startsWith("x-") && !isUsual(mediaType, value, key),
      );
      const field = fieldOf(mediaType, node);
      return said.some((key) => isUndone(field, key));
    });
}

/** Parts of a multipart form have no style but this one. */
function isUsual(
  mediaType: string,
  encoding: SpecObject,
  key: string,
): boolean {
  return isMultipart(mediaType) && key === "style" && encoding[key] === "form";
}

function isUndone(field: FieldModel | undefined, key: string): boolean {
  const member = ownMember(done, key);
  return member === undefined || field?.[member] === undefined;
}

/** What of an encoding goes where in a field. */
const done: Readonly<Record<string, keyof FieldModel>> = {
  contentType: "mediaType",
  style: "style",
  explode: "explode",
};

function fieldOf(mediaType: string, node: SpecNode): FieldModel | undefined {
  const none = { mediaType: undefined, style: undefined, explode: undefined };
  const contentType = textAt(node, "contentType");
  if (isMultipart(mediaType)) {
    return contentType !== undefined && isOneType(contentType)
      ? { ...none, mediaType: contentType }
      : undefined;
  }
  const explode = at(node, "explode").value;
  const style = textAt(node, "style");
  return isUrlEncoded(mediaType) &&
    (style !== undefined || explode !== undefined)
    ? {
        ...none,
        style,
        explode: typeof explode === "boolean" ? explode : undefined,
      }
    : undefined;
}

/** Not a list of media types, and not a range. */
function isOneType(contentType: string): boolean {
  return /^[\w.+-]+\/[\w.+-]+(?:;[\x20-\x2b\x2d-\x7e]*)?$/.test(contentType);
}

function isMultipart(mediaType: string): boolean {
  return /^multipart\//i.test(mediaType);
}

function isUrlEncoded(mediaType: string): boolean {
  return /^application\/x-www-form-urlencoded\b/i.test(mediaType);
}
