import { successMeta } from "../model/spec-builder.js";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { contentOf, lockFile } from "../cli/support/folder-content.js";
import { packageEntry } from "../cli/support/package-entry.js";
import { temporaryFolder } from "../cli/support/temporary-folder.js";

type Json = Record<string, unknown>;

/** Keys of a place in the description. */
type Place = readonly string[];

const schemaRef = (name: string): Json => ({
  $ref: `#/components/schemas/${name}`,
});

const content = (schema: Json): Json => ({
  description: "It worked.",
  content: { "application/json": { schema } },
});

const envelope = (part: Json): Json => ({
  type: "object",
  required: ["meta", ...Object.keys(part)],
  properties: { meta: successMeta, ...part },
});

const failing = (...names: readonly string[]): Json =>
  content(
    envelope({
      errors: { type: "array", items: { oneOf: names.map(schemaRef) } },
    }),
  );

/** Holds what one file of the client can take from far away: composed errors, shared responses, variants, open enums. */
const description: Json = {
  openapi: "3.1.0",
  info: { title: "Payments", version: "1" },
  servers: [{ url: "https://api.example.com" }],
  paths: {
    "/payment.get": {
      post: {
        operationId: "payment.get",
        summary: "Returns a payment.",
        requestBody: {
          required: true,
          content: { "application/json": { schema: schemaRef("GetInput") } },
        },
        responses: {
          "200": content(envelope({ data: schemaRef("Payment") })),
          "400": failing("Bad", "Worse"),
          "404": { $ref: "#/components/responses/NotFound" },
        },
      },
    },
    "/payment.list": {
      post: {
        operationId: "payment.list",
        responses: {
          "200": content(
            envelope({ data: { type: "array", items: schemaRef("Payment") } }),
          ),
          "404": { $ref: "#/components/responses/NotFound" },
        },
      },
    },
  },
  webhooks: {
    PAYMENT_CREATED: {
      post: {
        requestBody: {
          content: { "application/json": { schema: schemaRef("Payment") } },
        },
        responses: { "200": { description: "Received." } },
      },
    },
  },
  components: {
    responses: {
      NotFound: failing("Missing", "Gone"),
    },
    schemas: {
      GetInput: {
        type: "object",
        required: ["id"],
        properties: { id: schemaRef("Id"), expand: { type: "boolean" } },
      },
      Id: { type: "string", description: "Identifies a payment." },
      Payment: {
        oneOf: [schemaRef("Card"), schemaRef("Transfer")],
        discriminator: { propertyName: "kind" },
      },
      Card: {
        allOf: [
          schemaRef("Common"),
          {
            type: "object",
            required: ["kind"],
            properties: { kind: { const: "card" }, last4: { type: "string" } },
          },
        ],
      },
      Transfer: {
        allOf: [
          schemaRef("Common"),
          {
            type: "object",
            required: ["kind"],
            properties: { kind: { const: "transfer" } },
          },
        ],
      },
      Common: {
        type: "object",
        required: ["id"],
        properties: { id: schemaRef("Id"), status: schemaRef("Status") },
      },
      Status: { type: "string", enum: ["OPEN", "DONE"] },
      ErrorBase: {
        type: "object",
        properties: {
          message: { type: "string", description: "For people." },
        },
      },
      Bad: {
        allOf: [
          schemaRef("ErrorBase"),
          {
            type: "object",
            required: ["code"],
            properties: { code: { const: "BAD" } },
          },
        ],
      },
      Worse: {
        type: "object",
        required: ["code", "entity_type", "sub_code"],
        properties: {
          code: { const: "RULE" },
          entity_type: { const: "Payment" },
          sub_code: { enum: ["LATE", "LOCKED"] },
          details: schemaRef("Details"),
        },
      },
      Missing: {
        allOf: [
          schemaRef("ErrorBase"),
          { properties: { code: { const: "MISSING" } } },
        ],
      },
      Gone: {
        type: "object",
        required: ["code"],
        properties: { code: { const: "GONE" }, details: schemaRef("Details") },
      },
      Details: { type: "object", properties: { at: { type: "string" } } },
    },
  },
};

/** Members that get another value, or a sibling, at a place. */
const additions: readonly Json[] = [
  { sub_code: { type: "string" } },
  { entity_type: { const: "Other" } },
  { extra: { type: "integer" } },
  { description: "Another text." },
  { deprecated: true },
];

function placesOf(value: unknown, place: Place = []): readonly Place[] {
  if (typeof value !== "object" || value === null) return [place];
  const below = Object.entries(value).flatMap(([key, member]) =>
    placesOf(member, [...place, key]),
  );
  return place.length === 0 ? below : [place, ...below];
}

type Change = "removal" | "other" | number;

function changed(place: Place, change: Change): Json {
  const copy = structuredClone(description);
  const keys = [...place];
  const last = keys.pop() ?? "";
  const holder = keys.reduce<unknown>(
    (value, key) => (value as Json)[key],
    copy,
  ) as Json;
  if (change === "removal") {
    if (Array.isArray(holder)) holder.splice(Number(last), 1);
    else Reflect.deleteProperty(holder, last);
  } else if (change === "other") {
    holder[last] = another(holder[last]);
  } else if (typeof holder[last] === "object") {
    Object.assign(holder[last] as Json, additions[change]);
  }
  return copy;
}

function another(value: unknown): unknown {
  if (typeof value === "string")
    return value === "string" ? "integer" : `${value}x`;
  if (typeof value === "boolean") return !value;
  return { type: "boolean" };
}

interface Outcome {
  readonly files: Readonly<Record<string, string>>;
  /** What is wrong with the description. */
  readonly problem: string | undefined;
}

let cwd: string;
let rounds = 0;

async function generateIn(out: string, spec: Json): Promise<Outcome> {
  writeFileSync(path.join(cwd, "spec.json"), JSON.stringify(spec));
  mkdirSync(path.join(cwd, out), { recursive: true });
  const problem = await packageEntry
    .generate({ cwd, spec: "spec.json", out })
    .then(
      () => undefined,
      (error: unknown) => String(error),
    );
  return { files: contentOf(path.join(cwd, out)), problem };
}

function namesIn({ files }: Outcome): unknown {
  const lock = JSON.parse(files[lockFile] ?? "{}") as Json;
  return lock["names"];
}

beforeAll(async () => {
  cwd = temporaryFolder();
  expect(await generateIn("before", description)).toMatchObject({
    problem: undefined,
  });
});

describe("whatever changes in a description", () => {
  it(
    "a run after another one leaves the bytes of a run without its files, and of a first run where all names are the same",
    { timeout: 600_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...placesOf(description)),
          fc.constantFrom<Change>("removal", "other", ...additions.keys()),
          async (place, change) => {
            const after = changed(place, change);
            const folder = `round-${(rounds += 1)}`;
            const before = path.join(cwd, "before");
            cpSync(before, path.join(cwd, folder, "warm"), { recursive: true });
            mkdirSync(path.join(cwd, folder, "state"), { recursive: true });
            for (const name of [lockFile, "kompliant-codegen.snapshot"]) {
              writeFileSync(
                path.join(cwd, folder, "state", name),
                readFileSync(path.join(before, name)),
              );
            }
            const warm = await generateIn(`${folder}/warm`, after);
            const stateOnly = await generateIn(`${folder}/state`, after);
            const cold = await generateIn(`${folder}/cold`, after);
            expect([stateOnly.problem, cold.problem]).toEqual([
              warm.problem,
              warm.problem,
            ]);
            if (warm.problem !== undefined) return;
            expect(stateOnly.files).toEqual(warm.files);
            try {
              expect(namesIn(cold)).toEqual(namesIn(warm));
            } catch {
              return;
            }
            expect(cold.files).toEqual(warm.files);
          },
        ),
        { numRuns: 60 },
      );
    },
  );

  it("an error whose base gets an optional sub-code is matched with it", async () => {
    const after = structuredClone(description);
    const { schemas } = after["components"] as {
      schemas: Record<string, Json>;
    };
    Object.assign(schemas["ErrorBase"]?.["properties"] as Json, {
      sub_code: { type: "string" },
    });
    cpSync(path.join(cwd, "before"), path.join(cwd, "warm"), {
      recursive: true,
    });
    const warm = await generateIn("warm", after);
    const cold = await generateIn("cold", after);
    expect(warm.files).toEqual(cold.files);
    expect(warm.files["operations/payment/get.ts"]).toContain('"BAD/*"');
  });
});
