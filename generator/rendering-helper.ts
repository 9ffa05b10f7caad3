import type { SourceFile } from "./emit/source-file.js";
import type { ApiModel } from "./model/api-model.js";
import type { RenderOptions } from "./render-files.js";

/** Another thread that renders files of a client. */
export interface RenderingHelper {
  /** Tells it what the client is made of. */
  open(model: ApiModel, options: RenderOptions): void;
  /**
   * Lets it render until there is nothing left to take.
   *
   * @returns what it has rendered, also when it was dismissed before it was ready to
   */
  help(
    take: () => readonly string[] | undefined,
  ): Promise<readonly SourceFile[]>;
  /** Ends it as soon as it has rendered what it has taken. */
  dismiss(): void;
}

/**
 * Starts a helper where that pays off. The build puts another file in the place of this
 * one; sources run on one thread.
 *
 * @param bytes - size of the description
 */
export const startHelper: (bytes: number) => RenderingHelper | undefined = () =>
  undefined;
