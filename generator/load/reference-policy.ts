/** Which documents a description may refer to. */
export interface ReferencePolicy {
  /** Documents on the network; those on the root document's host when that is remote itself. */
  readonly remote: boolean;
  /** Files outside the root document's folder. */
  readonly outside: boolean;
}
