/** How `diff` can print. */
export const diffFormats = ["text", "json", "markdown"] as const;

/** When `diff` exits with 1. */
export const diffFailures = ["breaking", "any", "none"] as const;

/** Flags of the `diff` command. */
export interface DiffFlags {
  readonly format: (typeof diffFormats)[number];
  readonly failOn: (typeof diffFailures)[number];
  readonly out?: string;
  readonly config?: string;
  readonly client?: string;
}
