import type {
  CompleteSettings,
  Hook,
  Hooks,
  Limits,
  Retry,
  Settings,
} from "./types.js";

const defaultRetry: Retry = {
  attempts: 3,
  baseDelayMs: 250,
  maxDelayMs: 10_000,
};

export const defaultSettings: CompleteSettings = {
  limits: {
    timeoutMs: 30_000,
    attemptTimeoutMs: Infinity,
    maxBodyBytes: 10 * 2 ** 20,
  },
  retry: defaultRetry,
  hooks: { onRequest: [], onResponse: [], onRetry: [], onResult: [] },
};

/**
 * Checks settings and adds them to those of the client: numbers replace, `retry` is
 * merged, hooks are called besides the client's. Nothing of the caller's is kept.
 *
 * @param where - the function that they were given to, for messages
 * @throws {TypeError} that names the setting which cannot be obeyed
 */
export function addSettings(
  { limits, retry, hooks }: CompleteSettings,
  given: Settings,
  where: string,
): CompleteSettings {
  const { retry: wanted } = given;
  if (wanted !== false && wanted !== undefined) {
    must(Object(wanted) === wanted, where, "retry must be an object or false");
  }
  return {
    limits: addNumbers<Limits>(limits, given, where),
    retry:
      wanted === undefined
        ? retry
        : wanted && addNumbers<Retry>(retry || defaultRetry, wanted, where),
    hooks: addHooks(hooks, given, where),
  };
}

export function must(
  condition: unknown,
  where: string,
  problem: string,
): asserts condition {
  if (!condition) throw new TypeError(`${where}: ${problem}`);
}

function addNumbers<Numbers extends object>(
  base: Numbers,
  given: object,
  where: string,
): Numbers {
  const sum = { ...base } as Record<string, number>;
  for (const name of Object.keys(sum)) {
    const value: unknown = (given as Record<string, unknown>)[name];
    if (value === undefined) continue;
    const least = name.endsWith("DelayMs") ? 0 : 1;
    const isNumber = typeof value === "number" && value >= least;
    // Infinity passes: it is asked for, unlike what a calculation makes by accident.
    must(
      isNumber && !(name === "attempts" && value % 1),
      where,
      `${name} must be a number from ${String(least)}`,
    );
    sum[name] = value;
  }
  return sum as Numbers;
}

function addHooks(base: Hooks, given: Settings, where: string): Hooks {
  const sum = { ...base } as Record<string, readonly Hook<never>[]>;
  for (const [name, hooks] of Object.entries(sum)) {
    const hook = given[name as keyof Hooks] as Hook<never> | undefined;
    if (hook === undefined) continue;
    must(typeof hook === "function", where, `${name} must be a function`);
    sum[name] = [...hooks, hook];
  }
  return sum as unknown as Hooks;
}
