import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { DiagnosticError } from "../../generator/diagnostics/diagnostic.js";
import type { Diagnostic } from "../../generator/diagnostics/diagnostic.js";
import { loadSpec } from "../../generator/load/load-spec.js";
import type { SpecDocument } from "../../generator/load/spec-document.js";
import { readErrorTables } from "../../generator/model/error-tables.js";
import { buildModel } from "../../generator/model/build-model.js";
import type { ApiModel } from "../../generator/model/api-model.js";

const shipped = path.resolve("spec/2025-03-24/openapi.yaml");

const single = `openapi: 3.1.0
info: { title: Test, version: "1" }
tags:
  - name: a
  - name: b
  - name: c
paths:
  /a.set:
    post:
      operationId: a.set
      tags: [x, y, z]
      description: Sets it.
      responses:
        "200":
          description: ""
          content:
            application/json:
              schema: { type: object, properties: { data: { type: object } } }
`;

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), "overlay-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

function overlayOf(actions: string, version = "1.1.0"): string {
  return `overlay: ${version}
info: { title: Test overlay, version: "1" }
actions:
${actions}`;
}

/** What a description with overlays that consist of the given actions is loaded as. */
async function overlaidDocument(
  spec: string,
  ...overlays: readonly string[]
): Promise<SpecDocument> {
  const files = overlays.map((text, index) => [`${index}.yaml`, text]);
  const folder = folderWith({
    "spec.yaml": spec,
    ...(Object.fromEntries(files) as object),
  });
  return loadSpec(
    path.join(folder, "spec.yaml"),
    undefined,
    overlays.map((_, index) => path.join(folder, `${index}.yaml`)),
  );
}

/** The document after overlays that consist of the given actions. */
async function overlaid(
  spec: string,
  ...overlays: readonly string[]
): Promise<unknown> {
  return (await overlaidDocument(spec, ...overlays)).root.value;
}

/** What is reported for overlays that do not fit. */
async function problemsOf(
  spec: string,
  ...overlays: readonly string[]
): Promise<readonly Diagnostic[]> {
  try {
    return (await overlaidDocument(spec, ...overlays)).warnings;
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics;
    throw error;
  }
}

async function shippedModel(...overlays: readonly string[]): Promise<ApiModel> {
  const files = overlays.map((text, index) => [`${index}.yaml`, text]);
  const folder = folderWith(
    Object.fromEntries(files) as Record<string, string>,
  );
  const document = await loadSpec(
    shipped,
    undefined,
    overlays.map((_, index) => path.join(folder, `${index}.yaml`)),
  );
  return buildModel(document, []);
}

describe("actions of an overlay", () => {
  it("merge maps, add to lists and replace values, in order", async () => {
    const root = await overlaid(
      single,
      overlayOf(`  - target: $.info
    update: { title: First, x-new: { a: 1 } }
  - target: $.info
    update: { title: Second, x-new: { b: 2 } }
  - target: $.tags
    update: { name: d }
  - target: $.paths['/a.set'].post.tags
    update: [u, v]
  - target: $.paths.*.post.description
    update: Replaced.`),
      overlayOf(`  - target: $.info
    update: { title: Third }`),
    );
    expect(root).toMatchObject({
      info: { title: "Third", version: "1", "x-new": { a: 1, b: 2 } },
      tags: [{ name: "a" }, { name: "b" }, { name: "c" }, { name: "d" }],
      paths: {
        "/a.set": {
          post: { tags: ["x", "y", "z", "u", "v"], description: "Replaced." },
        },
      },
    });
  });

  it("remove members and elements", async () => {
    const root = await overlaid(
      single,
      overlayOf(`  - target: $.tags[?@.name != 'b']
    remove: true
  - target: $.paths.*.post.tags[?@ == 'y']
    remove: true
  - target: $.paths.*.post.description
    remove: true`),
    );
    expect(root).toMatchObject({
      tags: [{ name: "b" }],
      paths: { "/a.set": { post: { tags: ["x", "z"] } } },
    });
    expect(root).not.toHaveProperty(["paths", "/a.set", "post", "description"]);
  });

  it("copy from one place to another", async () => {
    const root = await overlaid(
      single,
      overlayOf(`  - target: $.paths
    update: { /b.set: { post: {} } }
  - target: $.paths['/b.set'].post
    copy: $.paths['/a.set'].post
  - target: $.paths['/b.set'].post.operationId
    update: b.set`),
    );
    expect(root).toMatchObject({
      paths: {
        "/a.set": { post: { operationId: "a.set" } },
        "/b.set": { post: { operationId: "b.set", tags: ["x", "y", "z"] } },
      },
    });
  });

  it("take effect for documents in JSON", async () => {
    const spec = JSON.stringify({
      openapi: "3.0.3",
      info: { title: "Test", version: "1" },
      paths: {},
    });
    const root = await overlaid(
      spec,
      overlayOf("  - target: $.info\n    update: { title: New }", "1.0.0"),
    );
    expect(root).toMatchObject({ info: { title: "New" } });
  });
});

describe("an overlay of a description in several files", () => {
  it("reaches a path item in another file under its path", async () => {
    const model = await shippedModel(
      overlayOf(`  - target: $.paths['/propay.execute'].post
    update: { summary: From the overlay }`),
    );
    const execute = model.operations.find(
      ({ name }) => name === "propay.execute",
    );
    expect(execute?.documentation.summary).toBe("From the overlay");
  });

  it("reaches a shared schema in another file under its name", async () => {
    const model = await shippedModel(
      overlayOf(`  - target: $.components.schemas.PrecheckFailed
    update: { description: From the overlay }`),
    );
    const entry = model.errors.entries.find(
      ({ subCode }) => subCode === "PRECHECK_FAILED",
    );
    expect(entry?.documentation.description).toBe("From the overlay");
  });

  it("resolves references against the root document, wherever they are put", async () => {
    const model = await shippedModel(
      overlayOf(`  - target: $
    update:
      components: { schemas: { Hint: { type: string, description: A hint. } } }
  - target: $.paths['/propay.execute'].post.requestBody.content['application/json'].schema.properties
    update:
      hint: { $ref: "#/components/schemas/Hint" }
      owner: { $ref: "components/ids.yaml#/PersonId" }`),
    );
    const execute = model.operations.find(
      ({ name }) => name === "propay.execute",
    );
    expect(execute?.input?.schema).toMatchObject({
      properties: {
        hint: { $ref: "#/components/schemas/Hint" },
        owner: { $ref: "#/components/schemas/PersonId" },
      },
    });
  });

  it("removes a path", async () => {
    const model = await shippedModel(
      overlayOf("  - target: $.paths['/propay.execute']\n    remove: true"),
    );
    expect(model.operations.map(({ name }) => name)).not.toContain(
      "propay.execute",
    );
    expect(model.operations.map(({ name }) => name)).toContain("propay.get");
  });

  it("adds errors, as a schema or as an extension", async () => {
    const model = await shippedModel(
      overlayOf(`  - target: $.paths['/propay.execute'].post
    update:
      x-kompliant-errors:
        - { code: SYSTEM_RULE_VIOLATION, entity_type: Workflow, sub_code: IS_NEW }`),
    );
    expect(model.errors.entries.map(({ key }) => key)).toContain(
      "SYSTEM_RULE_VIOLATION/Workflow/IS_NEW",
    );
  });
});

describe("an overlay that does not fit", () => {
  it.each([
    [
      "matches nothing",
      "  - target: $.nowhere\n    update: {}",
      "1.1.0",
      "overlay-unmatched",
      4,
    ],
    [
      "has no JSONPath",
      "  - target: $.a[\n    update: {}",
      "1.1.0",
      "overlay-invalid",
      4,
    ],
    ["does nothing", "  - target: $.info", "1.1.0", "overlay-invalid", 4],
    [
      "merges a text into a map",
      "  - target: $.info\n    update: x",
      "1.1.0",
      "overlay-conflict",
      5,
    ],
    [
      "merges a map into a text",
      "  - target: $\n    update:\n      info:\n        title: {}",
      "1.1.0",
      "overlay-conflict",
      7,
    ],
    [
      "removes everything",
      "  - target: $\n    remove: true",
      "1.1.0",
      "overlay-conflict",
      4,
    ],
    [
      "changes lists and maps at once",
      "  - target: $['info','tags']\n    update: {}",
      "1.1.0",
      "overlay-conflict",
      4,
    ],
    [
      "copies several places",
      "  - target: $.info\n    copy: $.tags[*]",
      "1.1.0",
      "overlay-conflict",
      5,
    ],
    [
      "copies in version 1.0",
      "  - target: $.info\n    copy: $.tags[0]",
      "1.0.0",
      "overlay-invalid",
      4,
    ],
    [
      "changes a single value in version 1.0",
      "  - target: $.info.title\n    update: x",
      "1.0.0",
      "overlay-conflict",
      4,
    ],
    [
      "has an unknown member",
      "  - target: $.info\n    updates: {}\n    remove: true",
      "1.1.0",
      "overlay-invalid",
      5,
    ],
    [
      "has an unknown version",
      "  - target: $.info\n    remove: true",
      "2.0.0",
      "overlay-invalid",
      1,
    ],
  ])(
    "and %s is refused at its line",
    async (_, actions, version, code, line) => {
      const problems = await problemsOf(single, overlayOf(actions, version));
      expect(problems.map((each) => [each.code, each.location?.line])).toEqual([
        [code, line],
      ]);
      expect(problems[0]?.location?.file).toMatch(/0\.yaml$/);
    },
  );

  it("is reported with every other problem of the run", async () => {
    const wrong = overlayOf(
      "  - target: $.a\n    remove: true\n  - target: $.b\n    remove: true",
    );
    expect(await problemsOf(single, wrong, wrong)).toHaveLength(4);
  });

  it("is reported when it is missing, empty or no YAML", async () => {
    const folder = folderWith({ "spec.yaml": single });
    const loading = loadSpec(path.join(folder, "spec.yaml"), undefined, [
      path.join(folder, "none.yaml"),
    ]);
    await expect(loading).rejects.toThrow("none.yaml");
    expect((await problemsOf(single, ""))[0]?.code).toBe("overlay-invalid");
    expect((await problemsOf(single, "a: [")).map(({ code }) => code)).toEqual([
      "overlay-invalid",
    ]);
  });
});

describe("a problem of the overlaid description", () => {
  it("names the overlay that introduced it, and its line", async () => {
    const [problem, ...more] = await problemsOf(
      single,
      overlayOf(`  - target: $.paths['/a.set'].post
    update:
      summary: fine
      deprecated: perhaps`),
    );
    expect(more).toEqual([]);
    expect(problem).toMatchObject({
      code: "spec-value",
      location: { line: 7 },
    });
    expect(problem?.location?.file).toMatch(/0\.yaml$/);
    expect(problem?.message).toContain("introduced by overlay 0.yaml, line 7");
    expect(problem?.frame).toContain("deprecated: perhaps");
  });

  it("names it for problems that only the model finds", async () => {
    const folder = folderWith({
      "spec.yaml": single,
      "o.yaml": overlayOf(`  - target: $.paths['/a.set'].post
    update:
      x-kompliant-errors: [{ code: 1 }]`),
    });
    const document = await loadSpec(path.join(folder, "spec.yaml"), undefined, [
      path.join(folder, "o.yaml"),
    ]);
    expect(() => buildModel(document, [])).toThrow(
      "introduced by overlay o.yaml, line 6",
    );
  });

  it("keeps its own place after elements before it were removed and others added", async () => {
    const broken = single.replace("- name: c", "- title: c");
    const problems = await problemsOf(
      broken,
      overlayOf(
        "  - target: $.tags[0]\n    remove: true\n  - target: $.tags\n    update: { name: d }",
      ),
    );
    expect(problems.length).toBeGreaterThan(0);
    for (const { location, message } of problems) {
      expect(location).toMatchObject({ line: 6 });
      expect(message).not.toContain("overlay");
    }
  });

  it("names it for tables of errors that cannot be read", async () => {
    const folder = folderWith({
      "spec.yaml": single,
      "o.yaml": overlayOf(`  - target: $.paths['/a.set'].post.description
    update: |
      ## System Rule Violations

      | Entity Type | Sub-code | Description |
      | --- | --- | --- |
      | Thing | none | |
`),
    });
    const document = await loadSpec(path.join(folder, "spec.yaml"), undefined, [
      path.join(folder, "o.yaml"),
    ]);
    const { warnings } = readErrorTables(document);
    expect(warnings).toMatchObject([{ location: { line: 10 } }]);
    expect(warnings[0]?.message).toContain(
      "introduced by overlay o.yaml, line 10",
    );
  });
});
