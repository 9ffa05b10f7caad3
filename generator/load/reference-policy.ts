/** Which documents a description may refer to. */
export interface ReferencePolicy {
  /** Documents on the network; those on the root document's host when that is remote itself. */
  readonly remote: boolean;
  /** Files outside the root document's folder. */
  readonly outside: boolean;
}

/** A reference that the policy, or the way a document is fetched, does not let through. */
export class BlockedReference extends Error {
  override readonly name = "BlockedReference";
  /** What can be done about it. */
  readonly help: string;

  constructor(message: string, help: string) {
    super(message);
    this.help = help;
  }
}
