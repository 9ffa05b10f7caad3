import { defineConfig } from "vitest/config";
import type { ViteUserConfig } from "vitest/config";
import { secretReporter } from "./test/secrets/secret-reporter.js";

const shared = {
  // Several tests start processes and compilers; the machine that runs them may be busy.
  testTimeout: 120_000,
  hookTimeout: 180_000,
  setupFiles: ["test/support/plain-output.ts"],
};

/** Tests that compile whole clients with several compilers. */
const compilers = [
  "test/types/**/*.test.ts",
  "test/consumer/compilers.test.ts",
];

/** Tests that run commands many times, or whole repositories through builds and CI. */
const integration = [
  "test/{action,bundlers,first-day,nextjs}/**/*.test.ts",
  "test/cli/{bad-input,foreign-files,formatting,line-endings,lost-output,package,printed-output,several-clients,sources,unexpected-ends}.test.ts",
];

/** Tests with descriptions as others write them. */
const descriptions = [
  "test/public/**/*.test.ts",
  "test/sloppy/schemas.test.ts",
];

const config: ViteUserConfig = defineConfig({
  test: {
    maxWorkers: 2,
    globalSetup: ["test/support/temporary-files.ts"],
    // Whatever a run shows, it shows no credential and no signature.
    reporters: ["default", secretReporter()],
    projects: [
      {
        test: {
          ...shared,
          name: "usual",
          include: ["test/**/*.test.ts"],
          exclude: [
            ...compilers,
            ...integration,
            ...descriptions,
            "test/bumps/**",
            "test/faults/**",
            "test/hostile/**",
            "test/portability/**",
          ],
        },
      },
      {
        test: {
          ...shared,
          name: "types",
          include: compilers,
          testTimeout: 300_000,
        },
      },
      {
        test: {
          ...shared,
          name: "integration",
          include: integration,
        },
      },
      {
        test: {
          ...shared,
          name: "bumps",
          include: ["test/bumps/**/*.test.ts"],
          testTimeout: 300_000,
        },
      },
      {
        test: {
          ...shared,
          name: "faults",
          include: ["test/faults/**/*.test.ts"],
        },
      },
      {
        test: {
          ...shared,
          name: "portability",
          include: ["test/portability/**/*.test.ts"],
        },
      },
      {
        test: {
          ...shared,
          name: "hostile",
          include: ["test/hostile/**/*.test.ts"],
          testTimeout: 600_000,
        },
      },
      {
        test: {
          ...shared,
          name: "public",
          include: descriptions,
          testTimeout: 600_000,
        },
      },
    ],
  },
});

export default config;
