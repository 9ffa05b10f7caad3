type Files = Readonly<Record<string, string>>;

/** Versions of TypeScript in which a new user may begin. */
export const versions = ["5.4", "5.9", "7"] as const;

export type Version = (typeof versions)[number];

/** A repository before it has a client. */
export interface NewRepository {
  /** Whether `npm init` and `tsc --init` make its package.json and tsconfig.json. */
  readonly isByDefaults: boolean;
  readonly files: Files;
  /** The package that gets the client, relative to the repository. */
  readonly packageFolder: string;
  /** How the imports of its program end. */
  readonly extension: ".js" | "";
  /** Versions in which a person has to decide on the module type. */
  readonly undecided: readonly Version[];
}

const usual: Omit<NewRepository, "files" | "extension"> = {
  isByDefaults: false,
  packageFolder: ".",
  undecided: [],
};

/** The repositories that new users come with. */
export const repositories: Readonly<Record<string, NewRepository>> = {
  "the defaults of npm init and tsc --init": {
    ...usual,
    isByDefaults: true,
    extension: ".js",
    files: {},
    undecided: ["5.9", "7"],
  },
  ESM: {
    ...usual,
    extension: ".js",
    files: {
      "package.json": json({ name: "esm", type: "module" }),
      "tsconfig.json": json({
        compilerOptions: {
          ...{ module: "nodenext", target: "es2022", outDir: "dist" },
          ...{ strict: true, verbatimModuleSyntax: true, declaration: true },
        },
      }),
    },
  },
  CommonJS: {
    ...usual,
    extension: "",
    files: {
      "package.json": json({ name: "cjs", type: "commonjs" }),
      "tsconfig.json": json({
        compilerOptions: {
          ...{ module: "commonjs", target: "es2022", strict: true },
          outDir: "dist",
        },
      }),
    },
  },
  "the module resolution of Next.js": {
    ...usual,
    extension: "",
    files: {
      "package.json": json({ name: "app", dependencies: { next: "16.0.0" } }),
      "tsconfig.json": json({
        compilerOptions: {
          ...{ target: "ES2017", lib: ["dom", "dom.iterable", "esnext"] },
          ...{ allowJs: true, skipLibCheck: true, strict: true, noEmit: true },
          ...{ esModuleInterop: true, module: "esnext", jsx: "preserve" },
          ...{ moduleResolution: "bundler", resolveJsonModule: true },
          ...{ isolatedModules: true, incremental: true },
        },
        include: ["**/*.ts", "**/*.tsx"],
        exclude: ["node_modules"],
      }),
    },
  },
  "a package of a workspace": {
    ...usual,
    extension: ".js",
    packageFolder: "packages/api",
    files: {
      "package.json": json({ private: true, workspaces: ["packages/*"] }),
      "tsconfig.base.json": json({
        compilerOptions: {
          ...{ module: "nodenext", target: "es2022", strict: true },
          ...{ composite: true, noUncheckedIndexedAccess: true },
        },
      }),
      "packages/api/package.json": json({ name: "api", type: "module" }),
      "packages/api/tsconfig.json": json({
        extends: "../../tsconfig.base.json",
        compilerOptions: { outDir: "dist" },
        include: ["src"],
      }),
    },
  },
  "a rootDir": {
    ...usual,
    extension: ".js",
    files: {
      "package.json": json({ name: "rooted", type: "module" }),
      "tsconfig.json": json({
        compilerOptions: {
          ...{ module: "nodenext", target: "es2022", strict: true },
          ...{ rootDir: "src", outDir: "dist" },
        },
      }),
    },
  },
};

/** A program that uses the client, in prettier's form. */
export function program(extension: string): string {
  return `import { createClient, ksig1, propay, unwrap } from "./kompliant/index${extension}";

const kompliant = createClient({
  signer: ksig1({ apiKey: "a", secretKey: "b", authToken: "c" }),
});

export async function execute(propay_id: string): Promise<string | undefined> {
  const { propay: executed } = unwrap(
    await propay.execute(kompliant, { propay_id }),
  );
  return executed.propay_id;
}
`;
}

/** ESLint as its users begin with it. */
export const eslintConfig = `import js from "@eslint/js";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["**/dist/"] },
  js.configs.recommended,
  tseslint.configs.strict,
);
`;

function json(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
