// Runs on every run-time: nothing but the client and web standards.
import {
  createClient,
  ksig1,
  propay,
  unwrap,
} from "../../../generated/index.js";
import type { Fetch } from "../../../generated/index.js";

/** One call, as plain data. */
export interface PlannedCall {
  readonly name: string;
  readonly baseUrl: string;
  readonly effect: "read" | "write";
  readonly timeoutMs: number;
  /** Milliseconds after which the caller gives up; 0 is before the call. */
  readonly abortAfterMs?: number;
  readonly signerHangs?: boolean;
  /** Makes another call first, whose connection stays open. */
  readonly reusesConnection?: boolean;
  /** Calls through the `fetch` that the documentation gives for this run-time. */
  readonly documentedFetch?: boolean;
}

export interface Plan {
  readonly credentials: {
    readonly apiKey: string;
    readonly secretKey: string;
    readonly authToken: string;
  };
  readonly calls: readonly PlannedCall[];
}

/** What a call came to, as plain data. */
export interface ObservedCall {
  readonly name: string;
  /** The member of the error union, or `ok`; `rejected` when the call threw. */
  readonly code: string;
  readonly outcome: string | undefined;
  readonly status: number | undefined;
  readonly excerpt: string | undefined;
  readonly attempts: number;
  /** What `unwrap` throws for it. */
  readonly thrown: string | undefined;
  /** What the run-time said, for a person who reads a failed test. */
  readonly cause: string | undefined;
}

/**
 * Makes all calls, and tells what came of them: first at once those that take what time
 * they need, then those that are measured, so that a busy machine does not spoil them.
 *
 * @param documentedFetch - what the documentation gives for this run-time, if it gives something
 */
export async function runPlan(
  plan: Plan,
  documentedFetch?: Fetch,
): Promise<ObservedCall[]> {
  const observe = async (call: PlannedCall): Promise<ObservedCall> => {
    try {
      return await perform(plan, call, documentedFetch);
    } catch (error) {
      return { ...nothing, name: call.name, cause: String(error) };
    }
  };
  const together = plan.calls.filter((call) => !isTimed(call));
  const timed = plan.calls.filter(isTimed);
  return [
    ...(await Promise.all(together.map(observe))),
    ...(await Promise.all(timed.map(observe))),
  ];
}

function isTimed({ timeoutMs, abortAfterMs }: PlannedCall): boolean {
  return timeoutMs < 30_000 || abortAfterMs !== undefined;
}

const nothing = {
  code: "rejected",
  outcome: undefined,
  status: undefined,
  excerpt: undefined,
  attempts: 0,
  thrown: undefined,
} as const;

async function perform(
  { credentials }: Plan,
  call: PlannedCall,
  documentedFetch: Fetch | undefined,
): Promise<ObservedCall> {
  const { name, baseUrl, effect, timeoutMs, abortAfterMs, signerHangs } = call;
  const fetch = call.documentedFetch ? documentedFetch : undefined;
  const client = createClient({
    baseUrl,
    signer: signerHangs
      ? () => new Promise(() => undefined)
      : ksig1(credentials),
    retry: { attempts: 2, baseDelayMs: 0 },
    timeoutMs,
    ...(fetch && { fetch }),
  });
  const controller = new AbortController();
  const { signal } = controller;
  if (abortAfterMs === 0) controller.abort();
  else if (abortAfterMs !== undefined) {
    setTimeout(() => {
      controller.abort();
    }, abortAfterMs);
  }
  const input = { propay_id: "ape_7h1EpxerrZQyLnRC1EQ9Ck" };
  if (call.reusesConnection) {
    await propay.get(client, input);
    // Node's \`fetch\` takes a moment to find the connection free.
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const result =
    effect === "read"
      ? await propay.get(client, input, { signal })
      : await propay.execute(client, input, { signal });
  const { attempts } = result;
  const status = result.response?.status;
  if (result.ok) {
    return { ...nothing, name, code: "ok", status, attempts, cause: undefined };
  }
  const { error } = result;
  let thrown: string | undefined;
  try {
    unwrap(result);
  } catch (caught) {
    thrown = caught instanceof Error ? caught.name : String(caught);
  }
  return {
    name,
    code: error.code,
    outcome: "outcome" in error ? error.outcome : undefined,
    status,
    excerpt: "excerpt" in error ? error.excerpt : undefined,
    attempts,
    thrown,
    cause: "cause" in error ? describe(error.cause) : undefined,
  };
}

/** An error with its code and its causes. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? ` [${String(error.code)}]` : "";
  const cause = error.cause !== undefined ? ` < ${describe(error.cause)}` : "";
  return `${error.name}: ${error.message}${code}${cause}`;
}
