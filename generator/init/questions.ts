import { confirm, isCancel, text } from "@clack/prompts";
import type { CommonOptions } from "@clack/prompts";
import type { Choices } from "./plan.js";
import { pathInside } from "./situation.js";
import type { Situation } from "./situation.js";
import { syntaxConflict } from "./typescript-setup.js";

/** The streams of a terminal; those of the process unless given. */
export type Terminal = Pick<CommonOptions, "input" | "output">;

/**
 * Asks a person for what neither a flag nor the package decides.
 *
 * @returns undefined when the person stops
 */
export async function askForChoices(
  situation: Situation,
  choices: Choices,
  terminal: Terminal = {},
): Promise<Choices | undefined> {
  const { repository, configured, usualOut, setup, isModule } = situation;
  let { out, typeModule } = choices;
  if (out === undefined && !configured) {
    const answer = await text({
      ...terminal,
      message: "Which folder does the client go to?",
      placeholder: usualOut,
      defaultValue: usualOut,
      validate: (value = "") =>
        value === "" || pathInside(repository.folder, value) !== undefined
          ? undefined
          : "It must be a folder inside the package.",
    });
    if (isCancel(answer)) return undefined;
    out = pathInside(repository.folder, answer) ?? usualOut;
  }
  if (!typeModule && syntaxConflict(setup, isModule) === "package") {
    const answer = await confirm({
      ...terminal,
      message: `Set "type": "module" in package.json? TypeScript refuses "import" without it.`,
      initialValue: false,
    });
    if (isCancel(answer)) return undefined;
    typeModule = answer;
  }
  return { ...choices, out, typeModule };
}
