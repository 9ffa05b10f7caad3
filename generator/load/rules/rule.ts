import type { Oas3Rule } from "@redocly/openapi-core";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";

/** Takes what a rule finds. */
export type Report = (diagnostic: Diagnostic) => void;

/** Looks at the elements of a description while Redocly walks through it. */
export type Rule = (report: Report) => ReturnType<Oas3Rule>;
