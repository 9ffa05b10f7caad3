import path from "node:path";
import type * as PackageEntry from "../../../generator/index.js";
import { packageFolder } from "./run-command.js";

/** What `import … from "kompliant-codegen"` gives: the built package, in this process. */
export const packageEntry: typeof PackageEntry = (await import(
  path.join(packageFolder, "dist", "index.js")
)) as typeof PackageEntry;
