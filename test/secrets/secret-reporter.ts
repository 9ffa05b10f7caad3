import process from "node:process";
import type { Reporter } from "vitest/node";
import { findSecrets, shown } from "./find-secrets.js";

/** Longer than any secret in any form: what the end of one chunk and the start of the next may share. */
const overlap = 1000;

type Write = typeof process.stdout.write;

/**
 * Reads everything that a test run prints, on both streams, and every error that it
 * ends with, and makes the run fail when a credential or a signature shows up. It
 * says which and where, never the secret itself.
 */
export function secretReporter(): Reporter {
  const found = new Set<string>();
  const restore: (() => void)[] = [];
  const look = (where: string, text: string): void => {
    for (const name of findSecrets(text)) found.add(`${name}, ${where}`);
  };

  const watch = (stream: NodeJS.WriteStream, where: string): void => {
    const original = stream.write.bind(stream);
    let end = "";
    const write = ((chunk: string | Uint8Array, ...rest: never[]) => {
      const text = end + Buffer.from(chunk as string).toString();
      look(where, text);
      end = text.slice(-overlap);
      return (original as (...all: unknown[]) => boolean)(chunk, ...rest);
    }) as Write;
    stream.write = write;
    restore.push(() => {
      stream.write = original;
    });
  };

  return {
    onInit: () => {
      watch(process.stdout, "printed to stdout");
      watch(process.stderr, "printed to stderr");
    },
    onUserConsoleLog: ({ content, type }) => {
      look(`printed to ${type}`, content);
    },
    onTestCaseResult: (test) => {
      const { errors = [] } = test.result();
      look(`thrown in "${test.fullName}"`, shown(errors));
    },
    onTestRunEnd: (_modules, unhandled) => {
      look("thrown outside of a test", shown(unhandled));
      for (const undo of restore) undo();
      if (found.size === 0) return;
      const list = [...found].map((one) => `  ${one}\n`).join("");
      process.stderr.write(`\nThis run showed secrets:\n${list}`);
      process.exitCode = 1;
    },
  };
}
