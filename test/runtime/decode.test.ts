import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeData } from "../../templates/runtime/decode.js";
import type { Decoded } from "../../templates/runtime/types.js";
import type {
  AnyError,
  InvalidResponseError,
} from "../../templates/runtime/errors.js";
import type { Operation } from "../../templates/runtime/types.js";

const operation: Operation = {
  name: "sample.create",
  method: "POST",
  path: "/sample.create",
  effect: "write",
  decode: decodeData,
  errors: [
    "ENTITY_NOT_FOUND",
    "SYSTEM_RULE_VIOLATION/Workflow/WORKFLOW_ENDED",
    "SYSTEM_RULE_VIOLATION/Workflow/WORKFLOW_NOT_STARTED",
    "SYSTEM_RULE_VIOLATION/Business/MAX_OWNER_LIMIT",
    ["BAD_REQUEST"],
    ["SYSTEM_RULE_VIOLATION/Person/MAX_PERSON_LIMIT"],
  ],
};

/** The same in another form, so that the test does not repeat the code that it tests. */
const documentedCodes = new Set(["BAD_REQUEST", "ENTITY_NOT_FOUND"]);
const documentedPairs = new Set([
  '["SYSTEM_RULE_VIOLATION","Workflow","WORKFLOW_ENDED"]',
  '["SYSTEM_RULE_VIOLATION","Workflow","WORKFLOW_NOT_STARTED"]',
  '["SYSTEM_RULE_VIOLATION","Business","MAX_OWNER_LIMIT"]',
  '["SYSTEM_RULE_VIOLATION","Person","MAX_PERSON_LIMIT"]',
]);

function isDocumented(wire: unknown): boolean {
  const fields = Object.entries(Object(wire) as object);
  const field = (name: string): unknown =>
    fields.find(([key]) => key === name)?.[1];
  const code = field("code");
  if (typeof code !== "string" || typeof field("message") !== "string") {
    return false;
  }
  const pair = [code, field("entity_type"), field("sub_code")];
  if (documentedPairs.has(JSON.stringify(pair))) return true;
  // A sub-code makes it another error than the one that is documented.
  return documentedCodes.has(code) && typeof field("sub_code") !== "string";
}

function decodeText(text: string | Uint8Array, status: number): Decoded {
  const body = typeof text === "string" ? new TextEncoder().encode(text) : text;
  return decodeData(operation, { status, type: "", body });
}

function errorsOf(decoded: Decoded): readonly AnyError[] {
  return decoded.ok ? [] : decoded.errors;
}

const trapNames = fc.constantFrom(
  ...["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"],
);
const status = fc.constantFrom(200, 400, 401, 404, 422, 429, 500, 503);
const json = fc.jsonValue({ maxDepth: 3 });
const code = fc.oneof(
  fc.constantFrom("BAD_REQUEST", "ENTITY_NOT_FOUND"),
  { weight: 3, arbitrary: fc.constant("SYSTEM_RULE_VIOLATION") },
  fc.constantFrom("undocumented", "client.timeout", "true", "bad_request"),
  trapNames,
  fc.string(),
);
const entityType = fc.oneof(
  fc.constantFrom("Workflow", "Business", "Person"),
  fc.constantFrom("workflow", "Unknown"),
  trapNames,
);
const subCode = fc.oneof(
  fc.constantFrom("WORKFLOW_ENDED", "WORKFLOW_NOT_STARTED"),
  fc.constantFrom("MAX_OWNER_LIMIT", "MAX_PERSON_LIMIT", "UNHEARD_OF", "0"),
  trapNames,
);
const orWrong = (value: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 9, arbitrary: value }, json);
const extras = fc.array(fc.tuple(fc.oneof(trapNames, fc.string()), json), {
  maxLength: 3,
});

/** The text of an error object: fields may be missing, of a wrong type, twice, or called `__proto__`. */
const errorText = fc
  .tuple(
    fc.option(orWrong(code), { freq: 20 }),
    fc.option(orWrong(entityType), { freq: 10 }),
    fc.option(orWrong(subCode), { freq: 10 }),
    fc.option(orWrong(fc.string()), { freq: 20 }),
    extras,
  )
  .map(([...fields]) => {
    const names = ["code", "entity_type", "sub_code", "message"];
    const extra = fields.pop() as [string, unknown][];
    const known = fields.map((value, index) => [names[index], value] as const);
    const members = [...extra, ...known]
      .filter(([, value]) => value !== null)
      .map(
        ([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`,
      );
    return `{${members.join()}}`;
  });
const wireText = fc.oneof(
  { weight: 9, arbitrary: errorText },
  json.map((value) => JSON.stringify(value)),
);

describe("every error that a server can send", () => {
  it("becomes a documented member, or undocumented, and loses nothing", () => {
    const seen = { documented: 0, undocumented: 0 };
    fc.assert(
      fc.property(
        fc.array(wireText, { minLength: 1, maxLength: 4 }),
        fc.option(json.map((value) => JSON.stringify(value))),
        status,
        (wires, meta, httpStatus) => {
          const members = [
            ...(meta === null ? [] : [`"meta":${meta}`]),
            `"errors":[${wires.join()}]`,
          ];
          const decoded = decodeText(`{${members.join()}}`, httpStatus);

          if (decoded.ok) throw new Error("the errors became data");
          expect(decoded.errors).toHaveLength(wires.length);
          for (const [index, text] of wires.entries()) {
            const wire: unknown = JSON.parse(text);
            const member = decoded.errors[index];
            if (isDocumented(wire)) {
              seen.documented += 1;
              expect(JSON.stringify(member)).toBe(JSON.stringify(wire));
            } else {
              seen.undocumented += 1;
              const { wire: kept, ...tag } = member as AnyError & {
                wire: unknown;
              };
              expect(JSON.stringify(kept)).toBe(JSON.stringify(wire));
              expect(tag).toStrictEqual({
                code: "undocumented",
                message: expect.any(String) as string,
                status: httpStatus,
              });
            }
          }
        },
      ),
      { numRuns: 4000 },
    );
    // The generator must keep making both kinds.
    expect(seen.documented).toBeGreaterThan(100);
    expect(seen.undocumented).toBeGreaterThan(100);
  });

  it("leaves the prototypes of everything alone", () => {
    const wire = '{"__proto__":{"code":"BAD_REQUEST"},"message":"x"}';
    const decoded = decodeText(`{"errors":[${wire}]}`, 400);
    expect(decoded).toMatchObject({ errors: [{ code: "undocumented" }] });
    expect(Object.prototype).not.toHaveProperty("code");
  });
});

describe("a documented code", () => {
  const open: Operation = { ...operation, errors: ["CONFLICT/*"] };
  const decode = (wire: object, of: Operation): Decoded =>
    decodeData(of, {
      status: 400,
      type: "",
      body: new TextEncoder().encode(JSON.stringify({ errors: [wire] })),
    });

  it("with a sub-code that goes with no documented error is undocumented", () => {
    const wire = { code: "BAD_REQUEST", sub_code: "NEW", message: "x" };
    expect(errorsOf(decode(wire, operation))).toMatchObject([
      { code: "undocumented", wire },
    ]);
  });

  it("with an entity type or other fields is itself", () => {
    const wire = { code: "BAD_REQUEST", entity_type: "Workflow", message: "x" };
    expect(errorsOf(decode(wire, operation))).toEqual([wire]);
  });

  it.each([
    {},
    { sub_code: "NEW" },
    { entity_type: "Workflow" },
    { entity_type: "Workflow", sub_code: "NEW" },
  ])("whose sub-codes are open is itself with %o", (fields) => {
    const wire = { code: "CONFLICT", ...fields, message: "x" };
    expect(errorsOf(decode(wire, open))).toEqual([wire]);
  });

  it.each([
    { code: "SYSTEM_RULE_VIOLATION/Workflow/WORKFLOW_ENDED" },
    { code: "SYSTEM_RULE_VIOLATION/Workflow", sub_code: "WORKFLOW_ENDED" },
    {
      ...{ code: "SYSTEM_RULE_VIOLATION", entity_type: "Workflow/" },
      sub_code: "WORKFLOW_ENDED",
    },
    { code: "CONFLICT/*" },
    { code: "CONFLICT%2F*" },
  ])("is not made of parts of another one: %o", (fields) => {
    const wire = { ...fields, message: "x" };
    for (const each of [operation, open]) {
      expect(errorsOf(decode(wire, each))).toMatchObject([{ wire }]);
    }
  });
});

describe("every body that a server can send", () => {
  const answer = fc.record(
    { meta: json, data: json, errors: json, results: json },
    { requiredKeys: [] },
  );
  const anyText = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.json(),
    answer.map((value) => JSON.stringify(value)),
  );

  it("is data, errors, or one client.invalid_response; nothing throws", () => {
    fc.assert(
      fc.property(anyText, status, (text, httpStatus) => {
        const decoded = decodeText(text, httpStatus);
        const [error, ...others] = errorsOf(decoded);
        if (error?.code !== "client.invalid_response") return;
        expect(others).toEqual([]);
        expect(error).toMatchObject({ outcome: "unknown", status: httpStatus });
        const { excerpt } = error as InvalidResponseError;
        expect(excerpt.length).toBeLessThanOrEqual(1000);
      }),
      { numRuns: 1000 },
    );
  });

  it("can be any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), status, (bytes, code) => {
        expect(errorsOf(decodeText(bytes, code))[0]?.code).toBe(
          "client.invalid_response",
        );
      }),
    );
  });

  it("brings its data as it was sent", () => {
    fc.assert(
      fc.property(json, (data) => {
        const text = JSON.stringify({ meta: { status: "SUCCESS" }, data });
        const decoded = decodeText(text, 200);
        if (!decoded.ok) throw new Error(decoded.error.message);
        expect(JSON.stringify(decoded.data)).toBe(JSON.stringify(data));
      }),
    );
  });

  it("can be nested a hundred thousand levels deep", () => {
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    const codeOf = (text: string) => errorsOf(decodeText(text, 400))[0]?.code;
    expect(codeOf(`{"errors":${deep}}`)).toBe("undocumented");
    expect(codeOf(`{"errors":[${deep}]}`)).toBe("undocumented");
    expect(codeOf("[".repeat(100_000))).toBe("client.invalid_response");
  });

  it("can begin with a byte order mark", () => {
    const text = '\u{FEFF}{"meta":{"status":"SUCCESS"},"data":{}}';
    expect(decodeText(text, 200)).toMatchObject({ data: {} });
  });
});

describe("the metadata of an answer", () => {
  const errors = [{ code: "BAD_REQUEST", message: "x" }];
  const metaOf = (meta: unknown) => {
    const decoded = decodeText(JSON.stringify({ meta, errors }), 400);
    expect(errorsOf(decoded)).toEqual(errors);
    return decoded.meta;
  };

  it("is kept as received, with fields that nobody knows yet", () => {
    const meta = { status: "ERROR", trace_id: "trc_1", region: "eu" };
    expect(metaOf(meta)).toStrictEqual(meta);
  });

  it("keeps the trace id when there is no status", () => {
    expect(metaOf({ trace_id: "trc_1" })).toHaveProperty("trace_id", "trc_1");
  });

  it("keeps warnings that are warnings, and never mistypes others", () => {
    const warning = { code: "DEPRECATED", message: "Use another method." };
    const meta = { status: "ERROR", warnings: [warning, null, { code: 1 }] };
    expect(metaOf(meta)).toMatchObject({ warnings: [warning] });
    expect(metaOf({ status: "ERROR", warnings: "none" })).not.toHaveProperty(
      "warnings",
    );
  });

  it.each([[null], ["SUCCESS"], [[]]])(
    "may be %j, which says nothing",
    (meta) => {
      expect(metaOf(meta)).toBeUndefined();
    },
  );
});
