import type {
  InputModel,
  OperationModel,
  Schema,
  SchemaObject,
} from "../model/api-model.js";
import type { SchemaNode } from "./schema-view.js";

/** Where an input can have parameters beside its body. */
const places = ["path", "query", "header", "cookie"];

/** Whether an input is an object of places and not the body alone. */
export function isByPlace(input: InputModel | undefined): boolean {
  return (
    input !== undefined &&
    (input.parameters.length > 0 || input.mediaType !== undefined)
  );
}

/** What an operation takes, as a schema; an operation that takes nothing takes an empty object. */
export function inputNode(
  operation: OperationModel,
  byPlace: boolean,
): SchemaNode {
  const { input, origin, identifiers } = operation;
  const node = { owner: identifiers.input, path: "" };
  if (!byPlace || !input) {
    const schema = byPlace ? schemaByPlace({}) : { type: "object" };
    return {
      ...node,
      schema: input?.schema ?? schema,
      origin: input?.origin ?? origin,
    };
  }
  const isBody = !isByPlace(input);
  return {
    ...node,
    schema: schemaByPlace(
      isBody ? { body: input.schema } : propertiesOf(input.schema),
    ),
    origin,
    partOrigins: isBody ? { body: input.origin } : input.partOrigins,
  };
}

/** Every place is there, so that parameters are compared one by one. */
function schemaByPlace(parts: Readonly<Record<string, Schema>>): SchemaObject {
  const empty = Object.fromEntries(
    [...places, "body"].map((place) => [place, { type: "object" }]),
  );
  return { type: "object", properties: { ...empty, ...parts } };
}

function propertiesOf(schema: Schema): Readonly<Record<string, Schema>> {
  if (typeof schema === "boolean") return {};
  return (schema["properties"] ?? {}) as Readonly<Record<string, Schema>>;
}
