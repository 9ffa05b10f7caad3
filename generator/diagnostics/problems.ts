import { DiagnosticError } from "./diagnostic.js";
import type { Diagnostic } from "./diagnostic.js";

/** Gathers problems, so that a run reports all of them and not only the first. */
export interface Problems {
  readonly found: readonly Diagnostic[];
  add(...diagnostics: readonly Diagnostic[]): void;
  /** The outcome of a step, or undefined when it found problems. */
  attempt<Outcome>(step: () => Outcome): Outcome | undefined;
  hasErrors(): boolean;
  /** @throws {DiagnosticError} with every problem, when there are errors among them */
  throwErrors(): void;
}

export function openProblems(): Problems {
  const found: Diagnostic[] = [];
  const hasErrors = (): boolean =>
    found.some(({ severity }) => severity === "error");
  return {
    found,
    add: (...diagnostics) => {
      found.push(...diagnostics);
    },
    attempt: (step) => {
      try {
        return step();
      } catch (error) {
        if (!(error instanceof DiagnosticError)) throw error;
        found.push(...error.diagnostics);
        return undefined;
      }
    },
    hasErrors,
    throwErrors: () => {
      if (hasErrors()) throw new DiagnosticError(found);
    },
  };
}
