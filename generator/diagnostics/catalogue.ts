/** How much a problem matters: errors end a run, warnings and notes do not. */
export type Severity = "error" | "warning" | "note";

interface CatalogueEntry {
  readonly severity: Severity;
  /** What to do about it, unless the place of the problem allows better advice. */
  readonly help: string;
}

const entries = {
  "config-client": {
    severity: "error",
    help: "Pick a client of the configuration with --client.",
  },
  "config-invalid": {
    severity: "error",
    help: "Correct the value in the configuration file.",
  },
  "config-not-found": {
    severity: "error",
    help: "Name an existing file with --config.",
  },
  "config-syntax": {
    severity: "error",
    help: "Correct the configuration file so that it can be loaded.",
  },
  "config-unknown-option": {
    severity: "error",
    help: "Remove it, or give it the name of an option.",
  },
  "init-package": {
    severity: "error",
    help: "Run it in the folder that holds your package.json.",
  },
  "output-foreign": {
    severity: "error",
    help: "Move the file away or choose another folder with --out: only files that this tool wrote are replaced.",
  },
  "output-no-snapshot": {
    severity: "error",
    help: "Generate the client from the old description first, or name both descriptions: diff OLD NEW.",
  },
  "output-state": {
    severity: "warning",
    help: "Restore the file from version control if it should count: without it, names of exports follow from the description alone.",
  },
  "output-unsafe": {
    severity: "error",
    help: "This is a fault of the generator, not of your input: please report it. Nothing was written.",
  },
  "output-unwritable": {
    severity: "error",
    help: "Check the folder's permissions and free space.",
  },
  "overlay-conflict": {
    severity: "error",
    help: "Change the action, or its target: the two do not fit; see docs/overlays.md.",
  },
  "overlay-invalid": {
    severity: "error",
    help: "Correct the overlay: this place does not follow the OpenAPI Overlay specification.",
  },
  "overlay-not-found": {
    severity: "error",
    help: "Check the path given with --overlay.",
  },
  "overlay-unmatched": {
    severity: "error",
    help: "Correct the target, or remove the action if the description no longer needs it.",
  },
  "spec-conflict": {
    severity: "error",
    help: "Let the documents agree, or leave one of them out.",
  },
  "spec-duplicate-key": {
    severity: "error",
    help: "Keep one of the two, or merge them: a map holds each key once.",
  },
  "spec-dynamic-ref": {
    severity: "warning",
    help: "Write a $ref to the schema that is meant, here or in an overlay.",
  },
  "spec-empty": {
    severity: "error",
    help: "Point --spec at an OpenAPI 3.0 or 3.1 document.",
  },
  "spec-enum": {
    severity: "warning",
    help: "Correct the type or the value: no value can be both.",
  },
  "spec-error-open": {
    severity: "warning",
    help: "Give its code a const or an enum: until then such an error arrives as undocumented.",
  },
  "spec-error-table": {
    severity: "warning",
    help: "Correct the table in the description, or list the error under x-kompliant-errors; see docs/error-sources.md.",
  },
  "spec-errors": {
    severity: "error",
    help: "Describe each error as an object whose code (and entity_type, sub_code) is a const; see docs/description.md.",
  },
  "spec-left-out": {
    severity: "note",
    help: "Nothing has to be done: the client has no counterpart for it.",
  },
  "spec-missing-field": {
    severity: "error",
    help: "Add the field: the OpenAPI specification requires it here.",
  },
  "spec-misspelt-field": {
    severity: "error",
    help: "Correct the name of the field.",
  },
  "spec-not-found": {
    severity: "error",
    help: "Check the path of the description.",
  },
  "spec-operation-id": {
    severity: "error",
    help: "Give each operation an operationId of its own: it becomes the name of a function.",
  },
  "spec-other-version": {
    severity: "warning",
    help: "It is read as it was meant. Write it as the document's own version does, so that other tools read it too.",
  },
  "spec-moved": {
    severity: "warning",
    help: "Look at the difference in the output. To decide yourself when it moves, name the document as { url, sha256 } in the configuration.",
  },
  "spec-path-parameter": {
    severity: "warning",
    help: "Spell the parameter alike in the path and in the list of parameters.",
  },
  "spec-pin": {
    severity: "error",
    help: "Compare the two with kompliant-codegen diff, and accept the new one by its sha256 in the configuration.",
  },
  "spec-ref": {
    severity: "error",
    help: "Correct the $ref, or add what it points to.",
  },
  "spec-ref-blocked": {
    severity: "error",
    help: "Keep the file beside the description, or allow it in the configuration.",
  },
  "spec-ref-loop": {
    severity: "error",
    help: "Let one of the places describe something itself.",
  },
  "spec-required": {
    severity: "warning",
    help: "Describe the property under properties, or correct its name; its type is unknown now.",
  },
  "spec-same-path": {
    severity: "warning",
    help: "Merge the two: OpenAPI takes them for the same path.",
  },
  "spec-sloppy": {
    severity: "warning",
    help: "Nothing has to be done for the client, which does not depend on it; other tools may refuse it.",
  },
  "spec-syntax": {
    severity: "error",
    help: "Correct the YAML or JSON at this place.",
  },
  "spec-tab": {
    severity: "error",
    help: "Indent with spaces: YAML does not allow tabs there.",
  },
  "spec-too-big": {
    severity: "error",
    help: "Split the description, or write out what its aliases repeat.",
  },
  "spec-unknown-field": {
    severity: "warning",
    help: "It has no effect. Remove it, or let its name begin with x- if it is an extension.",
  },
  "spec-unknown-keyword": {
    severity: "warning",
    help: "It has no effect. Correct its name, or let it begin with x- if it is an extension.",
  },
  "spec-value": {
    severity: "error",
    help: "Correct the value: the OpenAPI specification does not allow it here.",
  },
  "spec-version": {
    severity: "error",
    help: "Only OpenAPI 3.0 and 3.1 are understood; convert older documents first.",
  },
  unexpected: {
    severity: "error",
    help: "Check what the message names; if that is well, please report it with the command and the description.",
  },
  usage: {
    severity: "error",
    help: "Run kompliant-codegen --help for the commands and their flags.",
  },
} as const;

/** Name of a kind of problem, the same in every version. */
export type DiagnosticCode = keyof typeof entries;

/** Every kind of problem that a run can report; docs/diagnostics.md has a section for each. */
export const catalogue: Readonly<Record<DiagnosticCode, CatalogueEntry>> =
  entries;
