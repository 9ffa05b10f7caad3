// The stages that a run needs when something has changed. They are loaded together
// and only then: their libraries take longer to load than an unchanged run takes.
export { emitClient } from "./emit/emit-client.js";
export { inspectOutput, passesGate } from "./emit/inspect-output.js";
export { reservedNames } from "./emit/reserved-names.js";
export { vocabularyOf } from "./emit/vocabulary.js";
export { formatFiles, formattedBefore } from "./format/format-files.js";
export { readSpec } from "./load/load-spec.js";
export { buildModel } from "./model/build-model.js";
export { readErrorTables } from "./model/error-tables.js";
export { furtherProblems } from "./model/further-problems.js";
export { leftOut } from "./model/left-out.js";
export { openErrors } from "./model/open-errors.js";
export { previousModel, printSnapshot } from "./write/snapshot.js";
