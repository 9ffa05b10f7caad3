import path from "node:path";
import { beforeAll, expect, it } from "vitest";
import { packageEntry } from "../cli/support/package-entry.js";
import { runCommand } from "../cli/support/run-command.js";
import { writeTexts } from "../cli/support/temporary-folder.js";
import {
  emptyRepository,
  integration,
  npmInstall,
} from "./support/consuming-repository.js";

const repository = emptyRepository();

/** A Node that strips types; the one that runs the tests need not. */
const node = path.join(repository, "node_modules/.bin/node");

const main = `import { connect, describeError, execute } from "./integration.ts";
import { createClient, ksig1, propay } from "./kompliant/index.ts";

const answers = [
  { meta: { status: "SUCCESS" }, data: { propay: { propay_id: "ape_1", queued_operations: ["ONBOARDING"] } } },
  { errors: [{ code: "ENTITY_NOT_FOUND", message: "no ape_2" }] },
];
const sent: string[] = [];
const client = createClient({
  signer: ksig1({ apiKey: "sb_key", secretKey: "c2VjcmV0", authToken: "token" }),
  fetch: async (url, init) => {
    sent.push(\`\${String(init.method)} \${url}\`);
    const answer = answers.shift();
    return Response.json(answer, { status: answer && "errors" in answer ? 400 : 200 });
  },
});
const first = await propay.execute(client, { propay_id: "ape_1" });
const second = await propay.execute(client, { propay_id: "ape_2" });
console.log(JSON.stringify({
  sent,
  queued: first.ok && first.data.propay.queued_operations,
  failure: !second.ok && describeError(second.error),
  loaded: [typeof connect, typeof execute],
}));
`;

beforeAll(async () => {
  await Promise.all([
    npmInstall(repository, ["node@24"]),
    packageEntry.generate({
      cwd: repository,
      out: "src/kompliant",
      importExtension: ".ts",
    }),
  ]);
  writeTexts(repository, {
    "src/main.ts": main,
    "src/integration.ts": integration(".ts"),
  });
});

it("Node runs a client with .ts imports as it is", async () => {
  const outcome = await runCommand(node, ["src/main.ts"], repository);
  expect(outcome.stderr).toBe("");
  expect(JSON.parse(outcome.stdout)).toEqual({
    sent: Array(2).fill("POST https://api.kompliant.com/propay.execute"),
    queued: ["ONBOARDING"],
    failure: "no ape_2",
    loaded: ["function", "function"],
  });
});

it("the Node of this test strips types and knows no TypeScript syntax that is not erasable", async () => {
  writeTexts(repository, { "src/enum.ts": "enum NotErasable { A }\n" });
  const { stdout } = await runCommand(node, ["--version"], repository);
  expect(stdout).toMatch(/^v24\./);
  const outcome = await runCommand(node, ["src/enum.ts"], repository);
  expect(outcome.exitCode).not.toBe(0);
  expect(outcome.stderr).toContain("ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX");
});
