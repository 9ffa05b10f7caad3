/** How relative imports in the output end. */
export const importExtensions = [".js", ".ts", ""] as const;

export type ImportExtension = (typeof importExtensions)[number];

/** Writes module specifiers the way the consuming repository's toolchain wants them. */
export interface ImportStyle {
  /** @param specifier - a relative specifier that ends with `.js` */
  specifier(specifier: string): string;
}

export function importStyle(extension: ImportExtension): ImportStyle {
  return {
    specifier: (specifier) => specifier.replace(/\.js$/, extension),
  };
}
