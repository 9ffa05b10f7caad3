import type { RspackPluginInstance } from "@rspack/core";
import type { Plugin as EsbuildPlugin } from "esbuild";
import { expect, it } from "vitest";
import type { Plugin as RolldownPlugin } from "rolldown";
import type { Plugin as RollupPlugin } from "rollup";
import type { Plugin as VitePlugin } from "vite";
import type { WebpackPluginInstance } from "webpack";
import esbuild from "../../generator/bundlers/esbuild.js";
import rolldown from "../../generator/bundlers/rolldown.js";
import rollup from "../../generator/bundlers/rollup.js";
import rspack from "../../generator/bundlers/rspack.js";
import vite from "../../generator/bundlers/vite.js";
import webpack from "../../generator/bundlers/webpack.js";

/** The compiler proves that each is a plugin by the bundler's own types. */
const named: readonly (
  VitePlugin | RollupPlugin | RolldownPlugin | EsbuildPlugin
)[] = [
  vite() satisfies VitePlugin,
  rollup() satisfies RollupPlugin,
  rolldown() satisfies RolldownPlugin,
  esbuild() satisfies EsbuildPlugin,
];
const applied: readonly (WebpackPluginInstance | RspackPluginInstance)[] = [
  webpack() satisfies WebpackPluginInstance,
  rspack() satisfies RspackPluginInstance,
];

it("plugins have the form of their bundler", () => {
  expect(named.map(({ name }) => name)).toEqual(
    named.map(() => "kompliant-codegen"),
  );
  expect(applied.map(({ apply }) => typeof apply)).toEqual([
    "function",
    "function",
  ]);
});
