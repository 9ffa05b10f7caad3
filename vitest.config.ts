import { defineConfig } from "vitest/config";
import type { ViteUserConfig } from "vitest/config";

const config: ViteUserConfig = defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Several tests start processes and compilers; the machine that runs them may be busy.
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
});
export default config;
