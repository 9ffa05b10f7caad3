/** A file of the client, before it is formatted. */
export interface SourceFile {
  /** Path inside the output folder, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /**
   * Whether the text is in prettier's default form already, as text is that does not
   * depend on the description; a test proves it of every file that says so.
   */
  readonly isLaidOut?: true;
}
