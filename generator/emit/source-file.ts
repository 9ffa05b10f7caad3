/** A file of the client, before it is formatted. */
export interface SourceFile {
  /** Path inside the output folder, with forward slashes. */
  readonly path: string;
  readonly text: string;
}
