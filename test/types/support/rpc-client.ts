import { generateInMemory } from "../../hostile/generate-in-memory.js";
import {
  temporaryFolder,
  writeTexts,
} from "../../cli/support/temporary-folder.js";

const tsconfig = JSON.stringify({
  extends: new URL("../tsconfig.base.json", import.meta.url).pathname,
  compilerOptions: { skipLibCheck: true },
  include: ["."],
});

/** A folder with the client for a description in `client/`, other files beside it, and a project of all. */
export async function clientFolder(
  spec: object,
  files: Readonly<Record<string, string>>,
): Promise<string> {
  const outcome = await generateInMemory(spec);
  if (!("files" in outcome)) throw new Error(outcome.refused.join());
  const folder = temporaryFolder({
    "package.json": '{ "type": "module" }',
    "tsconfig.json": tsconfig,
    ...files,
  });
  writeTexts(
    folder,
    Object.fromEntries(
      outcome.files.map(({ path, text }) => [`client/${path}`, text]),
    ),
  );
  return folder;
}
