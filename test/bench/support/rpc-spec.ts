type Json = Readonly<Record<string, unknown>>;

/**
 * The OpenAPI description of an RPC API of any size, in Kompliant's style: every ten
 * operations belong to an entity with a schema of its own, and every operation
 * documents six errors, of which it shares two with all others and two with its entity.
 *
 * @param operations - how many; a description of more operations holds those of fewer
 */
export function rpcSpec(operations: number): Json {
  const numbers = [...Array(operations).keys()];
  const entities = [...new Set(numbers.map(entityOf))];
  return {
    openapi: "3.1.0",
    info: { title: "RPC API", version: "2025-03-24" },
    servers: [{ url: "https://api.example.com" }],
    paths: Object.fromEntries(
      numbers.map((number) => [
        `/${operationName(number)}`,
        { post: operation(number) },
      ]),
    ),
    components: {
      schemas: {
        Meta: object({
          status: { enum: ["SUCCESS", "ERROR"] },
          trace_id: text,
        }),
        ...merged(entities.map(entitySchemas)),
        BadRequest: error("The request is malformed.", { code: "BAD_REQUEST" }),
        EntityNotFound: error("The entity does not exist.", {
          code: "ENTITY_NOT_FOUND",
        }),
        ...merged(entities.map(entityErrors)),
      },
    },
  };
}

/** The API's name of the operation with this number, such as `entity0.method7`. */
export function operationName(number: number): string {
  return `entity${entityOf(number)}.method${number}`;
}

/** The identity of each error that an operation documents. */
export function documentedErrors(number: number): readonly ErrorConstants[] {
  return [
    { code: "BAD_REQUEST" },
    { code: "ENTITY_NOT_FOUND" },
    ...sharedViolations(entityOf(number)),
    ...ownViolations(number),
  ];
}

export interface ErrorConstants {
  readonly code: string;
  readonly entity_type?: string;
  readonly sub_code?: string;
}

const text: Json = { type: "string" };

function entityOf(number: number): number {
  return Math.floor(number / 10);
}

function violation(entity: number, sub_code: string): ErrorConstants {
  const code = "SYSTEM_RULE_VIOLATION";
  return { code, entity_type: `Entity${entity}`, sub_code };
}

function sharedViolations(entity: number): readonly ErrorConstants[] {
  return [violation(entity, "IS_LOCKED"), violation(entity, "IS_ENDED")];
}

function ownViolations(number: number): readonly ErrorConstants[] {
  const entity = entityOf(number);
  return ["PRECHECK_FAILED", "LIMIT_REACHED"].map((reason) =>
    violation(entity, `METHOD_${number}_${reason}`),
  );
}

function operation(number: number): Json {
  const entity = reference(`Entity${entityOf(number)}`);
  const errors = [
    reference("BadRequest"),
    reference("EntityNotFound"),
    ...sharedViolations(entityOf(number)).map(({ sub_code }) =>
      reference(violationSchema(entityOf(number), sub_code)),
    ),
    ...ownViolations(number).map((constants) =>
      error(`Method ${number} refuses: ${constants.sub_code}.`, constants),
    ),
  ];
  return {
    operationId: operationName(number),
    summary: `Performs method ${number}`,
    description: `Reads or changes an entity, as its documentation says in a sentence or two.`,
    requestBody: {
      required: true,
      content: json(
        object({ entity_id: text, name: text, amount: { type: "integer" } }, [
          "entity_id",
        ]),
      ),
    },
    responses: {
      "200": response(
        object({ meta: reference("Meta"), data: object({ entity }) }),
      ),
      "400": response(
        object({
          meta: reference("Meta"),
          errors: { type: "array", items: { oneOf: errors } },
        }),
      ),
    },
  };
}

function merged(records: readonly Json[]): Json {
  return Object.fromEntries(records.flatMap((each) => Object.entries(each)));
}

function entitySchemas(entity: number): Json {
  return {
    [`Entity${entity}`]: object(
      {
        entity_id: { ...text, description: "Identifies the entity." },
        state: {
          ...text,
          "x-extensible-enum": ["CREATED", "STARTED", "ENDED"],
        },
        address: object({ street: text, city: text, postal_code: text }),
        tags: { type: "array", items: text },
        created_at: { ...text, format: "date-time" },
        amount: { type: "integer" },
      },
      ["entity_id", "state"],
    ),
  };
}

function entityErrors(entity: number): Json {
  return Object.fromEntries(
    sharedViolations(entity).map((constants) => [
      violationSchema(entity, constants.sub_code),
      error(`The entity refuses: ${constants.sub_code}.`, constants),
    ]),
  );
}

function violationSchema(entity: number, sub_code: string | undefined): string {
  return `Entity${entity}_${sub_code}`;
}

function error(description: string, constants: ErrorConstants): Json {
  const properties: Json = Object.fromEntries(
    Object.entries<string>({ ...constants }).map(([name, value]) => [
      name,
      { type: "string", const: value },
    ]),
  );
  return {
    ...object({ ...properties, message: text }, [
      ...Object.keys(constants),
      "message",
    ]),
    description,
  };
}

function object(properties: Json, required?: readonly string[]): Json {
  return {
    type: "object",
    properties,
    required: required ?? Object.keys(properties),
  };
}

function reference(schema: string): Json {
  return { $ref: `#/components/schemas/${schema}` };
}

function json(schema: Json): Json {
  return { "application/json": { schema } };
}

function response(schema: Json): Json {
  return { description: "An answer.", content: json(schema) };
}
