import { pascalCase } from "change-case";

const reservedWords: ReadonlySet<string> = new Set(
  `abstract any arguments as asserts async await bigint boolean break case catch class const continue
  debugger declare default delete do else enum eval export extends false finally for from function
  get if implements import in infer instanceof interface is keyof let module namespace never new null
  number object of package private protected public readonly require return set static string super
  switch symbol this throw true try type typeof undefined unique unknown var void while with yield
  Array Error Function Number Object Promise Record String Symbol`.split(/\s+/),
);

/** Whether a text can stand in TypeScript as the name of anything. */
export function isIdentifier(text: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(text) && !reservedWords.has(text);
}

/** Longest name that is made of a text, in characters. */
export const longestName = 120;

/**
 * Folds any text to the name of a type: `propay.execute` to `PropayExecute`,
 * `PRECHECK_FAILED` to `PrecheckFailed`. A text that is a type name already stays.
 */
export function typeName(fullText: string): string {
  const text = fullText.slice(0, 4 * longestName);
  const folded = /^[A-Z][A-Za-z\d]*[a-z][A-Za-z\d]*$/.test(text)
    ? text
    : pascalCase(text.replace(/[^A-Za-z\d]+/g, " "), {
        mergeAmbiguousCharacters: true,
      });
  if (folded === "") return "Unnamed";
  const name = /^\d/.test(folded) ? `N${folded}` : folded;
  return name.slice(0, longestName);
}

/** The name of a type as the name of a value. */
export function valueName(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
